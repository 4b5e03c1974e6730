"""What a line of a plan suggests: a sourcing or not, and when; the band of its amount. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from app.market.depth import FEWEST

LEAD: Final = timedelta(days=120)
"""A usage of ours, not a rule of law: four months to ask, to read the answers and to correct the clauses."""
Need = Literal["needed", "useful", "free"]
_BANDS: Final = (
    (Decimal(25_000), "under-25k"),
    (Decimal(100_000), "25k-100k"),
    (Decimal(221_000), "100k-221k"),
    (Decimal(1_000_000), "221k-1m"),
)


@dataclass(frozen=True, slots=True)
class Advice:
    need: Need
    words: str
    start_by: date


def band_of(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return next((code for ceiling, code in _BANDS if amount < ceiling), "over-1m")


def advice(*, covering: int, joint: int, clauses: int, launch: date) -> Advice:
    """`covering`: firms of the family there; `joint`: those that declare every clause proposed."""
    start = launch - LEAD
    if covering < FEWEST:
        said = "Presque aucune entreprise de l’annuaire ne couvre cet achat ici : interrogez le marché, plus largement."
        return Advice("needed", said, start)
    if clauses and joint < FEWEST:
        said = "Trop peu d’entreprises se déclarent pour toutes les clauses proposées : interrogez-les avant d’imposer."
        return Advice("needed", said, start)
    if clauses and joint < 2 * FEWEST:
        said = "Le marché déclaré est étroit : un sourçage dirait si les niveaux tiennent."
        return Advice("useful", said, start)
    return Advice("free", "Le marché déclaré suffit ; un sourçage reste possible.", start)
