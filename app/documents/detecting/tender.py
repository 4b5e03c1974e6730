"""Risks of the tender's own mechanics: reservations, variants, references to texts that are gone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.documents.detecting.opening import reservation, variant
from app.documents.detecting.promises import counts_on_bonus
from app.documents.detecting.sayings import Saying
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot

_CODE_OF_2006: Final = re.compile(
    r"\bcodes? des marches publics\b|\bcmp\b|\b2016-360\b|\b2006-975\b|\b2015-899\b|\b2005-649\b"
    r"|\bdecret du (?:25 mars 2016|1er aout 2006)|\bordonnance du (?:23 juillet 2015|6 juin 2005)"
)
_CCAG_OF_2009: Final = re.compile(
    r"\bccag\b[^.;]{0,200}\b2009\b|\bcahier des clauses administratives generales\b[^.;]{0,200}\b2009\b"
    r"|\b2009\b[^.;]{0,60}\b(?:ccag\b|cahier des clauses administratives generales)"
)
_OLD_LIST: Final = re.compile(r"\bdecret n?°?\s*2021-254\b|\bdecret du 9 mars 2021\b")
_GREEN_RULE: Final = (
    r"(?:criteres?|considerations?|clauses?|conditions?|exigences?|preoccupations?|aspects?|dimensions?|objectifs?) "
    r"(?:d'execution |liees? a l'|relati\w+ a l'|de nature |d'ordre )?(?:environnementa\w+|environnement"
    r"|ecologiques?|de developpement durable)"
)
_FREE: Final = (
    r"(?:facultati\w*|optionnel\w*|pas obligatoires?|non obligatoires?|pas (?:\w+ )?(?:tenue?s?|obligee?s?"
    r"|soumise?s?|imposee?s?|contrainte?s?)"
    r"|n'est tenue?|n'impos\w+|n'oblig\w+|ne (?:l'|lui |les )?(?:y )?(?:oblig|impos|contrai)\w+|l'y oblig\w+"
    r"|s'il le souhaite|si elle le souhaite|non requis\w*|pas requis\w*|pas exigee?s?"
    r"|aucune? (?:obligation|texte)|a titre (?:facultatif|optionnel)|simples? (?:facultes?|possibilites?|options?))"
)
_OPTIONAL: Final = re.compile(
    rf"\b{_GREEN_RULE}\b[^.;]{{0,110}}\b{_FREE}|\b{_FREE}[^.;]{{0,90}}\b{_GREEN_RULE}"
    rf"|\baucune? {_GREEN_RULE}[^.;]{{0,40}}\b(?:obligatoire|impose|requis|exige)"
    rf"|\b(?:prise en compte|integration|inserer|introduire) d[^.;]{{0,12}}\benvironnement[^.;]{{0,60}}\b{_FREE}"
)
_REEN_RATE: Final = re.compile(
    r"\b(?:reen|2021-1485)\b[^.;]{0,100}\b(?:20\s*%|vingt pour cent|cinquieme)|(?:\b20\s*%|\bcinquieme"
    r"|\bvingt pour cent)"
    r"[^.;]{0,100}\b(?:reen|2021-1485)\b"
)
_LEVEL_TWO: Final = re.compile(
    r"\bcertifications? environnementales? (?:de |du )?(?:niveau 2|deuxieme niveau|second niveau|niveau ii)\b"
    r"|\bniveau 2\b[^.;]{0,40}\bcertification environnementale"
)
_OLD_RETURNS: Final = re.compile(r"\b(?:reap|oecp)\b")
_REMEMBERED: Final = re.compile(r"\babrog\w*|\bremplac\w*|\banciennement\b|\bex-|\bjusqu'au 31 decembre 2026")
CHANGE: Final = date(2026, 8, 21)


def _dated(why: str, advice: str, text: str = "") -> Saying:
    return Saying(why, advice, "warning", text, "très probable" if text else "à vérifier")


_TEXTS: Final = (
    (
        _CODE_OF_2006,
        _dated(
            "Ce texte date d’avant le code de la commande publique, que citent aujourd’hui les marchés (à vérifier).",
            "Citez l’article du code de la commande publique qui correspond.",
        ),
    ),
    (
        _CCAG_OF_2009,
        _dated(
            "Ce cahier date de 2009 : les CCAG actuels, de 2021, ont une clause environnementale générale (à "
            "vérifier).",
            "Visez le CCAG approuvé par l’arrêté du 30 mars 2021 et relisez les numéros d’articles cités.",
        ),
    ),
    (
        _OLD_LIST,
        _dated(
            "Ce décret est abrogé : le décret n° 2024-134 l’a remplacé depuis le 1ᵉʳ juillet 2024.",
            "Citez le décret n° 2024-134 du 21 février 2024 et ses taux.",
            "decret-2024-134",
        ),
    ),
    (
        _OPTIONAL,
        _dated(
            "Depuis les 21/22 août 2026, prendre en compte l’environnement n’est plus facultatif, hors défense et "
            "sécurité.",
            "Retirez cette phrase et ajoutez un critère et une condition d’exécution environnementaux.",
            "ccp-r2152-7",
        ),
    ),
    (
        _REEN_RATE,
        _dated(
            "Les 20 % de matériels issus du réemploi viennent de la loi AGEC (art. 58), non de la loi REEN.",
            "Citez l’article 58 de la loi AGEC ; la loi REEN porte sur l’indice de réparabilité et la fin de vie.",
            "agec-58",
        ),
    ),
    (
        _LEVEL_TWO,
        _dated(
            "La certification de niveau 2 ne compte que jusqu’au 31 décembre 2026 ; ensuite, seule la haute valeur "
            "compte.",
            "Demandez la haute valeur environnementale, ou équivalent, dès ce marché.",
            "rural-l230-5-1-hve",
        ),
    ),
    (
        _OLD_RETURNS,
        _dated(
            "Cette déclaration est remplacée par la déclaration annuelle sur data.gouv.fr, avant le 30 juin.",
            "Citez l’arrêté du 13 janvier 2025.",
        ),
    ),
)


def tender_risks(line: Line, section: Section, *, today: date) -> Iterator[Spotted]:
    yield from reservation(line)
    yield from variant(line, section)
    yield from _repair_bonus(line)
    yield from _references(line, today)


def _repair_bonus(line: Line) -> Iterator[Spotted]:
    """The « bonus réparation » is for households: a public buyer cannot count on it (droit.md, 1.7)."""
    span = counts_on_bonus(line.plain)
    if span is not None:
        yield spot("repair-bonus", line, span)


def _references(line: Line, today: date) -> Iterator[Spotted]:
    if _REMEMBERED.search(line.plain):
        return
    for pattern, saying in _TEXTS:
        match = pattern.search(line.plain)
        if match and not (pattern is _OPTIONAL and today < CHANGE):
            yield spot("obsolete-law", line, match.span(), saying)
            return
