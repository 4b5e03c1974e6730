"""The figures of market depth in plain French."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from app.law.phrases import NBSP
from app.market.depth import FEWEST, Scale, shown
from app.market.places import REGIONS, departments
from app.market.schemas_depth import Figure
from app.text.typography import NARROW

_ROUNDED: Final = 1000


def figure(firms: int) -> Figure:
    """From a thousand on, three figures are enough: such a count may come from a sample."""
    kept = shown(firms)
    if kept is None:
        return Figure(firms=None, words=f"moins de {FEWEST} entreprises")
    if kept < _ROUNDED:
        return Figure(firms=kept, words=f"{kept} entreprises")
    kept = round(kept, 3 - len(str(kept)))
    return Figure(firms=kept, words=f"environ {kept:,} entreprises".replace(",", NARROW))


def number(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")


def step(scale: Scale, threshold: Decimal) -> str:
    unit = f"{NBSP}{scale.unit}" if scale.unit else ""
    return f"{'au plus' if scale.at_most else 'au moins'} {number(threshold)}{unit}"


def territory(codes: Sequence[str]) -> str:
    names = [departments()[code].name for code in codes]
    return ", ".join(names) if names else "France entière"


def region_names(codes: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(REGIONS[departments()[code].region] for code in codes))


def advice(meeting: int, relaxed: str) -> str:
    """What to do with the figure."""
    if meeting >= FEWEST:
        return "Le marché déclaré peut répondre. Ces chiffres sont déclaratifs : un sourçage les confirme."
    if relaxed:
        return f"Trop peu d’entreprises se déclarent. Le plus petit assouplissement utile : {relaxed}."
    return (
        "Trop peu d’entreprises se déclarent, même en assouplissant : lancez un sourçage avant d’imposer cette clause, "
        "ou placez-la en critère ou en variante."
    )
