"""« neuf »: the number nine, what already is new, and what must be supplied new."""

import re
from typing import Final

_BE: Final = re.compile(
    r"\b(?:est|sont|sera|seront|soit|soient|etre|reste|restent|livree?s?|fournie?s?|proposee?s?)\s+"
    r"(?:\w+ment\s+|tous\s+|toutes\s+|bien\s+|a l'etat\s+|et\s+|donc\s+){0,3}$"
)
_SUPPLY: Final = re.compile(
    r"\b(?:fourni\w*|fourniture|livr\w+|achat|achete\w*|acqui\w+|demande\w*|pose\b|propose\w*|prev\w+|lots?\b"
    r"|equip\w+"
    r"|install\w+|commande\w*|remplac\w+ par|comprend|location|loue\w*)\b"
)
_BUILT: Final = re.compile(
    r"\b(?:batiments?|ecoles?|colleges?|constructions?|reseaux?|ouvrages?|quartiers?|immeubles?|poles?|locaux"
    r"|logements?"
    r"|maisons?|salles?|ailes?|extensions?|chaussees?|voiries?|pont|rue)\s+neu"
)
_COMPARED: Final = re.compile(
    r"\b(?:prix|cout|valeur|regard|equivalent|celui|tarif|part)s? d(?:u|e la piece|e l'article"
    r"|e la machine)? ?(?:\w+ )?neu"
    r"|\bpieces? neuves?\b(?=[^.;]*\b(?:devis|regard|propose|remise? en etat|plutot))|\bplutot\b[^.;]{0,40}\bneu"
    r"|\ben regard\b"
    r"|\bavant de (?:poser|acheter|commander|livrer)\b|\bau lieu d|\bpar la (?:ville|commune|collectivite"
    r"|metropole)\b"
    r"|\bpar le (?:departement|syndicat|service)\b|\bremise? a neuf|\b(?:la|le)s? (?:\w+ )?neu(?:f|ve)s? (?:est"
    r"|sont) "
    r"(?:remplac|reserve|admis|possible|tolere)|\ble neuf n[e']|\bd?au? neuf\b|\bdu neuf\b"
)
_NOT_ASKED: Final = re.compile(
    r"\b(?:n'|ne )\s?(?:\w+ )?(?:exige\w*|demande\w*|impose\w*|requier\w*|est pas|sont pas|doi\w+ pas|sera pas"
    r"|seront pas)\b"
    r"[^.;]{0,60}\bneu|\b(?:pas|sans|aucun\w*|ni) (?:\w+ ){0,3}neu[fv]"
)
_MENTIONED: Final = re.compile(r"^\W*(?:le|la|les|l'|des|chaque|ces|tout|toute)\s?(?:[a-z'-]+\s+){1,4}$")
_NO_PLURAL: Final = frozenset({"sans", "dans", "sous", "mais", "puis", "plus", "et", "tous", "hors"})


def is_new_asked(plain: str, at: int) -> bool:
    """Must what is supplied be new, at this « neuf »?"""
    start = max(plain.rfind(". ", 0, at), plain.rfind("; ", 0, at), -1) + 1
    ends = [end for mark in (". ", "; ") if (end := plain.find(mark, at)) >= 0]
    sentence, here = plain[start : min(ends, default=len(plain))], at - start
    before, after = sentence[:here], sentence[here:]
    if _is_nine(before, after) or any(said.search(sentence) for said in (_BUILT, _COMPARED, _NOT_ASKED)):
        return False
    if _BE.search(before) or re.search(r"\bpneu", before):
        return True
    mentioned = _MENTIONED.match(before) and re.match(r"neu\w{1,20}\s{1,20}(?!et\b|ou\b|de\b)[a-z']+", after)
    return not mentioned or _SUPPLY.search(before) is not None


def _is_nine(before: str, after: str) -> bool:
    if not re.match(r"neuf\b", after):
        return False
    if before.endswith("-"):
        return True
    words = re.findall(r"[a-z'-]+", before)
    last = words[-1].rsplit("'", 1)[-1] if words else ""
    following = re.match(r"neuf\s+([a-z'-]+)", after)
    things = following is not None and following[1][-1:] in "sx" and following[1] not in _NO_PLURAL
    if last in {"par", "cent", "mille", "vingt"}:
        return True
    # Nine things follow: « matériel neuf » would not agree with a plural.
    return things
