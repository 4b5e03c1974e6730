"""Promises about the environment that leave the firm its own judge, read by their grammar: a verb of effort, a degree
without a figure, a quality that nobody measures, a condition that nobody checks; and a subject of ours.
"""

import re
from typing import Final

# What the promise is about.
_SUBJECT: Final = (
    r"(?:environnement\w*|ecolog\w*|eco-?\w+|nature\b|planete|durables?|durabilite|impacts?|empreinte|carbone|climat\w*"
    r"|emissions?|dechets?|emballages?|suremballages?|gaspill\w*|consommations?|consomm\w+|energ\w+|eau\b|papier"
    r"|recycl\w*"
    r"|reemplo\w*|reutilis\w*|reconditionn\w*|biosource\w*|biodiversite|faune|flore|haies?|arbres|sols|pollu\w*"
    r"|nuisances?"
    r"|bruits?|rejets?|ressources|plastiques?|tri\b|trier|trie|valoris\w*|compost\w*|sobr\w+|circuits? courts?|trajets?"
    r"|deplacements?|tournees?|livraisons (?:group|partiel)\w*|vehicules? (?:propres?|electriques?)"
    r"|produits? (?:dangereux|chimiques?"
    r"|toxiques?|verts?)|imprim\w+|reparat\w*|repar\w+|forets|saison|bio\b|biologiques?|ethiques?|vertueu\w*"
    r"|responsables?(?! d)"
    r"|transition)"
)
_ABOUT: Final = re.compile(rf"\b{_SUBJECT}\b")
_SOFT: Final = re.compile(
    # A degree that says nothing: « au maximum », « idéalement », « dans la mesure de ses moyens ».
    r"\bidealement\b|\bau (?:maximum|minimum|mieux)\b(?! (?:\d|de \d|une?\b))|\b(?:le|au) (?:plus"
    r"|moins) (?:\w+ )?possible\b"
    r"|\bautant (?:que|qu'il|qu'elle) (?:faire se peut|possible|\w+)|\bdans (?:toute )?la mesure (?:du possible"
    r"|de ses moyens"
    r"|des possibilites|ou)|\bsi possible\b|\bde preference\b|\bpreferentiellement\b|\bprioritairement\b"
    r"|\bde (?:facon|maniere) (?:privilegiee|preferentielle|raisonnable|raisonnee|responsable|ecoresponsable"
    r"|vertueuse|sobre"
    r"|durable|exemplaire)|\b(?:lorsque|quand|des lors que|chaque fois que) (?:cela |c'|ce |les circonstances )?"
    r"(?:\w+ ){0,2}(?:possible|pertinent|utile|opportun|necessaire|envisageable|permet\w*)"
    # A verb of effort: « veille à », « s'attache à », « tient compte de », « concourt à ».
    r"|\b(?:s'|se |est |sont )?(?:attach|efforc|emplo(?:ie|iera)|effor)\w*(?:,[^,;.]{3,60},)? (?:a|de)\b(?! un)"
    r"|\b(?:veille|veillent|veillera|veilleront|cherche\w*|vise\w*|tend|tendra|contribu\w+|concour\w+"
    r"|particip\w+) (?:a|au|aux)\b"
    r"|\btien(?:t|dra|nent) compte d|\bpren(?:d|dra|nent) en (?:compte|consideration)\b|\ba le souci\b|\bsoucieu\w+\b"
    r"|\b(?:ses|leurs|les) meilleurs efforts|\b(?:fait|fera|font) (?:son possible|de son mieux|des efforts|preuve)"
    r"|\b(?:est|sont|sera|seront) (?:\w+ment )?(?:invite|incite|encourage|sensibilise|appele|attentif|attentive"
    r"|conscient"
    r"|souhait|apprecie|attendu)\w*(?:,[^,;.]{3,60},)?|\b(?:attention|vigilance) (?:toute )?particuliere"
    r"|\bprivilegi(?:e|er|era|ent|eront)\b|\bfavoris(?:e|er|era|ent|eront)\b|\bmet\w* tout en oe?uvre\b"
    r"|\bs'engag\w+ dans"
    r"|\b(?:inscri\w+|situ\w+)\b[^.;]{0,40}\bdans une (?:demarche|logique|dynamique|perspective)|\bagi\w* en\b"
    r"|\bse (?:montre|veut)\w* (?:\w+ )?(?:exemplaire|responsable|vertueu|respectueu|attenti)\w*"
    r"|\b(?:superflu|inutile|excessi|abusi)\w*|\brationalis\w+|\bminimis\w+|\boptimis\w+"
    # A quality or a quantity that nobody measures.
    r"|\b(?:pratiques?|attitudes?|comportements?|gestes?|conduite|demarches?|methodes?|solutions?|fournitures|produits"
    r"|materiaux|materiels?|qualites?)\b[^.;,]{0,40}\b(?:vertueu\w*|citoyen\w*|ecoresponsables?|eco-responsables?"
    r"|exemplaires?"
    r"|respectueu\w*|satisfaisante?s?|ecologiques?|doux|douces)\b"
    r"|\b(?:partie?|part|quantite|proportion|nombre)s? (?:significati\w+|importante?s?|raisonnables?|suffisante?s?"
    r"|notables?)"
    r"|\bbien gerees?\b|\b(?:faible|moindre)s? (?:impact|empreinte|incidence)"
)
_CHECKED: Final = re.compile(
    r"\d|\b(?:au moins|moitie|tiers|quart|deux|trois|quatre|cinq|six|dix|vingt|une? seule?s?|aucune?s?|attest\w*"
    r"|certifi\w*"
    r"|factur\w*|releves?|bordereaux?|registres?|justifi\w*|(?<!fait )(?<!font )preuves?|fiches?|pesees?|rapports?"
    r"|compteurs?|ecolabel\w*"
    r"|label\w*|identifie\w*|signale\w*|pictogrammes?|tickets?|bilans?|tableaux?|a defaut|sinon|a chaque"
    r"|chaque (?:jour|semaine|mois|annee|livraison))\b"
)
_WISH: Final = re.compile(
    r"\b(?:aimerait|aimeraient|souhaiterait|apprecierait|espere|attend du (?:titulaire|prestataire))\b[^.;]{0,80}"
    rf"\b{_SUBJECT}"
)
_ELSE: Final = re.compile(
    r"\b(?:securite|pietons|circulation|fonctionnement|interpretes?|horaires|accueil|confidential\w+|accessibilite"
    r"|ponctualite"
    r"|courtoisie|esthetique|proprete|hygiene|discretion|coordination|delais|continuite)\b"
)


PRAISE_OR_EFFORT: Final = re.compile(
    r"\b(?:mettr?a?|mettent|met|mette) tout en oe?uvre\b|\bs'inscri\w+ dans une demarche\b"
    r"|\bs'engage dans une demarche\b|\bsensibles? a l'environnement"
    r"|\bau strict (?:necessaire|minimum)\b|\boptimis(?:er|era|ent|e)\b|\bautant que de besoin\b"
    r"|\best souhaitable\b|\bdans une logique de\b"
    r"|\bveille(?:ra|ront|nt)?\s+(?:au respect|a respecter|a limiter|a reduire)\b|\bproduits? (?:verts?|ecologiques"
    r"|propres)\b(?=[^.;]{0,160}\b(?:utilis|livr|fourni|employ))"
)


def hedges(plain: str) -> tuple[int, int] | None:
    """The soft words of a promise about the environment, when nothing in it can be checked."""
    soft = _SOFT.search(plain)
    if soft is None or _CHECKED.search(plain) or not _ABOUT.search(plain) or is_about_else(plain):
        return None
    return soft.span()


def wishes(plain: str) -> tuple[int, int] | None:
    """« La commune aimerait que le prestataire gaspille moins »: a wish put to the firm."""
    found = _WISH.search(plain)
    return found.span() if found and not _CHECKED.search(plain) else None


def is_about_else(plain: str) -> bool:
    """Safety, good running, opening hours: no promise about the environment, unless it names it."""
    return _ELSE.search(plain) is not None and _ABOUT.search(plain) is None


def is_checked(plain: str, at: int) -> bool:
    """« privilégie les produits de saison : quatre légumes sur cinq »: the measure follows a colon."""
    _, colon, after = plain[at:].partition(":")
    return colon != "" and _CHECKED.search(after) is not None
