"""What may happen to an adhesion, and what a figure may say. Pure: no session, no request, no clock."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class AdhesionState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN: Final = (AdhesionState.ASKED, AdhesionState.ACCEPTED)
STATE_LABELS: Final = {
    AdhesionState.ASKED: "demande à l’examen",
    AdhesionState.ACCEPTED: "signataire",
    AdhesionState.REFUSED: "demande refusée",
    AdhesionState.WITHDRAWN: "retrait",
}
KIND_LABELS: Final = {
    "state": "État",
    "local_authority": "Collectivité",
    "public_establishment": "Établissement public",
    "contracting_entity": "Entité adjudicatrice",
}
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2060
_PERIOD: Final = re.compile(r"(\d{4})(?:-T([1-4]))?")


def may_on_adhesion(state: AdhesionState | None, *, administers: bool) -> list[str]:
    """What a member may do with the adhesion of their organisation; None: there is none that is open."""
    if not administers:
        return []
    if state in OPEN:
        return ["withdraw"]
    return ["ask"]


def is_period(text: str) -> bool:
    """« 2026 » or « 2026-T3 »."""
    found = _PERIOD.fullmatch(text)
    return found is not None and FIRST_YEAR <= int(found[1]) <= LAST_YEAR


def quarters(year: int) -> list[str]:
    return [f"{year}-T{number}" for number in range(1, 5)]


def quarter_of_month(year: int, month: int) -> str:
    return f"{year}-T{(month + 2) // 3}"


AGEC_AMOUNTS: Final = ("total", "reused", "donated", "recycled")
AGEC_CATEGORIES: Final = range(1, 18)
SPASER: Final = {
    "contrats": ("Contrats attribués", "contrats"),
    "montant": ("Montant des contrats attribués", "€ HT"),
    "contrats-env": ("Contrats avec une considération environnementale", "contrats"),
    "montant-env": ("Montant des contrats avec une considération environnementale", "€ HT"),
    "contrats-circulaires": ("Contrats avec une clause d’économie circulaire", "contrats"),
    "montant-circulaires": ("Montant des contrats avec une clause d’économie circulaire", "€ HT"),
    "contrats-sociaux": ("Contrats avec une considération sociale", "contrats"),
    "montant-sociaux": ("Montant des contrats avec une considération sociale", "€ HT"),
}


def figure_codes(indicators: Sequence[str]) -> dict[str, str]:
    """Every figure that an organisation may declare, and how its period is told: `year` or `quarter`."""
    agec = {f"agec-{number}-{name}": "year" for number in AGEC_CATEGORIES for name in AGEC_AMOUNTS}
    spaser = {f"spaser-{code}": "year" for code in SPASER}
    return {**dict.fromkeys(indicators, "quarter"), **agec, **spaser}
