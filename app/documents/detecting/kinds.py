"""What a passage does in a tender: impose, score, sanction, report… Rules on its words, its article and its piece."""

import re
from typing import Final

from app.documents.detecting.levers import ENVIRONMENT, GREEN_CRITERION, SOCIAL
from app.documents.detecting.promises import buyer_speaks, counts_on_bonus, only_restates, policy_words, vague_words
from app.documents.detecting.sections import Line, Section
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
_VARIANT: Final = re.compile(r"\bvariantes?\b")
_NO_VARIANT: Final = re.compile(
    r"\b(?:ne (?:sont|seront) pas|n'est pas|non) (?:autoris|admis|accept)|\baucune variante|\binterdites?"
)
SANCTION: Final = re.compile(
    r"\bcoute\w*\s+\d[\d ]*\s*(?:€|euros)|\bretenues? de \d|\bvau(?:t|dra|dront|lent)\s+\d[\d ]*\s*(?:€|euros)"
    r"|\bdedui\w* \d+\s*€|"
    r"\bpenalit\w*|\brefactions?\b|\bsanctions?\b|\bmalus\b"
    r"|\d\s*€[^.;]{0,30}\bpar\b|^\W*par [^;:]{2,80}:\s*\d[\d ]*\s*(?:€|euros)|^[^.;:]{4,90}:\s*\d[\d ]*\s*(?:€"
    r"|euros)(?! ht)|\b(?:defaut|absence|manquement|non[- ]respect)\b[^.;:]{0,80}:\s*\d+"
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
_PROOF_PART: Final = re.compile(
    r"\s;\s.*$|;.*$|,\s*(?:les? |la |l'|un |une |ce (?:dont|que) )?(?:bons?|factures?|tickets?|bordereaux?"
    r"|attestations?|certificats?|fiches?"
    r"|releves?|recus?|rapports?|etiquettes?|echantillons?|proces-verba\w+|justifi\w+|atteste\w*)\b.*$|,? (?:selon"
    r"|ce dont|ce que) .*$"
)
_DOER: Final = re.compile(
    r"\b(?:titulaires?|prestataires?|fournisseurs?|entrepreneurs?|entreprises?|attributaires?|adjudicataires?"
    r"|exploitants?)\b(?! (?:est|sont) \w+ise)"
    r"|^il\b|^\W*(?:les|le|la|l'|chaque|ses|deux|trois)\s?(?:monteurs?|livreurs?|chauffeurs?|conducteurs?|agents"
    r"|equipes?|fleuriste|jardiniers?|techniciens?|personnels?|salaries|compagnons|ouvriers|cuisiniers?|traiteur"
    r"|garage|loueur|laboratoire|blanchisserie|atelier|equipages?|intervenants?|poseurs?|laveurs?|operateurs?)\b"
)
_BY_OTHERS: Final = re.compile(
    r"\bpar (?:le personnel|les agents|les services?|le service|la commune|la ville|la collectivite|la region"
    r"|la metropole|le departement"
    r"|l'acheteur|l'hopital|l'etablissement|le syndicat|les usagers|les habitants|le gardien|les eleves)\b"
)
_DOING: Final = re.compile(
    r"\b(?:broye\w*|epandu\w*|repris\w*|reprises?|collect\w+|compost(?:e|es|ee|ees|er)\b|retouches?|retouch\w+"
    r"|effac\w+|invendus|restes"
    r"|heures d'insertion|montant commande)\b"
    r"|\b(?:est|sont|sera|seront|sont proposes a)\s+(?:\w+\s+){0,3}?(?:group|regroup|tri(?:e|es|ee|ees)\b|enlev"
    r"|evacu|achemin|orient|repare|detourn|ajust|pese|separe|valoris)"
    r"|\b(?:livraisons?|commandes?)\b[^.;]{0,40}\b(?:group|hebdomadaire)|\bressourceri|\btaux de (?:refus"
    r"|valorisation|tri)\b|\binterventions emploient"
    r"|\b(?:chaque (?:annee|trimestre|livraison|semestre)|par an|dans l'annee|sur l'annee|de l'annee)\b(?=[^.;]*%"
    r"|[^.;]*\b(?:commande|livraison|montant))"
    r"|%[^.;]{0,25}\b(?:du montant|des (?:commandes|livraisons|interventions|colis|pannes|achats|depenses)"
    r"|de la fourniture|de la depense)\b"
    r"|(?<!se )\b(?:nettoie|reprend|reprennent|trient|collectent|remportent|recuperent|enlevent|pesent|broient"
    r"|compostent|cedent|confient|orientent|livrent|organisent|regroupent|retirent|lavent|demontent|separent)\b"
    r"|\b(?:des |d')interventions\b|^\W*(?:une prestation|livraison)\b|^\W*les (?:emballages|dechets|palettes"
    r"|bennes)\b(?! (?:sont|seront) (?:en|recyclables?|issus?|compostables?|de)\b)"
)
# What somebody does for the buyer while the contract lasts: take back, wash, mend, sort, give, compost, deliver…
_SERVICE: Final = re.compile(
    r"\b(?:est|sont) (?:deposee?s?|vers\w+|mis(?:e|es)?) (?:en|dans|a|au|aux) (?:un |une |le |la |les |l')?(?:dechet"
    r"|compost|benne|point|borne|bac|filiere|recycl)"
    r"|\b(?:est|sont) lavee?s? et (?:remis|reutilis)|\bremis(?:e|es)? en service|\b(?:inventaire|diagnostic"
    r"|recensement)s?\b[^.;]{0,60}\b(?:est|sont) (?:dresse|etabli|realise|remis)"
    r"|\b(?:est|sont|sera|seront|soient|etre)\s+(?:(?!en\b|de\b|issu|prop|certifi)\w+\s+){0,2}?(?:repris|reprise"
    r"|remise?(?! en\b)|rendu|rendue|vendu|vendue|recousu|recousue"
    r"|(?:repar|reprise|collect|tri|compost|broy|donn|confi|envoy|orient|enlev|evacu|valoris|form|recuper|retourn"
    r"|rapport|ced|achemin|recharg|echang|recycl|depollu|retir|remport"
    r"|emprunt|rempli|abaiss|evit|eteint|demont\w+ pour leur|relev\w+ chaque|lav\w+ (?:a|avec|sans) [a-z' ]+|regroup"
    r"|group|organis|arros|livr\w+ (?:en vrac|sans (?:emballage|suremballage|film|carton|housse|sachet)"
    r"|group))e?)(?:e?s)?\b(?! a \d)"
    r"|\b(?:arriv\w+|partent|vont|va|retournent?|deviennent?|se deplac\w+|suiv(?:ent|ront|ra)? (?:le|un|une"
    r"|la) (?:module|formation|stage|session)|rest(?:e|ent) (?:au|sur)|livre\w* (?:a|au|aux) (?:la "
    r"|l')?(?:plateforme|compost|association|centre|filiere|dechet|recyclerie)\w*|nourri\w+|voyagent?|rejoignent?"
    r"|quittent?|passent?|alimentent?|partagent?|remplacent?(?= [^.;]*\bpendant)|reviennent|revient|repartent"
    r"|apprennent|roul(?:e|ent)|circul(?:e|ent)|tond(?:ent)?|arros(?:e|ent)|laisse(?:e|es)? (?:sur place|au sol)"
    r"|coupe(?:nt)? (?:le|son|leur)|servent a)\b"
    r"|\b(?:vehicules?|camions?|engins?|balayeuses?|nacelles?|outils?|souffleurs?|tondeuses?|debroussailleuses?"
    r"|fourgons?)\b[^.;]{0,40}\b(?:electriques?|a batterie|hybrides?|gaz|gnv|hydrogene|euro (?:vi|6))\b"
    r"|\bbrulee?s?\b|\bmet(?:tent)? a part\b|\b(?:est|sont) (?:mis|mise|mises) a part\b|\b(?:offert|offerte)s?\b"
    r"|\bcompteur\b[^.;]{0,30}\bmesure\b|\bsans emballages?\b"
)
# What the product is or bears, even said of whoever supplies it.
_STATES: Final = re.compile(
    r"^[\W\d]*(?:(?:le |la |les |l')?(?:titulaire|fournisseur|prestataire|fabricant|constructeur) garanti\w*"
    r"|ils? (?:consomm|contien|comport|mesur|pes|resist|support|dur|attei|present|comprenn)\w*"
    r"|elles? (?:consomm|contien|comport|mesur|resist|support|dur|attei|present|comprenn)\w*)\b"
    r"|\bfont l'objet d'un (?:test|essai|controle)|\b(?:repose|remonte|fixe|reinstalle)e?s? "
    r"(?:dans|sur|au|aux|place|rue|de nouveau)\b"
)
# The subject is an activity: « la tonte », « les livraisons », « l’usage de… ».
_ACTIVITY: Final = re.compile(
    r"[\W\d]{0,40}(?:le|la|l'|les|chaque|un|une|toute|tout)\s?(?:usage|emploi|temperature|hauteur de (?:coupe|tonte)"
    r"|desherbage|arrosage|tontes?|taille"
    r"|nettoyage|lavage|collectes?|tri|livraisons?|tournees?|formation|dosage|quantite|entretien|maintenance|reprise"
    r"|enlevement|evacuation|reparation"
    r"|transport|deplacements?|broyage|compostage|fauche|pesee|gestion|exploitation|execution|prestation|stand"
    r"|equipe|methode|ramassage|don)\b"
)
# « en carton ; ils sont repris à la livraison suivante »: what comes after the product is done by somebody.
_GIVEN_BACK: Final = re.compile(
    r"[;,] (?:il|ils|elles?) (?:est|sont) (?:repris|rendu|retourn|collect|reemploy|remport)\w*"
)
_SORTED: Final = re.compile(
    r"\b(?:dechets?|gravats?|fraisats?|chutes|emballages?)\b[^.;]{0,60}\b(?:tri\w*|valoris\w*|evacu\w*|recycl\w*"
    r"|repris\w*|enlev\w*|reduits?|rapport\w*|vont|va|partent|remis\w*|brul\w*|enfoui\w*|pese\w*)\b"
    r"|\bmateriaux inertes\b|\bbase (?:de )?vie\b|^\W*les (?:livraisons|palettes|equipes|agents|engins)\b"
    r"|\bcompteur\b|\bexecution (?:du marche |des travaux )?s'inscrit"
    r"|\bconduite du chantier\b"
)
_LAID: Final = re.compile(r"\b(?:depos|repos|pos|met(?:tent)? en oe?uvre|execut|realis)\w*\b")
_LIVES_IN: Final = re.compile(r"\b(?:livre|conditionne|dose)e?s?\s+(?:\w+\s+){0,3}?(?:en|dans)\b")
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
    return only_restates(line.plain)


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
    if not (levers or _binds_vaguely(plain, section) or _is_green(plain, section)) or _is_beside(plain):
        return None
    if _LAW_SPEAKS.search(plain):
        return Kind.RECITAL
    for kind, pattern in ((Kind.RESERVATION, _RESERVED), (Kind.REVIEW_CLAUSE, REVIEW)):
        if pattern.search(plain):
            return kind if kind is Kind.RESERVATION or set(levers) - {"tracabilite"} else None
    if _VARIANT.search(plain):
        return None if _NO_VARIANT.search(plain) and "sauf" not in plain else Kind.VARIANT
    return _of_offer(line, section, levers, works=works)


def _binds_vaguely(plain: str, section: Section) -> bool:
    """A promise without a check still plays the role of a demand, outside the rules of the consultation."""
    told = section.piece is not Piece.RC and not is_criteria(section) and not buyer_speaks(plain)
    return told and vague_words(plain, green=False) is not None


def _is_beside(plain: str) -> bool:
    """The repair bonus, or what the firm is in general: nothing asked for this purchase."""
    return counts_on_bonus(plain) is not None or (policy_words(plain) is not None and not _WEIGHT.search(plain))


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
    return _of_holder(line, section, works=works) if levers or is_sanction(line) or _asks_something(plain) else None


def _asks_something(plain: str) -> bool:
    """Without a lever, a word of environment alone is not a demand."""
    if COMPANY_POLICY.search(plain) or policy_words(plain):
        return False
    return (
        any(pattern.search(plain) for pattern in (_CLEAN_ENERGY, _INTENDS, _DOER, _SERVICE, LABELS))
        or vague_words(plain, green=False) is not None
    )


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
    given_back = _GIVEN_BACK.search(plain) is not None and not works
    doing = section.piece is Piece.CCAP or given_back or _is_done(_PROOF_PART.sub("", plain), works=works)
    return Kind.PERFORMANCE_CONDITION if doing else Kind.TECHNICAL_SPECIFICATION


def somebody_acts(plain: str) -> bool:
    """« Le titulaire garantit : »: what follows is asked of somebody."""
    return _DOER.search(plain) is not None


def _is_done(main: str, *, works: bool) -> bool:
    """What somebody does, against what the product is (« livré en bacs lavables »)."""
    if _STATES.search(main):
        return False
    if works:
        # What is laid or taken down is the work itself, whoever does it.
        return (_DOER.search(main) is not None and not _LAID.search(main)) or _SORTED.search(main) is not None
    if _DOER.search(main):
        return True
    if _SERVICE.search(main) or _ACTIVITY.match(main):
        return True
    return _DOING.search(main) is not None and not _LIVES_IN.search(main)
