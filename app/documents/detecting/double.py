"""The same requirement imposed and scored, somewhere in the dossier."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.detecting.demand import Demand
from app.documents.detecting.library import stems_of
from app.documents.detecting.spotted import Spotted, spot
from app.law.vocabulary import Kind

_EXCESS: Final = re.compile(
    r"\bau[- ]dela\b|\bdepass\w*|\bsupplementaires?\b|\bsuperieure?s? aux?\b|\bsuperieure?s? (?:au"
    r"|a l')\s?(?:minimum|exigence)|\bmieux que\b"
    r"|\ben plus du minimum"
)
_ONLY_EXCESS: Final = re.compile(r"\bseuls?\b[^.;]{0,30}\bdepassement")
# Words of any criterion: they say nothing of what is scored.
_EMPTY: Final = frozenset(
    stems_of(
        "critère note noté points prix valeur technique performance performances environnementale environnement "
        "protection "
        "moins apprécié mesuré proposé candidat offre pondération durée marché engagement produits livré livrés "
        "maximum minimum 1"
    )
)
_SHARED, _LEAST = 0.5, 2


def double_uses(demands: Sequence[Demand]) -> Iterator[Spotted]:
    imposed = [(set(stems_of(d.plain)) - _EMPTY, d) for d in demands if d.imposes or d.kind is Kind.REPORTING]
    if not imposed:
        return
    for demand in demands:
        if demand.kind is not Kind.AWARD_CRITERION or _EXCESS.search(demand.plain):
            continue
        if _ONLY_EXCESS.search(demand.section.plain):
            continue
        asked = set(stems_of(_scored(demand))) - _EMPTY
        if demand.levers and _ASKED_ALREADY.search(demand.plain):
            yield spot("double-use", demand.lines[0], levers=demand.levers)
            continue
        for stems, other in imposed:
            same_lever = not set(demand.levers).isdisjoint(other.levers)
            if not same_lever and asked.isdisjoint(stems):
                continue
            alike = same_lever or _shared(asked, stems) >= _NEARLY_ALL
            if asked and alike and _is_the_same(asked, stems):
                yield spot("double-use", demand.lines[0], levers=demand.levers)
                break


# The criterion itself says that the level is imposed: « la durée, qui doit atteindre 12 ans », « deux tiers exigés ».
_ASKED_ALREADY: Final = re.compile(
    r"\b(?:doit|doivent) (?:atteindre|etre d'au moins|etre (?:au moins )?egale?|respecter)|\brespect d(?:u"
    r"|es) (?:taux|seuils?"
    r"|minimum|niveaux?|exigences?)"
    r"|(?:\d\s?%?|tiers|moitie|quart|au plus|au moins) (?:\w+ )?(?:exige|impose"
    r"|requis|demande)e?s?\b"
)
_ROOT, _CORE, _NEARLY_ALL = 4, 5, 0.75


def _is_the_same(asked: set[str], stems: set[str]) -> bool:
    """Half of what is scored, two words at least, or all of it: « reprise », « reprend les emballages »."""
    shared = _shared(asked, stems)
    return shared >= _SHARED and (shared * len(asked) >= _LEAST or shared == 1)


def _shared(asked: set[str], stems: set[str]) -> float:
    return sum(any(_kin(word, other) for other in stems) for word in asked) / max(len(asked), 1)


def _kin(one: str, two: str) -> bool:
    """The same root (« reprise », « reprend »), or one inside the other (« groupée », « regroupement »)."""
    if one[:_ROOT] == two[:_ROOT]:
        return True
    return min(len(one), len(two)) >= _CORE and (one[:_CORE] in two or two[:_CORE] in one)


def _scored(demand: Demand) -> str:
    """What the environmental criterion is about, in a line that may hold several criteria."""
    plain = demand.lines[0].plain
    found = re.search(r"\b(?:environnement\w*|economie circulaire|gaspillage)\b.*", plain)
    return found[0] if found else plain
