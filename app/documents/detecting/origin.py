"""Where a product comes from or a firm stands, asked or rewarded: an origin verb or a supplier, and a place."""

import re
from typing import Final

_PLACE_NOUN: Final = (
    r"(?:region|departement|canton|communes?|territoire|agglomeration|metropole|bassin (?:de vie|d'emploi)|pays"
    r"|arrondissement"
    r"|communaute (?:de communes|d'agglomeration|urbaine)|ville|village|massif|vallee|secteur|alentours?|environs"
    r"|terroir|perimetre|littoral|syndicat"
    r"|intercommunalite|quartier|pays voisin|france|hexagone)"
)
_PLACE: Final = re.compile(
    rf"\b(?:(?:de|du|dans|sur|en|a|au)\s+)?(?:(?:la|le|les|l'|cette|ce|un|une|son|notre)\s?)?\b{_PLACE_NOUN}\b"
    r"|\blimitrophes?\b|\bavoisinante?s?\b|\bvoisine?s?\b|\bde proximite\b|\bproches?\b"
)
_LOCAL: Final = re.compile(
    r"\b(?:local|locale|locaux|locales|regional|regionale|regionaux|regionales|departementa(?:l|le|ux|les)"
    r"|francaise?s?|nationa(?:l|le|ux|les)"
    r"|cantonal\w*|communal\w*|hexagona\w+|bretonne?s?|normande?s?|alsacienne?s?|auvergnat\w*|savoyard\w*|corses?"
    r"|basques?)\b"
)
_SUPPLIER: Final = (
    r"(?:entreprises?|producteurs?|productrices?|fournisseurs?|prestataires?|artisans?|exploitations?|agriculteurs?"
    r"|eleveurs?|maraichers?"
    r"|fabricants?|societes?|pme|tpe|sous-traitants?|ateliers?|commercants?|operateurs?|distributeurs?|pepinieres?"
    r"|pepinieristes?|carrieres?"
    r"|traiteurs?|garages?|grossistes?|laiteries?|blanchisseries?|imprimeurs?|imprimeries?|boulangers?|boucher\w*"
    r"|apiculteurs?|architectes?"
    r"|cabinets?|scieries?|abattoirs?|usines?|conserveries?|brasseurs?|horticulteurs?|candidats?|titulaires?"
    r"|soumissionnaires?|associations?"
    r"|agences?|siege|antennes?(?! rad)|structures?|main-d'oe?uvre|personnels? d'insertion)"
)
_GOODS: Final = (
    r"(?:produits?|denrees?|aliments?|legumes?|fruits?|viandes?|laits?|pains?|poissons?|fromages?|oeufs|miel|vins?"
    r"|bieres?|bois|pierres?|materiaux?"
    r"|granulats?|sables?|remblais?|plants?|vegetaux|arbres?|articles?|meubles?|mobiliers?|vetements?|jouets?"
    r"|approvisionnements?|achats|filieres?"
    r"|origines?|provenances?|savoir-faire|emplois?|volailles?|yaourts?|farines?|ressources)"
)
_ORIGIN: Final = re.compile(
    r"\b(?:provien\w*|provenan\w*|issue?s? d|originaires?|d'origine|produite?s? (?:en|dans|sur|par|a)|fabriquee?s?"
    r"|elevee?s?|cultivee?s?|affinee?s?|extrait(?:e?s?)"
    r"|confectionn\w+|transformee?s? (?:en|dans|sur|a)|abattue?s?|nee?s? |vien(?:t|nent) d|achete\w*|recolte\w*"
    r"|pechee?s?|peche|cueilli\w*|mis en bouteille"
    r"|tissee?s?|assemblee?s? (?:en|dans|sur)|imprime\w* (?:en|dans|sur)|s'approvisionn\w+|se fourni\w*|scie\w*"
    r"|origine (?=[a-z]+[.,;]|[a-z]+$)"
    r"|taillee?s? (?:en|dans)|monte\w* en)\b"
)
_STANDS: Final = re.compile(
    r"\b(?:implant|situe|install|etabli|base|domicili|localis|siege|exerc|disposent? d'un|disposant d'un|a son"
    r"|ont leur|tient|presente?s?|possed"
    r"|demeur|sis[e]?s?\b|ouvr\w* un)\w*"
)
_PREFERS: Final = re.compile(
    r"\b(?:priorit\w+|prefer\w+|privilegi\w+|favoris\w+|avantag\w+|bonus|bonifi\w+|points? (?:de plus"
    r"|supplementaires)|note maximale|choisi\w*|retenu\w*"
    r"|invite\w*|attention|recour\w+|majore\w*|valoris\w+|seul(?:e|s|es)?|peuvent soumissionner|reserve\w*|confie\w*"
    r"|fait appel|travaill\w+ avec)\b"
)
_NEAR_FIRM: Final = re.compile(
    rf"\b{_SUPPLIER}\b(?:\s+[a-z'-]+){{0,2}}?\s+(?:du|de la|de l'|des|de cette|de notre|de son|d'un"
    rf"|d'une)\s?{_PLACE_NOUN}\b"
    rf"|\b(?:{_SUPPLIER}|{_GOODS})\b(?:\s+(?!les\b|des\b|et\b|ou\b|aux?\b|qui\b|que\b|sont\b"
    rf"|est\b)[a-z'-]+){{0,2}}?\s+{_LOCAL.pattern[2:]}"
)
_DISTANCE: Final = re.compile(
    r"\b(?:a|dans|sous|de|d'|en)?\s?(?:moins de |plus de |un rayon (?:maximal |maximum )?(?:de |d'environ )?"
    r"|un maximum de )?\d+\s*(?:km|kilometres?)\b(?!\s*/?\s*h)"
)
_CAPITAL_PLACE: Final = re.compile(
    r"\b(?:en|dans le|dans la|dans les|dans l'|dans l’|de|du|d’"
    r"|d')\s?([A-ZÉÎ][a-zéèâîôû]+(?:[- ][A-Zc][a-zéèâîôû]+)*)"
)
_NO_PLACE: Final = re.compile(
    r"Europe|Union|Article|CCTP|CCAP|Lot|Annexe|Ange|Écolabel|Label|Fairtrade|Janvier|Février|Mars|Avril|Mai|Juin"
    r"|Juillet|Août|Septembre|Octobre|Novembre|Décembre"
)
# Where the service goes, or what the buyer owns: not where the firm or the product comes from.
_SERVED: Final = re.compile(
    r"\b(?:livr\w+|interventions?|interven\w+|dessert\w*|tournees?|prestations?|collect\w+|visites?|depos\w+"
    r"|habitants|usagers"
    r"|(?:jeux|bancs|meubles|materiaux|objets|pieces) (?:depos|repos|remont))\b"
)
_LOCAL_FINE: Final = re.compile(
    r"\bvegetal local|\bplans? loca|\bcollectivites? (?:locales?|territoriales?)|\bmission locale|\bpresse (?:locale"
    r"|regionale)|\bimpots? loca|\bautorites? locales"
    r"|\broutes? (?:departementa|nationa|communa)\w+|\blaboratoire departemental|\bconseil (?:regional|departemental"
    r"|municipal|communal)|\bnorme francaise|\ben (?:langue )?francaise?\b"
    r"|\blangue francaise|\bbatiments? (?:communa|departementa)\w+|\bdomaine communal"
    r"|\bparc (?:naturel )?(?:regional|departemental)|\bservices? (?:communa|departementa|municipa)\w+"
    r"|\bechelon local|\bpourvoirs? loca|\bjournal local|\bcode local|\blocaux\b(?! et de saison)|\bdechetteries?\b"
    r"|\bplateforme nationale|\bdroit francais|\btribuna"
)
_BUYER_SAYS: Final = re.compile(
    r"\bn'est pas exigee?|\bn'est (?:ni|pas)\b|\bne (?:sont|peut|constitue|peuvent)\b[^.;]{0,20}\b(?:pas|ni|aucun)\b"
    r"|\baucun\w* [a-z]+ (?:geographique|d'origine)|\bsans condition"
)


# « déposés au siège du syndicat »: where things go.
_AT_THE_SEAT: Final = re.compile(r"\b(?:au|aux) (?:siege|agences?|ateliers?) d[^.;,]{0,30}")


def local_words(text: str, plain: str) -> tuple[int, int] | None:
    """The words that ask for an origin or a presence; None when the place is only served or owned."""
    if _BUYER_SAYS.search(plain):
        return None
    said = _LOCAL_FINE.sub(lambda match: " " * len(match[0]), plain)
    said = _AT_THE_SEAT.sub(" ", said)
    near = _NEAR_FIRM.search(said)
    place = _PLACE.search(said)
    origin, stands = _ORIGIN.search(said), _STANDS.search(said)
    firm = re.search(rf"\b{_SUPPLIER}\b", said)
    if near and (origin or stands or _PREFERS.search(said) or _asked_of(said)):
        return near.span()
    distance = _DISTANCE.search(said)
    if distance and (origin or (firm and stands)) and not _SERVED.search(said):
        return distance.span()
    if (
        firm
        and stands
        and place
        and firm.start() < place.start()
        and not re.search(r"\bsite|\bbatiment|\becole", said[: firm.start()])
    ):
        return stands.start(), max(place.end(), stands.end())
    if origin:
        return _where(text, said, origin)
    return None


def _where(text: str, said: str, origin: re.Match[str]) -> tuple[int, int] | None:
    """The place that follows an origin verb, common noun or name."""
    after = said[origin.end() : origin.end() + 60]
    common = re.match(
        rf"[^.;]{{0,40}}?\b(?:la|le|l'|du|cette|notre|de)\s?{_PLACE_NOUN}\b"
        rf"|[^.;]{{0,25}}?\b{_LOCAL.pattern[2:]}",
        after,
    )
    if common and not re.search(r"\bdechets? verts de\b", after):
        return origin.start(), origin.end() + common.end()
    name = _CAPITAL_PLACE.search(text[max(0, origin.end() - 3) : origin.end() + 40])
    if name and not _NO_PLACE.match(name[1]):
        return origin.start(), min(len(text), max(0, origin.end() - 3) + name.end())
    return None


def _asked_of(said: str) -> bool:
    """Somebody must buy, use or be it."""
    return (
        re.search(
            r"\b(?:fourni\w*|propos\w+|utilis\w+|recour\w+|achet\w+|serv\w+|lou\w+|est|sont|sera|seront|livre\w*)\b",
            said,
        )
        is not None
    )


# « fabriqué par un boulanger de la commune »: the buyer's name is a place here.
_FROM_WHOM: Final = re.compile(
    rf"\b(?:par|chez|aupres d\w*) (?:(?:une?|des|le|la|les) )?{_SUPPLIER}(?: [a-z]+)? (?:de la|du|de l'"
    rf"|d[eu]s?)\s?{_PLACE_NOUN}\b"
)


def says_from_whom(plain: str) -> bool:
    return _FROM_WHOM.search(plain) is not None


_ADJECTIVE: Final = (
    r"(?:breton|normand|alsacien|auvergnat|savoyard|corse|basque|vosgien|jurassien|limousin|provencal|bourguignon"
    r"|francais"
    r"|lorrain|picard|gascon|landais|catalan|berrichon|poitevin|vendeen|angevin|charentais|perigourdin)\w{0,3}"
)
_NEAR_THINGS: Final = re.compile(
    rf"\b(?:est|sont|seront|sera) (?:exclusivement |uniquement )?{_ADJECTIVE}\b"
    r"|\b(?:fermes?|exploitations?|elevages?|vergers?|producteurs?) (?:voisine?s?|alentour|des environs|du coin"
    r"|proches?)\b"
    r"|\b(?:produits?|specialites?|denrees) (?:du|de) terroir (?:local|du|de la)|\bdu terroir local"
    r"|\borigine (?:france|francaise|limousin|bretagne|normandie|auvergne|alsace|savoie|region\w*)\b"
    r"|\b(?:agence|antenne|depot|siege|atelier|etablissement|adresse(?: de representation)?|bureau|implantation|base)\b"
    r"[^.;]{0,40}\b(?:dans|sur|a proximite|a moins)\b[^.;]{0,40}\b(?:secteur|departement|territoire|region|commune"
    r"|canton"
    r"|agglomeration|metropole|rayon|\d+ ?(?:km|kilometres|minutes))\b[^.;]{0,40}\b(?:exige|impose|obligatoire"
    r"|requis|demande)"
    r"|\b(?:doit|doivent|devra|devront) (?:avoir|disposer|justifier|etre)[^.;]{0,30}\b(?:agence|antenne|depot"
    r"|siege|adresse"
    r"|atelier|bureau|etabli|implante|installe)\w*\b[^.;]{0,60}\b(?:secteur|departement|territoire|region|commune"
    r"|canton"
    r"|agglomeration|metropole|rayon)\b"
    r"|\binstallee?s? hors d"
)
# In what is scored: nearness, local jobs, the way from the workshop.
_NEAR_SCORED: Final = re.compile(
    r"\b(?:proximite|implantation|distance|eloignement|presence|ancrage|localisation|kilometrage)\b[^.;]{0,60}"
    r"\b(?:candidat|entreprise|siege|atelier|agence|loca(?:l|le|ux|les)|production|producteurs?|cuisine|chantier"
    r"|geographi\w+|territoria\w+|fournisseurs?|depot|titulaire|soumissionnaire)\b"
    r"|\b(?:economie|tissu|emplois?|retombees|main-d'oe?uvre|entreprises?|fournisseurs?|producteurs?|acteurs)"
    r" (?:\w+ )?loca(?:l|le|ux|les)\b|\bproximite geographique\b"
)
_NOT_NEAR: Final = re.compile(
    r"\bn'est (?:pas|ni)\b|\bne (?:sont|peut|peuvent|constitue)\b|\baucune?\b|\bemissions\b|\bco2\b|\bpenalit"
    r"|\bsites? (?:de|du)"
)


def near_words(plain: str, *, scored: bool) -> tuple[int, int] | None:
    """Nearness asked or rewarded without a verb of origin."""
    if _NOT_NEAR.search(plain):
        return None
    found = _NEAR_THINGS.search(plain) or (_NEAR_SCORED.search(plain) if scored else None)
    return found.span() if found else None
