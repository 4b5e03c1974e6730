"""Which of our articles goes where in a template, and what of each: the whole, or only what the basket brings."""

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from app.documents.own.opened import W
from app.documents.own.places import (
    ANYWHERE,
    ARTICLE,
    Heading,
    bookmarks,
    end_of_body,
    last_of,
    level_above,
    paragraph_at,
    same_title,
    says_something,
    section,
    text_of,
)

_OWN_TEXT: Final = 3
"""From so many headings on, a template is a piece of its own, and our standard articles would repeat it."""


@dataclass(slots=True)
class Unit:
    """Some XML of ours, and the element of the template that it follows."""

    after: etree._Element
    xml: str
    shift: int
    title: str
    where: str
    heading: Heading | None = None
    """The heading of theirs that takes the article's place, marked for our references."""
    anchor: str = ""
    replaces: bool = False
    """`after` only held the bookmark: it goes."""


@dataclass(slots=True)
class Plan:
    units: list[Unit]
    unplaced: list[str]
    """Titles of the articles that found no heading."""
    left_out: list[str]
    """Titles of the standard articles that the template makes useless."""
    at_the_end: bool = False


def brings(article: dict[str, Any]) -> bool:
    """Whether an article holds a clause or a table of the basket."""
    return bool(article["made"]) or any("clause" in c or brings(c) for c in article["children"])


def inside(article: dict[str, Any], *, whole: bool) -> str:
    """The content under its heading."""
    parts = [article["whole"] if whole else article["made"]]
    for child in article["children"]:
        if "clause" in child:
            parts.append(child["clause"])
        elif whole or brings(child):
            parts.append(child["heading"] + inside(child, whole=whole))
    return "".join(parts)


def planned(asked: dict[str, Any], body: etree._Element, known: list[Heading]) -> Plan:
    planner = _Planner(body, known)
    rest = [left for article in asked["articles"] if (left := planner.taken(article)) is not None]
    own = len(known) >= _OWN_TEXT
    for article in [each for each in rest if own and not brings(each)]:
        planner.plan.left_out.append(article["title"])
        rest.remove(article)
    if rest:
        planner.rest(rest, asked["piece"], whole=not own)
    return planner.plan


class _Planner:
    def __init__(self, body: etree._Element, known: list[Heading]) -> None:
        self.body, self.known = body, known
        self.free = list(known)
        self.marks = bookmarks(body)
        self.plan = Plan([], [], [])

    def taken(self, article: dict[str, Any]) -> dict[str, Any] | None:
        """Plans an article that has a bookmark or a heading of its own; else gives back what is still to be placed."""
        children = [
            left
            for child in article["children"]
            if (left := child if "clause" in child else self.taken(child)) is not None
        ]
        kept = article | {"children": children}
        name = f"{ARTICLE}{article['key'].replace('-', '_')}"
        place = paragraph_at(self.marks[name]) if name in self.marks else None
        if place is not None:
            shift = level_above(self.body, place, self.known) - article["level"]
            xml, where = inside(kept, whole=not brings(kept)), f"au signet « clausier_{name} »"
            self.plan.units.append(Unit(place, xml, shift, article["title"], where, replaces=_is_empty(place)))
            return None
        heading = next((each for each in self.free if same_title(each.title, article["title"])), None)
        if heading is None:
            return kept
        self.free.remove(heading)
        under = section(heading, self.known)
        xml = inside(kept, whole=not says_something(under, self.known))
        shift, where = heading.level - article["level"], f"sous votre titre « {heading.title} »"
        place = last_of(heading, under)
        self.plan.units.append(Unit(place, xml, shift, article["title"], where, heading, article["anchor"]))
        return None

    def rest(self, rest: list[dict[str, Any]], piece: str, *, whole: bool) -> None:
        """The articles without a heading of theirs: at the bookmark for that, else at the end."""
        name = next((name for name in (piece.lower(), ANYWHERE) if name in self.marks), "")
        place = paragraph_at(self.marks[name]) if name else None
        base, where = 0, f"au signet « clausier_{name} »"
        if place is not None:
            titled = next((each for each in self.known if each.paragraph is place), None)
            base = titled.level - 1 if titled else level_above(self.body, place, self.known)
        else:
            place, where = end_of_body(self.body), "à la fin du document"
            self.plan.at_the_end = True
        if place is None:
            place = etree.Element(W + "p")
            self.body.insert(0, place)
        replaces = not self.plan.at_the_end and _is_empty(place)
        for position, article in enumerate(rest):
            xml = article["heading"] + inside(article, whole=whole)
            unit = Unit(place, xml, base, article["title"], where, replaces=replaces and not position)
            self.plan.units.append(unit)
            if self.known:
                self.plan.unplaced.append(article["title"])


def _is_empty(paragraph: etree._Element) -> bool:
    """Holds nothing but the bookmark, or a placeholder in brackets; and ends no section."""
    text = text_of(paragraph).strip()
    placeholder = not text or (text.startswith("[") and text.endswith("]"))
    return placeholder and next(paragraph.iter(W + "sectPr"), None) is None
