"""What a passage does in a tender: impose, score, sanction, report… Rules on its words, its article and its piece."""

import re
from typing import Final

from app.documents.detecting.levers import ENVIRONMENT, SOCIAL, levers_in
from app.documents.detecting.sections import Line, Section
from app.law.vocabulary import Kind, Piece
from app.law.wording import is_tautological

CRITERIA_TITLE: Final = re.compile(
    r"\bcriteres?\b(?! de selection des candid)|\bjugement\b|\battribution\b|\bselection des offres\b|\bchoix de l'offre\b|\bcriteres de choix"
    r"|\bnotation\b|\bevaluation des offres|\banalyse des offres|^\W*\w*\W*selection\b|\bclassement des offres"
)
CANDIDACY: Final = re.compile(
    r"\bcandidatures?\b|\bcapacites?\b|\bequipe\b|\bconditions de participation|\bselection des candidat"
)
_WEIGHT: Final = re.compile(r"\d\s*(?:%|points?\b|pts?\b|/\s*100|sur 100)")
_SCORED: Final = re.compile(
    r"\bnotee?s?\b|\bcritere|\bcadre de reponse|\bseul leur depassement|\bvalorise[es]*\b|\bmemoire (?:technique )?(?:comprend|presente|comporte)"
    r"|\bnotice environnementale"
)
_RESERVED: Final = re.compile(
    r"\breserve[es]*\s+(?:a|aux|au)\b|\bmarche reserve\b|\breserve[es]* (?:par|en application)"
)
_VARIANT: Final = re.compile(r"\bvariantes?\b")
_NO_VARIANT: Final = re.compile(
    r"\b(?:ne (?:sont|seront) pas|n'est pas|non) (?:autoris|admis|accept)|\baucune variante|\binterdites?"
)
_SANCTION: Final = re.compile(
    r"\bpenalit\w*|\brefactions?\b|\bsanctions?\b|\bmalus\b"
    r"|\d\s*€[^.;]{0,30}\bpar\b|\b(?:defaut|absence|manquement|non[- ]respect)\b[^.;:]{0,80}:\s*\d+"
)
_REVIEW: Final = re.compile(
    r"\breexam\w*|\br\. ?2194-1|\bpeu(?:t|vent) etre (?:portee?s?|relevee?s?|revisee?s?|augmentee?s?)"
)
_PRICE: Final = re.compile(
    r"^\W*(?:le|les) (?:prix|loyers?|tarifs?)\b|\bligne(?:s)? (?:propre|distincte)s?\b[^.;]*\bbordereau"
)
_REPORT: Final = re.compile(
    r"^[\d.\W]*(?:suivi\b|(?:un|le|la|les|des|l')\s*(?:\w+ )?(?:bilans?|rapports?|tableaux? de bord|comites? de suivi|formulaires? de recolement|tonnages"
    r"|etats? (?:trimestriel|mensuel|annuel))"
    r"|(?:le|la) (?:titulaire|prestataire|entrepreneur|entreprise)\s+(?:remet|transmet|adresse|presente|fournit|communique)\s+(?:un|une|le|la)\s+"
    r"(?:\w+ )?(?:bilans?|etats?|rapports?|tableau de bord|formulaire))"
)
_LAW_SPEAKS: Final = re.compile(
    r"\b(?:loi|code|decret|agec|egalim)\b[^.;]{0,60}\b(?:fixe|impose|prevoi|oblige|dispose)\w*"
)
_RESTATES: Final = re.compile(
    r"\b(?:respect\w*|conform\w*|appliqu\w*|soumis\w*|repond\w*)\b[^.;]{0,80}"
    r"\b(?:reglementation|legislation|lois?|regle(?:s|ments)|prescriptions legales|obligations legales|articles?|normes et reglements)\b"
    r"|\bselon la (?:reglementation|legislation)\b|\bconformement a la (?:reglementation|legislation)"
)
_DOER: Final = re.compile(
    r"\b(?:titulaires?|prestataires?|fournisseurs?|entrepreneurs?|entreprises?|attributaires?|adjudicataires?|exploitants?|soumissionnaires?)\b"
    r"|^(?:il|elle)s?\b"
)
_DOING: Final = re.compile(
    r"\b(?:livr\w+|repris\w*|collect\w+|tri\w*|enlev\w+|evacu\w+|achemin\w+|transport\w*|facture\w*|chantier|emballages?|dechets"
    r"|palettes?|heures|depos\w+|reprise|remis\w*|effac\w+|interventions?|vehicules? affect\w*|materiel affecte|pratique\w*"
    r"|retouche|consommation|commandes?|tirage|invendus|restes|biodechets|cendres|valorisation|montant)\b"
)
_REGULATES_WASTE: Final = re.compile(
    r"\bdechet|\bemballage|\benvironn|\bhuiles|\bdeee|\brecycl|\breemplo|\bl\. ?2172-5|\b230-5-1|\bflux\b"
)


def is_criteria(section: Section) -> bool:
    """An article on how offers are judged (not how candidates are selected)."""
    return CRITERIA_TITLE.search(section.own_title) is not None and not CANDIDACY.search(section.own_title)


def is_restated(line: Line) -> bool:
    """It only says that the law applies, on a subject of ours."""
    return (
        _RESTATES.search(line.plain) is not None
        and is_tautological(line.text)
        and (_REGULATES_WASTE.search(line.plain) is not None)
    )


def kind_of(line: Line, section: Section, levers: tuple[str, ...]) -> Kind | None:
    """None where the passage plays no role for the circular economy."""
    plain = line.plain
    if is_restated(line):
        return Kind.RECITAL
    if not levers and not ENVIRONMENT.search(plain):
        return _unspoken(line, section)
    if _LAW_SPEAKS.search(plain):
        return Kind.RECITAL
    for kind, pattern in ((Kind.RESERVATION, _RESERVED), (Kind.REVIEW_CLAUSE, _REVIEW)):
        if pattern.search(plain):
            return kind
    if _VARIANT.search(plain):
        return None if _NO_VARIANT.search(plain) and "sauf" not in plain else Kind.VARIANT
    return _kind_by_place(line, section, levers)


def _unspoken(line: Line, section: Section) -> Kind | None:
    """Without a word of ours: only a penalty under an article of ours can play a role."""
    if _SANCTION.search(line.plain) and not re.search(r"\bretard\b", line.plain):
        if levers_in(section.own_title) or ENVIRONMENT.search(section.own_title):
            return Kind.PENALTY
    return None


def _kind_by_place(line: Line, section: Section, levers: tuple[str, ...]) -> Kind | None:
    plain = line.plain
    if is_criteria(section) or (section.piece is Piece.RC and (_WEIGHT.search(plain) or _SCORED.search(plain))):
        return Kind.AWARD_CRITERION
    if CANDIDACY.search(section.own_title):
        return Kind.SELECTION_CRITERION
    if _SANCTION.search(plain):
        return Kind.PENALTY
    if section.is_context:
        return None
    if section.piece is Piece.RC:
        return Kind.PERFORMANCE_CONDITION if set(levers) & SOCIAL else None
    if _PRICE.search(plain):
        return Kind.PRICE
    if _REPORT.search(plain):
        return Kind.REPORTING
    if section.piece is Piece.CCAP or _DOER.search(plain) or _DOING.search(plain):
        return Kind.PERFORMANCE_CONDITION
    return Kind.TECHNICAL_SPECIFICATION
