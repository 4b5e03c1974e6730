"""Which family of purchase a dossier speaks of: the words buyers use, counted where they say the most."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from app.documents.detecting.library import EVERYWHERE
from app.documents.detecting.sections import Section
from app.library.thesaurus import Thesaurus
from app.text.words import words

_SUBJECT: Final = re.compile(r"\bobjet\b|\bpresentation\b|\bnature des\b|\bperimetre\b")
_OBJECT_WEIGHT, _TITLE_WEIGHT = 6.0, 3.0
# Said in any tender, whatever is bought.
_COMMON: Final = frozenset(
    """
    livraison livraisons bureau bureaux table tables tableau tableaux prestation prestations etude etudes
    formation conseil audit serveur parc parcs car cars si pl pi ep dm mobile mobiles portable portables porte
    portes reseaux arbre emballage emballages dechet dechets colis carton cartons palette palettes papier
    impression energie insertion aide aides produits route bus moe moa amo bet pc ap salon exposition lit lits
    cahier cahiers affiche affiches benne bennes tri batiment batiments
    """.split()  # noqa: SIM905 (a list of quoted words reads worse)
)
_EVERYDAY: Final = frozenset({"emballages", "dechets"})
_ENOUGH: Final = 2.0


def family_of(sections: Sequence[Section], thesaurus: Thesaurus) -> str:
    """The family that stands out, or `toutes-familles`."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    strong: dict[str, float] = defaultdict(float)
    for section in sections:
        about = bool(_SUBJECT.search(section.own_title)) or section.number == 0
        for heading in section.heading[-1:]:
            _count(heading, thesaurus, seen, strong, _TITLE_WEIGHT)
        for rank, line in enumerate(section.lines):
            _count(line.text, thesaurus, seen, strong, _OBJECT_WEIGHT if about and rank < 2 else 0.0)  # noqa: PLR2004
    scores = {family: strong[family] + _often(votes) for family, votes in seen.items()}
    # Any tender speaks of packaging and of waste: these two must be the subject itself.
    for everyday in _EVERYDAY & scores.keys():
        scores[everyday] = (scores[everyday] + strong[everyday]) / 2
    best = max(sorted(scores), key=lambda family: scores[family], default=EVERYWHERE)
    return best if scores.get(best, 0.0) >= _ENOUGH else EVERYWHERE


def _often(votes: Counter[str]) -> float:
    """Words said again count less and less."""
    return sum(math.log1p(count) for count in votes.values())


def _count(
    text: str,
    thesaurus: Thesaurus,
    seen: dict[str, Counter[str]],
    strong: dict[str, float],
    weight: float,
) -> None:
    said = words(text)
    for hint in thesaurus.hints(said):
        phrase = " ".join(said[hint.start : hint.start + hint.length])
        if hint.family in {None, EVERYWHERE} or (not weight and phrase in _COMMON):
            continue
        family = str(hint.family)
        seen[family][phrase] += 1
        strong[family] += weight * hint.weight * (0.3 if phrase in _COMMON else 1.0)
