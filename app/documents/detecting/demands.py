"""Passages that play a role, and what each demand says of its measure, its proof and its sanction."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.detecting.acting import others_act, somebody_acts
from app.documents.detecting.demand import IMPOSING, Demand
from app.documents.detecting.kinds import REVIEW, is_sanction, kind_of
from app.documents.detecting.levers import levers_in
from app.documents.detecting.library import Library
from app.documents.detecting.proofs import is_shown, proves_all
from app.documents.detecting.sanctions import numbers_in, own_numbers, sanction
from app.documents.detecting.sections import Line, Section, rows_of
from app.law.vocabulary import Kind, Piece

_LONG_ENOUGH: Final = 12
"""Words from which a passage can repeat a clause by more than chance."""
_NEIGHBOUR: Final = 5
"""Paragraphs between a demand and a proof of the same article that still speaks of it."""
_LATE: Final = re.compile(r"\bretards?\b")
WORKS: Final = frozenset({"batiment", "voirie-vrd", "demolition-deconstruction"})
_SITE: Final = re.compile(
    r"\b(?:travaux|chantiers?|maitre d'o\w*uvre|entrepreneur|ouvrages?|demolition|deconstruction|construction)\b"
)
_FOLLOWS: Final = re.compile(
    r"^\W*(?:il|elle|ils|elles|ce|cet|cette|ces|celui|celle|a defaut|faute|en cas d'ecart|une? (?:etat"
    r"|proces-verbal|attestation"
    r"|bordereau|releve|bilan|certificat)"
    r"|l'attestation|le (?:bordereau|releve|certificat|registre)|la (?:preuve|liste)|le (?:titulaire|prestataire"
    r"|fournisseur|maitre d'oe?uvre) (?:en |lui )?(?:remet|transmet|fournit|adresse|communique|justifie|produit)"
    r"|les (?:factures|bons|bordereaux|certificats|justificatifs|attestations|fiches|notices|releves|tickets))\b"
)
# « Les factures passent par Chorus Pro », « Il déduit l'aide du fonds réparation »: of money, not of proof.
_PAYS: Final = re.compile(
    r"\bchorus\b|\b(?:paye|regle)e?s? (?:a|sous|dans)\b|\bpaiements?\b|\b(?:bonus|fonds?)[- ](?:de )?reparation\b"
)
_PROVES: Final = re.compile(
    r"\b(?:remet|remis|remise|transmet|transmis|transmise|transmises|joint|jointe|joints|jointes|fourni|fournie"
    r"|fournis|fournit|justifie|produit|presente)\b"
)


def demands_of(sections: Sequence[Section], library: Library, family: str) -> list[Demand]:
    """Every demand of a dossier in reading order; what each lacks is looked for in the whole dossier."""
    works = family in WORKS and any(_SITE.search(section.plain) for section in sections)
    found = [demand for section in sections for demand in _in_section(section, library, works=works)]
    found = sorted([*found, *_by_reference(sections, found)], key=lambda demand: demand.lines[0].at)
    sanction(found, sections)
    _report(found, sections)
    return found


def _in_section(section: Section, library: Library, *, works: bool) -> Iterator[Demand]:
    current: Demand | None = None
    lead: Line | None = None
    about: tuple[str, ...] = ()
    theirs = asked = False
    for row in rows_of(section.lines):
        line = _widest(row)
        levers = levers_in(line.plain) or _as_in(library, line, section)
        kind = kind_of(line, section, levers, works=works)
        ours, theirs = theirs, others_act(line.plain) or (theirs and _PRONOUN.match(line.plain) is not None)
        if ours and theirs and not is_sanction(line):
            kind = None
        if current is not None and (_goes_on(current, line, levers, kind) or _listed(current, line, kind)):
            current.add(line, levers)
            about = current.levers
            continue
        if current is not None:
            yield current
        if kind is None and asked and is_sanction(line) and not _LATE.search(line.plain):
            # The penalty of what precedes, in words that do not repeat it.
            kind, levers = Kind.PENALTY, about
        if lead is not None and kind is Kind.TECHNICAL_SPECIFICATION and _is_item(line) and somebody_acts(lead.plain):
            kind = Kind.PERFORMANCE_CONDITION
        current = Demand(section, [line], kind, levers) if kind is not None else None
        if current is not None and lead is not None and current.imposes and _is_item(line):
            current.opened = lead
        lead = line if line.plain.rstrip().endswith(":") and kind is None else (lead if _is_item(line) else None)
        about = current.levers if current is not None and current.imposes else about
        asked = asked or (current is not None and current.imposes)
    if current is not None:
        yield current


# « La collectivité… Elle trie ses déchets. »: who speaks goes on acting.
_PRONOUN: Final = re.compile(r"^\W*(?:elle|elles|ils)\b(?! (?:est|sont|seront|sera) )")


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
            for number in own_numbers(demand):
                numbered.setdefault(number, set()).update(demand.levers)
    for section in sections:
        for line in section.lines:
            named = [numbered[number] for number in sorted(numbers_in(line.plain)) if number in numbered]
            if line.at in known or not named or section.is_context:
                continue
            levers = tuple(sorted(set().union(*named)))
            if is_sanction(line):
                yield Demand(section, [line], Kind.PENALTY, levers)
            elif REVIEW.search(line.plain):
                yield Demand(section, [line], Kind.REVIEW_CLAUSE, levers)


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
    if line.at - demand.lines[-1].at > 1 or not _FOLLOWS.search(line.plain) or _PAYS.search(line.plain):
        return False
    shares = not levers or bool(set(levers) & set(demand.levers)) or set(levers) <= {"tracabilite"}
    return shares and (_PROVES.search(line.plain) is not None or is_shown(line.plain, ()))


def _report(demands: Sequence[Demand], sections: Sequence[Section]) -> None:
    """A proof near a demand, in the same article, proves it: a report, another demand's proof, or a sentence for it."""
    places: dict[int, list[int]] = defaultdict(list)
    known: set[int] = set()
    everywhere = {demand.section.number for demand in demands if demand.kind is Kind.REPORTING}
    for demand in demands:
        known.update(line.at for line in demand.lines)
        if demand.imposes and demand.shows:
            places[demand.section.number] += [line.at for line in demand.lines]
    whole = {section.piece_name for section in sections if any(proves_all(line.plain) for line in section.lines)}
    for section in sections:
        for line in section.lines:
            if line.at not in known and _PROVES.search(line.plain) and is_shown(line.plain, ()):
                (
                    everywhere.add(section.number)
                    if _FOLLOWS.search(line.plain)
                    else places[section.number].append(line.at)
                )
    for demand in demands:
        number, at = demand.section.number, demand.lines[0].at
        near = any(abs(place - at) <= _NEIGHBOUR for place in places[number])
        demand.reported = number in everywhere or near or demand.section.piece_name in whole
