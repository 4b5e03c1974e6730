"""What may be told to people, at which pace, and how much in a day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Pace(StrEnum):
    IMMEDIATE = "immediate"
    DAILY = "daily"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    label: str
    told: str
    pace: Pace
    """While its reader has chosen nothing."""
    side: str = "any"
    """`buyer` or `firm`: whom it can happen to."""
    capped: bool = True
    """False: the room has a quota of its own, the same for all those it tells."""


KINDS: Final[dict[str, Kind]] = {
    "alert": Kind("Mes alertes", "Ce qui est nouveau dans vos recherches enregistrées.", Pace.IMMEDIATE),
    "file": Kind(
        "Mes dossiers", "Des clauses de vos dossiers ont changé\u00a0: une fois par jour.", Pace.IMMEDIATE, "buyer"
    ),
    "sourcing": Kind(
        "Avis de sourçage", "Un acheteur public interroge votre entreprise.", Pace.IMMEDIATE, "firm", capped=False
    ),
    "proof": Kind("Preuves à renouveler", "Trente jours avant l’expiration d’une preuve.", Pace.IMMEDIATE, "firm"),
    "network": Kind("Questions suivies", "Une réponse arrive à une question que vous suivez.", Pace.IMMEDIATE),
    "event": Kind("Événements", "Une place se libère, un événement change ou est annulé.", Pace.IMMEDIATE),
}
DIGEST: Final = "digest"
"""The name, in a link, of all that comes in the digest."""
PERSON_A_DAY: Final = 10
ORGANISATION_A_DAY: Final = 60


def is_over_quota(kind: str, *, person: int, organisation: int) -> bool:
    """Past these, the rest of the day waits for the digest: nothing is lost."""
    return KINDS[kind].capped and (person >= PERSON_A_DAY or organisation >= ORGANISATION_A_DAY)


def kinds_for(sides: Iterable[str]) -> dict[str, Kind]:
    """Those that can happen to somebody of these sides."""
    mine = {"any", *sides}
    return {code: kind for code, kind in KINDS.items() if kind.side in mine}
