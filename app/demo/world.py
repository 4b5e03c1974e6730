"""The invented region: its size, its numbers, its names, its clock. The same seed gives the same region.

SIREN 9999NNNNK are its own: NNNN is our count, K the Luhn digit, and the establishment is always 0001X. That is our
convention, as we know of no range that INSEE reserves for examples: the demonstration never asks the register.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation, Person
from app.accounts.rules import FICTITIOUS, siret_of
from app.law.facts import Law
from app.purchases.models import PurchaseFile
from app.settings import Settings

RESERVED: Final = FICTITIOUS
MAIL: Final = "exemple.test"
"""`.test` never resolves (RFC 6761): no letter of the demonstration can leave."""
DEPARTMENTS: Final = ("18", "28", "36", "37", "41", "45")
REGION: Final = "24"
YEARS: Final = 2
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made."""

    buyers: int = 60
    firms: int = 400
    files: int = 150


FULL: Final = Size()


def siret_for(number: int) -> str:
    """The number-th fictitious SIRET."""
    siren = next(s for digit in range(10) if siret_of((s := f"{RESERVED}{number:04d}{digit}") + _nic(s)))
    return siren + _nic(siren)


def _nic(siren: str) -> str:
    return next((nic for digit in range(10) if siret_of(siren + (nic := f"0001{digit}"))), "00010")


@dataclass
class World:
    """What a seeding module gets, and where it leaves what the next ones need."""

    session: AsyncSession
    random: Random
    today: date
    size: Size
    law: Law
    settings: Settings
    proconnect: str
    """Issuer of the fake ProConnect."""
    buyers: list[Organisation] = field(default_factory=list)
    firms: list[Organisation] = field(default_factory=list)
    people: dict[int, list[Person]] = field(default_factory=dict)
    """By organisation: the first one administers."""
    files: list[PurchaseFile] = field(default_factory=list)
    team: dict[str, Person] = field(default_factory=dict)
    """By role of the platform."""

    def pick(self, choices: "list[T] | tuple[T, ...]") -> T:
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def day(self, first: int, last: int) -> date:
        """A day between `first` and `last` days ago (negative: to come)."""
        return self.today - timedelta(days=self.random.randint(last, first))

    def moment(self, day: date) -> datetime:
        """Some working hour of that day, in the past."""
        at = datetime.combine(day, time(7, 30), UTC) + timedelta(minutes=self.random.randint(0, 570))
        return min(at, datetime.combine(self.today, time(4, 0), UTC))

    def author(self, organisation: Organisation) -> Person:
        return self.pick(self.people[organisation.id])

    async def keep(self, *rows: Any) -> None:  # noqa: ANN401 (any mapped row)
        """Adds the rows and gives them their numbers."""
        self.session.add_all(rows)
        await self.session.flush()
