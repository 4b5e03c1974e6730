"""What a passage does in a tender: impose, score, sanction, report… Rules on its words, its article and its piece."""

import re
from typing import Final

from app.documents.detecting.levers import ENVIRONMENT, GREEN_CRITERION, SOCIAL
from app.documents.detecting.sections import Line, Section
from app.law.vocabulary import Kind, Piece
from app.law.wording import is_tautological
from app.law.wording_lexicon import COMPANY_POLICY, LABELS

CRITERIA_TITLE: Final = re.compile(
    r"\bcriteres?\b(?! de selection des candid)|\bjugement\b|\battribution\b|\bselection des offres\b"
    r"|\bchoix de l'offre\b|\bcriteres de choix"
    r"|\bnotation\b|\bevaluation des offres|\banalyse des offres|^\W*\w*\W*selection\b|\bclassement des offres"
)
CANDIDACY: Final = re.compile(
    r"\bcandidatures?\b|\bcapacites?\b|\bequipe\b|\bconditions de participation|\bselection des candidat"
)
_CRITERIA_LEAD: Final = re.compile(
    r"\W*(?:les )?criteres (?:d'attribution|de jugement|de choix|du lot|retenus"
    r"|ponderes)\b"
)
_WEIGHT: Final = re.compile(r"\d\s*(?:%|points?\b|pts?\b|/\s*100|sur 100)")
_SCORED: Final = re.compile(
    r"\bnotee?s?\b|\bcritere|\bcadre de reponse|\bseul leur depassement|\bvalorise[es]*\b"
    r"|\bmemoire (?:technique )?(?:comprend|presente|comporte)"
    r"|\bnotice environnementale"
)
_RESERVED: Final = re.compile(
    r"\breserve[es]*\s+(?:a|aux|au)\b|\bmarche reserve\b|\breserve[es]* (?:par|en application)"
)
_VARIANT: Final = re.compile(r"\bvariantes?\b")
_NO_VARIANT: Final = re.compile(
    r"\b(?:ne (?:sont|seront) pas|n'est pas|non) (?:autoris|admis|accept)|\baucune variante|\binterdites?"
)
SANCTION: Final = re.compile(
    r"\bpenalit\w*|\brefactions?\b|\bsanctions?\b|\bmalus\b"
    r"|\d\s*€[^.;]{0,30}\bpar\b|\b(?:defaut|absence|manquement|non[- ]respect)\b[^.;:]{0,80}:\s*\d+"
)
REVIEW: Final = re.compile(
    r"\breexam\w*|\br\. ?2194-1|\bpeu(?:t|vent) etre (?:portee?s?|relevee?s?|revisee?s?|augmentee?s?)"
)
_PRICE: Final = re.compile(
    r"^\W*(?:le|les) (?:prix|loyers?|tarifs?)\b|\bligne(?:s)? (?:propre|distincte)s?\b[^.;]{0,160}\bbordereau"
)
_REPORT: Final = re.compile(
    r"^[\d.\W]*(?:suivi\b|(?:un|le|la|les|des|l')\s*(?:\w+ )?(?:bilans?|rapports?|tableaux? de bord"
    r"|comites? de suivi|formulaires? de recolement|tonnages"
    r"|etats? (?:trimestriel|mensuel|annuel))"
    r"|(?:le|la) (?:titulaire|prestataire|entrepreneur|entreprise)\s+(?:remet|transmet|adresse|presente|fournit"
    r"|communique)\s+(?:un|une|le|la)\s+"
    r"(?:\w+ )?(?:bilans?|etats?|rapports?|tableau de bord|formulaire))"
)
_LAW_SPEAKS: Final = re.compile(
    r"\b(?:loi|code|decret|agec|egalim)\b[^.;]{0,60}\b(?:fixe|impose|prevoi|oblige|dispose)\w*"
)
_RESTATES: Final = re.compile(
    r"\b(?:respect\w*|conform\w*|appliqu\w*|soumis\w*|repond\w*)\b[^.;]{0,80}"
    r"\b(?:reglementation|legislation|lois?|regle(?:s|ments)|prescriptions legales|obligations legales|articles?"
    r"|normes et reglements)\b"
    r"|\bselon la (?:reglementation|legislation)\b|\bconformement a la (?:reglementation|legislation)"
)
_PROOF_PART: Final = re.compile(
    r"\s;\s.*$|;.*$|,\s*(?:les? |la |l'|un |une |ce (?:dont|que) )?(?:bons?|factures?|tickets?|bordereaux?"
    r"|attestations?|certificats?|fiches?"
    r"|releves?|recus?|rapports?|etiquettes?|echantillons?|proces-verba\w+|justifi\w+|atteste\w*)\b.*$|,? (?:selon"
    r"|ce dont|ce que) .*$"
)
_DOER: Final = re.compile(
    r"\b(?:titulaires?|prestataires?|fournisseurs?|entrepreneurs?|entreprises?|attributaires?|adjudicataires?"
    r"|exploitants?)\b(?! (?:est|sont) \w+ise)"
    r"|^(?:il|elle)s?\b"
)
_BY_OTHERS: Final = re.compile(
    r"\b(?:trie|collecte|fait|faite|assure|realise|effectue|nettoye)e?s?\b[^.;]{0,30}\bpar (?:le personnel"
    r"|les agents|les services|la commune|la ville|les usagers|les habitants)\b"
)
_DOING: Final = re.compile(
    r"\b(?:broye\w*|epandu\w*|repris\w*|reprises?|collect\w+|compost\w+|retouches?|retouch\w+|effac\w+|invendus|restes"
    r"|heures d'insertion|montant commande)\b"
    r"|\b(?:est|sont|sera|seront|sont proposes a)\s+(?:\w+\s+){0,3}?(?:group|regroup|tri(?:e|es|ee|ees)\b|enlev"
    r"|evacu|achemin|orient|repare|detourn|ajust|pese|separe|valoris)"
    r"|\b(?:livraisons?|commandes?)\b[^.;]{0,40}\b(?:group|hebdomadaire)|\bressourceri|\btaux de (?:refus"
    r"|valorisation|tri)\b|\binterventions emploient"
    r"|\b(?:des |d')interventions\b|^\W*(?:une prestation|livraison)\b|^\W*les (?:emballages|dechets|palettes|bennes)\b"
)
_LAID: Final = re.compile(r"\b(?:depos|repos|pos|met(?:tent)? en oe?uvre|execut|realis)\w*\b")
_LIVES_IN: Final = re.compile(r"\b(?:livre|conditionne|dose)e?s?\s+(?:\w+\s+){0,3}?(?:en|dans)\b")
_REGULATES_WASTE: Final = re.compile(
    r"\bdechet|\bemballage|\benvironn|\bhuiles|\bdeee|\brecycl|\breemplo|\bl\. ?2172-5|\b230-5-1|\bflux\b"
)
_CLEAN_ENERGY: Final = re.compile(r"\b(?:electriques? a batterie|motorisation electrique|euro vi\b|biocarburant)")
_INTENDS: Final = re.compile(
    r"\brespectueu|\bbiodegradab|\beco-?responsab|\bneutres? en carbone|\bsensible a l'environnement|\bimpact"
    r"|\bproteg|\bemissions"
)
_LOT_IS: Final = re.compile(r"^\W*(?:le )?lot(?: n°)? ?\w+ (?:porte|concerne|comprend|:)")
_FORMULA: Final = re.compile(r"\bla (?:note|methode)\b[^.;]{0,160}\bproportionnel|\bformule\b|\bnote\s*=")
_SUBJECT_LEVERS: Final = frozenset({"reemploi", "contenu-recycle", "economie-fonctionnalite"})
_SUBJECT: Final = re.compile(r"\bobjet\b")


def is_criteria(section: Section) -> bool:
    """An article on how offers are judged (not how candidates are selected): its title or its first line says so."""
    if CANDIDACY.search(section.own_title):
        return False
    first = section.lines[0].plain if section.lines else ""
    return CRITERIA_TITLE.search(section.own_title) is not None or _CRITERIA_LEAD.match(first) is not None


def is_restated(line: Line) -> bool:
    """It only says that the law applies, on a subject of ours."""
    return (
        _RESTATES.search(line.plain) is not None
        and is_tautological(line.text)
        and (_REGULATES_WASTE.search(line.plain) is not None)
    )


def is_sanction(line: Line) -> bool:
    """A penalty that is not about a delay alone."""
    return SANCTION.search(line.plain) is not None and not re.search(
        r"^[\W\d]*retard\b"
        r"|\ben cas de retard",
        line.plain,
    )


def kind_of(line: Line, section: Section, levers: tuple[str, ...], *, works: bool = False) -> Kind | None:
    """None where the passage plays no role for the circular economy."""
    plain = line.plain
    if is_restated(line):
        return Kind.RECITAL
    if not levers and not _is_green(plain, section):
        return None
    if _LAW_SPEAKS.search(plain):
        return Kind.RECITAL
    for kind, pattern in ((Kind.RESERVATION, _RESERVED), (Kind.REVIEW_CLAUSE, REVIEW)):
        if pattern.search(plain):
            return kind if kind is Kind.RESERVATION or set(levers) - {"tracabilite"} else None
    if _VARIANT.search(plain):
        return None if _NO_VARIANT.search(plain) and "sauf" not in plain else Kind.VARIANT
    return _of_offer(line, section, levers, works=works)


def _is_green(plain: str, section: Section) -> bool:
    pattern = GREEN_CRITERION if is_criteria(section) else ENVIRONMENT
    return pattern.search(plain) is not None or LABELS.search(plain) is not None


def _of_offer(line: Line, section: Section, levers: tuple[str, ...], *, works: bool) -> Kind | None:
    """What is asked of an offer or of a candidate; else what is asked of the holder."""
    plain = line.plain
    if is_criteria(section) or (section.piece is Piece.RC and (_WEIGHT.search(plain) or _SCORED.search(plain))):
        return (
            None
            if _FORMULA.search(plain) or re.search(r"\bn'y est pas tenu|\bfacultati", plain)
            else Kind.AWARD_CRITERION
        )
    if CANDIDACY.search(section.own_title) or re.search(r"\bcandidature\b", plain):
        return Kind.SELECTION_CRITERION
    if section.piece is Piece.RC:
        return Kind.PERFORMANCE_CONDITION if set(levers) & SOCIAL else None
    if section.is_context or _LOT_IS.search(plain):
        about = _SUBJECT.search(section.own_title) is not None and bool(set(levers) & _SUBJECT_LEVERS)
        return Kind.SUBJECT_MATTER if about and not _LOT_IS.search(plain) else None
    return _of_holder(line, section, works=works) if levers or is_sanction(line) or _asks_something(plain) else None


def _asks_something(plain: str) -> bool:
    """Without a lever, a word of environment alone is not a demand."""
    if COMPANY_POLICY.search(plain):
        return False
    return any(pattern.search(plain) for pattern in (_CLEAN_ENERGY, _INTENDS, _DOER, LABELS))


def _of_holder(line: Line, section: Section, *, works: bool) -> Kind | None:
    plain = line.plain
    if is_sanction(line):
        return Kind.PENALTY
    if _BY_OTHERS.search(plain) and not _DOER.search(plain):
        return None
    if _PRICE.search(plain):
        return Kind.PRICE
    if _REPORT.search(plain):
        return Kind.REPORTING
    doing = section.piece is Piece.CCAP or _is_done(_PROOF_PART.sub("", plain), works=works)
    return Kind.PERFORMANCE_CONDITION if doing else Kind.TECHNICAL_SPECIFICATION


def somebody_acts(plain: str) -> bool:
    """« Le titulaire garantit : »: what follows is asked of somebody."""
    return _DOER.search(plain) is not None


def _is_done(main: str, *, works: bool) -> bool:
    """What somebody does, against what the product is (« livré en bacs lavables »)."""
    if works:
        # What is laid or taken down is the work itself, whoever does it.
        return _DOER.search(main) is not None and not _LAID.search(main)
    if _DOER.search(main):
        return True
    return _DOING.search(main) is not None and not _LIVES_IN.search(main)
