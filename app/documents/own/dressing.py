"""Our paragraphs in the template's clothes: heading levels, styles, lists, tables, identifiers."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from app.documents.own.numbers import Numbers, style_of
from app.documents.own.opened import W, number_of
from app.documents.own.places import Heading, usual_text_style
from app.documents.own.styles import DEEPEST, Styles
from app.documents.template.styles import FIRST_LIST
from app.documents.template.styles import W as NAMESPACE

_LEFT_OUT: Final = ("sectPr", "pageBreakBefore", "rPr", "pPrChange", "framePr")
_LEAST_WIDTH: Final = 3000


class Dresser:
    def __init__(self, body: etree._Element, styles: Styles, numbers: Numbers, known: Sequence[Heading]) -> None:
        self.body, self.styles, self.numbers = body, styles, numbers
        self.known = list(known)
        self.text_style = usual_text_style(body, styles)
        self.inserted: list[Heading] = []
        self.deep: set[int] = set()
        """Levels for which the template had no heading style."""
        self._lists: dict[str, str] = {}
        self._ids = max((number_of(e, "id") for e in body.iter(W + "bookmarkStart")), default=0)
        self._names = {e.get(W + "name", "").casefold() for e in body.iter(W + "bookmarkStart")}
        self._controls = {e.get(W + "val", "") for e in body.iter(W + "id")}
        self.anchors: dict[str, str] = {}
        """Our name of a bookmark → the one it took in this file."""

    def parse(self, xml: str) -> list[etree._Element]:
        return list(etree.fromstring(f'<w:body xmlns:w="{NAMESPACE}">{xml}</w:body>'))

    def dress(self, elements: list[etree._Element], shift: int, width: int, own: int) -> list[etree._Element]:
        """`shift`: template level less ours; `width`: of the template's text, and `own` of ours."""
        for element in elements:
            self._identify(element)
            for paragraph in element.iter(W + "p"):
                self._paragraph(paragraph, shift)
            for run in element.iter(W + "rStyle"):
                self._run(run)
            for table in element.iter(W + "tbl"):
                self._table(table, width / own)
        return elements

    def _paragraph(self, paragraph: etree._Element, shift: int) -> None:
        style = style_of(paragraph)
        if style.startswith("Heading"):
            self._heading(paragraph, max(1, min(DEEPEST, int(style[-1]) + shift)))
            return
        found = self.styles.of(style) if style else self.text_style
        _set_style(paragraph, found)
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None and number_of(number) >= FIRST_LIST:
            asked = number.get(W + "val", "")
            self._lists[asked] = self._lists.get(asked) or self.numbers.decimal()
            number.set(W + "val", self._lists[asked])
        elif style == "ListBullet" and found.startswith("Clausier"):
            self._bullet(found)

    def _bullet(self, ident: str) -> None:
        """Our own style of bullets has our own list; theirs has theirs."""
        properties = self.styles.by_id[ident].find(W + "pPr")
        if properties is not None and properties.find(W + "numPr") is None:
            list_of = f'<w:numPr xmlns:w="{NAMESPACE}"><w:numId w:val="{self.numbers.bullets()}"/></w:numPr>'
            properties.insert(0, etree.fromstring(list_of))

    def _heading(self, paragraph: etree._Element, level: int) -> None:
        model = next((each for each in self.known if each.level == level), None)
        old = paragraph.find(W + "pPr")
        if old is not None:
            paragraph.remove(old)
        if model is None:
            if self.styles.heading(level).startswith("Clausier"):
                self.deep.add(level)
            properties = etree.Element(W + "pPr")
            etree.SubElement(properties, W + "pStyle", {W + "val": self.styles.heading(level)})
        else:
            properties = _copied(model.paragraph)
            look = next((run.find(W + "rPr") for run in model.paragraph.iter(W + "r")), None)
            if look is not None:
                for run in paragraph.iter(W + "r"):
                    run.insert(0, deepcopy(look))
        paragraph.insert(0, properties)
        title = "".join(t.text or "" for t in paragraph.iter(W + "t"))
        self.inserted.append(Heading(paragraph, level, title))

    def _run(self, style: etree._Element) -> None:
        ours = style.get(W + "val", "")
        if ours == "Blank":
            style.set(W + "val", self.styles.of("Blank"))
            return
        properties = style.getparent()
        if properties is not None:
            properties.remove(style)

    def _table(self, table: etree._Element, ratio: float) -> None:
        for style in table.iter(W + "tblStyle"):
            style.set(W + "val", self.styles.of("TableGrid"))
        for tag in ("tblW", "gridCol", "tcW"):
            for width in table.iter(W + tag):
                width.set(W + "w", str(round(number_of(width, "w") * ratio)))

    def _identify(self, element: etree._Element) -> None:
        """Identifiers that no other bookmark or control of the file has."""
        opened: dict[str, str] = {}
        for mark in element.iter(W + "bookmarkStart", W + "bookmarkEnd"):
            old = mark.get(W + "id", "")
            if mark.tag == W + "bookmarkStart":
                self._ids += 1
                opened[old] = str(self._ids)
                mark.set(W + "name", self.named(mark.get(W + "name", "")))
            mark.set(W + "id", opened.get(old, old))
        for control in element.iter(W + "sdtPr"):
            ident = control.find(W + "id")
            if ident is not None:
                while ident.get(W + "val") in self._controls:
                    ident.set(W + "val", str(number_of(ident) % 0x7FFFFFFF + 1))
                self._controls.add(ident.get(W + "val", ""))

    def named(self, ours: str) -> str:
        """A name for a bookmark, ours unless the template has it."""
        name, copy = ours, 2
        while name.casefold() in self._names:
            name, copy = f"{ours[:36]}_{copy}", copy + 1
        self._names.add(name.casefold())
        self.anchors[ours] = name
        return name

    def mark(self, paragraph: etree._Element, ours: str) -> None:
        """A bookmark around the words of a heading of theirs, for our references."""
        self._ids += 1
        start = etree.Element(W + "bookmarkStart", {W + "id": str(self._ids), W + "name": self.named(ours)})
        properties = paragraph.find(W + "pPr")
        paragraph.insert(0 if properties is None else 1, start)
        etree.SubElement(paragraph, W + "bookmarkEnd", {W + "id": str(self._ids)})


def _set_style(paragraph: etree._Element, style: str) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    old = properties.find(W + "pStyle")
    if old is not None:
        properties.remove(old)
    if style:
        properties.insert(0, etree.Element(W + "pStyle", {W + "val": style}))


def _copied(model: etree._Element) -> etree._Element:
    found = model.find(W + "pPr")
    made = deepcopy(found) if found is not None else etree.Element(W + "pPr")
    for tag in _LEFT_OUT:
        for child in made.findall(W + tag):
            made.remove(child)
    return made


def text_width(body: etree._Element, place: etree._Element | None) -> int:
    """Of the section that a place stands in, in twentieths of a point."""
    found: Any = None
    passed = place is None
    for element in body.iter():
        passed = passed or element is place
        if element.tag == W + "sectPr" and (passed or found is None):
            found = element
            if passed:
                break
    if found is None:
        return 9638
    size, margins = found.find(W + "pgSz"), found.find(W + "pgMar")
    if size is None or margins is None:
        return 9638
    return max(_LEAST_WIDTH, number_of(size, "w") - number_of(margins, "left") - number_of(margins, "right"))
