"""Passages that play a role, and what each demand says of its measure, its proof and its sanction."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.documents.detecting.kinds import REVIEW, is_sanction, kind_of, somebody_acts
from app.documents.detecting.levers import ENVIRONMENT, SOCIAL, levers_in
from app.documents.detecting.library import Library
from app.documents.detecting.sections import Line, Section, rows_of
from app.law.vocabulary import Kind, Piece
from app.law.wording_lexicon import EVIDENCE, LABELS, MEASURE, NORMS

_LONG_ENOUGH: Final = 12
"""Words from which a passage can repeat a clause by more than chance."""
_NEIGHBOUR: Final = 5
"""Paragraphs between a demand and a proof of the same article that still speaks of it."""
WORKS: Final = frozenset({"batiment", "voirie-vrd", "demolition-deconstruction"})
_SITE: Final = re.compile(
    r"\b(?:travaux|chantiers?|maitre d'o\w*uvre|entrepreneur|ouvrages?|demolition|deconstruction|construction)\b"
)
IMPOSING: Final = frozenset({Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION})
_FOLLOWS: Final = re.compile(
    r"^\W*(?:il|elle|ils|elles|ce|cet|cette|ces|celui|celle|a defaut|faute|en cas d'ecart|une? (?:etat"
    r"|proces-verbal|attestation"
    r"|bordereau|releve|bilan|certificat)"
    r"|l'attestation|le (?:bordereau|releve|certificat|registre)|la (?:preuve|liste)|le (?:titulaire|prestataire"
    r"|fournisseur|maitre d'oe?uvre) (?:en |lui )?(?:remet|transmet|fournit|adresse|communique|justifie|produit)"
    r"|les (?:factures|bons|bordereaux|certificats|justificatifs|attestations|fiches|notices|releves|tickets))\b"
)
_PROVES: Final = re.compile(
    r"\b(?:remet|remis|remise|transmet|transmis|transmise|transmises|joint|jointe|joints|jointes|fourni|fournie"
    r"|fournis|fournit|justifie|produit|presente)\b"
)
_ARTICLE: Final = re.compile(
    r"\barticles?\s+(\d+(?:\.\d+)*(?:\s*(?:,|et|a)\s*\d+(?:\.\d+)*)*)|\bdes (\d+\.\d+) et (\d+\.\d+)|\bau (\d+\.\d+)"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_TITLE_NUMBER: Final = re.compile(r"^\W{0,40}(?:article|art\.?|chapitre|partie)?\s{0,20}(\d{1,9}(?:\.\d{1,9}){0,9})")
_ALL_GREEN: Final = re.compile(
    r"\b(?:clauses?|obligations?|engagements?|exigences?|conditions?"
    r"|documents?)\s+(?:\w+\s+){0,3}?(?:environnementa\w+|d'economie circulaire"
    r"|de developpement durable)"
)


@dataclass
class Demand:
    """One passage that plays a role, with the passages that go on about it."""

    section: Section
    lines: list[Line]
    kind: Kind
    levers: tuple[str, ...]
    opened: Line | None = None
    """The sentence before a list, that says what its items are asked for."""
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
    def states(self) -> bool:
        """At least one sentence: a cell or the item of a list alone says too little to be judged."""
        return any(_is_sentence(line) for line in self.lines)

    @property
    def has_measure(self) -> bool:
        return MEASURE.search(_ARTICLE.sub(" ", re.sub(r"^\W*\d+(?:\.\d+)+\.?\s", "", self.told()))) is not None

    def told(self) -> str:
        return self.plain if self.opened is None else f"{self.opened.plain} {self.plain}"

    @property
    def has_proof(self) -> bool:
        return self.reported or _shows(self)

    @property
    def environmental(self) -> bool:
        return bool(set(self.levers) - SOCIAL) or ENVIRONMENT.search(self.plain) is not None

    @property
    def imposes(self) -> bool:
        return self.kind in IMPOSING


def _shows(demand: Demand) -> bool:
    """A proof, or a label or a norm that has its own."""
    told = demand.told()
    proved = EVIDENCE.search(told) or LABELS.search(told)
    return proved is not None or any(NORMS.search(line.text) for line in demand.lines)


def demands_of(sections: Sequence[Section], library: Library, family: str) -> list[Demand]:
    """Every demand of a dossier in reading order; what each lacks is looked for in the whole dossier."""
    works = family in WORKS and any(_SITE.search(section.plain) for section in sections)
    found = [demand for section in sections for demand in _in_section(section, library, works=works)]
    found = sorted([*found, *_by_reference(sections, found)], key=lambda demand: demand.lines[0].at)
    _sanction(found)
    _report(found, sections)
    return found


def _in_section(section: Section, library: Library, *, works: bool) -> Iterator[Demand]:
    current: Demand | None = None
    lead: Line | None = None
    about: tuple[str, ...] = ()
    for row in rows_of(section.lines):
        line = _widest(row)
        levers = levers_in(line.plain) or _as_in(library, line, section)
        kind = kind_of(line, section, levers, works=works)
        if current is not None and (_goes_on(current, line, levers, kind) or _listed(current, line, kind)):
            current.add(line, levers)
            about = current.levers
            continue
        if current is not None:
            yield current
        if kind is None and about and is_sanction(line):
            # The penalty of what precedes, in words that do not repeat it.
            kind, levers = Kind.PENALTY, about
        if lead is not None and kind is Kind.TECHNICAL_SPECIFICATION and _is_item(line) and somebody_acts(lead.plain):
            kind = Kind.PERFORMANCE_CONDITION
        current = Demand(section, [line], kind, levers) if kind is not None else None
        if current is not None and lead is not None and current.imposes and _is_item(line):
            current.opened = lead
        lead = line if line.plain.rstrip().endswith(":") and kind is None else (lead if _is_item(line) else None)
        about = current.levers if current is not None and current.imposes else about
    if current is not None:
        yield current


def _as_in(library: Library, line: Line, section: Section) -> tuple[str, ...]:
    """The levers of a clause that the passage repeats in other words of ours."""
    if section.is_context or section.piece is Piece.RC or len(line.plain.split()) < _LONG_ENOUGH:
        return ()
    clause = library.repeated(line.text)
    return clause.levers if clause is not None and clause.kind in IMPOSING else ()


def _by_reference(sections: Sequence[Section], demands: Sequence[Demand]) -> Iterator[Demand]:
    """« Chaque point manquant aux articles 2 et 3… »: a penalty or a review that only names the articles."""
    known = {line.at for demand in demands for line in demand.lines}
    numbered: dict[str, set[str]] = {}
    for demand in demands:
        if demand.imposes:
            for number in _own_numbers(demand):
                numbered.setdefault(number, set()).update(demand.levers)
    for section in sections:
        for line in section.lines:
            named = [numbered[number] for number in sorted(_numbers(line.plain)) if number in numbered]
            if line.at in known or not named or section.is_context:
                continue
            levers = tuple(sorted(set().union(*named)))
            if is_sanction(line):
                yield Demand(section, [line], Kind.PENALTY, levers)
            elif REVIEW.search(line.plain):
                yield Demand(section, [line], Kind.REVIEW_CLAUSE, levers)


def _is_sentence(line: Line) -> bool:
    count = len(line.plain.split())
    return count >= _LONG_ENOUGH or (count >= 4 and line.plain.rstrip()[-1:] in ".;:!")  # noqa: PLR2004


def _is_item(line: Line) -> bool:
    """An item of a list: a dash, a small letter to begin with, or no full stop at its end."""
    text = line.text.strip()
    return text[:1] in "-–•*▪➢o" or text[:1].islower() or text[-1:] not in ".:" or line.cell is not None


def _listed(demand: Demand, line: Line, kind: Kind | None) -> bool:
    """The next item of the list that the demand opens."""
    if not demand.imposes or not (kind is None or kind in IMPOSING) or line.at - demand.lines[-1].at > 1:
        return False
    before = demand.lines[-1]
    opens = before.plain.rstrip().endswith(":") or (demand.opened is not None) or len(demand.lines) > 1
    within = before.plain.rstrip()[-1:] in ";,:" or (_is_item(before) and _is_item(line))
    return opens and within and line.cell is None


def _widest(row: Sequence[Line]) -> Line:
    """The cell of a row that says the most, read with the cells beside it."""
    widest = max(row, key=lambda line: len(line.text))
    if len(row) == 1:
        return widest
    return Line(widest.at, widest.text, " : ".join(line.plain for line in row), widest.cell)


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


_WHOSE: Final = re.compile(r"\b(?:du|de l'|des) (cctp|ccap|ccp|annexe|ccag\S*|code|clauses techniques)")


def _named(penalties: Sequence[Demand], demands: Sequence[Demand]) -> set[tuple[str, str]]:
    """Articles that penalties name: piece and number. Without a piece, those of the penalty's own, or of any other."""
    found: set[tuple[str, str]] = set()
    everywhere = {(d.section.piece_name, number) for d in demands for number in _own_numbers(d)}
    for penalty in penalties:
        for match in _ARTICLE.finditer(penalty.plain):
            whose = _WHOSE.match(penalty.plain, match.end() + 1)
            if whose and whose[1].startswith(("ccag", "code")):
                continue
            numbers = set(_NUMBER.findall(match[0]))
            own = {(penalty.section.piece_name, number) for number in numbers}
            if whose is None and own & everywhere:
                found |= own & everywhere
                continue
            others = {d.section.piece_name for d in demands if _is_of(d, whose[1] if whose else "")}
            found |= {(piece, number) for piece in others for number in numbers}
    return found


def _is_of(demand: Demand, whose: str) -> bool:
    if whose in {"cctp", "clauses techniques", "annexe"}:
        return demand.section.piece is not Piece.CCAP
    return whose == "" or demand.section.piece is Piece.CCAP


def _sanction(demands: Sequence[Demand]) -> None:
    """Which demands a penalty of the dossier covers: same article, article named, lever named, or all of them."""
    penalties = [demand for demand in demands if demand.kind is Kind.PENALTY]
    articles = {demand.section.number for demand in penalties}
    chapters = {(d.section.piece_name, d.section.heading[0]) for d in penalties if len(d.section.heading) > 1}
    named = _named(penalties, demands)
    levers = {lever for demand in penalties if not _ARTICLE.search(demand.plain) for lever in demand.levers}
    every = any(_ALL_GREEN.search(demand.plain) and not _ARTICLE.search(demand.plain) for demand in penalties)
    for demand in demands:
        piece = demand.section.piece_name
        demand.sanctioned = (
            every
            or demand.section.number in articles
            or (piece, demand.section.heading[:1] and demand.section.heading[0]) in chapters
            or any((piece, number) in named for number in _own_numbers(demand))
            or bool(levers & set(demand.levers))
        )


def _report(demands: Sequence[Demand], sections: Sequence[Section]) -> None:
    """A proof near a demand, in the same article, proves it: a report, another demand's proof, or a sentence for it."""
    places: dict[int, list[int]] = defaultdict(list)
    known: set[int] = set()
    everywhere = {demand.section.number for demand in demands if demand.kind is Kind.REPORTING}
    for demand in demands:
        known.update(line.at for line in demand.lines)
        if demand.imposes and _shows(demand):
            places[demand.section.number] += [line.at for line in demand.lines]
    for section in sections:
        for line in section.lines:
            if line.at not in known and _PROVES.search(line.plain) and EVIDENCE.search(line.plain):
                (
                    everywhere.add(section.number)
                    if _FOLLOWS.search(line.plain)
                    else places[section.number].append(line.at)
                )
    for demand in demands:
        number, at = demand.section.number, demand.lines[0].at
        near = any(abs(place - at) <= _NEIGHBOUR for place in places[number])
        demand.reported = number in everywhere or near
