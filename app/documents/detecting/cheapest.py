"""The price alone decides: « critère unique », « le moins cher », « rien d’autre que le prix »."""

import re
from typing import Final

_PRICE: Final = (
    r"(?:prix|montants?|tarifs?|taux horaires?|devis|offres? financieres?|primes?|loyers?|honoraires|remises?|rabais"
    r"|couts? (?:d'achat|d'acquisition|de la prestation|propose)|bordereaux? de prix|valeur financiere)"
)
_ALONE: Final = re.compile(
    rf"\b(?:seule?s?|unique\w*|exclusi\w+|uniquement|seulement|rien que)\b[^.;]{{0,60}}?\b{_PRICE}\b"
    rf"|\b{_PRICE}\b[^.;]{{0,50}}?\b(?:seule?s?|unique|exclusi\w+|uniquement|seulement)\b"
    rf"|\b(?:que|qu'au|qu'a)\s+(?:du |le |sur le |au |en fonction du |par le )?{_PRICE}\b"
    rf"|\b{_PRICE}\b[^.;:|]{{0,25}}(?::|\||\()?\s*(?:pondere a )?100\s*(?:%|points|/\s*100)"
    rf"|\b{_PRICE}\b[^.;]{{0,25}}\bpour la totalite\b|\bordre croissant d(?:es?|u) {_PRICE}\b"
    rf"|\bautres?\b[^.;]{{0,30}}\bque (?:celui d[eu] |celle d[eu] |le |la |les )?{_PRICE}\b"
    rf"|\bmieux[- ]disante? financi\w+"
)
_NEGATED_ONLY: Final = re.compile(r"\b(?:n'est|ne)\b[^.;]{0,40}\b(?:que|qu')")
_CHEAPEST: Final = re.compile(
    rf"\bmoins[- ](?:disante?s?|cher\w*|elevee?s?|couteu\w+|onereu\w+)|\b(?:plus bas|plus basse|plus faible"
    rf"|plus economique|plus avantageux)\b|\bmeilleurs? {_PRICE}|\bmoindre (?:cout|prix)"
    rf"|\b{_PRICE}\b[^.;]{{0,30}}\b(?:le|les|la) plus (?:bas|faible|bass)\w*"
)
_AWARDS: Final = re.compile(
    r"\b(?:attribu\w*|retenu\w*|retient|choi[xs]\w*|confi\w*|remport\w*|titulaire|devolu\w*|class\w*|juge\w*"
    r"|jugement|designe\w*|departag\w*|ira a|va a|emport\w*|adjuge\w*|selectionn\w*|obtien\w*|laureat|decid\w*"
    r"|apprecie\w*|note\w*|compar\w*|critere\w*|consideration|apprecia\w*|element\w*|revien\w*|reviendra|totalite"
    r"|examine\w*|tenu compte|pris en (?:compte"
    r"|consideration))\b"
)
_NO_OTHER: Final = re.compile(r"\b(?:sans|aucun|aucune|nul|hors)\b[^.;]{0,20}\b(?:autre|supplementaire)s?\b[^.;]{0,25}")
_FINE: Final = re.compile(
    r"\begalite\b|\bex[- ]aequo|\bcout (?:global|total|complet|du cycle)|\bcycle de vie\b|\bformule\b|\bnote\s*="
    r"|\bx\s*\(|\bn'est pas (?:le |la |l')?(?:seul|unique)|\bne (?:sera|peut|saurait)[^.;]{0,25}(?:pas|seul)"
    r"|\bpas (?:seulement|uniquement)|\banormalement bas\w*|\bsur (?:dix|vingt|trente|\d+) ans\b|\binterdi\w*"
    r"|\bprix (?:unitaires?|forfaitaires?) (?:seul|unique)|\bnote (?:maximale|du prix|prix)|\bprix uniques?\b(?! d)"
    r"|\battribuee? (?:a|au) (?:l'offre )?(?:la |le )?(?:mieux|economiquement)|\bla note\b|\bseuls? les? (?:lots?"
    r"|candidats?)|\bn'est plus\b|\bseule?s? (?:documents?|pieces?)\b|\bseule?s? a (?:figurer|etre)\b|\brevis\w*"
    r"|\bactualis\w*|\bpenalit\w*|\bbordereau\w* (?:est|sont) seul"
)


def price_alone(plain: str, *, judged: bool) -> tuple[int, int] | None:
    """Nothing but the price is looked at. `judged`: an article on how offers are judged."""
    if _FINE.search(plain):
        return None
    alone = _ALONE.search(plain)
    if (
        alone
        and (judged or _AWARDS.search(plain))
        and not re.search(r"\b(?:qualite|technique|delais?|environnement\w*) ?[:(,\d]", plain)
    ):
        return alone.span()
    cheap = _CHEAPEST.search(plain)
    if cheap and (_AWARDS.search(plain) or _NO_OTHER.search(plain)):
        return cheap.span()
    return None
