"""What the bench asks: searches of the directory and of sourcings, counts, market depth."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select

from app.market import queries_depth
from app.market.depth import Scale
from app.market.needs import Demand, Key, Need
from app.market.places import departments
from app.market.queries import today
from app.market.queries_depth import Scope
from tests.bench.market import generate

DEPARTMENTS: Final = sorted(departments())


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a search, with the probe that may come first."""

    need: Need
    after: Key | None = None
    limit: int = 21


@dataclass(frozen=True, slots=True)
class Tally:
    """The count and the facets of a search."""

    need: Need


@dataclass(frozen=True, slots=True)
class Depth:
    """A count of firms over their clauses, sampled in the whole country."""

    clauses: Sequence[str]
    departments: tuple[str, ...]
    statement: Callable[[Scope], Select[Any]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The same search, by department."""

    need: Need


Wanted = Page | Tally | Spread | Depth | Select[Any]
Draw = Callable[[random.Random], Wanted]


def need(**facts: Any) -> Need:
    return Need(today=today(), **facts)


def family(rng: random.Random) -> str:
    return rng.choice(list(generate.FAMILIES))


def _clause(rng: random.Random) -> Demand:
    return Demand(rng.choice(generate.CLAUSES), 2, Decimal(30), Decimal(20))


def place(rng: random.Random) -> tuple[str, ...]:
    return (rng.choice(DEPARTMENTS),)


def _word(rng: random.Random, most: int, least: int = 0) -> str:
    return generate.VOCABULARY[rng.randrange(least, most)]


COMMONEST: Final = Demand(generate.CLAUSES[0])


def _searches() -> dict[str, Callable[[random.Random], dict[str, Any]]]:
    return {
        "sourcing: family + department": lambda r: {"family": family(r), "departments": place(r)},
        "sourcing: family + 3 departments": lambda r: {
            "family": family(r), "departments": tuple(r.sample(DEPARTMENTS, 3))
        },
        "sourcing: + lever": lambda r: {
            "family": family(r), "departments": place(r), "any_traits": 1 << r.randrange(4, 19)
        },
        "sourcing: + clause at a level": lambda r: {
            "family": family(r), "departments": place(r), "demands": (_clause(r),)
        },
        "sourcing: + 3 clauses": lambda r: {
            "family": family(r), "departments": place(r), "demands": tuple(_clause(r) for _ in range(3))
        },
        "sourcing: + CPV branch": lambda r: {
            "family": (f := family(r)), "departments": place(r), "cpv": r.choice(generate.FAMILIES[f])
        },
        "directory: department + status (0.5 %)": lambda r: {"departments": place(r), "traits": 4},
        "directory: status (0.5 %), country": lambda _: {"traits": 4},
        "directory: common word, country": lambda r: {"words": (_word(r, 20),)},
        "directory: rare word, country": lambda r: {"words": (_word(r, 3000, 2950),)},
        "directory: two words, country": lambda r: {"words": (_word(r, 100), _word(r, 3000))},
        "directory: word + department": lambda r: {"departments": place(r), "words": (_word(r, 3000),)},
        "directory: word + family + department": lambda r: {
            "family": family(r), "departments": place(r), "words": (_word(r, 500),)
        },
        "directory: clause, country": lambda r: {"demands": (_clause(r),)},
        "directory: clause + word, country": lambda r: {"demands": (_clause(r),), "words": (_word(r, 500),)},
    }  # fmt: skip


def _maps() -> dict[str, Callable[[random.Random], dict[str, Any]]]:
    return {
        "whole directory": lambda _: {},
        "family": lambda r: {"family": family(r)},
        "family + status (0.5 %)": lambda r: {"family": family(r), "traits": 4},
        "clause at a level": lambda r: {"demands": (_clause(r),)},
        "common word": lambda r: {"words": (_word(r, 20),)},
        "family + clause + word": lambda r: {"family": family(r), "demands": (_clause(r),), "words": (_word(r, 500),)},
        "3 clauses": lambda r: {"demands": tuple(_clause(r) for _ in range(3))},
    }


def scenarios(keys: dict[str, Key]) -> dict[str, Draw]:
    """Name → what each draw asks; all are held to the ceiling."""
    made: dict[str, Draw] = {
        "directory, first page": lambda _: Page(need()),
        "directory, page at 50 %": lambda _: Page(need(), keys["directory 50"]),
        "directory, page at 99 %": lambda _: Page(need(), keys["directory 99"]),
        "commonest clause, page at 99 %": lambda _: Page(need(demands=(COMMONEST,)), keys["clause 99"]),
        "commonest word, page at 99 %": lambda _: Page(need(words=(generate.VOCABULARY[0],)), keys["word 99"]),
        "sourcing: every firm told (20 000 at most)": lambda r: Page(
            need(family=family(r), departments=place(r)), None, 20_000
        ),
        "facets and count: whole directory": lambda _: Tally(need()),
    }
    for name, facts in _searches().items():
        made[name] = lambda r, facts=facts: Page(need(**facts(r)))  # type: ignore[misc]
        made[f"facets and count, {name}"] = lambda r, facts=facts: Tally(need(**facts(r)))  # type: ignore[misc]
    for name, facts in _maps().items():
        made[f"map: {name}"] = lambda r, facts=facts: Spread(need(**facts(r)))  # type: ignore[misc]
    made |= _depths("department", place) | _depths("country", lambda _: ())
    return made


def _depths(where: str, drawn: Callable[[random.Random], tuple[str, ...]]) -> dict[str, Draw]:
    scale = Scale("x", "x", "%", Decimal(0), Decimal(100), Decimal(20), at_most=False)

    def basket(rng: random.Random) -> list[tuple[Demand, Demand]]:
        clauses = [_clause(rng) for _ in range(6)]
        return [(one, replace(one, threshold=Decimal(20))) for one in clauses]

    def clause(rng: random.Random, statement: Callable[[Demand], Callable[[Scope], Select[Any]]]) -> Depth:
        demand = _clause(rng)
        return Depth([demand.clause_id], drawn(rng), statement(demand))

    def joint(rng: random.Random) -> Depth:
        pairs = basket(rng)
        return Depth([one.clause_id for one, _ in pairs], drawn(rng), lambda scope: queries_depth.masks(pairs, scope))

    whole = lambda demand: lambda scope: queries_depth.meeting(demand, scope)  # noqa: E731
    curve = lambda demand: lambda s: queries_depth.best_values(replace(demand, threshold=None), s, scale)  # noqa: E731
    return {
        f"depth: clause, {where}": lambda r: clause(r, whole),
        f"depth: commonest clause, {where}": lambda r: Depth([COMMONEST.clause_id], drawn(r), whole(COMMONEST)),
        f"depth: curve, {where}": lambda r: clause(r, curve),
        f"depth: trend, {where}": lambda r: queries_depth.over_time(_clause(r), drawn(r), today()),
        f"depth: basket of 6, {where}": joint,
    }
