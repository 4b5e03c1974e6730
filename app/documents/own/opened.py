"""A template's package: its parts, its relationships, and how it is written again with ours beside them."""

from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from app.documents.archive import Archive
from app.documents.intake import look, main_part
from app.documents.package import Part, package
from app.documents.refused import Refused

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES: Final = "[Content_Types].xml"


def parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def number_of(element: etree._Element, attribute: str = "val") -> int:
    """An integer attribute of a file that may say anything."""
    value = element.get(W + attribute, "0")
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 11 else 0  # noqa: PLR2004


class Opened:
    """The parts that are read are kept as trees and written back; the others are copied still compressed."""

    def __init__(self, content: bytes) -> None:
        found = look(content, zips=False)
        if found.kind != "docx":
            raise Refused("not-a-document")
        self.archive: Archive = found.documents[0].archive
        self.main = main_part(self.archive)
        self.trees: dict[str, etree._Element] = {}
        self.added: dict[str, bytes] = {}
        self.types = self._tree(CONTENT_TYPES)
        self.relations = self._tree(self._relations_of(self.main))
        self.document = self._tree(self.main)
        self.styles = self._tree(self.target("styles") or self._missing())
        self._no_longer_a_template()

    @staticmethod
    def _missing() -> str:
        raise Refused("damaged")

    def _relations_of(self, part: str) -> str:
        path = PurePosixPath(part)
        name = str(path.parent / "_rels" / f"{path.name}.rels")
        if name not in self.archive:
            raise Refused("damaged")
        return name

    def _tree(self, name: str) -> etree._Element:
        if name not in self.trees:
            if name not in self.archive:
                raise Refused("damaged")
            self.trees[name] = parse(self.archive.read(name))
        return self.trees[name]

    def target(self, kind: str) -> str | None:
        """The part that the document links to under this kind."""
        for link in self.relations.iter(_REL + "Relationship"):
            if link.get("Type", "") == f"{_OFFICE}/{kind}":
                return self._resolved(link.get("Target", ""))
        return None

    def tree(self, kind: str) -> etree._Element | None:
        name = self.target(kind)
        return self._tree(name) if name and name in self.archive else None

    def _resolved(self, target: str) -> str:
        if target.startswith("/"):
            return target.lstrip("/")
        steps = [*PurePosixPath(self.main).parent.parts]
        for step in PurePosixPath(target).parts:
            if step != "..":
                steps.append(step)
            elif steps:
                steps.pop()
        return "/".join(steps)

    def link(self, kind: str, name: str, content_type: str) -> etree._Element:
        """A new part of the document, linked and typed; its tree is to be filled."""
        folder = PurePosixPath(self.main).parent
        path = str(folder / name)
        self.relate(self.relations, f"{_OFFICE}/{kind}", name)
        self.typed(path, f"{_WORD}.{content_type}+xml")
        self.trees[path] = etree.Element(W + content_type, nsmap={"w": W[1:-1]})
        return self.trees[path]

    def relate(self, relations: etree._Element, kind: str, target: str) -> None:
        known = {link.get("Id") for link in relations.iter(_REL + "Relationship")}
        ident = next(f"rIdC{i}" for i in range(1, len(known) + 2) if f"rIdC{i}" not in known)
        etree.SubElement(relations, _REL + "Relationship", Id=ident, Type=kind, Target=target)

    def typed(self, path: str, content_type: str) -> None:
        etree.SubElement(self.types, _TYPES + "Override", PartName=f"/{path}", ContentType=content_type)

    def default_xml(self) -> None:
        known = {entry.get("Extension", "").lower() for entry in self.types.iter(_TYPES + "Default")}
        if "xml" not in known:
            self.types.insert(0, etree.Element(_TYPES + "Default", Extension="xml", ContentType="application/xml"))

    def _no_longer_a_template(self) -> None:
        """A .dotx opens as a template; what we give back is a document."""
        for entry in self.types.iter(_TYPES + "Override"):
            entry.set("ContentType", entry.get("ContentType", "").replace(".template.main+xml", ".document.main+xml"))

    def written(self) -> bytes:
        """Content types first, then the template's order, then what we added."""
        made = {
            name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, tree in self.trees.items()
        } | self.added
        names = [CONTENT_TYPES, *(name for name in self.archive.names if name != CONTENT_TYPES)]
        names += [name for name in made if name not in self.archive]
        return package(Part.of(name, made[name]) if name in made else self.archive.part(name) for name in names)
