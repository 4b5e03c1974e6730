"""Paragraphs of a part replaced in place: every byte outside them stays what it was."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from lxml import etree

from app.documents.template.styles import W

_P: Final = f"{W} p"
_TABLE: Final = f"{W} tbl"
_CLOSED: Final = re.compile(rb"(?:(?:\s*<w:bookmarkEnd [^<>]*/>)*\s*</w:sdtContent>\s*</w:sdt>)+")
_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_DECLARED: Final = re.compile(r'(<\?xml[^>]*encoding=["\'])[^"\']+')


class NotInPlace(Exception):  # noqa: N818 (an answer)
    """A paragraph that cannot be changed without touching what surrounds it."""


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


class Paragraphs:
    """Where each `w:p` of a part stands, in the order in which they begin."""

    def __init__(self, xml: bytes) -> None:
        self.xml = _utf8(xml)
        self.spans: list[Span] = []
        self._open: list[tuple[int, int]] = []
        self._tables = 0
        self._table_ends: dict[int, int] = {}
        """Paragraph of a table → where the outermost table around it ends."""
        self._held: list[int] = []
        self._spaces: dict[str, str] = {}
        self._depth = 0
        reading = expat.ParserCreate(namespace_separator=" ")
        reading.StartElementHandler = self._start
        reading.EndElementHandler = self._end
        reading.StartNamespaceDeclHandler = self._space
        self._reading = reading
        reading.Parse(self.xml, True)

    def _space(self, prefix: str | None, uri: str | None) -> None:
        if self._depth == 0:
            self._spaces[prefix or ""] = uri or ""

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        self._depth += 1
        if name == _P:
            self._open.append((len(self.spans), self._reading.CurrentByteIndex))
            self.spans.append(Span(0, 0))
            if self._tables:
                self._held.append(len(self.spans) - 1)
        elif name == _TABLE:
            self._tables += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == _P:
            number, start = self._open.pop()
            at = self._reading.CurrentByteIndex
            # For an empty element expat is already past it.
            end = self.xml.index(b">", at) + 1 if self.xml[at : at + 2] == b"</" else at
            self.spans[number] = Span(start, end)
        elif name == _TABLE:
            self._tables -= 1
            if not self._tables:
                end = self.xml.index(b">", self._reading.CurrentByteIndex) + 1
                self._table_ends |= dict.fromkeys(self._held, end)
                self._held = []

    def element(self, number: int) -> etree._Element:
        """A paragraph as a tree, in the namespaces of its part."""
        span = self.spans[number]
        spaces = "".join(f' xmlns{":" + prefix if prefix else ""}="{uri}"' for prefix, uri in self._spaces.items())
        whole = f"<part{spaces}>".encode() + self.xml[span.start : span.end] + b"</part>"
        if not self._spaces.get(""):
            whole = whole.replace(b"<part", b"<clausier-part", 1).replace(b"</part>", b"</clausier-part>")
        try:
            root = etree.fromstring(whole, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:  # a namespace that is declared in between
            raise NotInPlace from error
        return root[0]

    def written(self, element: etree._Element) -> bytes:
        """A paragraph as bytes, without the namespaces that its part declares already."""
        text: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
        for prefix, uri in self._spaces.items():
            text = text.replace(f' xmlns{":" + prefix if prefix else ""}="{uri}"'.encode(), b"")
        return text

    def after(self, number: int, *, outside: bool) -> int:
        """Where what follows a paragraph goes; `outside` its table and the content controls that end with it."""
        end = self._table_ends.get(number, self.spans[number].end) if outside else self.spans[number].end
        closed = _CLOSED.match(self.xml, end) if outside else None
        return closed.end() if closed else end

    def replaced(self, changes: Mapping[int, bytes], added: Iterable[tuple[int, bytes]]) -> bytes:
        """The part with paragraphs replaced, and others added at some places; what is nested in a change is dropped."""
        edits = [(self.spans[number].start, self.spans[number].end, text) for number, text in changes.items()]
        edits += [(place, place, text) for place, text in added]
        pieces: list[bytes] = []
        at = 0
        for start, end, text in sorted(edits, key=lambda edit: (edit[0], edit[1])):
            if start < at:
                continue
            pieces += [self.xml[at:start], text]
            at = end
        return b"".join([*pieces, self.xml[at:]])


def _utf8(xml: bytes) -> bytes:
    if xml[:2] in _BOMS:
        return _DECLARED.sub(r"\1UTF-8", xml.decode("utf-16"), count=1).encode()
    return xml.removeprefix(b"\xef\xbb\xbf")
