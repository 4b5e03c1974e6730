"""Market depth of a clause and of a basket: the database counts, `depth.py` judges, here they meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from app.library.published import PublishedClause
from app.library.queries import shelf
from app.market import depth, queries_depth
from app.market import depth_words as words
from app.market.depth import Relaxation, Scale
from app.market.needs import Demand
from app.market.places import departments, of_region
from app.market.queries import today
from app.market.scales import scale_of
from app.market.schemas_depth import (
    CurvePoint,
    DemandIn,
    DepthOut,
    DepthQuery,
    FeasibilityIn,
    FeasibilityOut,
    PartOut,
    RelaxationOut,
    TrendPoint,
)
from app.web.problems import FieldError, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand and the clause it is about."""

    clause: PublishedClause
    scale: Scale | None
    demand: Demand

    def softer(self) -> Demand:
        """One threshold down, else one level down, else the same."""
        if self.scale and self.demand.threshold is not None:
            easier = self.scale.softer(self.demand.threshold)
            if easier != self.demand.threshold:
                return replace(self.demand, threshold=easier)
        return replace(self.demand, level=max(1, self.demand.level - 1))

    def softer_words(self) -> str:
        easier = self.softer()
        if self.scale and easier.threshold is not None and easier.threshold != self.demand.threshold:
            return words.step(self.scale, easier.threshold)
        return f"niveau {easier.level}" if easier.level != self.demand.level else ""


def asked_of(clause_id: str, level: int | None, threshold: float | None) -> Asked:
    clause = shelf().clauses.get(clause_id)
    if clause is None:
        raise NotFound(f"La clause {clause_id} n’existe pas.")
    scale = scale_of(clause.record)
    if threshold is not None and scale is None:
        said = f"La clause {clause_id} ne demande pas de valeur."
        raise Invalid(said, [FieldError(pointer="?threshold", detail=said)])
    wanted = None if threshold is None else Decimal(str(threshold))
    demand = Demand(
        clause_id,
        level or clause.record.level,
        wanted,
        scale.default if scale else None,
        at_most=bool(scale and scale.at_most),
    )
    return Asked(clause, scale, demand)


def _regions_of(codes: Sequence[str]) -> list[str]:
    regions = dict.fromkeys(departments()[code].region for code in codes)
    return [department for region in regions for department in of_region(region)]


def _wider(codes: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """(kind, words, departments): the regions of the departments, then the country."""
    if not codes:
        return []
    region = _regions_of(codes)
    steps: list[tuple[str, str, list[str]]] = [("country", "toute la France", [])]
    if set(region) != set(codes):
        steps.insert(0, ("region", f"étendre à la région ({words.region_names(codes)})", region))
    return steps


async def depth_of(session: AsyncSession, query: DepthQuery) -> DepthOut:
    asked, day, codes = asked_of(query.clause, query.level, query.threshold), today(), query.department
    meeting = await queries_depth.firms_meeting(session, asked.demand, codes, day)
    whole = replace(asked.demand, threshold=None)
    curve = []
    if asked.scale:
        values = await queries_depth.values(session, whole, codes, day, asked.scale)
        curve = [
            CurvePoint(
                threshold=float(point.threshold),
                label=words.step(asked.scale, point.threshold),
                figure=words.figure(point.firms or 0),
            )
            for point in depth.survival(values, asked.scale)
        ]
    relaxed = await _relaxations(session, asked, codes, day) if meeting < depth.FEWEST else []
    useful = next((one.words for one in relaxed if one.figure.firms is not None), "")
    return DepthOut(
        clause=query.clause,
        level=asked.demand.level,
        threshold=query.threshold,
        unit=asked.scale.unit if asked.scale else "",
        territory=words.territory(codes),
        covering=words.figure(await queries_depth.firms_covering(session, asked.clause.record.family, codes)),
        meeting=words.figure(meeting),
        curve=curve,
        trend=[
            TrendPoint(day=on, figure=words.figure(firms))
            for on, firms in await queries_depth.trend(session, whole, codes, day)
        ],
        relaxations=relaxed,
        advice=words.advice(meeting, useful),
    )


async def _relaxations(session: AsyncSession, asked: Asked, codes: Sequence[str], day: date) -> list[RelaxationOut]:
    """The mildest first: one step softer, the region, the country."""
    found = []
    if said := asked.softer_words():
        firms = await queries_depth.firms_meeting(session, asked.softer(), codes, day)
        kind = "level" if asked.softer().level != asked.demand.level else "threshold"
        found.append(_relaxation(Relaxation(kind, asked.demand.clause_id, firms), said))
    for kind, said, wider in _wider(codes):
        firms = await queries_depth.firms_meeting(session, asked.demand, wider, day)
        found.append(_relaxation(Relaxation(kind, "", firms), said))
    return found


def _relaxation(one: Relaxation, said: str) -> RelaxationOut:
    return RelaxationOut.model_validate(
        {"kind": one.what, "clause": one.clause, "words": said, "figure": words.figure(one.firms)}
    )


def _once(items: Sequence[DemandIn]) -> list[Asked]:
    known = {item.clause: item for item in items}
    return [asked_of(item.clause, item.level, item.threshold) for item in known.values()]


async def feasibility_of(session: AsyncSession, body: FeasibilityIn, *, relax: bool = True) -> FeasibilityOut:
    """`relax`: whether a joint figure too low looks further away, two more counts."""
    basket, day, codes = _once(body.items), today(), body.departments
    pairs = [(asked.demand, asked.softer()) for asked in basket]
    joint = depth.joint(await queries_depth.histogram(session, pairs, codes, day), len(basket))
    parts = [
        PartOut(
            clause=asked.demand.clause_id,
            title=asked.clause.record.title,
            level=asked.demand.level,
            alone=words.figure(part.alone),
            without=words.figure(part.without),
            softened=words.figure(part.softened),
            softer_words=asked.softer_words(),
        )
        for asked, part in zip(basket, joint.parts, strict=True)
    ]
    blocking = None if joint.blocking is None else parts[joint.blocking]
    wider = []
    few = relax and joint.firms < depth.FEWEST
    if few:
        for kind, said, places in _wider(codes):
            counted = depth.joint(await queries_depth.histogram(session, pairs, places, day), len(basket))
            wider.append(_relaxation(Relaxation(kind, "", counted.firms), said))
    return FeasibilityOut(
        territory=words.territory(codes),
        joint=words.figure(joint.firms),
        parts=parts,
        blocking=blocking.clause if blocking else None,
        blocking_words=_blocking_words(blocking),
        relaxations=[*_clause_steps(basket, parts, joint), *wider] if few else [],
    )


def _blocking_words(part: PartOut | None) -> str:
    if part is None:
        return ""
    if part.softer_words and part.softened.firms is not None:
        return f"« {part.title} » bloque : à « {part.softer_words} », {part.softened.words} répondent à tout."
    if part.without.firms is None:
        return f"« {part.title} » pèse le plus, mais sans elle {part.without.words} répondent encore à tout le reste."
    return f"« {part.title} » bloque : sans elle, {part.without.words} répondent à tout le reste."


def _clause_steps(basket: Sequence[Asked], parts: Sequence[PartOut], joint: depth.Joint) -> list[RelaxationOut]:
    """Each clause one step softer, then each left out; those that bring somebody, the most first."""
    softened = [
        _relaxation(Relaxation("threshold", part.clause, counted.softened), f"{part.clause} : {part.softer_words}")
        for part, counted in zip(parts, joint.parts, strict=True)
        if part.softer_words and counted.softened > joint.firms
    ]
    dropped = [
        _relaxation(Relaxation("drop", asked.demand.clause_id, counted.without), f"sans {asked.demand.clause_id}")
        for asked, counted in zip(basket, joint.parts, strict=True)
        if counted.without > joint.firms
    ]
    by_gain = lambda one: -(one.figure.firms or 0)  # noqa: E731
    return sorted(softened, key=by_gain) + sorted(dropped, key=by_gain)
