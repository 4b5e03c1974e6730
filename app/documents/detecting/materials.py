"""A matter that is imposed: « est en chêne », « plateau en stratifié », « Matériau : acier laqué »."""

import re
from typing import Final

from app.documents.detecting.names import EQUIVALENT, Span

_WOODS: Final = (
    "chene|hetre|sapin|meleze|cedre|robinier|acacia|chataignier|frene|epicea|teck|douglas|pin|erable"
    "|noyer|bouleau|peuplier|orme|tilleul|merisier|iroko|ipe|okoume|red cedar|bambou|rotin|osier|liege"
)
_MATERIAL: Final = re.compile(
    rf"\b(?:en|est de la|est du|est de l'|sont de la|sont du|sont des)\s+(?:bois (?:de |d'|massif|exotique|certifie"
    rf"|naturel)?\s?)?(?:(?:{_WOODS})|bois|granit|gres|marbre|calcaire|basalte|ardoise|terre cuite|brique|platre"
    r"|acier(?! inox)|aluminium|alu|zinc|cuivre|laiton|tole|treillis|fonte|fer forge|metal|inox|porcelaine|faience"
    r"|papier kraft|kraft|pvc|polyethylene|pehd|polypropylene"
    r"|polyester|polyamide|polycarbonate|composite|resine|fibre de verre|polystyrene|aggloere|agglomere|laiton|osb"
    r"|paille|beton"
    r"|coton|laine|lin|chanvre|soie|cuir|feutre|jute|velours|caoutchouc|stratifie|melamine|contreplaque|medium|mdf)\b"
)
_MADE_OF: Final = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|realisee?s?|fabriquee?s?|executee?s?|constituee?s?|prevue?s?|faite?s?"
    r"|livree?s?|tout|toute|entierement|exclusivement|uniquement|obligatoirement)\s+(?:[a-z'-]+\s+){0,3}?$"
)
_NOT_IMPOSED: Final = re.compile(
    r"\bexistant\w*|\bconserve\w*|\bdepos\w*|\bactuel\w*|\ben place\b|\bdechets?\b|\btri\w*\b|\bcollectee?s?\b"
    r"|\bcollecter\b"
    r"|\bou (?:en|dans un|dans une|tout)\b|,\s*en [a-z]+ ou\b|\brecycler\b|\bvaloris\w*"
    r"|\breemploi\b|\bpar exemple\b|\bau choix\b|\bconsign\w*|\bissu\w* de forets|\bemballages?\b|\bcotation"
)
# What replaces plastic at table, or is plastic at table (another finding): not a matter imposed for itself.
_TABLEWARE: Final = re.compile(r"\b(?:vaisselle|couverts|assiettes?|verres|gobelets|bols|barquettes?|bacs?|plats)\b")
_FOOD_SAFE: Final = re.compile(r"\b(?:inox|porcelaine|faience|polystyrene)\b")
# « Structure en acier. », « plateau en stratifié »: what is supplied, without its verb or as a part.
_NOUN: Final = re.compile(r"^\W*(?:[-•]\s*)?(?:(?:le|la|les|un|une|des|l'|d')\s?)?(?:[a-z'-]+\s){1,3}$")
_REST: Final = re.compile(
    r"^(?![^.;]*\b(?:est|sont|sera|seront|a|ont|doi\w+|peu\w+|[a-z]+(?<!m)ent|repris\w*|ou)\b)[^.;]{0,40}[.;]?\s*$"
)
_PART: Final = re.compile(
    r"\b(?:ont|a|comporte\w*|comprend|comprennent|avec|dotee?s? d'|munie?s? d'|dispos\w+ d'|recoi\w+|presente\w*"
    r"|avoir|etre"
    r"|confectionn\w+|construite?s?|composee?s? d[e']|fourni\w*|demand\w+)(?:\s|(?<='))"
    r"(?:(?:une?|des|de|le|la|les)\s|d')?(?:[a-z'-]+\s){0,3}$"
)


def _is_of(plain: str, match: re.Match[str]) -> bool:
    start = max(plain.rfind(". ", 0, match.start()), plain.rfind("; ", 0, match.start())) + 1
    before, after = plain[start : match.start()], plain[match.end() :]
    if not match[0].startswith("en "):
        return False
    return _PART.search(before) is not None or (_NOUN.match(before) is not None and _REST.match(after) is not None)


# « Matériau : hêtre massif », « composé de pavés de grès »: told without « en ».
_NAMED: Final = re.compile(
    rf"\b(?:materiaux?|matieres?|essences?)\s*[:|]\s*(?:{_WOODS}|bois|acier|aluminium|pvc|granit|inox|stratifie"
    rf"|polyester|coton|metal|beton)"
    rf"|^\W*(?:{_WOODS}|bois|acier|granit|stratifie) (?:massif|verni|lamelle|laque|galvanise|hpl"
    rf"|naturel)\w*\b(?=[^.;]{{0,30}}$)"
    rf"|\b(?:composee?s?|constituee?s?|faite?s?) (?:de |d')(?:[a-z]+ (?:de |d'|en ))?(?:{_WOODS}|granit|gres"
    rf"|marbre|acier|beton"
    r"|aluminium|pvc|fonte|treillis)\b|\btreillis (?:metallique )?soude\b|\btole d'acier\b"
)
_BIO: Final = re.compile(r"\ben (?:coton|laine|lin|chanvre) (?:biologique|recycle|bio)\b")


def material_words(plain: str) -> Span | None:
    """A thing must be of that matter: « est en chêne », whatever its performance."""
    for match in _MATERIAL.finditer(plain):
        sentence_start = max(plain.rfind(". ", 0, match.start()), plain.rfind("; ", 0, match.start())) + 1
        before, around = plain[sentence_start : match.start()], plain[sentence_start : match.end() + 40]
        if EQUIVALENT.search(plain) or _NOT_IMPOSED.search(around) or _BIO.match(plain, match.start()):
            continue
        if re.search(r"\b(?:aucun\w*|interdi\w*|pas|sans|ni)\b", before) or re.match(
            r"[^.;]{0,30}\b(?:interdi|proscri|exclu)", plain[match.end() :]
        ):
            continue
        if re.search(
            r"\b(?:acier|aluminium|verre|papier|plastique|carton|polyester) recycle",
            match[0] + plain[match.end() : match.end() + 9],
        ):
            continue
        if _TABLEWARE.search(before) and _FOOD_SAFE.search(match[0]):
            continue
        if _MADE_OF.search(before) or _is_of(plain, match) or not match[0].startswith("en "):
            return match.span()
    named = _NAMED.search(plain)
    fine = (
        EQUIVALENT.search(plain) or _NOT_IMPOSED.search(plain) or re.search(r"\b(?:aucun\w*|interdi\w*|pas)\b", plain)
    )
    return named.span() if named and not fine else None
