"""A paragraph with its changes tracked, word by word, each run keeping its format (docx.md, section 5).

`w:del` holds `w:delText`; the mark of an inserted or deleted paragraph stands in `w:pPr/w:rPr`; an id serves once.
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from lxml import etree

from app.documents.analysis.splice import NotInPlace
from app.documents.template.styles import W as W_NAMESPACE

_W: Final = f"{{{W_NAMESPACE}}}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
_SIGNS: Final = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}
_TAGS: Final = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen"}
_MARKS: Final = {
    _W + name
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
    )
}
"""Children of a paragraph that take no room in its text."""


@dataclass(slots=True)
class Author:
    """Who signs the changes, and the ids that they take."""

    name: str
    date: str
    next_id: int

    def mark(self, kind: str) -> etree._Element:
        """A `w:ins` or `w:del` with its own id."""
        element = etree.Element(_W + kind)
        element.set(_W + "id", str(self.next_id))
        element.set(_W + "author", self.name)
        element.set(_W + "date", self.date)
        self.next_id += 1
        return element


@dataclass(slots=True)
class Line:
    """A paragraph as letters, each with the format of its run, and the marks between them."""

    letters: list[tuple[str, etree._Element | None]] = field(default_factory=list)
    marks: list[tuple[int, etree._Element]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(letter for letter, _ in self.letters)


def line_of(paragraph: etree._Element) -> Line:
    """`NotInPlace` for a paragraph with fields, links, images or changes already tracked."""
    line = Line()
    for child in paragraph:
        if child.tag == _W + "pPr":
            continue
        if child.tag in _MARKS:
            line.marks.append((len(line.letters), child))
        elif child.tag == _W + "r":
            _read_run(child, line)
        else:
            raise NotInPlace
    return line


def _read_run(run: etree._Element, line: Line) -> None:
    look = run.find(_W + "rPr")
    for part in run:
        if part.tag == _W + "t":
            line.letters += [(letter, look) for letter in part.text or ""]
        elif part.tag in _SIGNS and not (part.tag == _W + "br" and part.get(_W + "type")):
            line.letters.append((_SIGNS[part.tag], look))
        elif part.tag == _W + "commentReference":
            line.marks.append((len(line.letters), deepcopy(run)))
        elif part.tag not in {_W + "rPr", _W + "lastRenderedPageBreak"}:
            raise NotInPlace


def changed(paragraph: etree._Element, text: str, author: Author) -> None:
    """The paragraph's text becomes `text`, as tracked changes."""
    line = line_of(paragraph)
    before = line.text
    lead = before[: len(before) - len(before.lstrip())]
    trail = before[len(before.rstrip()) :] if before.strip() else ""
    made: list[etree._Element] = []
    at = 0
    for op, old, new in _steps(before, lead + text + trail):
        letters = line.letters[at : at + len(old)]
        if op == "equal":
            made += _with_marks(letters, line, at)
        else:
            made += [element for place, element in line.marks if at <= place < at + len(old)] if old else []
            if old:
                made.append(_wrapped(author.mark("del"), _runs(letters, "delText")))
            if new:
                look = (letters or line.letters[max(0, at - 1) : at] or line.letters[:1] or [("", None)])[0][1]
                made.append(_wrapped(author.mark("ins"), _runs([(letter, look) for letter in new], "t")))
        at += len(old)
    made += [element for place, element in line.marks if place >= len(line.letters)]
    _refill(paragraph, made)


def _steps(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """(kind, old text, new text); a lone space between two changes is part of them."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    steps: list[list[str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        step = ["equal" if op == "equal" else "change", "".join(old[a:b]), "".join(new[c:d])]
        if len(steps) > 1 and step[0] == "change" and steps[-1][0] == "equal" and not steps[-1][1].strip():
            space = steps.pop()
            steps[-1] = ["change", steps[-1][1] + space[1] + step[1], steps[-1][2] + space[2] + step[2]]
        else:
            steps.append(step)
    yield from ((kind, removed, added) for kind, removed, added in steps)


def _with_marks(letters: Sequence[tuple[str, etree._Element | None]], line: Line, start: int) -> list[etree._Element]:
    made: list[etree._Element] = []
    at = 0
    for place, mark in line.marks:
        if start <= place < start + len(letters):
            made += [*_runs(letters[at : place - start], "t"), mark]
            at = place - start
    return [*made, *_runs(letters[at:], "t")]


def _runs(letters: Sequence[tuple[str, etree._Element | None]], tag: str) -> list[etree._Element]:
    """Runs of a same format."""
    made: list[etree._Element] = []
    start = 0
    for end in range(1, len(letters) + 1):
        if end == len(letters) or letters[end][1] is not letters[start][1]:
            made.append(_run("".join(letter for letter, _ in letters[start:end]), letters[start][1], tag))
            start = end
    return made


def _run(text: str, look: etree._Element | None, tag: str) -> etree._Element:
    run = etree.Element(_W + "r")
    if look is not None:
        run.append(deepcopy(look))
    for piece in re.split("([\t\n\u2011])", text):
        if piece in _TAGS:
            etree.SubElement(run, _W + _TAGS[piece])
        elif piece:
            part = etree.SubElement(run, _W + tag)
            part.text = piece
            part.set(_SPACE, "preserve")
    return run


def _wrapped(mark: etree._Element, runs: Sequence[etree._Element]) -> etree._Element:
    mark.extend(runs)
    return mark


def _refill(paragraph: etree._Element, content: Sequence[etree._Element]) -> None:
    for child in list(paragraph):
        if child.tag != _W + "pPr":
            paragraph.remove(child)
    paragraph.extend(content)


def deleted(paragraph: etree._Element, author: Author) -> None:
    """The whole paragraph, its mark included."""
    line = line_of(paragraph)
    made = [element for _, element in line.marks]
    if line.letters:
        made.append(_wrapped(author.mark("del"), _runs(line.letters, "delText")))
    _refill(paragraph, made)
    _mark_paragraph(paragraph, author.mark("del"))


def inserted(
    text: str, properties: etree._Element | None, look: etree._Element | None, author: Author
) -> etree._Element:
    """A new paragraph, tracked."""
    paragraph = etree.Element(_W + "p", nsmap={"w": W_NAMESPACE})
    if properties is not None:
        paragraph.append(clean_properties(properties))
    if text:
        paragraph.append(_wrapped(author.mark("ins"), [_run(text, look, "t")]))
    _mark_paragraph(paragraph, author.mark("ins"))
    return paragraph


def clean_properties(properties: etree._Element) -> etree._Element:
    """The paragraph properties of a neighbour, without its section, its page break and its history."""
    kept = deepcopy(properties)
    for name in ("sectPr", "pPrChange", "rPr", "pageBreakBefore"):
        for child in kept.findall(_W + name):
            kept.remove(child)
    return kept


def _mark_paragraph(paragraph: etree._Element, mark: etree._Element) -> None:
    """`w:ins` or `w:del` in `w:pPr/w:rPr`, at the place that the schema gives it: first."""
    properties = paragraph.find(_W + "pPr")
    if properties is None:
        properties = etree.Element(_W + "pPr")
        paragraph.insert(0, properties)
    look = properties.find(_W + "rPr")
    if look is None:
        look = etree.Element(_W + "rPr")
        # After everything but a section's properties and a tracked change of the format.
        last = [child for child in properties if child.tag in {_W + "sectPr", _W + "pPrChange"}]
        properties.insert(len(properties) - len(last), look)
    look.insert(0, mark)


def commented(paragraph: etree._Element, start: int, end: int, ident: int) -> None:
    """A comment's range and its reference, around some letters where the paragraph allows it, else around it all."""
    first, last = (etree.Element(_W + name) for name in ("commentRangeStart", "commentRangeEnd"))
    run = etree.Element(_W + "r")
    for element in (first, last, etree.SubElement(run, _W + "commentReference")):
        element.set(_W + "id", str(ident))
    try:
        line = line_of(paragraph)
    except NotInPlace:
        properties = paragraph.find(_W + "pPr")
        paragraph.insert(0 if properties is None else 1, first)
        paragraph.extend([last, run])
        return
    lead = len(line.text) - len(line.text.lstrip())
    begin = min(lead + start, len(line.letters))
    stop = min(max(begin, lead + end if end else len(line.letters)), len(line.letters))
    line.marks += [(begin, first), (stop, last), (stop, run)]
    line.marks.sort(key=lambda mark: mark[0])
    made = _with_marks(line.letters, line, 0)
    made += [element for place, element in line.marks if place >= len(line.letters)]
    _refill(paragraph, made)
