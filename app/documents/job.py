"""What a composition is given: the purchase, the clauses with their values, and the references they lean on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Self

from app.documents.content import ChosenClause, Lot
from app.documents.lifecycle import Post
from app.documents.pieces import Format, Written
from app.documents.rules import Weight
from app.documents.skeleton import Ccag, CcagFacts, Skeleton
from app.law.facts import Duty, LawText
from app.law.purchase import Purchase
from app.law.vocabulary import Nature
from app.library.vocabularies import Term


@dataclass(frozen=True, slots=True)
class References:
    """The content that documents quote, loaded once."""

    skeletons: Mapping[Written, Skeleton]
    ccag: Mapping[Ccag, CcagFacts]
    texts: Mapping[str, LawText]
    duties: Mapping[str, Duty]
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class LifeCycleMethod:
    """The method of a life-cycle cost, as the buyer set it."""

    period_years: int
    discount_rate: Decimal
    """Percent per year; 0: no discounting."""
    posts: tuple[Post, ...] = ()
    externalities_method: str = ""


@dataclass(frozen=True, slots=True)
class CompositionJob:
    """Everything that decides the bytes of the files: no clock, no session."""

    references: References
    purchase: Purchase
    clauses: tuple[ChosenClause, ...]
    pieces: tuple[Written, ...]
    formats: tuple[Format, ...] = ("docx", "xlsx")
    criteria: tuple[Weight, ...] = ()
    """The buyer's other criteria (price, technical value), as entered; empty: shared out by default."""
    title: str = ""
    buyer_name: str = ""
    reference: str = ""
    ccag: Ccag | None = None
    """The one CCAG that the contract cites; None: none."""
    justifications: Mapping[str, str] = field(default_factory=dict)
    life_cycle_cost: LifeCycleMethod | None = None
    """Printed as an annex of the RC; None: the offers are not judged on it."""
    lots: tuple[Lot, ...] = ()
    lot: Lot | None = None
    """The one lot that these files are for; None: the consultation as a whole."""
    contract_start: date | None = None
    """From when the follow-up counts its dates."""

    def lot_names(self, clause: ChosenClause) -> str:
        """« Lot 1 – Tables, Lot 2 – Chaises »; empty for a clause of every lot."""
        names = {lot.number: lot.name for lot in self.lots}
        return ", ".join(names.get(number, Lot(number).name) for number in clause.lots)

    def for_lot(self, lot: Lot) -> Self:
        """The same job for one lot alone: its clauses and those of every lot."""
        kept = tuple(clause for clause in self.clauses if clause.bears_on(lot.number))
        return replace(self, clauses=tuple(replace(clause, lots=()) for clause in kept), lot=lot, lots=(lot,))


_WORKS, _SERVICES = 45, 50


def nature_of(purchase: Purchase) -> Nature | None:
    """As stated, else by the first CPV division: 45 is works, 50 and above services, the rest supplies."""
    if purchase.nature or not purchase.cpv:
        return purchase.nature
    division = int(purchase.cpv[0][:2])
    if division == _WORKS:
        return Nature.WORKS
    return Nature.SERVICES if division >= _SERVICES else Nature.SUPPLIES


def usual_ccag(purchase: Purchase) -> Ccag:
    """The CCAG that such a purchase usually cites, when the buyer has not chosen one."""
    nature = nature_of(purchase)
    if nature is Nature.WORKS:
        return "TRAVAUX"
    if "informatique" in purchase.families:
        return "TIC"
    if nature is Nature.SERVICES and "prestations-intellectuelles" in purchase.families:
        return "PI"
    return "FCS"
