"""`find`: everything that the detection says of a dossier, in one pass. Pure: same passages, same reading."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents.detecting.criteria import criteria_risks
from app.documents.detecting.demand import Demand
from app.documents.detecting.demands import demands_of
from app.documents.detecting.double import double_uses
from app.documents.detecting.families import family_of
from app.documents.detecting.grids import grids_of
from app.documents.detecting.kinds import is_restated
from app.documents.detecting.library import Library, Wanted
from app.documents.detecting.names import says_equivalent_for_all
from app.documents.detecting.results import CoverageRow, Reading, Risk, RiskKind, Role, TouchedDuty
from app.documents.detecting.roles import roles_of
from app.documents.detecting.sections import Section, sections_of
from app.documents.detecting.spotted import Spotted, spot
from app.documents.detecting.tender import CHANGE, tender_risks
from app.documents.detecting.words import word_risks
from app.documents.passages import Passage
from app.law.vocabulary import Kind, Piece
from app.library.cpv import codes_in

_IMPOSED: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})
_SCORED: Final = frozenset({Kind.AWARD_CRITERION})
_FIXED_BY: Final[dict[RiskKind, frozenset[Kind]]] = {
    "brand": frozenset({Kind.TECHNICAL_SPECIFICATION}),
    "company-policy": _SCORED,
    "double-use": _SCORED,
    "high-weight": _SCORED,
    "label": _IMPOSED,
    "localism": frozenset({*_SCORED, *_IMPOSED}),
    "low-weight": _SCORED,
    "material": _IMPOSED,
    "new": _IMPOSED,
    "no-environmental-criterion": _SCORED,
    "no-measure": _IMPOSED,
    "no-penalty": frozenset({Kind.PERFORMANCE_CONDITION, Kind.PENALTY}),
    "no-proof": _IMPOSED,
    "norm": frozenset({Kind.TECHNICAL_SPECIFICATION}),
    "plastic": _IMPOSED,
    "price-only": _SCORED,
    "repair-bonus": _IMPOSED,
    "reservation": frozenset({Kind.RESERVATION}),
    "tautology": _IMPOSED,
    "vague": _IMPOSED,
    "variant": frozenset({Kind.VARIANT}),
    "weights-sum": _SCORED,
}
_LEVERS_OF: Final[dict[RiskKind, tuple[str, ...]]] = {
    "brand": ("allongement-duree", "reparation", "ecoconception"),
    "label": ("ecoconception", "approvisionnement-durable", "contenu-recycle"),
    "localism": ("approvisionnement-durable", "sobriete", "emballage-consigne"),
    "material": ("ecoconception", "approvisionnement-durable", "contenu-recycle", "allongement-duree"),
    "new": ("reemploi",),
    "norm": ("allongement-duree", "ecoconception", "reparation"),
    "plastic": ("emballage-consigne",),
    "repair-bonus": ("reparation",),
}
# Words to take out or to write again: what the passage lacks besides is not the question yet.
_REWRITE_FIRST: Final[frozenset[RiskKind]] = frozenset(
    {"vague", "tautology", "localism", "company-policy", "plastic", "new", "repair-bonus", "brand", "norm", "material"}
)
_CPV: Final = 8
_ORDER: Final = {"blocking": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class _Tender:
    family: str
    stated: tuple[str, ...]
    """Its CPV codes."""
    demands: Mapping[int, Demand]
    """Passage → the demand that it makes."""


def find(passages: Sequence[Passage], library: Library, *, today: date, ours: Collection[int] = frozenset()) -> Reading:
    """Roles, risks, duties touched and coverage of a dossier (one piece or several, in reading order).

    `ours`: positions of the passages known to be clauses of the library. They still count for the rest (their penalty
    covers a demand beside them), but are neither roles nor risks.
    """
    own = frozenset(ours)
    sections = sections_of(passages)
    family = family_of(sections, library.thesaurus)
    demands = demands_of(sections, library, family)
    spotted = list(_spotted(sections, demands, family, today))
    vague = {found.line.at for found in spotted if found.kind in _REWRITE_FIRST}
    for demand in demands:
        demand.vague = any(line.at in vague for line in demand.lines)
    spotted += _lacking(demands)
    stated = tuple(dict.fromkeys(code for passage in passages for code in codes_in(passage.text) if len(code) == _CPV))
    tender = _Tender(family, stated, {line.at: demand for demand in demands for line in demand.lines})
    roles = roles_of([d for d in demands if not own.issuperset(line.at for line in d.lines)], library, family)
    spotted = [found for found in spotted if found.line.at not in own]
    return Reading(
        roles=tuple(roles),
        risks=tuple(_risk(found, library, tender, today) for found in _in_order(spotted)),
        duties=_duties(roles),
        coverage=tuple(_coverage(roles, passages)),
        family=family,
    )


def _spotted(sections: list[Section], demands: Sequence[Demand], family: str, today: date) -> Iterator[Spotted]:
    tolerant = says_equivalent_for_all(sections)
    for section in sections:
        grids = grids_of(section)
        yield from criteria_risks(section, grids)
        for line in section.lines:
            yield from word_risks(line, section, tolerant=tolerant, family=family)
            yield from tender_risks(line, section, today=today)
    for demand in demands:
        if demand.kind is Kind.RECITAL and not demand.section.is_context:
            yield from _restated(demand)
    yield from double_uses(demands)


def _restated(demand: Demand) -> Iterator[Spotted]:

    for line in demand.lines:
        if is_restated(line):
            yield spot("tautology", line, levers=demand.levers)


def _lacking(demands: Sequence[Demand]) -> Iterator[Spotted]:
    """What an imposed requirement lacks; a vague one has to be rewritten first."""
    for demand in demands:
        # The rules of the consultation bind nobody during performance.
        if not demand.imposes or demand.vague or not demand.states or demand.section.piece is Piece.RC:
            continue
        line, levers = demand.lines[0], demand.levers
        if not demand.has_proof:
            yield spot("no-proof", line, levers=levers)
            if not demand.has_measure:
                yield spot("no-measure", line, levers=levers)
        if demand.kind is Kind.PERFORMANCE_CONDITION and not demand.sanctioned:
            yield spot("no-penalty", line, levers=levers)


def _in_order(spotted: Sequence[Spotted]) -> list[Spotted]:
    """Reading order, each kind once per passage."""
    seen: dict[tuple[int, str], Spotted] = {}
    for found in spotted:
        seen.setdefault((found.line.at, found.kind), found)
    return sorted(seen.values(), key=lambda f: (f.line.at, _ORDER[f.saying.severity], f.start, f.kind))


def _risk(found: Spotted, library: Library, tender: _Tender, today: date) -> Risk:
    saying = found.saying
    text = library.texts.get(saying.text)
    kinds = _FIXED_BY.get(found.kind)
    demand = tender.demands.get(found.line.at)
    levers = _LEVERS_OF.get(found.kind) or found.levers or (tuple(demand.levers) if demand else ())
    kind = demand.kind if demand else None
    wanted = Wanted(kinds, levers, tender.family, tender.stated, kind) if kinds else None
    # Where the words are to be dropped, the fix says what the advice says, not what they said.
    said = f"{found.line.text}\n{saying.advice}" if found.kind in _LEVERS_OF else found.line.text
    fixes = library.fixes(said, wanted) if wanted else ()
    early = found.kind in {"price-only", "no-environmental-criterion"} and today < CHANGE
    return Risk(
        kind=found.kind,
        severity="warning" if early else saying.severity,
        passage=found.line.at,
        start=found.start,
        end=found.end,
        why=saying.why,
        advice=saying.advice,
        certainty=saying.certainty,
        article=text.article if text else "",
        confidence=text.confidence if text else None,
        clauses=fixes,
    )


def _duties(roles: Sequence[Role]) -> tuple[TouchedDuty, ...]:
    touched: dict[str, list[int]] = defaultdict(list)
    for number, role in enumerate(roles):
        for code in role.duties:
            touched[code].append(number)
    return tuple(TouchedDuty(code, tuple(numbers)) for code, numbers in sorted(touched.items()))


def _coverage(roles: Sequence[Role], passages: Sequence[Passage]) -> Iterator[CoverageRow]:
    """Articles × levers, the articles with a role only."""
    rows: dict[tuple[str, tuple[str, ...]], dict[str, list[int]]] = {}
    for number, role in enumerate(roles):
        if role.kind is Kind.RECITAL:
            continue
        cells = rows.setdefault((passages[role.passages[0]].piece_name, role.heading), defaultdict(list))
        for lever in role.levers:
            cells[lever].append(number)
    for (piece_name, heading), cells in rows.items():
        yield CoverageRow(piece_name, heading, {lever: tuple(numbers) for lever, numbers in cells.items()})
