"""The ranges of the inverted tables that a need walks, and what is looked up by key on the way.

Three tables hold firms in the order shown: `reach` by (family, place), `able` by (clause, place), `firm_word` by stem.
A search walks one of them, the narrowest (`drive`); statuses, levers and families are bits of every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, true, tuple_
from sqlalchemy.orm import aliased

from app.market.models import Firm, Reach
from app.market.models_postings import Able, FirmWord
from app.market.needs import Aliased, Demand, Key, Need
from app.market.rules import ANY, Band, branches_for, family_bit

FEW: Final = 2000
"""Holders of a word up to which a search of a department starts from the word."""
_BANDS: Final = tuple(map(int, Band))
Tests = list[ColumnElement[bool]]
Place = str | ColumnElement[str]


@dataclass(frozen=True, slots=True)
class Drive:
    """What a search walks: the firms of a demand, those of a word, else those of the family and the place."""

    demand: Demand | None = None
    word: str = ""


def probe(need: Need) -> Select[Any] | None:
    """How many firms hold each word, then each demand, up to a bound; None: there is nothing to choose between."""
    choices = len(need.words) + len(need.demands)
    if choices == 0 or (choices == 1 and not (need.words and need.departments)):
        return None
    ranges = [select(literal(1)).where(FirmWord.word == word) for word in need.words] + [
        select(literal(1)).where(Able.clause_id == one.clause_id, Able.place.in_(need.places())) for one in need.demands
    ]
    bounded = [one.limit(FEW + 1).subquery() for one in ranges]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in bounded))


def drive(need: Need, held: Sequence[int] = ()) -> Drive:
    """The rarest of what is asked; `held`: the answer of `probe`, or nothing when there is no choice."""
    counts = list(held) or [0] * (len(need.words) + len(need.demands))
    words = sorted(zip(counts, need.words, strict=False))
    demands = sorted(zip(counts[len(need.words) :], range(len(need.demands)), strict=False))
    # A common word of a department: there are fewer firms in the department than holders of the word.
    usable = [pair for pair in words if not need.departments or pair[0] <= FEW]
    if demands and (not usable or demands[0][0] <= usable[0][0]):
        return Drive(demand=need.demands[demands[0][1]])
    return Drive(word=usable[0][1]) if usable else Drive()


@dataclass(frozen=True, slots=True)
class Walk:
    """One range: its rows (`row`), where it starts and ends, and what is kept of it."""

    row: Aliased
    place: Any
    distance: Any
    radius: Any
    within: Tests
    kept: Tests
    once: Tests
    """With several departments: not the rows of a firm that is nearer to another one."""
    band: Any = None
    """None: the whole range is of one band, `COVERS`."""

    @property
    def order(self) -> tuple[Any, ...]:
        lot = (self.row.draw, self.row.organisation_id)
        return lot if self.band is None else (self.band, *lot)

    def after(self, key: Key) -> ColumnElement[bool]:
        if self.band is None:
            return tuple_(*self.order) > tuple_(*key[1:]) if key[0] == Band.COVERS else literal(key[0] < Band.COVERS)
        return tuple_(*self.order) > tuple_(*key)

    def shown(self) -> Select[Any]:
        band = literal(int(Band.COVERS)) if self.band is None else self.band
        return select(
            band.label("band"),
            self.row.draw.label("draw"),
            self.row.organisation_id.label("organisation_id"),
            self.place.label("place"),
            self.distance.label("distance_km"),
            self.radius.label("radius_km"),
        ).where(*self.within, *self.kept, *self.once)

    def looked_at(self) -> Select[Any]:
        """Every row of the range, and whether it is kept: what a bounded count reads; firms may come twice."""
        kept = and_(true(), *self.kept).label("kept")
        return select(self.row.organisation_id.label("firm"), self.row.traits.label("traits"), kept).where(*self.within)


def walks(need: Need, by: Drive) -> list[Walk]:
    if by.demand:
        return [_of_demand(need, by.demand, place) for place in need.places()]
    if by.word and not need.departments:
        return [_of_word(need, by.word)]
    return [_of_place(need, by.word, place) for place in need.places()]


def at(need: Need, by: Drive, place: Place) -> Walk:
    """One place of a need that names none: by its demand if it has one, else by its family."""
    return _of_demand(need, by.demand, place) if by.demand else _of_place(need, "", place)


def _of_demand(need: Need, demand: Demand, place: Place) -> Walk:
    row = aliased(Able)
    nearer = aliased(Able)
    same = (nearer.clause_id == row.clause_id, *demand.kept(nearer, need.today))
    return Walk(
        row, row.place, row.distance_km, row.radius_km,
        within=[row.clause_id == demand.clause_id, row.place == place],
        kept=[*demand.kept(row, need.today), *_family(need, row), *_filters(need, row, demand=demand)],
        once=_not_nearer_elsewhere(need, row, nearer, same), band=row.band,
    )  # fmt: skip


def _of_word(need: Need, word: str) -> Walk:
    """Of the whole country: the order is the lot's, as in `reach`."""
    row = aliased(FirmWord)
    kept = [*_family(need, row), *_filters(need, row, word=word)]
    return Walk(row, literal(ANY), literal(0), literal(0), within=[row.word == word], kept=kept, once=[])


def _of_place(need: Need, word: str, place: Place) -> Walk:
    """The firms of the family and the place; from the few holders of a word when there is one."""
    row = aliased(Reach)
    nearer = aliased(Reach)
    once = _not_nearer_elsewhere(need, row, nearer, (nearer.family == row.family,))
    within = [row.family == (need.family or ANY), row.place == place]
    if word:
        held = aliased(FirmWord)
        within += [row.band.in_(_BANDS), held.word == word, *_same_firm(held, row)]
    kept = _filters(need, row, word=word)
    return Walk(row, row.place, row.distance_km, row.radius_km, within=within, kept=kept, once=once, band=row.band)


def _family(need: Need, row: Aliased) -> Tests:
    return [row.families.op("&")(family_bit(need.family)) != 0] if need.family else []


def _filters(need: Need, row: Aliased, *, demand: Demand | None = None, word: str = "") -> Tests:
    """What is asked beyond the range that is walked."""
    tests: Tests = []
    if need.traits:
        tests.append(row.traits.op("&")(need.traits) == need.traits)
    if need.any_traits:
        tests.append(row.traits.op("&")(need.any_traits) != 0)
    for other in need.words:
        if other != word:
            held = aliased(FirmWord)
            tests.append(_looked_up(held.word == other, *_same_firm(held, row)))
    for one in need.demands:
        if one is not demand:
            able = aliased(Able)
            there = (able.clause_id == one.clause_id, able.place.in_(need.places()), able.band.in_(_BANDS))
            tests.append(_looked_up(*there, *_same_firm(able, row), *one.kept(able, need.today)))
    if need.cpv:
        held = aliased(FirmWord)
        tests.append(_looked_up(held.word.in_(branches_for(need.cpv)), *_same_firm(held, row)))
    if need.category or need.since:
        tests.append(_looked_up(Firm.organisation_id == row.organisation_id, *_of_firm(need)))
    return tests


def _looked_up(*tests: ColumnElement[bool]) -> ColumnElement[bool]:
    """By key, row after row: without OFFSET the planner joins whole ranges for a page of twenty (40 ms against 1)."""
    return exists(select(literal(1)).where(*tests).offset(0))


def _same_firm(one: Aliased, row: Aliased) -> tuple[ColumnElement[bool], ...]:
    return (one.draw == row.draw, one.organisation_id == row.organisation_id)


def _of_firm(need: Need) -> Tests:
    tests: Tests = []
    if need.category:
        tests.append(Firm.category == need.category)
    if need.since:
        tests.append(Firm.updated_at > need.since)
    return tests


def _not_nearer_elsewhere(need: Need, row: Aliased, other: Aliased, same: Sequence[ColumnElement[bool]]) -> Tests:
    """With several departments a firm is listed once, by the nearest of them."""
    if len(need.departments) < 2:  # noqa: PLR2004
        return []
    nearer = select(literal(1)).where(
        *same,
        other.place.in_(need.departments),
        other.band.in_(_BANDS),
        *_same_firm(other, row),
        tuple_(other.band, other.place) < tuple_(row.band, row.place),
    )
    return [~exists(nearer)]
