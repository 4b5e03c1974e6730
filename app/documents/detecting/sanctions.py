"""Which demands the dossier sanctions: by article, by name, by lever, or all of them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from app.documents.detecting.demand import ARTICLE, Demand
from app.documents.detecting.kinds import SANCTION, is_sanction
from app.documents.detecting.sections import Section
from app.documents.detecting.witness import telling
from app.law.vocabulary import Kind, Piece

_ALL_GREEN: Final = re.compile(
    r"\b(?:clauses?|obligations?|engagements?|exigences?|conditions?|prescriptions?|stipulations?|dispositions?"
    r"|demandes?"
    r"|documents?)\b[^.;]{0,40}?\b(?:environnementa\w+|d'economie circulaire|(?:du|de) developpement durable"
    r"|de protection de l'environnement|d'ordre ecologique|durables?\b|ecologiques?\b)"
)
# « tout manquement à ses obligations », « en cas d'inexécution d'une prestation », « l'une quelconque des clauses ».
_ANY_BREACH: Final = re.compile(
    r"\b(?:manqu\w+|non[- ]respect|inexecution|inobservation|mauvaise execution|infraction|defaillance|violation"
    r"|non[- ]execution|non[- ]conformite|carence|ecart)s?\b[^.;]{0,50}?(?:\bl'une (?:quelconque )?d(?:e|es)"
    r"|\bquelconque\b"
    r"|\b(?:a|de|d'|des|aux|du) ?(?:une |un |l'une |ses |leurs |son |toute |l'ensemble des |les |chacune des )?"
    r"(?:obligations?|prescriptions?|stipulations?|clauses?|engagements?|exigences?|prestations?|cctp"
    r"|cahiers? des charges"
    r"|dispositions?|conditions? d'execution)\b)"
    r"|\b(?:tout|toute|chaque)\s+(?:autre )?(?:manquement|inexecution|non[- ]respect|infraction|non[- ]conformite"
    r"|defaillance)\b"
)
_OTHER_BREACH: Final = re.compile(
    r"\b(?:social\w*|securite|travail dissimule|l\. ?8222|confidentialite|rgpd|donnees (?:personnelles|a caractere)"
    r"|hygiene|delais?"
    r"|insertion|sous-traitance|assurances?|obligations? (?:fiscales?|declaratives?)|horaires?|retards?|proprete"
    r"|reunions?)\b"
)
_INFORMS: Final = re.compile(
    r"\b(?:ne|n')\s?(?:donn\w+|encour\w+|entrain\w+|font|fait|appell\w+) (?:pas|lieu a aucune)\b[^.;]{0,40}\bpenalit"
    r"|\b(?:ne|n')\s?(?:sont|est) pas (?:penalis|sanctionn)|\baucune (?:penalite|sanction)|\bsans penalite"
)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*")
_TITLE_NUMBER: Final = re.compile(r"^\W{0,40}(?:article|art\.?|chapitre|partie)?\s{0,20}(\d{1,9}(?:\.\d{1,9}){0,9})")


def numbers_in(text: str) -> set[str]:
    return {number for match in ARTICLE.finditer(text) for number in _numbers(match[0])}


_FROM_TO: Final = re.compile(r"(\d+(?:\.\d+)*)\.(\d{1,2})\s*(?:a|-)\s*\1\.(\d{1,2})\b")


def _numbers(named: str) -> set[str]:
    """« 6.1 à 6.3 » names 6.2 too."""
    found = set(_NUMBER.findall(named))
    for match in _FROM_TO.finditer(named):
        found |= {f"{match[1]}.{last}" for last in range(int(match[2]), int(match[3]) + 1)}
    return found


def own_numbers(demand: Demand) -> set[str]:
    titles = [_TITLE_NUMBER.search(title.lower()) for title in demand.section.heading]
    own = _TITLE_NUMBER.search(demand.lines[0].plain)
    return {match[1] for match in (*titles, own) if match}


_WHOSE: Final = re.compile(r"\b(?:du|de l'|des) (cctp|ccap|ccp|annexe|ccag\S*|code|clauses techniques)")


def _named(penalties: Sequence[Demand], demands: Sequence[Demand]) -> set[tuple[str, str]]:
    """Articles that penalties name: piece and number. Without a piece, those of the penalty's own, or of any other."""
    found: set[tuple[str, str]] = set()
    everywhere = {(d.section.piece_name, number) for d in demands for number in own_numbers(d)}
    for penalty in penalties:
        for match in ARTICLE.finditer(penalty.plain):
            whose = _WHOSE.match(penalty.plain, match.end() + 1)
            if whose and whose[1].startswith(("ccag", "code")):
                continue
            numbers = _numbers(match[0])
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


def sanction(demands: Sequence[Demand], sections: Sequence[Section]) -> None:
    """Which demands a penalty of the dossier covers: same article, article named, lever named, or all of them."""
    penalties = [demand for demand in demands if demand.kind is Kind.PENALTY]
    articles = {demand.section.number for demand in penalties}
    chapters = _chapters(penalties, sections)
    named = _named(penalties, demands)
    levers = {lever for demand in penalties if not ARTICLE.search(demand.plain) for lever in demand.levers}
    told = _told(sections)
    every = any(covers_all(line.plain) for section in sections if not section.is_context for line in section.lines)
    for demand in demands:
        piece = demand.section.piece_name
        demand.sanctioned = (
            every
            or (";" in demand.plain and SANCTION.search(demand.plain.partition(";")[2]) is not None)
            or demand.section.number in articles
            or (piece, demand.section.heading[:1]) in chapters
            or any((piece, number) in named for number in own_numbers(demand))
            or bool(levers & set(demand.levers))
            or _is_told(demand, told)
        )


def _told(sections: Sequence[Section]) -> Mapping[str, set[frozenset[str]]]:
    """What each penalty speaks of, one that names no article and is not for a delay: « Déchets : 80 € par tonne »."""
    told: dict[str, set[frozenset[str]]] = defaultdict(set)
    for section in sections:
        for line in section.lines:
            if is_sanction(line) and not ARTICLE.search(line.plain) and "retard" not in line.plain:
                words = telling(_AMOUNT.sub(" ", line.plain))
                if words:
                    told[min(words)].add(words)
    return told


def _is_told(demand: Demand, told: Mapping[str, set[frozenset[str]]]) -> bool:
    said = telling(demand.plain)
    return any(words <= said for word in said for words in told.get(word, ()))


_AMOUNT: Final = re.compile(
    r"\bpar [a-z]+\b|\b(?:penali\w+|sanction\w*|constat\w*|manqu\w+|absence|defaut|apres mise en demeure)\b"
)


_OF_SANCTIONS: Final = re.compile(r"\bpenal|\bsanction|\bmanqu|\bnon[- ]respect|\brefaction|\binexecution|\bcontrole")


def _chapters(penalties: Sequence[Demand], sections: Sequence[Section]) -> set[tuple[str, tuple[str, ...]]]:
    """Articles whose own paragraph is the penalty; the title of a whole piece is the chapter of none."""
    tops: dict[str, set[tuple[str, ...]]] = {}
    for section in sections:
        tops.setdefault(section.piece_name, set()).add(section.heading[:1])
    return {
        (penalty.section.piece_name, penalty.section.heading[:1])
        for penalty in penalties
        if len(penalty.section.heading) > 1
        and len(tops[penalty.section.piece_name]) > 1
        and _OF_SANCTIONS.search(penalty.section.own_title)
    }


def covers_all(plain: str) -> bool:
    """A sanction of all the environmental clauses, or of any breach whatsoever; one of a delay alone covers none."""
    if not SANCTION.search(plain) or ARTICLE.search(plain) or _INFORMS.search(plain):
        return False
    if _ALL_GREEN.search(plain):
        return True
    return _ANY_BREACH.search(plain) is not None and not _OTHER_BREACH.search(plain)
