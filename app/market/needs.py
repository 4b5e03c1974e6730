"""What a search or a sourcing looks for, as plain values."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func

from app.market.models import Capability
from app.market.rules import ANY, EVERYWHERE, Answer

MET: Final = (Answer.MET, Answer.MET_WITH_DELAY)
Aliased = Any
"""An alias of one of the inverted tables."""
Key = tuple[int, int, int]
"""Band, lot, firm: where a page stops."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A clause at a level, and past a threshold where it has a number."""

    clause_id: str
    level: int = 1
    threshold: Decimal | None = None
    default: Decimal | None = None
    at_most: bool = False

    def met(self, today: date) -> ColumnElement[bool]:
        """Over `Capability`: declared, at this level, still valid."""
        c = Capability
        return and_(c.clause_id == self.clause_id, c.answer.in_(MET), c.withdrawn_at.is_(None), *self.kept(c, today))

    def kept(self, row: Aliased, today: date) -> list[ColumnElement[bool]]:
        """Over `Able` or `Capability`: at this level, far enough, still valid."""
        tests: list[ColumnElement[bool]] = [row.valid_until >= today, row.level >= self.level]
        if self.threshold is not None:
            value = func.coalesce(row.value, self.default)
            tests.append(value <= self.threshold if self.at_most else value >= self.threshold)
        return tests


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for; empty fields ask nothing."""

    today: date
    family: str = ""
    departments: tuple[str, ...] = ()
    traits: int = 0
    """All of these statuses."""
    any_traits: int = 0
    """One at least of these levers."""
    cpv: str = ""
    words: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    category: str = ""
    since: datetime | None = None
    """Only firms new or changed after it."""

    def anywhere(self) -> "Need":
        """The same, wherever it is."""
        return replace(self, departments=())

    def places(self) -> list[str]:
        """The places of the inverted tables where a firm that suits it stands."""
        return [*self.departments, EVERYWHERE] if self.departments else [ANY]
