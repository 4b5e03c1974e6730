"""Training as people advance: the quiz corrected here, paths by role, the share of an organisation that is trained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Membership, Person
from app.accounts.personal import ERASERS
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.network import rules
from app.network.models import TrainingResult
from app.network.training import Audience, Module, read_modules, shuffled

BUYERS: Final = (Role.WRITER, Role.ADMINISTRATOR)
"""Who buys in an organisation: those who write its files; readers consult."""
PATHS: Final[Mapping[Audience, str]] = {
    "acheteurs": "Parcours des acheteurs",
    "elus": "Parcours des élus",
    "entreprises": "Parcours des entreprises",
}


@dataclass(frozen=True, slots=True)
class Marks:
    right: int
    questions: int
    passed: bool


@dataclass(frozen=True, slots=True)
class TrainedShare:
    """Of the buyers of an organisation: how many passed the whole path, in hours too."""

    trained: int
    buyers: int
    minutes: int
    """Of all the modules passed by those buyers."""

    @property
    def percent(self) -> int | None:
        """None without any buyer; rounded down, so that 100 means all of them."""
        return self.trained * 100 // self.buyers if self.buyers else None


def path_of(root: Path, audience: Audience) -> list[Module]:
    return [module for module in read_modules(root) if audience in module.audience]


def marks(module: Module, choices: Sequence[int]) -> Marks:
    """The choices as shown (shuffled), from 0; one per question."""
    right = sum(
        choice == shuffled(module.code, question)[1] for choice, question in zip(choices, module.quiz, strict=True)
    )
    return Marks(right, len(module.quiz), rules.passes(right, len(module.quiz)))


async def record(session: AsyncSession, person_id: int, module: Module, got: Marks) -> TrainingResult:
    """Keeps the best result; the day of a first pass never moves."""
    moment = now()
    passed = moment if got.passed else None
    made = insert(TrainingResult).values(
        person_id=person_id,
        module=module.code,
        right=got.right,
        questions=got.questions,
        minutes=module.minutes,
        passed_at=passed,
        at=moment,
    )
    stored = made.on_conflict_do_update(
        index_elements=["person_id", "module"],
        set_={
            "right": func.greatest(TrainingResult.right, got.right),
            "questions": got.questions,
            "passed_at": func.coalesce(TrainingResult.passed_at, passed),
            "at": moment,
        },
    ).returning(TrainingResult)
    return (await session.execute(stored, execution_options={"populate_existing": True})).scalar_one()


async def results_of(session: AsyncSession, person_id: int) -> dict[str, TrainingResult]:
    found = await session.scalars(select(TrainingResult).where(TrainingResult.person_id == person_id))
    return {row.module: row for row in found}


async def buyers_progress(session: AsyncSession, organisation_id: int) -> dict[int, dict[str, datetime]]:
    """Each buyer of an organisation → the modules passed, with the day."""
    people = await session.scalars(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(BUYERS),
            Person.suspended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Membership.person_id)
    )
    known: dict[int, dict[str, datetime]] = {ident: {} for ident in people}
    asked = select(TrainingResult.person_id, TrainingResult.module, TrainingResult.passed_at).where(
        TrainingResult.person_id.in_(known)
    )
    for person_id, module, passed_at in await session.execute(asked):
        if passed_at is not None:
            known[person_id][module] = passed_at
    return known


async def _erase(session: AsyncSession, person_id: int) -> None:
    await session.execute(delete(TrainingResult).where(TrainingResult.person_id == person_id))


ERASERS.append(_erase)
