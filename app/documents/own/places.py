"""Where things go in a template: its headings, its bookmarks, the end of each of its sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.documents.own.numbers import style_of
from app.documents.own.opened import W
from app.documents.own.styles import Styles
from app.text.fold import fold

PREFIX: Final = "clausier_"
ANYWHERE: Final = "clauses"
ARTICLE: Final = "article_"
"""Names of bookmarks: `clausier_clauses` or `clausier_ccap`, `clausier_article_penalites`, `clausier_objet`."""
_TYPED: Final = re.compile(
    r"^\s*((?:article|art\.|chapitre|titre|section)\s+)?(\d+(?:\.\d+)*)(\s*[.):–—-]*\s+)(?=\S)", re.IGNORECASE
)
_FLOW: Final = frozenset({W + "body", W + "sdtContent"})


@dataclass(slots=True)
class Heading:
    paragraph: etree._Element
    level: int
    title: str
    typed: str = ""
    """« 5.1 », when the author typed the number."""
    before: str = ""
    """« Article  », typed before the number."""
    after: str = " "
    """« – », typed between the number and the title."""


def text_of(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t"))


def heading_of(paragraph: etree._Element, styles: Styles) -> Heading | None:
    parent = paragraph.getparent()
    if parent is None or parent.tag not in _FLOW:
        return None
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = int(outline.get(W + "val", "9")) + 1 if outline is not None and _digit(outline) else None
    level = level or styles.level(style_of(paragraph))
    text = text_of(paragraph)
    if level is None or level > 9 or not text.strip():  # noqa: PLR2004 (Word's levels)
        return None
    found = _TYPED.match(text)
    if found is None:
        return Heading(paragraph, level, text.strip())
    return Heading(paragraph, level, text[found.end() :].strip(), found[2], found[1] or "", found[3])


def _digit(element: etree._Element) -> bool:
    return element.get(W + "val", "") in set("012345678")


def headings(body: etree._Element, styles: Styles) -> list[Heading]:
    found = (heading_of(paragraph, styles) for paragraph in body.iter(W + "p"))
    return [heading for heading in found if heading is not None]


def same_title(one: str, other: str) -> bool:
    """« PÉNALITÉS. » is « Pénalités »."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def bookmarks(body: etree._Element) -> dict[str, etree._Element]:
    """Name without its prefix → the start of a bookmark of ours, the first of each name."""
    found: dict[str, etree._Element] = {}
    for start in body.iter(W + "bookmarkStart"):
        name = start.get(W + "name", "").casefold()
        if name.startswith(PREFIX):
            found.setdefault(name.removeprefix(PREFIX), start)
    return found


def paragraph_at(start: etree._Element) -> etree._Element | None:
    """The paragraph of a bookmark; the next one when it stands between two."""
    for element in (start, *start.iterancestors()):
        if element.tag == W + "p":
            return element
    following = start.getnext()
    while following is not None and following.tag != W + "p":
        following = following.getnext()
    return following


def section(heading: Heading, known: list[Heading]) -> list[etree._Element]:
    """What stands under a heading, up to the next one of its level or above."""
    stops = {id(each.paragraph) for each in known if each.level <= heading.level}
    found: list[etree._Element] = []
    for sibling in heading.paragraph.itersiblings():
        inside = sibling.iter(W + "p")
        if sibling.tag == W + "sectPr" or any(id(paragraph) in stops for paragraph in inside):
            break
        found.append(sibling)
    return found


def says_something(elements: list[etree._Element], known: list[Heading]) -> bool:
    """Whether a section holds text of its own, besides headings."""
    titles = {id(each.paragraph) for each in known}
    return any(
        text_of(paragraph).strip()
        for element in elements
        for paragraph in element.iter(W + "p")
        if id(paragraph) not in titles
    )


def last_of(heading: Heading, elements: list[etree._Element]) -> etree._Element:
    """The element after which the section goes on: before a break of page or section that ends it."""
    kept = list(elements)
    while kept and _only_breaks(kept[-1]):
        kept.pop()
    return kept[-1] if kept else heading.paragraph


def _only_breaks(element: etree._Element) -> bool:
    if element.tag != W + "p" or text_of(element).strip():
        return False
    return next(element.iter(W + "drawing", W + "pict", W + "bookmarkStart", W + "object"), None) is None


def end_of_body(body: etree._Element) -> etree._Element | None:
    """The last element before the final section mark; None in an empty body."""
    kept = [child for child in body if child.tag != W + "sectPr"]
    return kept[-1] if kept else None


def level_above(body: etree._Element, place: etree._Element, known: list[Heading]) -> int:
    """The level of the heading that a place stands under; 0 when there is none."""
    levels = {id(each.paragraph): each.level for each in known}
    level = 0
    for paragraph in body.iter(W + "p"):
        level = levels.get(id(paragraph), level)
        if paragraph is place or place in set(paragraph.iterancestors()):
            return level
    return level


def usual_text_style(body: etree._Element, styles: Styles) -> str:
    """The style of most of the template's running text; empty for its default."""
    counts: dict[str, int] = {}
    for paragraph in _running(body):
        style = style_of(paragraph)
        if styles.level(style) is None:
            counts[style] = counts.get(style, 0) + len(text_of(paragraph))
    best = max(counts, key=lambda style: (counts[style], style), default="")
    return best if best in styles.by_id else ""


def _running(body: etree._Element) -> Iterator[etree._Element]:
    for paragraph in body.iter(W + "p"):
        parent = paragraph.getparent()
        flows = parent is not None and parent.tag in _FLOW
        if flows and len(text_of(paragraph)) > 60 and paragraph.find(f"{W}pPr/{W}numPr") is None:  # noqa: PLR2004
            yield paragraph
