"""What a passage does in a tender: impose, score, sanction, report… Rules on its words, its article and its piece."""

import re
from typing import Final

from app.documents.detecting.acting import GIVEN_BACK, SERVICE, is_done, others_act, somebody_acts
from app.documents.detecting.levers import ENVIRONMENT, GREEN_CRITERION, SOCIAL
from app.documents.detecting.policies import policy_words
from app.documents.detecting.promises import buyer_speaks, reads_vague, speaks_of_bonus, vague_words
from app.documents.detecting.restating import restates
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.witness import probability
from app.law.vocabulary import Kind, Piece
from app.law.wording_lexicon import COMPANY_POLICY, LABELS

CRITERIA_TITLE: Final = re.compile(
    r"\bcriteres?\b(?! de selection des candid)|\bjugement\b|\battribution\b|\bselection des offres\b"
    r"|\bchoix de l'offre\b|\bcriteres de choix"
    r"|\bnotation\b|\bevaluation des offres|\banalyse des offres"
    r"|^\W{0,40}\w{0,40}\W{0,40}selection\b|\bclassement des offres"
)
CANDIDACY: Final = re.compile(
    r"\bcandidatures?\b|\bcapacites?\b|\bequipe\b|\bconditions de participation|\bselection des candidat"
)
_CRITERIA_LEAD: Final = re.compile(
    r"\W{0,40}(?:les )?criteres (?:d'attribution|de jugement|de choix|du lot|retenus"
    r"|ponderes)\b"
)
_WEIGHT: Final = re.compile(r"\d\s*(?:%|points?\b|pts?\b|/\s*100|sur 100)|[a-z] : \d{1,3}\W*$|[a-z] \(\d{1,3}\)")
_SCORED: Final = re.compile(
    r"\bnotee?s?\b|\bcritere|\bcadre de reponse|\bseul leur depassement|\bvalorise[es]*\b"
    r"|\bmemoire (?:technique )?(?:comprend|presente|comporte)"
    r"|\bnotice environnementale"
)
_RESERVED: Final = re.compile(
    r"\breserve[es]*\s+(?:\w+\s+){0,2}?(?:a|aux|au)\b|\blimitee?s? aux? (?:structures|entreprises|associations|esat"
    r"|siae)|\bouverte?s? aux seul|\bmarche reserve\b|\breserve[es]* (?:par|en application)"
)
# « il réserve 900 heures à des personnes éloignées de l'emploi »: an effort of the holder, not a reserved contract.
_HOURS: Final = re.compile(
    r"\breserve\w* (?:au moins )?[^.;]{0,20}\b(?:heures|emplois?|postes?)\b|\bheures\b[^.;]{0,20}\breservee?s?\b"
)
_VARIANT: Final = re.compile(r"\bvariantes?\b")
_NO_VARIANT: Final = re.compile(
    r"\b(?:ne (?:sont|seront) pas|n'est pas|non) (?:autoris|admis|accept)|\baucune variante|\binterdites?"
)
SANCTION: Final = re.compile(
    r"\bcoute\w*\s+\d[\d ]*\s*(?:€|euros)|\bretenues? de \d|\bvau(?:t|dra|dront|lent)\s+\d[\d ]*\s*(?:€|euros)"
    r"|\bdedui\w* \d+\s*€|"
    r"\bne (?:sont|seront|sera|est) (?:pas|point) (?:pay|regl|remuner|factur)\w+[^.;]{0,40}$|\bmise en regie\b"
    r"|\b(?:est|sont|sera|seront) rembours\w+ (?:a|par|au)\b[^.;]{0,60}\bvaleur|\bresili\w+ (?:aux torts|pour faute)"
    r"|\baux frais et risques\b|\bpenali[ts]\w*|\brefactions?\b|\bsanctions?\b|\bmalus\b"
    r"|\d\s*€[^.;]{0,30}\bpar\b|^\W*par [^;:]{2,80}:\s*\d[\d ]*\s*(?:€|euros)|^[^.;:]{4,90}:\s*\d[\d ]*\s*(?:€"
    r"|euros)(?! ht)|\b(?:defaut|absence|manquement|non[- ]respect)\b[^.;:]{0,80}:\s*\d+"
)
REVIEW: Final = re.compile(
    r"\breexam\w*|\br\. ?2194-1|\bpeu(?:t|vent) etre (?:portee?s?|relevee?s?|revisee?s?|augmentee?s?)"
)
_PRICE: Final = re.compile(
    r"\bfai\w+ l'objet d'une ligne\b|\blignes? (?:propres?|distinctes?|separees?|a part)\b|\bprime de \d"
    r"|^[\W\d]*(?:le|les) (?:prix|loyers?|tarifs?)\b|\bligne(?:s)? (?:propre|distincte)s?\b[^.;]{0,160}\bbordereau"
)
_REPORT: Final = re.compile(
    r"^[\d.\W]*(?:suivi\b|(?:un|le|la|les|des|l')\s*(?:\w+ )?(?:bilans?|rapports?|tableaux? de bord"
    r"|comites? de suivi|formulaires? de recolement|tonnages"
    r"|etats? (?:trimestriel|mensuel|annuel))"
    r"|(?:le |la |l')(?:titulaire|prestataire|entrepreneur|entreprise|fournisseur|exploitant)\s+(?:remet"
    r"|transmet|adresse|presente|fournit"
    r"|communique)\s+(?:un|une|le|la)\s+"
    r"(?:\w+ )?(?:bilans?|etats?|rapports?|tableau de bord|formulaire))"
)
# « Un récapitulatif accompagne le décompte », « Le loueur indique leur sort dans un état adressé dans le mois ».
_TELLS: Final = re.compile(
    r"^[\W\d.]*(?:un|une|le|la|les|des|l'|chaque)\s?(?:\w+ )?(?:recapitulati\w+|bilans?|rapports?"
    r"|comptes? rendus?|tableaux? de (?:bord|suivi)|synthese|statistiques|releves?|etats?)\b"
    r"[^.;]{0,90}\b(?:accompagn|indiqu|recapitul|retrac|present|mentionn|precis|detaill|joint|adresse|remis"
    r"|transmis|produit)\w*"
    r"|^[\W\d.]*(?:le |la |l')(?:titulaire|prestataire|loueur|exploitant|facilitateur|fournisseur"
    r"|entrepreneur) (?:\w+ )?(?:indique|recoit|fait connaitre|declare|rend compte|informe)\b[^.;]{0,120}"
    r"\b(?:etats?|releves?|bilans?|rapports?|tableaux?|tonnages?|quantites|heures)\b"
)
# « La fourniture participe à l'objectif que s'est donné le syndicat »: why, not what.
_AIM: Final = re.compile(
    r"\b(?:s'inscri\w+ dans|particip\w+ a|contribu\w+ a|concour\w+ a|repon\w+ a|decoul\w+ d)\s?(?:la |le |l'"
    r"|les |un |une |cette )?"
    r"(?:strategie|objectifs?|politique|plan|schema|feuille de route|engagements?"
    r"|ambition)\b[^.;]{0,80}\b(?:syndicat|commune|ville|region|departement"
    r"|metropole|universite|hopital|collectivite|agglomeration|etablissement|office|nationa\w+|regiona\w+"
    r"|communa\w+|municipa\w+|territoria\w+)"
)
_LAW_SPEAKS: Final = re.compile(
    r"\b(?:loi|code|decret|agec|egalim)\b[^.;]{0,60}\b(?:fixe|impose|prevoi|oblige|dispose)\w*"
)
_CLEAN_ENERGY: Final = re.compile(
    r"\b(?:desherbage|pesticides?|herbicides?|electrogenes?|javel|electriques?|hybrides?|hydrogene|au gaz|gnv|biogaz"
    r"|motorisation|euro (?:vi|6)\b|biocarburant|velo|a batterie|crit'air)"
)
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
    return restates(line.plain)


# « L'indisponibilité d'une pièce coûte au titulaire 50 € », « Heure non réalisée : 60 € »: money, and what went wrong.
_MONEY: Final = re.compile(
    r"\d[\d ]{0,12}\s{0,3}(?:€|euros?\b)(?! ht)|\d\s*% (?:du|de la|des) (?:montant|facture|prix|valeur|commande)"
)
_BREACH: Final = re.compile(
    r"\b(?:manqu\w+|absence|absente?s?|defaut|indisponib\w+|inexecution|inferieure?s?|depass\w+|exces\w*"
    r"|omission|oubli|carence|ecarts?"
    r"|infraction|puni\w*|retenu\w*|retranch\w+|encour\w+|defaillan\w+|non[- ](?:\w+ )?[a-z]+(?:e|ee|es|ees)"
    r"|non[- ]respect|insuffisan\w+)\b"
)
_NUMBERED: Final = re.compile(r"^\W*(?:[a-h]\.? ?)?\d+(?:\.\d+)*\.?\s+")
_PREMIUM: Final = re.compile(
    r"\bprimes?\b|\binteressement\b|\bbonus\b|\bdue? au titulaire\b|\bassur\w+\b|\bavances?\b|\bcaution"
)


def is_sanction(line: Line) -> bool:
    """A penalty that is not about a delay alone."""
    plain = _NUMBERED.sub("", line.plain).partition(" ; ")[0]
    if re.search(r"^[\W\d]*retard\b|\ben cas de retard", plain) or _PREMIUM.search(plain):
        return False
    return SANCTION.search(plain) is not None or (
        _MONEY.search(plain) is not None and _BREACH.search(plain) is not None
    )


# « Collecte des encombrants et transfert vers la ressourcerie. »: the object of the contract, told without a verb.
_VERB: Final = re.compile(
    r"\b(?:est|sont|sera|seront|doi(?:t|vent)|ont|a|aura|auront|peu(?:t|vent)|remet|reprend|tient|fait|met|fournit)\b"
    r"|\b(?:il|elle|ils|elles|titulaire|prestataire|fournisseur|entrepreneur|entreprise) [a-z]+"
    r"|\b[a-z]{3,}(?:issent|isent|nent|tent|rent|lent|vent|dent|gent|cent|era|eront|ira|iront)\b"
)


def _is_announced(line: Line, section: Section) -> bool:
    plain = line.plain.strip()
    technical = section.is_opening and section.piece is not Piece.RC and line.cell is None and not is_criteria(section)
    return technical and plain[-1:] == "." and not _VERB.search(plain) and not re.search(r"\d ?[%€]", plain)


def kind_of(line: Line, section: Section, levers: tuple[str, ...], *, works: bool = False) -> Kind | None:
    """None where the passage plays no role for the circular economy."""
    plain = line.plain
    if is_restated(line):
        return Kind.RECITAL
    told = levers or _binds_vaguely(plain, section) or _is_green(plain, section) or _is_witnessed(line, section)
    if not told or _is_beside(plain) or _is_announced(line, section):
        return None
    if _LAW_SPEAKS.search(plain) or _AIM.search(plain):
        return Kind.RECITAL
    for kind, pattern in ((Kind.RESERVATION, _RESERVED), (Kind.REVIEW_CLAUSE, REVIEW)):
        if pattern.search(_HOURS.sub(" ", plain)):
            return kind if kind is Kind.RESERVATION or set(levers) - {"tracabilite"} else None
    if _VARIANT.search(plain):
        return None if _NO_VARIANT.search(plain) and "sauf" not in plain else Kind.VARIANT
    return _of_offer(line, section, levers, works=works)


# « les éléments d'occasion sont admis », « neufs ou reconditionnés, au choix »: allowed, not asked for.
_ALLOWED: Final = re.compile(
    r"\b(?:est|sont|sera|seront)\s+(?:egalement |aussi )?(?:admis|tolere|autorise|permis"
    r"|accepte)(?:e?s?)\b(?! (?:en retour|que|au plus|dans la limite))"
    r"|\bau choix (?:du|de l'|des)\b|\bneu(?:f|fs|ve|ves) ou (?:bien )?(?:reconditionn|d'occasion|de seconde"
    r"|remanufactur|issue?s? du reemploi)"
    r"|\b(?:reconditionne|d'occasion|reemploye)\w* ou neu(?:f|fs|ve|ves)\b|\bne (?:sont|est) pas (?:imposee?s?"
    r"|obligatoires?|exigee?s?)\b"
)
_UNDER_CONDITION: Final = re.compile(
    r"\b(?:a condition|sous reserve|des lors qu|s'ils?|si elles?|que si|seuls?|seules?|au moins|\d+ ?%|aucune?"
    r"|ne|n'|ni)\b"
)


def _binds_vaguely(plain: str, section: Section) -> bool:
    """A promise without a check still plays the role of a demand, outside the rules of the consultation."""
    told = section.piece is not Piece.RC and not is_criteria(section) and not buyer_speaks(plain)
    if not told or section.is_context:
        return told and vague_words(plain, green=False) is not None
    return (vague_words(plain, green=False) or reads_vague(plain)) is not None


_SURE: Final = 0.9
"""Probability from which the words of a sentence make a demand without a lever that has a name."""
_SENTENCE: Final = 4


def _is_witnessed(line: Line, section: Section) -> bool:
    """A whole sentence of the technical or administrative clauses, whose words are those of our demands."""
    plain = line.plain.rstrip()
    if section.piece is Piece.RC or section.is_context or is_criteria(section) or plain[-1:] == ":":
        return False
    return len(plain.split()) >= _SENTENCE and probability("demand", plain) >= _SURE and not buyer_speaks(plain)


_INSURED: Final = re.compile(
    r"\bassur(?:e|ee|ance|ances|eurs?)\b[^.;]{0,160}\benvironnement"
    r"|\benvironnement\w{0,10}\b[^.;]{0,160}\bassurances?\b"
    r"|\bvaleur contractuelle\b|^[\W\d.]*(?:les |la |une )?(?:factures?|facturation|avance|revision)\b"
    r"|\bconvention collective\b"
    r"|\brepr(?:end|ise) (?:le |du |des )(?:personnel|donnees|salaries)\b|\ba pour objet\b|\ben cas de litige\b"
)


def _is_beside(plain: str) -> bool:
    """The repair bonus, an insurance, or what the firm is in general: nothing asked for this purchase."""
    if _INSURED.search(plain) or (_ALLOWED.search(plain) and not _UNDER_CONDITION.search(plain)):
        return True
    return speaks_of_bonus(plain) or (policy_words(plain) is not None and not _WEIGHT.search(plain))


def _is_green(plain: str, section: Section) -> bool:
    scored = is_criteria(section) or (section.piece is Piece.RC and _WEIGHT.search(plain))
    pattern = GREEN_CRITERION if scored else ENVIRONMENT
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
    asked = levers or is_sanction(line) or _asks_something(plain) or _is_witnessed(line, section)
    return _of_holder(line, section, works=works) if asked else None


def _asks_something(plain: str) -> bool:
    """Without a lever, a word of environment alone is not a demand."""
    if COMPANY_POLICY.search(plain) or policy_words(plain):
        return False
    return (
        any(pattern.search(plain) for pattern in (_CLEAN_ENERGY, _INTENDS, LABELS))
        or somebody_acts(plain)
        or SERVICE.search(plain) is not None
        or (vague_words(plain, green=False) or reads_vague(plain)) is not None
    )


def _of_holder(line: Line, section: Section, *, works: bool) -> Kind | None:
    plain = line.plain
    if is_sanction(line):
        return Kind.PENALTY
    if others_act(plain):
        return None
    if _PRICE.search(plain):
        return Kind.PRICE
    if _REPORT.search(plain) or _TELLS.search(plain):
        return Kind.REPORTING
    given_back = GIVEN_BACK.search(plain) is not None and not works
    told = _is_done(plain, works=works) if line.cell is None else is_done(plain, works=works)
    doing = section.piece is Piece.CCAP or given_back or told
    return Kind.PERFORMANCE_CONDITION if doing else Kind.TECHNICAL_SPECIFICATION


_DONE: Final = 0.75
_BEING: Final = 0.25


def _is_done(plain: str, *, works: bool) -> bool:
    """The grammar of the sentence, unless its words are clearly those of the other reading."""
    told = is_done(plain, works=works)
    if works:
        return told
    likely = probability("done", plain)
    return likely > _DONE if not told else likely >= _BEING
