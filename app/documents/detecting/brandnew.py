"""« neuf »: the number nine, what already is new, and what must be supplied new."""

import re
from typing import Final

from app.documents.detecting.sayings import NEW_TEMPORARY, NEW_TYRES, Saying

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
    r"(?:remplac|reserve|admis|possible|tolere)|\ble neuf n[e']|\bd?au? neuf\b|\bdu neuf\b|\bneu\w+ (?:est|reste"
    r"|sont|restent) l'exception"
)
_NOT_ASKED: Final = re.compile(
    r"\b(?:n'|ne )\s?(?:\w+ )?(?:exige\w*|demande\w*|impose\w*|requier\w*|est pas|sont pas|doi\w+ pas|sera pas"
    r"|seront pas)\b"
    r"[^.;]{0,60}\bneu|\b(?:pas|sans|aucun\w*|ni) (?:\w+ ){0,3}neu[fv]"
)
_MENTIONED: Final = re.compile(r"^\W*(?:le|la|les|l'|des|chaque|ces|tout|toute)\s?(?:[a-z'-]+\s+){1,4}$")
# « la clôture neuve est louée »: what is supplied.
_IS_SO: Final = re.compile(r"neu\w{1,3} (?:est|sont|sera|seront) (?:louee?s?|livree?s?|fournie?s?|posee?s?)\b")
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
    if _IS_SO.match(after):
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


# Never used before, whatever the words.
_NEVER_USED: Final = re.compile(
    r"\b(?:jamais|pas encore|ni)\s(?:encore )?(?:ete )?(?:utilise|servi|porte|ouvert|deballe|monte|installe"
    r"|immatricule|employe|mis en service)(?:e?s?)\b"
    r"|\baucun (?:usage|emploi|service) (?:anterieur|precedent|prealable)|\b(?:de |en )premiere main\b"
    r"|\bpremiere (?:immatriculation|mise en (?:service|circulation))\b(?=[^.;]{0,40}\b(?:zero|moins|0)\b)"
    r"|\b(?:zero|0) (?:kilometre|km)\b|\bmoins de \d+ (?:km|kilometres) au compteur|\bnon deballee?s?\b"
    r"|\b(?:sorti|livre|venant|provenant)\w* (?:directement )?d'usine\b|\bd'origine (?:constructeur|fabricant|usine)\b"
    r"|\bde (?:fabrication|production) (?:recente|de l'annee)\b"
)
_USED: Final = (
    r"(?:reconditionnee?s?|d'occasion|occasions?|(?:seconde|deuxieme) (?:main|vie)|remanufacturee?s?|reemploi"
    r"|reemployee?s?|recuperation|deja (?:servi|utilise|porte|monte)(?:e?s?)"
    r"|(?:de |d')?(?:demonstration|exposition)|retour de location)"
)
_REFUSED: Final = (
    r"(?:exclue?s?|exclus\w*|interdi\w*|proscri\w*|refusee?s?|rejetee?s?|hors gamme|ecartee?s?"
    r"|(?:n'(?:est|etant)|ne (?:sont|seront|sera)) (?:pas|point|jamais) (?:admis|accepte|autorise|permis|retenu"
    r"|possible|tolere|recevable)\w*|non (?:admis|accepte|autorise)\w*"
    r"|il n'est pas (?:admis|accepte))"
)
_NO_USED: Final = re.compile(
    rf"\b{_USED}\b[^.;]{{0,50}}\b{_REFUSED}|\b{_REFUSED}[^.;]{{0,60}}\b{_USED}\b"
    r"|\b(?:aucun\w*|ni|pas d'|pas de|sans|n'accepte\w* (?:pas|aucun)|refuse\w*|a l'exclusion (?:de|des|d'))"
    rf"\s?[^.;,]{{0,45}}\b{_USED}\b"
)
# What ends up, what is handed back or what the buyer owns: not what is supplied.
_AFTER_USE: Final = re.compile(
    r"\b(?:dechets?|huiles?|eaux|piles|seringues|repris\w*|reprise|collect\w*|depos\w*|evacu\w*|jete\w*|rejet\w*"
    r"|remis(?:e|es)?|cede\w*|stock\w* sur|existant\w*|n'(?:est|a) pas (?:exige|impose)\w*|n'a pas a)\b"
)
_LET_IN: Final = re.compile(
    r"\b(?:est|sont|seront|sera) (?:(?!pas\b|point\b)\w+ )?(?:admis|accepte|autorise|possible|privilegie|bienvenu)"
)


def refuses_used(plain: str) -> tuple[int, int] | None:
    """« jamais utilisé », « aucune pièce d'occasion »: new goods asked without the word."""
    never = _NEVER_USED.search(plain)
    if never and not re.search(r"\b(?:ne (?:sont|doivent)|n'(?:est|ont|a)) pas (?:a |impos|exig|requis|demand)", plain):
        return never.span()
    refused = _NO_USED.search(plain)
    if refused is None or "variante" in plain or _AFTER_USE.search(plain) or _NOT_ASKED.search(plain):
        return None
    after = plain[refused.end() : refused.end() + 40]
    return None if _LET_IN.search(refused[0]) or "sauf" in after else refused.span()


_TYRES: Final = re.compile(r"\bpneu(?:s|matiques?)?\b")
_TEMPORARY: Final = re.compile(
    r"\bmodul(?:e|es|aire|aires)\b|\bconstructions? temporaires?|\bbungalows?\b|\bprefabrique"
)


def new_saying(around: str) -> Saying | None:
    """Tyres and temporary buildings have a rule of their own."""
    if _TYRES.search(around):
        return NEW_TYRES
    return NEW_TEMPORARY if _TEMPORARY.search(around) else None
