"""Risks of the tender's own mechanics: reservations, variants, references to texts that are gone."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.documents.detecting.sayings import RESERVED_SHARE, Saying
from app.documents.detecting.sections import Line, Section
from app.documents.detecting.spotted import Spotted, spot

_RESERVED: Final = re.compile(r"\breserve[es]*\s+(?:a|aux|au)\b|\bmarche reserve\b")
_ESS: Final = re.compile(r"\bess\b|\beconomie sociale(?: et solidaire)?\b")
_SOCIAL_SERVICES: Final = re.compile(r"\bservices? (?:de sante|sociaux|culturels|sociaux et)|\bl\. ?2113-15")
_PROTECTED: Final = re.compile(
    r"\besat\b|\bentreprises? adaptees?|\bsiae\b|\binsertion par l'activite|\btravailleurs (?:handicapes|defavorises)"
)
_SHARE: Final = re.compile(r"(\d{1,3})\s*%")
_HALF: Final = 50
_VARIANTS: Final = re.compile(
    r"\bvariantes?\b[^.;]{0,60}\b(?:autorisee?s?|admises?|acceptee?s?|possibles?|ouvertes?|permises?|presentee?s?"
    r"|proposee?s?)\b"
    r"|\b(?:proposer|presenter|depot de|deposer)\s+(?:des|une|de)?\s*variantes?\b"
)
_CLOSED: Final = re.compile(
    r"\b(?:ne (?:sont|seront)|n'est|non|ne peuvent|sans)\b[^.;]{0,20}\b(?:autoris|admis|accept|pas|etre)"
    r"|\baucune variante|\binterdi|\bsauf\b"
)
_MINIMUM: Final = re.compile(r"\bexigences? minimales?\b|\bexigences? a respecter\b|\bsous reserve d[eu] respect")

_CODE_OF_2006: Final = re.compile(
    r"\bcode des marches publics\b|\bdecret n?°?\s*2016-360\b|\bdecret n?°?\s*2006-975\b"
    r"|\bordonnance n?°?\s*2015-899\b"
)
_CCAG_OF_2009: Final = re.compile(
    r"\bccag\b[^.;]{0,80}\b2009\b|\bcahier des clauses administratives generales\b[^.;]{0,160}\b2009\b"
)
_OLD_LIST: Final = re.compile(r"\bdecret n?°?\s*2021-254\b")
_OPTIONAL: Final = re.compile(
    r"\b(?:criteres?|considerations?|clauses?"
    r"|conditions?)\s+(?:\w+\s+)?environnementa\w+\b[^.;]{0,60}\b(?:facultati\w*|optionnel\w*)"
    r"|\b(?:criteres?|considerations?|clauses?)\s+environnementa\w+\b[^.;]{0,40}\b(?:ne sont pas obligatoires"
    r"|n'est pas obligatoire)"
    r"|\bpeut, s'il le souhaite,[^.;]{0,60}\bcritere environnemental"
)
_REEN_RATE: Final = re.compile(r"\b(?:reen|2021-1485)\b[^.;]{0,80}\b20\s*%|\b20\s*%[^.;]{0,80}\b(?:reen|2021-1485)\b")
_LEVEL_TWO: Final = re.compile(
    r"\bcertifications? environnementales? (?:de )?niveau 2\b|\bniveau 2\b[^.;]{0,40}\bcertification environnementale"
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
    yield from _reservation(line)
    yield from _variant(line, section)
    yield from _references(line, today)


def _reservation(line: Line) -> Iterator[Spotted]:
    match = _RESERVED.search(line.plain)
    if not match:
        return
    after = line.plain[match.start() :]
    protected = _PROTECTED.search(after) is not None
    if _ESS.search(after) and not protected and not _SOCIAL_SERVICES.search(line.plain):
        yield spot("reservation", line, levers=("insertion-ess",))
        return
    shares = [int(share) for share in _SHARE.findall(after)]
    if protected and shares and max(shares) < _HALF:
        yield spot("reservation", line, saying=RESERVED_SHARE, levers=("insertion-ess",))


def _variant(line: Line, section: Section) -> Iterator[Spotted]:
    match = _VARIANTS.search(line.plain)
    if not match or _CLOSED.search(line.plain):
        return
    if not any(_MINIMUM.search(other.plain) for other in section.lines):
        yield spot("variant", line, match.span())


def _references(line: Line, today: date) -> Iterator[Spotted]:
    if _REMEMBERED.search(line.plain):
        return
    for pattern, saying in _TEXTS:
        match = pattern.search(line.plain)
        if match and not (pattern is _OPTIONAL and today < CHANGE):
            yield spot("obsolete-law", line, match.span(), saying)
            return
