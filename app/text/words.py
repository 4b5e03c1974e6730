"""French text cut into folded words, without elisions and without the words that say nothing."""

import re
from typing import Final

from app.text.fold import fold

_ELIDED: Final = frozenset("l d j m t s n c qu jusqu lorsqu puisqu quelqu quoiqu presqu".split())  # noqa: SIM905
_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")

EMPTY: Final = frozenset(
    """
    a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avant avec avoir c ce ceci cela celle
    celles celui ces cet cette ceux chaque chez ci comme comment d dans de dela des dont du elle elles en encore
    entre est et etc etes etre eu eux fait faire faut ici il ils j je jusque l la le les leur leurs lors lorsque lui
    m ma mais me meme memes mes moi moins mon n ne ni nos notre nous on ont or ou oui par parmi pas pendant peu peut
    plus pour pourquoi puis qu quand que quel quelle quelles quelque quelques quels qui quoi s sa sans sauf se selon
    sera ses si soit son sont sous sur t ta te tel telle telles tels tes toi ton tous tout toute toutes tres tu un
    une vers via voici voila vos votre vous y
    """.split()  # noqa: SIM905 (a list of 150 quoted words reads worse)
)
"""Words that carry no meaning alone: neither indexed nor counted in a similarity."""


def words(text: str) -> list[str]:
    """The folded words of a text in order, elisions removed: « L’achat d’ordinateurs » → achat, ordinateurs."""
    found: list[str] = []
    for token in _WORD.findall(fold(text)):
        elided, apostrophe, rest = token.partition("'")
        while apostrophe and elided in _ELIDED:
            token, (elided, apostrophe, rest) = rest, rest.partition("'")  # noqa: PLW2901 (« jusqu’à l’école »)
        found.append(token)
    return found


def full_words(text: str) -> list[str]:
    """The words that mean something."""
    return [word for word in words(text) if word not in EMPTY]
