"""Atom feeds of the market (RFC 4287): firms of a search, programmes of purchases."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from app.library.feed import ATOM

_SPACE: Final = uuid.UUID("6f1d5a7e-1f0e-5c57-9c55-0d3f1f6a1c11")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    """What never changes of it, for its id."""
    title: str
    summary: str
    address: str
    updated: datetime


def atom(title: str, name: str, address: str, page: str, entries: Sequence[Entry]) -> bytes:
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    newest = max((one.updated for one in entries), default=_EPOCH)
    for tag, text in (("id", _urn(name)), ("title", title), ("updated", newest.isoformat(timespec="seconds"))):
        SubElement(feed, tag).text = text
    SubElement(SubElement(feed, "author"), "name").text = "Clausier"
    SubElement(feed, "link", {"rel": "self", "href": address})
    SubElement(feed, "link", {"rel": "alternate", "href": page, "type": "text/html"})
    for one in entries:
        entry = SubElement(feed, "entry")
        moment = one.updated.isoformat(timespec="seconds")
        for tag, text in (("id", _urn(one.name)), ("title", one.title), ("updated", moment), ("summary", one.summary)):
            SubElement(entry, tag).text = _legal(text)
        SubElement(entry, "link", {"rel": "alternate", "href": one.address, "type": "text/html"})
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode()


def _legal(text: str) -> str:
    """Control characters have no place in XML 1.0."""
    return "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, name)}"
