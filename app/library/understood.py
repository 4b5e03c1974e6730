"""What a query was read as, said to people, and the ways out when it finds nothing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.law.families import family_of
from app.law.vocabulary import KIND_LABELS, Status
from app.library.cpv import CpvEntry
from app.library.query import Query
from app.library.schemas import Coded, CpvOut, FacetValue, GuessOut, RemovalOut, UnderstoodOut, WayOutOut
from app.library.search import Request
from app.library.shelf import Shelf

NEAREST: Final = 4
"""Families proposed when nothing is found."""


def understood(query: Query, shelf: Shelf) -> UnderstoodOut:
    return UnderstoodOut(
        families=families_guessed(query, shelf),
        levers=levers_guessed(query, shelf),
        kinds=[Coded(code=kind, label=KIND_LABELS[kind]) for kind in sorted(query.kinds)],
        cpv=[Coded(code=code, label=shelf.nomenclature.label(code) or "") for code in query.cpv],
        articles=[text.article for text in shelf.words.texts.values() if _named(text.id, query)],
        clauses=[ident for ident in query.ids if shelf.clause(ident)],
        unknown=query.unknown,
    )


def _named(ident: str, query: Query) -> bool:
    return any(ident == key or ident.endswith(f"-{key}") for key in query.articles)


def families_guessed(query: Query, shelf: Shelf) -> list[GuessOut]:
    """The families that the words name, the surest first."""
    best = max(query.families.values(), default=1.0)
    return [
        GuessOut(code=code, label=shelf.words.families[code].label, share=round(query.families[code] / best, 2))
        for code in query.ranked_families
        if code in shelf.words.families
    ]


def levers_guessed(query: Query, shelf: Shelf) -> list[Coded]:
    levers = shelf.words.levers
    return [Coded(code=code, label=levers[code].label) for code in levers if code in query.levers]


def cpv_out(entries: Iterable[CpvEntry], shelf: Shelf) -> list[CpvOut]:
    """Codes with their check digit and the family of clauses that each one opens."""
    families = tuple(shelf.words.families.values())
    found = []
    for entry in entries:
        family = family_of(entry.code, families)
        found.append(
            CpvOut(
                code=entry.code,
                formatted=f"{entry.code}-{entry.check}",
                label=entry.label,
                families=[Coded(code=family.code, label=family.label)] if family else [],
            )
        )
    return found


def way_out(request: Request, query: Query, shelf: Shelf) -> WayOutOut:
    """What would find clauses: the request without one of its parameters, and the nearest families."""
    return WayOutOut(removals=_removals(request, shelf), families=_nearest(query, shelf))


def _removals(request: Request, shelf: Shelf) -> list[RemovalOut]:
    without = {name: _without(request, name) for name in request.filters}
    if request.cpv:
        without["cpv"] = replace(request, cpv="")
    if request.q.strip():
        without["q"] = replace(request, q="")
    # Taking away the last parameter gives the whole library back: « Tout effacer » already says so.
    if len(without) == 1:
        return []
    counted = ((name, shelf.index.total(replace(rest, cursor=None))) for name, rest in without.items())
    return [RemovalOut(parameter=name, count=count) for name, count in counted if count]


def _without(request: Request, name: str) -> Request:
    return replace(request, filters={other: values for other, values in request.filters.items() if other != name})


def _nearest(query: Query, shelf: Shelf) -> list[FacetValue]:
    guessed = [*query.ranked_families, *(f for word in query.unknown for f in shelf.completer.families_near(word))]
    active = shelf.index.facets.allowed("status", [Status.ACTIVE])
    values = {str(value["code"]): value for value in shelf.index.facets.counts(active, {})["family"]}
    largest = sorted(values, key=lambda code: -int(values[code]["count"]))
    chosen = [code for code in dict.fromkeys(guessed or largest) if code in values and values[code]["count"]]
    return [FacetValue.model_validate(values[code]) for code in chosen[:NEAREST]]
