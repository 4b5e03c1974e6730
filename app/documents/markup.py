"""The XML parts of a package that somebody sent, looked at by expat before any tree is built of them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from xml.parsers import expat

from app.documents.budget import Budget
from app.documents.refused import Refused

DEEPEST: Final = 200
WIDEST: Final = 63
"""Columns of a table in Word."""
_RUN: Final = 1024 * 1024
_TEXT_AT_ONCE: Final = 64 * 1024
_FIELD: Final = re.compile(
    r"(?<!\s)\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE
)


class _Scan:
    """One part being read; nothing is kept but the depth and the text of a field's instruction."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.ProcessingInstructionHandler = self._instruction
        self.depth = 0
        self.field: list[str] | None = None
        self.run = 0
        self.fed = 0

    def feed(self, chunk: bytes) -> None:
        """One text or attribute of more than a mebibyte has no `<` in it: refused before it is held."""
        head, _, tail = chunk.partition(b"<")
        if self.run + len(head) > _RUN:
            raise Refused("huge-text")
        self.run = len(chunk) - chunk.rfind(b"<") if tail else self.run + len(chunk)
        self.fed += len(chunk)
        self.parser.Parse(chunk, False)
        # A comment may hold any `<`: what expat still waits for the end of.
        if self.fed - self.parser.CurrentByteIndex > 2 * _RUN:
            raise Refused("huge-text")

    def close(self) -> None:
        self.parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise Refused("entities")

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            raise Refused("external")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.budget.mark(1 + len(attributes))
        if self.depth > DEEPEST:
            raise Refused("too-deep")
        local = name.rpartition(" ")[2]
        if local == "instrText":
            self.parser.CharacterDataHandler = self._text
            self.field = self.field if self.field is not None else []
        elif local == "fldChar":
            self._field_mark(_value(attributes, "fldCharType"))
        elif local == "fldSimple":
            _check_field(_value(attributes, "instr"))
        elif local == "gridSpan":
            span = _value(attributes, "val")
            if not span.isdigit() or int(span[:9]) > WIDEST:
                raise Refused("too-wide")
        elif local == "altChunk":
            raise Refused("foreign-chunk")

    def _end(self, name: str) -> None:
        self.depth -= 1
        if name.endswith(" instrText"):
            self.parser.CharacterDataHandler = None

    def _text(self, text: str) -> None:
        if self.field is not None:
            self.field.append(text)
            if len(self.field) < 64:  # noqa: PLR2004 (the verb stands in the first letters, however it is cut)
                _check_field("".join(self.field))

    def _field_mark(self, kind: str) -> None:
        if self.field is not None and kind in {"begin", "separate", "end"}:
            _check_field("".join(self.field[:64]))
            self.field = None


def _value(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == name), "")


def _check_field(instruction: str) -> None:
    if _FIELD.match(instruction):
        raise Refused("field")


def scan(chunks: Iterable[bytes], budget: Budget) -> None:
    """Reads a part to its end; `Refused` when it could harm whoever parses it, or is not XML."""
    reading = _Scan(budget)
    try:
        for chunk in chunks:
            reading.feed(chunk)
        reading.close()
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    except (ValueError, LookupError) as error:  # an encoding that expat does not know
        raise Refused("damaged") from error


Start = Callable[[str, Mapping[str, str]], None]


def walk(
    chunks: Iterable[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Reads a part that `scan` let through, element by element: no tree, so memory does not grow with the file.

    A name is its namespace, a space, and its local name.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text, parser.buffer_size = True, _TEXT_AT_ONCE
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("damaged") from error
