"""The same requirement imposed and scored, somewhere in the dossier."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.documents.detecting.demand import Demand
from app.documents.detecting.library import stems_of
from app.documents.detecting.spotted import Spotted, spot
from app.law.vocabulary import Kind

_EXCESS: Final = re.compile(
    r"\bau[- ]dela\b|\bdepass\w*|\bsuperieure?s? (?:au|a l')\s?(?:minimum|exigence)|\bmieux que\b"
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
    imposed = [(set(stems_of(d.plain)) - _EMPTY, d) for d in demands if d.imposes]
    if not imposed:
        return
    for demand in demands:
        if demand.kind is not Kind.AWARD_CRITERION or not demand.levers or _EXCESS.search(demand.plain):
            continue
        if _ONLY_EXCESS.search(demand.section.plain):
            continue
        asked = set(stems_of(_scored(demand))) - _EMPTY
        if len(asked) < _LEAST:
            continue
        for stems, other in imposed:
            shared = asked & stems
            if set(demand.levers) & set(other.levers) and len(shared) >= _LEAST and len(shared) / len(asked) >= _SHARED:
                yield spot("double-use", demand.lines[0], levers=demand.levers)
                break


def _scored(demand: Demand) -> str:
    """What the environmental criterion is about, in a line that may hold several criteria."""
    plain = demand.lines[0].plain
    found = re.search(r"\b(?:environnement\w*|economie circulaire|gaspillage)\b.*", plain)
    return found[0] if found else plain
