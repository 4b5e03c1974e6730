"""Words that bind to nothing: hedges, praise without a figure, the law said again, the firm's own virtues."""

import re
from typing import Final

from app.documents.detecting.witness import probability

# The firm is left the judge of what it does.
_HEDGE: Final = re.compile(
    r"\b(?:se montr\w+|reste\w*|est|sont|sera|seront) (?:tres |particulierement )?(?:attentif|attentive|sensible"
    r"|vigilant|soucieu[xs])\w*\b|\ble moins d'impact|\b(?:dans le |le |au )respect (?:de l'|de la )(?:environnement"
    r"|nature|planete)|\brespect\w+ (?:l'environnement|la nature|la planete)|\bau maximum\b|\bau minimum\b(?! \d)"
    r"|\b(?:est|sont) attendue?s?\b|\b(?:plus|davantage) (?:saine?|naturel|propre|verte?|durable|responsable"
    r"|ecologique)\w*"
    r"|\b(?:lorsque|quand|si|des lors que|la ou|autant que|chaque fois que) (?:cela |c'|ce )?(?:est |semble |parait "
    r"|lui est )?"
    r"(?:techniquement |economiquement |raisonnablement )?(?:possible|envisageable|faisable|realisable|necessaire"
    r"|souhaitable|opportun|pertinent)s?\b"
    r"|\b(?:si|lorsque) (?:les conditions|les circonstances|l'occasion|le contexte|le marche|le chantier)\b"
    r"|\bdans (?:la|les) limites? du (?:raisonnable|possible)|\bdans la mesure (?:de ses moyens|ou cela"
    r"|du raisonnable)"
    r"|\ble cas echeant\b|\b(?:lorsque|quand|des que|si) c'est (?:\w+ )?possible|\bdans la limite du possible"
    r"|\bmet(?:tra|tent|tront)? en oe?uvre une (?:demarche|politique|approche|logique)|\battention particuliere\b"
    r"|\bprend(?:ra|nent|ront)? (?:toutes? (?:les )?|les )?(?:dispositions|mesures"
    r"|precautions)(?: \w+){0,2} (?:pour|afin|en vue)"
    r"|\b(?:de maniere|de facon|un usage|une gestion|un emploi) (?:raisonne|responsable|durable|respectueu|econome"
    r"|vertueu)\w*"
    r"|\b(?:souhaite|entend|propose) (?:limiter|reduire|favoriser)|\bcherch\w+ a\b|\bincite\w* a\b"
    r"|\ble plus (?:souvent )?possible\b|\ble moins (?:souvent )?possible\b|\bau (?:maximum"
    r"|minimum) de ses (?:moyens|possibilites)"
    r"|\bautant (?:que|qu'il|qu'elle) |\bdans toute la mesure\b|\bselon ses possibilites|\bde son mieux\b"
    r"|\bau mieux\b"
    r"|\b(?:est|sont|sera|seront|serait|seraient) (?:vivement |fortement )?(?:invite|encourage|incite|sensibilise"
    r"|souhaite"
    r"|recommande|conseille|apprecie|bienvenu)e?s?\b"
    r"|\bs?'?(?:essaie|essaye|essaiera|essayera|tente(?:ra|nt)? de|tache(?:ra|nt)? (?:de|d')|cherche|cherchera"
    r"|vise(?:ra|nt)? (?:a|la|le|un|une|l')|tend"
    r"|tendra|ambitionne"
    r"|aspire|s'attache|s'attachera|s'emploie|s'emploiera|s'efforc\w+|(?<!en )veille(?:ra|nt|ront)? (?:a|au|aux)"
    r"|se preoccup\w+|se soucie\w*|prend soin"
    r"|porte une attention|prete attention|est attentif|est attentive|sont attentifs)\b(?! (?:contradictoire"
    r"|personnel))"
    r"|\b(?:fait|font|fera|feront) (?:tout )?(?:son|leur) possible|\baussi [^.;]{2,50} que possible|\b(?:contribue"
    r"|participe|oeuvre|ouvre|concour|s'investi|recherche|agi)\w* (?:a|au|aux|pour|en faveur|la|le|les) "
    r"|\b(?:prend|prennent|prise) en compte (?:de )?l'environnement|\bintegr\w+ (?:le developpement durable"
    r"|l'environnement|les enjeux)|\b(?:encourag|incit|sensibilis)\w+\b"
    r"|\b(?:a|ont|avec|par) (?:le )?souci\b|\b(?:fait|font) des efforts|\bapproche (?:raisonnee|responsable|durable)"
    r"|\bsauf (?:impossibilite|contrainte|difficulte)|\b(?:pourra|pourront|peut|peuvent) proposer\b"
    r"|\b(?:privilegi|favoris)ee?s?\b|\bimpact (?:\w+ )?(?:limite|reduit|faible|minime|moindre)"
    r"|\bbon bilan (?:ecologique|carbone|environnemental)"
    r"|\bsi possible\b|\bdans (?:toute )?la mesure du possible\b|\bautant que possible\b"
    r"|\bde preference\b|\bpreferera\b|\bprefere(?:ra|nt|ntiellement)?\b|\bpreferentiellement\b"
    r"|\bautant que faire se peut\b"
    r"|\bavec le souci\b|\bsoucieu[xs]e?s?\b|\bdans (?:un|le) souci\b|\bdans un esprit\b|\bdans une (?:demarche"
    r"|logique|optique|perspective)\b"
    r"|\b(?:mene|menent|adopt\w+|engag\w+|conduit|promeu\w+|suit|inscri\w+) (?:dans )?une (?:demarche|approche"
    r"|politique|conduite|attitude)\b"
)
_PRAISE: Final = re.compile(
    r"\b(?:eco-?responsables?|eco-?citoyen\w*|eco-?concu\w* au mieux|eco-?friendly|green|vertueu(?:x|se|ses)"
    r"|exemplaires?"
    r"|ecologiques?|ecologiquement \w+|(?<=produits )(?:plus )?verts?\b|(?<=solutions )(?:plus )?vertes?\b"
    r"|(?<=energie )verte\b|(?<=materiaux )verts\b|propres? et sobres?|citoyen(?:ne)?s?"
    r""
    r"|ethiques?|naturel(?:le)?s?|saine?s?|non polluant(?:e)?s?|peu polluant(?:e)?s?|moins polluant(?:e)?s?"
    r"|peu energivores?"
    r"|peu gourmand(?:e)?s?|peu emissi\w+|moins emissi\w+|bas carbone|faible(?:s)? emissions?"
    r"|faible (?:impact|empreinte) \w+|(?<=vehicules )propres|faible(?:s)? (?:impact|empreinte|consommation)"
    r"|moindre (?:impact|empreinte)"
    r"|impact (?:reduit|limite|minime)"
    r"|respectueu(?:x|se|ses) de|(?:consomm\w+) (?:peu|le moins)|sobres? en \w+|doux pour"
    r"|amis? de)\b"
)
_BE: Final = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|reste|restent|doi(?:t|vent) etre|utilis\w+|emploi\w+|propos\w+|livr\w+"
    r"|fourni\w*"
    r"|adopt\w+|mene\w*|prefer\w+|choisi\w*|recour\w+|privilegi\w+|mis(?:e|es)? en oeuvre|fait preuve|font preuve|a "
    r"|ont )\b"
)
_LESS: Final = re.compile(
    r"\b(?:limit|reduir|redui|diminu|minimis|maitris|evit|prevenir|prevenant|attenu|optimis|rationalis|amelior)\w*\b"
    r"[^.;]{0,60}\b(?:dechets?|emissions?|impacts?|nuisances?|pollutions?|consommations?|empreinte|gaspillages?"
    r"|deplacements?"
    r"|tournees?|emballages?|rejets?|trajets?|kilometr\w+|ressources?|energie|eau|papier|carburant)\b"
    r"|\b(?:tournees?|deplacements?|consommations?|emballages?|trajets?|livraisons?|dechets?)\b[^.;]{0,20}\b(?:sont"
    r"|est|seront|sera|reste|restent)\s"
    r"(?:\w+ )?(?:optimis|limit|redui|minimis|rationalis|maitris|mutualis)\w*"
)
# « adopte un comportement responsable », « a une conduite exemplaire », « fait preuve d'une attitude citoyenne ».
_CONDUCT: Final = re.compile(
    r"\b(?:comportements?|conduite|attitudes?|demarches?|posture|etat d'esprit|pratiques?|gestes?|usages?|reflexes?"
    r"|manieres?|facons?|sens)"
    r"\b[^.;]{0,50}?\b(?:responsables?|exemplaires?|citoyen(?:ne)?s?|durables?|vertueu\w+|respectueu\w+|ecologi\w+"
    r"|eco-?\w+|raisonnables?|raisonnee?s?|sobres?|adaptee?s?|econom\w+|irreprochables?|soigneu\w+)\b"
)
_LITTLE: Final = re.compile(
    r"\b(?:consomm|rejett|rejet|produi|emett|genere|pollu|utilis|demand|gaspill)\w*\s+(?:tres |le )?(?:peu|moins)\b"
    r"|\b(?:peu|moins|faiblement) (?:de |d')?(?:energivores?|gourmand\w*|consommat\w+|pollu\w+|emiss\w+|bruyante?s?"
    r"|emballages?|dechets|polluants?)"
)
# What makes a promise checkable after all: a figure, a share, a proof.
_CHECKED: Final = re.compile(
    r"\d|\b(?:au moins|minimum|moitie|tiers|quart|attest\w*|certifi\w*|factur\w*|releve\w*|bordereaux?|registres?"
    r"|justifi\w*"
    r"|preuves?|fiches?|pesees?|rapports?|compteurs?|ecolabel\w*|label\w*|fiche)\b"
)
_LISTED_WORD: Final = re.compile(
    r"\b(?:premier|second|dernier|chaque|seul|par|un|une|deux|trois|quatre|\d+|l') ?exemplaires?\b"
    r"|\bespaces? verts?\b|\b(?:aspect|bois|teinte|couleur|vernis|materiau|caoutchouc|pierre|port|fibre)s? naturel\w*"
    r"|\bdechets? verts?\b|\btrames? vertes?\b|\bplans? verts?\b|\bbois (?:vert|naturel)\b"
    r"|\btoitures? vegeta"
    r"|\bcouleurs?\b|\bral\b|\bteintes?\b|\bresponsables? (?:du|de|des|d'|technique|qualite|securite)\b"
    r"|\bproduits? durables?\b(?=[^.;]*\bpart\b)"
    r"|\bgestion durable\b|\bgere\w* durablement|\bdeveloppement durable\b|\bpeche durable|\bagriculture\b"
    r"|\bsol naturel|\bgaz naturel"
    r"|\bcaoutchouc naturel|\blumiere naturelle|\bventilation naturelle|\bdurables? (?:au|dans)\b|\bcivilement\b"
    r"|\bseule? responsable"
    r"|\b(?:demeure|reste|est) (?:seul )?responsable\b"
)


_NUMBERED: Final = re.compile(r"^\W*(?:[a-h]\.? ?)?\d+(?:\.\d+)*[.)]?\s+")


def vague_words(plain: str, *, green: bool) -> tuple[int, int] | None:
    """Where a promise about the environment hides from any check; None when it can be checked."""
    if _CHECKED.search(_NUMBERED.sub("", plain)):
        return None
    green = green or GREENISH.search(plain) is not None
    hedge = _HEDGE.search(plain)
    if hedge and green:
        return hedge.span()
    found = _LITTLE.search(plain) or (_CONDUCT.search(plain) if green else None)
    if found:
        return found.span()
    be = _BE.search(plain)
    praise = _PRAISE.search(_LISTED_WORD.sub(lambda m: " " * len(m[0]), plain), be.end() if be else 0)
    if praise and be and (green or _ON_ITS_OWN.search(plain)):
        return praise.span()
    less = _LESS.search(plain)
    return less.span() if less and green and len(plain.split()) < _SHORT else None


_SURE: Final = 0.75
_SENTENCE: Final = 4


def reads_vague(plain: str) -> tuple[int, int] | None:
    """The whole passage, when its words are those of promises that bind to nothing, whatever the pattern."""
    if (
        len(plain.split()) < _SENTENCE
        or _CHECKED.search(_NUMBERED.sub("", plain))
        or probability("vague", plain) < _SURE
    ):
        return None
    return 0, len(plain)


GREENISH: Final = re.compile(
    r"\b(?:impact|empreinte|nature|naturel|saine?s?|trajets?|deplacements?|dechets?|energie|eteind\w*|radiateurs?"
    r"|emissions?|pollu\w+|nuisances?|ecolog\w*|planete|reemploi|recycl\w*"
    r"|faune|flore|vehicules|engins|ressources?|biodiversite|carbone|climat|gaspill\w*|plastiques?"
    r"|emballages?|consommations?|usage futur|javel"
    r"|chimiques?|seconde vie|eco-?\w+|bruits?|fumees|eau|carburant|papier|energies?)\b"
    r"|\b(?:preserv|proteg)\w+ [^.;]{0,25}\b(?:arbres?|sols?|racines|haies|milieux|especes)\b"
)
_SHORT: Final = 16
_ON_ITS_OWN: Final = re.compile(
    r"\b(?:ecolog|eco-?|vertueu|verts?\b|vertes?\b|polluant|energivore|planete|citoyen|green)\w*"
    r"|\bproduits? (?:verts?|propres|naturels)|\bemissi\w+|\bvehicules?\b[^.;]{0,30}\bpropres?\b"
)

_ABIDES: Final = re.compile(
    r"\b(?:respect\w*|conform\w*|appliqu\w*|applicables?|soumis\w*|obei\w*|repond\w*|observ\w*|se plie\w*|s'impos\w*"
    r"|s'appliqu\w*|suiv\w*|satisf\w*|tenue?s? (?:de|d'|au)"
    r"|dans le cadre|en application|selon|suivant|en accord|en regle|connaitre|au regard|dans le respect"
    r"|reglementairement|veille\w*)\b"
)
_LAW: Final = re.compile(
    r"\b(?:reglementations?|legislations?|lois?\b|codes? d[eu]|decrets?|arretes?|textes?\b|reglements?\b"
    r"|dispositions|prescriptions|regles?"
    r"|obligations? (?:legale|reglementaire)s?|hierarchie legale|normes? et reglements|agec\b|egalim\b|reen\b"
    r"|l\. ?\d{3,4}-\d|directives?)"
)
_IN_FORCE: Final = re.compile(
    r"\bapplicables?\b|\ben vigueur\b|\ba la loi\b|\blegale?s?\b|\breglementaire\w*|\b(?:reglementation|legislation"
    r"|lois?|codes?|agec|egalim|reen|textes|decret|regles)\b"
)
_OUR_SUBJECT: Final = re.compile(
    r"\bdechet|\bemballage|\benvironn|\bhuiles|\bdeee\b|\belectrique|\brecycl|\breemplo|\bl\. ?2172-5|\b230-5-1"
    r"|\bflux\b|\begalim|\bagec\b"
    r"|\bplastique|\bemission|\bpolluant|\bbiodechet|\beco-?contribution|\beco-?participation|\bbrul|\brejets?\b"
    r"|\bphytosanitaire|\bbiocide|\bmarquage"
    r"|\bdangereu|\bfin de vie|\breprise|\bdurable|\bgaspillage|\benerg|\bdenrees|\breen\b|\bfluides? frigorigenes?"
    r"|\bdemolition|\bamiante|\bpollution"
    r"|\bdepots?\b|\bnature\b|\bsubstances?|\bpeinture|\bvalorisation|\belimin"
)
_OWN: Final = re.compile(
    r"\b(?:travail|rgpd|donnees personnelles|securite sociale|hygiene|sanitaire|securite incendie|accessibilite"
    r"|comptab|fiscal\w*|social\w*)\b"
)
_ADDS: Final = re.compile(
    r"\b(?:attest\w*|certificat\w*|factur\w*|releves?|bordereaux?|justifi\w*|rapports?|bilans?|registres?"
    r"|photograph\w*|tickets?|pesees?"
    r"|fiches?|tableaux?|remet\w*|remis|remise|transmet\w*|transmis\w*|mesur\w*|penalit\w*|joint\w*|agrement"
    r"|declarations?|agree?e?s?|marquage ce"
    r"|au moins|chaque|tous les|controle\w*|par (?:an|mois|jour|semaine))\b"
)
_REFERENCE: Final = re.compile(
    r"\bn°\s*[\d-]+|\b(?:loi|decret|arrete|ordonnance|directive|reglement)s?\s*(?:\(ue\)\s*)?[\d/-]+|\b(?:du"
    r"|le) (?:1er|\d{1,2}) [a-z]+ \d{4}"
    r"|\b[lrd]\. ?[\d.-]+(?: a [lrd]\. ?[\d.-]+)?|\barticles? [\d., eta-]+|\b(?:19|20)\d\d(?:-\d+)?"
    r"|^\W*\d+(?:\.\d+)*\.?\s"
)


_ALL_LAWS: Final = re.compile(
    r"\b(?:toutes? les|tous les|l'ensemble des|chacune? des) (?:lois|reglements?|textes|normes|dispositions"
    r"|prescriptions|regles|obligations)\b"
)


def only_restates(plain: str) -> bool:
    """The law applies, and nothing else: no figure, no deadline, no proof of the contract's own."""
    if not (_ABIDES.search(plain) and _LAW.search(plain) and _IN_FORCE.search(plain) and _OUR_SUBJECT.search(plain)):
        return False
    own = _REFERENCE.sub(" ", _ALL_LAWS.sub(" ", plain))
    return not (re.search(r"\d", own) or _ADDS.search(own) or _OWN.search(own))


_BONUS: Final = re.compile(
    r"\bbonus[- ]?reparation\b|\bbonus (?:de la |pour la |a la )?reparation\b|\bfonds?[- ]?reparation\b"
    r"|\bfonds (?:de|pour la) reparation\b"
)
_BONUS_FINE: Final = re.compile(
    r"\b(?:ne|n')\s?(?:[a-z']+\s+){0,4}?(?:pas|aucun\w*|ni|jamais)\b|\b(?:habitants?|menages?|particuliers?|usagers?"
    r"|consommateurs?|familles?|administres)\b"
    r"|\bpersonne physique|\bexclu\w*|\breserve\w* aux\b|\bhors bonus|\bsans (?:le )?bonus|\baucun bonus"
    r"|\binforme\w*\b"
)


def speaks_of_bonus(plain: str) -> bool:
    return _BONUS.search(plain) is not None


def counts_on_bonus(plain: str) -> tuple[int, int] | None:
    """The repair bonus, counted on by somebody who is not a household."""
    match = _BONUS.search(plain)
    return match.span() if match and not _BONUS_FINE.search(plain) else None


_BUYER: Final = re.compile(
    r"\b(?:la|une) (?:commune|ville|collectivite|region|metropole|communaute|personne publique)\b|\b(?:le"
    r"|un) (?:departement|pouvoir adjudicateur"
    r"|syndicat|maitre d'ouvrage|ccas)\b|\bl'(?:acheteur|administration|agglomeration|etablissement|universite"
    r"|office)\b"
)
FIRM: Final = re.compile(
    r"\b(?:titulaires?|prestataires?|candidats?|soumissionnaires?|fournisseurs?|entreprises?|entrepreneurs?"
    r"|societes?|attributaires?)\b"
)


def buyer_speaks(plain: str) -> bool:
    """« La commune souhaite favoriser… »: an intention of the buyer asks nothing of the firm."""
    if re.search(r"\b(?:demande|exige|impose|requiert|veut)\b (?:que|qu'|a ce que)", plain):
        return False
    return FIRM.search(plain) is None and any(
        _WHERE.search(plain, 0, match.start()) is None for match in _BUYER.finditer(plain)
    )


# « les producteurs de la communauté », « dans la ville »: the place, not who speaks.
_WHERE: Final = re.compile(
    r"\b(?:(?:installe|implante|situe|etabli|base)\w*|producteurs?|artisans?|traiteurs?|associations?"
    r"|commercants?|agriculteurs?"
    r"|fabriquee?s?|produite?s?|cultivee?s?|elevee?s?|solidaire|atelier|ateliers)"
    r" (?:(?:dans|sur|de|du|en|a) ?)?$"
)
