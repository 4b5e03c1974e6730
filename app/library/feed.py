"""The library as an Atom feed (RFC 4287): one entry a clause, updated when its text changes."""

import uuid
from datetime import datetime
from typing import Final
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from app.library.html import wording_html
from app.library.published import PublishedClause
from app.library.search import Request, Result
from app.library.shelf import Shelf

ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
_SPACE: Final = uuid.UUID("6f1d5a7e-1f0e-5c57-9c55-0d3f1f6a1c11")
"""Ours: names below it never move, even when the site changes its address."""


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, name)}"


def atom(asked: Request, result: Result, shelf: Shelf, base: str) -> bytes:
    """The clauses of a search, the most recently changed first."""
    pairs = [(name, value) for name, values in asked.filters.items() for value in values]
    pairs += [("q", asked.q)] if asked.q else []
    pairs += [("cpv", asked.cpv)] if asked.cpv else []
    query = urlencode(sorted(pairs))
    clauses = [clause for clause, _ in result.hits]
    moments = [clause.published_at for clause in clauses or shelf.clauses.values()]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "fr"})
    _text(feed, "id", _urn(f"clauses?{query}"))
    _text(feed, "title", _title(asked, shelf))
    _text(feed, "updated", _moment(max(moments)) if moments else "1970-01-01T00:00:00+00:00")
    SubElement(_in(feed, "author"), "name").text = "Clausier"
    _text(feed, "rights", "Licence Ouverte 2.0 (Etalab)")
    here = f"{base}/api/v1/clauses.atom"
    _link(feed, "self", _address(here, query, asked.cursor))
    _link(feed, "alternate", _address(f"{base}/clauses", query), "text/html")
    if result.next:
        _link(feed, "next", _address(here, query, result.next))
    for clause in clauses:
        _entry(feed, clause, shelf, base)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode").encode()


def _address(path: str, query: str, cursor: str | None = None) -> str:
    parts = [query, urlencode({"cursor": cursor}) if cursor else ""]
    tail = "&".join(part for part in parts if part)
    return f"{path}?{tail}" if tail else path


def _title(asked: Request, shelf: Shelf) -> str:
    """« Clauses : Mobilier, Réemploi et réutilisation »."""
    names = {code: family.label for code, family in shelf.words.families.items()}
    names |= {code: lever.label for code, lever in shelf.words.levers.items()}
    chosen = [names.get(value, value) for values in asked.filters.values() for value in values]
    chosen += [asked.q] if asked.q else []
    return f"Clauses : {', '.join(chosen)}" if chosen else "Toutes les clauses"


def _entry(feed: Element, clause: PublishedClause, shelf: Shelf, base: str) -> None:
    record = clause.record
    entry = _in(feed, "entry")
    _text(entry, "id", _urn(f"clause/{record.id}"))
    _text(entry, "title", f"{record.id} – {record.title}")
    _text(entry, "updated", _moment(clause.published_at))
    _link(entry, "alternate", f"{base}/clauses/{record.id}", "text/html")
    if clause.version > 1:
        query = urlencode({"from": clause.version - 1, "to": clause.version})
        _link(entry, "related", f"{base}/api/v1/clauses/{record.id}/diff?{query}")
    for scheme, codes, words in (
        ("family", record.families, shelf.words.families),
        ("lever", record.levers, shelf.words.levers),
    ):
        for code in codes:
            label = words[code].label if code in words else code
            attributes = {"term": code, "scheme": f"{base}/api/v1/vocabulary#{scheme}", "label": label}
            SubElement(entry, "category", attributes)
    _text(entry, "summary", f"{record.summary} Version {clause.version} : {record.changelog[-1].reason}")
    wordings = "".join(wording_html(text, record.variables) for text in record.wordings.values())
    SubElement(entry, "content", {"type": "html"}).text = wordings


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def _in(parent: Element, name: str) -> Element:
    return SubElement(parent, name)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _link(parent: Element, rel: str, address: str, kind: str = "") -> None:
    SubElement(parent, "link", {"rel": rel, "href": address} | ({"type": kind} if kind else {}))
