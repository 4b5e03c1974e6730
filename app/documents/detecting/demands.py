"""Passages that play a role, and what each demand says of its measure, its proof and its sanction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.documents.detecting.kinds import kind_of
from app.documents.detecting.levers import ENVIRONMENT, SOCIAL, levers_in
from app.documents.detecting.sections import Line, Section, rows_of
from app.law.vocabulary import Kind
from app.law.wording_lexicon import EVIDENCE, LABELS, MEASURE

IMPOSING: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})
_FOLLOWS: Final = re.compile(
    r"^\W*(?:il|elle|ils|elles|ce|cet|cette|ces|celui|celle|a defaut|faute|en cas d'ecart|une? (?:attestation|bordereau|releve|bilan|certificat)"
    r"|l'attestation|le (?:bordereau|releve|certificat|registre)|la (?:preuve|liste)|les (?:factures|bons|bordereaux|certificats|justificatifs))\b"
)
_PROVES: Final = re.compile(
    r"\b(?:remet|remis|remise|transmet|transmis|transmise|transmises|joint|jointe|joints|jointes|fourni|fournie|fournis|fournit|justifie|produit|presente)\b"
)
_ARTICLE: Final = re.compile(
    r"\barticles?\s+(\d+(?:\.\d+)*(?:\s*(?:,|et|a)\s*\d+(?:\.\d+)*)*)|\bdes (\d+\.\d+) et (\d+\.\d+)"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_TITLE_NUMBER: Final = re.compile(r"^\W*(?:article|art\.?|chapitre|partie)?\s*(\d+(?:\.\d+)*)")
_ALL_GREEN: Final = re.compile(
    r"\b(?:clauses?|obligations?|engagements?|exigences?|conditions?|documents?)\s+(?:\w+\s+){0,3}?(?:environnementa\w+|d'economie circulaire"
    r"|de developpement durable)"
)


@dataclass
class Demand:
    """One passage that plays a role, with the passages that go on about it."""

    section: Section
    lines: list[Line]
    kind: Kind
    levers: tuple[str, ...]
    vague: bool = False
    sanctioned: bool = False
    reported: bool = False
    """A report of the same article shows whether it is met."""
    plain: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.plain = " \n".join(line.plain for line in self.lines)

    def add(self, line: Line, levers: Sequence[str]) -> None:
        self.lines.append(line)
        self.plain += " \n" + line.plain
        self.levers = tuple(dict.fromkeys([*self.levers, *levers]))

    @property
    def has_measure(self) -> bool:
        return MEASURE.search(_ARTICLE.sub(" ", re.sub(r"^\W*\d+(?:\.\d+)*\s", "", self.plain))) is not None

    @property
    def has_proof(self) -> bool:
        return self.reported or EVIDENCE.search(self.plain) is not None or LABELS.search(self.plain) is not None

    @property
    def environmental(self) -> bool:
        return bool(set(self.levers) - SOCIAL) or ENVIRONMENT.search(self.plain) is not None

    @property
    def imposes(self) -> bool:
        return self.kind in IMPOSING


def demands_of(sections: Sequence[Section]) -> list[Demand]:
    """Every demand of a dossier in reading order; what each lacks is looked for in the whole dossier."""
    found = [demand for section in sections for demand in _in_section(section)]
    _sanction(found)
    _report(found)
    return found


def _in_section(section: Section) -> Iterator[Demand]:
    current: Demand | None = None
    for row in rows_of(section.lines):
        line = _widest(row)
        levers = levers_in(line.plain)
        kind = kind_of(line, section, levers)
        if current is not None and _goes_on(current, line, levers, kind):
            current.add(line, levers)
            continue
        if current is not None:
            yield current
        current = Demand(section, [line], kind, levers) if kind is not None else None
    if current is not None:
        yield current


def _widest(row: Sequence[Line]) -> Line:
    """The cell of a row that says the most."""
    return max(row, key=lambda line: len(line.text))


def _goes_on(demand: Demand, line: Line, levers: Sequence[str], kind: Kind | None) -> bool:
    """« Il remet un bordereau… »: the proof of what precedes, not another demand."""
    if not demand.imposes or line.cell is not None or kind in {Kind.PENALTY, Kind.REVIEW_CLAUSE, Kind.RECITAL}:
        return False
    if line.at - demand.lines[-1].at > 1 or not _FOLLOWS.search(line.plain):
        return False
    shares = not levers or bool(set(levers) & set(demand.levers)) or set(levers) <= {"tracabilite"}
    return shares and (_PROVES.search(line.plain) is not None or EVIDENCE.search(line.plain) is not None)


def _numbers(text: str) -> set[str]:
    return {number for match in _ARTICLE.finditer(text) for number in _NUMBER.findall(match[0])}


def _own_numbers(demand: Demand) -> set[str]:
    titles = [_TITLE_NUMBER.search(title.lower()) for title in demand.section.heading]
    own = _TITLE_NUMBER.search(demand.lines[0].plain)
    return {match[1] for match in (*titles, own) if match}


def _sanction(demands: Sequence[Demand]) -> None:
    """Which demands a penalty of the dossier covers: same article, article named, lever named, or all of them."""
    penalties = [demand for demand in demands if demand.kind is Kind.PENALTY]
    articles = {demand.section.number for demand in penalties}
    named = {number for demand in penalties for number in _numbers(demand.plain)}
    levers = {lever for demand in penalties for lever in demand.levers}
    every = any(_ALL_GREEN.search(demand.plain) for demand in penalties)
    for demand in demands:
        demand.sanctioned = (
            every
            or demand.section.number in articles
            or bool(named & _own_numbers(demand))
            or bool(levers & set(demand.levers))
        )


def _report(demands: Sequence[Demand]) -> None:
    """A report in the same article, or one that names the lever, proves the demand."""
    reports = [demand for demand in demands if demand.kind is Kind.REPORTING]
    articles = {demand.section.number for demand in reports}
    for demand in demands:
        demand.reported = demand.section.number in articles
