"""The file back with comments or tracked changes: only its paragraphs change, the other parts are copied as they are.

Runs in a bounded process: `bounded.run("app.documents.analysis.correct:correct", asked, content)`.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from lxml import etree

from app.documents.analysis import redline
from app.documents.analysis.insertion import inserted_blocks
from app.documents.analysis.redline import Author
from app.documents.analysis.splice import NotInPlace, Paragraphs
from app.documents.archive import Archive
from app.documents.intake import Document, look, main_part
from app.documents.package import Part, package
from app.documents.refused import Refused
from app.documents.template.styles import W
from app.documents.xml import attribute, escape

_ID: Final = re.compile(rb'\bw:id="(\d{1,9})"')
_COMMENTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Edits:
    """What changes in one document; paragraphs by their number from 0."""

    texts: dict[int, str] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    inserted: list[tuple[int, bool, list[dict[str, Any]]]] = field(default_factory=list)
    """After which paragraph, whether outside the clause that ends there, which blocks."""
    comments: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Paragraph, first and last letter (0, 0: all of it), text."""


def edits_of(said: Mapping[str, Any]) -> Edits:
    return Edits(
        texts={int(number): text for number, text in said["texts"].items()},
        deleted=list(said["deleted"]),
        inserted=[(number, outside, blocks) for number, outside, blocks in said["inserted"]],
        comments=[(number, start, end, text) for number, start, end, text in said["comments"]],
    )


def correct(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """The corrected file, and the paragraphs that could not be changed in place."""
    found = look(content, asked["name"])
    left: dict[str, list[int]] = {}
    made: dict[str, bytes] = {}
    for document in found.documents:
        said = asked["pieces"].get(document.name)
        if said and document.kind == "docx":
            made[document.name], left[document.name] = corrected(
                document, edits_of(said), asked["author"], asked["date"]
            )
    if found.kind != "zip":
        if not made:
            raise Refused("not-a-document")
        return {"left": left}, made[found.documents[0].name]
    outer = Archive(content)
    parts = (Part.stored(name, made[name]) if name in made else outer.part(name) for name in outer.names)
    return {"left": left}, package(parts)


def corrected(document: Document, edits: Edits, author: str, date: str) -> tuple[bytes, list[int]]:
    archive = document.archive
    main = main_part(archive)
    xml = archive.read(main)
    work = _Work(Paragraphs(xml), Author(author, date, _next_id(xml)))
    work.change(edits)
    remarks = [*edits.comments, *((number, 0, 0, UNCHANGED) for number in work.left)]
    changes: dict[str, bytes] = {}
    if remarks:
        changes |= _comments_parts(archive, main, work, remarks)
    changes[main] = work.paragraphs.replaced(work.changed, work.added)
    kept = [Part.of(name, changes.pop(name)) if name in changes else archive.part(name) for name in archive.names]
    return package([*kept, *(Part.of(name, part) for name, part in changes.items())]), work.left


UNCHANGED: Final = (
    "Ce paragraphe contient un champ, un lien, une image ou des modifications déjà suivies : "
    "il n’a pas été mis à jour automatiquement."
)


class _Work:
    """The paragraphs of one document being changed."""

    def __init__(self, paragraphs: Paragraphs, author: Author) -> None:
        self.paragraphs, self.author = paragraphs, author
        self.elements: dict[int, etree._Element] = {}
        self.added: list[tuple[int, bytes]] = []
        self.left: list[int] = []

    def element(self, number: int) -> etree._Element:
        if number not in self.elements:
            self.elements[number] = self.paragraphs.element(number)
        return self.elements[number]

    @property
    def changed(self) -> dict[int, bytes]:
        return {number: self.paragraphs.written(element) for number, element in self.elements.items()}

    def change(self, edits: Edits) -> None:
        count = len(self.paragraphs.spans)
        for number, text in edits.texts.items():
            self._try(number, count, lambda element, text=text: redline.changed(element, text, self.author))
        for number in edits.deleted:
            self._try(number, count, lambda element: redline.deleted(element, self.author))
        for number, outside, blocks in edits.inserted:
            if number < count:
                new = inserted_blocks(blocks, self._neighbour, self.author)
                place = self.paragraphs.after(number, outside=outside)
                self.added.append((place, b"".join(map(self.paragraphs.written, new))))

    def _try(self, number: int, count: int, act: Any) -> None:  # noqa: ANN401 (a change of an element)
        if number >= count:
            return
        try:
            act(self.element(number))
        except NotInPlace:
            self.elements.pop(number, None)
            self.left.append(number)

    def _neighbour(self, number: int) -> etree._Element | None:
        """The properties of a paragraph, as they were."""
        try:
            return self.paragraphs.element(number).find(f"{{{W}}}pPr") if number >= 0 else None
        except (NotInPlace, IndexError):
            return None


def _next_id(xml: bytes) -> int:
    return max((int(found) for found in _ID.findall(xml)), default=0) + 1


def _comments_parts(
    archive: Archive, main: str, work: _Work, remarks: Sequence[tuple[int, int, int, str]]
) -> dict[str, bytes]:
    """Anchors the comments in their paragraphs; answers the parts that carry them."""
    folder = str(PurePosixPath(main).parent)
    name, parts = _comments_part(archive, main, folder)
    existing = parts.get(name) or archive.read(name)
    ident = _next_id(existing)
    texts: list[str] = []
    by_paragraph: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for number, start, end, text in remarks:
        if number < len(work.paragraphs.spans):
            by_paragraph[number].append((start, end, text))
    for number, those in sorted(by_paragraph.items()):
        for start, end, text in those:
            redline.commented(work.element(number), start, end, ident)
            texts.append(_comment(ident, text, work.author))
            ident += 1
    close = existing.rindex(b"</")
    return parts | {name: existing[:close] + "".join(texts).encode() + existing[close:]}


def _comment(ident: int, text: str, by: Author) -> str:
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n") if line
    )
    signed = f'w:id="{ident}" w:author="{attribute(by.name)}" w:date="{by.date}" w:initials="C"'
    return f'<w:comment xmlns:w="{W}" {signed}>{body}</w:comment>'


def _comments_part(archive: Archive, main: str, folder: str) -> tuple[str, dict[str, bytes]]:
    """The part of the comments: the file's own, else a new one with its type and its relation."""
    links = f"{folder}/_rels/{PurePosixPath(main).name}.rels"
    relations = (
        archive.read(links)
        if links in archive
        else f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode()
    )
    found = re.search(rb'<[^>]*Type="' + _COMMENTS.encode() + rb'"[^>]*>', relations)
    target = re.search(rb'Target="([^"]+)"', found[0]) if found else None
    if target:
        name = target[1].decode()
        return name.lstrip("/") if name.startswith("/") else f"{folder}/{name}", {}
    file = "comments.xml" if f"{folder}/comments.xml" not in archive else "comments-clausier.xml"
    name = f"{folder}/{file}"
    ident = _free(relations)
    types = archive.read("[Content_Types].xml")
    return name, {
        name: f'{_DECLARATION}<w:comments xmlns:w="{W}"></w:comments>'.encode(),
        links: _before_end(relations, f'<{{}}Relationship Id="{ident}" Type="{_COMMENTS}" Target="{file}"/>'),
        "[Content_Types].xml": _before_end(types, f'<{{}}Override PartName="/{name}" ContentType="{_COMMENTS_TYPE}"/>'),
    }


def _free(relations: bytes) -> str:
    number = 1
    while f'"rIdClausier{number}"'.encode() in relations:
        number += 1
    return f"rIdClausier{number}"


def _before_end(xml: bytes, added: str) -> bytes:
    """An element as the last child of the root, with the root's prefix; an empty root is opened."""
    closed = re.search(rb"</((?:\w+:)?)(\w+)>\s*$", xml)
    if closed:
        return xml[: closed.start()] + added.format(closed[1].decode()).encode() + xml[closed.start() :]
    empty = re.search(rb"<((?:\w+:)?)(\w+)([^<>]*)/>\s*$", xml)
    if empty is None:
        raise Refused("damaged")
    prefix, name, rest = (empty[n].decode() for n in (1, 2, 3))
    return xml[: empty.start()] + f"<{prefix}{name}{rest}>{added.format(prefix)}</{prefix}{name}>".encode()
