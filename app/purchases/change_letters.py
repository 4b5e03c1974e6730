"""« 2 clauses ont changé : comparer », by mail: one letter a day to each person, whatever the number of files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Membership, Person
from app.accounts.notices import notify
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.outbound.mail import Letter
from app.purchases.models import PurchaseFile
from app.purchases.models_alerts import PurchaseAlert
from app.purchases.progress import changes_of, last_exports
from app.purchases.rules import FileState
from app.settings import Settings

jobs = Blueprint()
_BATCH: Final = 200
_SHOWN: Final = 20
_SIGN: Final = (
    "\n\nClausier, l’outil des clauses d’économie circulaire\nCe message est automatique : n’y répondez pas.\n"
)


@dataclass(frozen=True, slots=True)
class News:
    """A file, and how many of its clauses changed since its people were last told."""

    file_id: int
    title: str
    clauses: int


async def tell(session: AsyncSession, settings: Settings) -> int:
    """How many letters were written."""
    news: dict[int, list[News]] = {}
    after = 0
    while rows := await _files(session, after):
        after = rows[-1].id
        for row, found in await _changed(session, rows):
            for person_id in await _people(session, row):
                news.setdefault(person_id, []).append(found)
    for person_id, found_files in sorted(news.items()):
        told = letter(found_files, settings.public_url.rstrip("/"))
        page = f"/dossiers/{found_files[0].file_id}/changements" if len(found_files) == 1 else "/dossiers"
        await notify(session, person_id, "file", told, page)
    return len(news)


async def _files(session: AsyncSession, after: int) -> Sequence[PurchaseFile]:
    asked = select(PurchaseFile).where(PurchaseFile.state == FileState.ACTIVE, PurchaseFile.id > after)
    return (await session.execute(asked.order_by(PurchaseFile.id).limit(_BATCH))).scalars().all()


async def _changed(session: AsyncSession, rows: Sequence[PurchaseFile]) -> list[tuple[PurchaseFile, News]]:
    """Those with a change that was not told yet; it is remembered as told."""
    idents = [row.id for row in rows]
    exports = {made.file_id: made for made in await last_exports(session, idents)}
    asked = select(PurchaseAlert).where(PurchaseAlert.file_id.in_(idents))
    told: Mapping[int, list[str]] = {one.file_id: one.told for one in (await session.execute(asked)).scalars()}
    found = []
    for row in rows:
        made = exports.get(row.id)
        changes = changes_of(row.draft, made.manifest if made else ())
        current = sorted({f"{one.clause_id}@{'retirée' if one.withdrawn else one.current}" for one in changes})
        fresh = set(current) - set(told.get(row.id, ()))
        if current != told.get(row.id, []):
            await _remember(session, row.id, current)
        if fresh:
            found.append((row, News(row.id, row.title, len(fresh))))
    return found


async def _remember(session: AsyncSession, file_id: int, current: list[str]) -> None:
    values = {"told": current, "at": now()}
    made = insert(PurchaseAlert).values(file_id=file_id, **values)
    await session.execute(made.on_conflict_do_update(index_elements=["file_id"], set_=values))


async def _people(session: AsyncSession, row: PurchaseFile) -> Sequence[int]:
    """Who made the file and who wrote in it last, while they still write for the organisation."""
    asked = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.id.in_({row.created_by, row.updated_by}),
            Membership.organisation_id == row.organisation_id,
            Membership.role != Role.READER,
            Person.email.is_not(None),
            Person.suspended_at.is_(None),
        )
    )
    return (await session.execute(asked)).scalars().all()


def letter(found: Sequence[News], base: str) -> Letter:
    lines = [
        f"– « {one.title} » : {_count(one.clauses)}. Comparer :\n  {base}/dossiers/{one.file_id}/changements"
        for one in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        lines.append(f"– et {len(found) - _SHOWN} autres dossiers : {base}/dossiers")
    total = sum(one.clauses for one in found)
    where = f"« {found[0].title} »" if len(found) == 1 else f"{len(found)} dossiers"
    return Letter(
        f"{_count(total)} dans {where}"[:200],
        "Bonjour,\n\nLa bibliothèque a une autre version de clauses que vos dossiers contiennent :\n"
        + "\n".join(lines)
        + "\n\nRien n’est changé dans vos dossiers sans vous."
        + _SIGN,
    )


def _count(clauses: int) -> str:
    return "1 clause a changé" if clauses == 1 else f"{clauses} clauses ont changé"


@jobs.periodic(cron="40 5 * * *")
@jobs.task(name="letters", queueing_lock="change_letters", pass_context=True)
async def tell_every_morning(context: JobContext, timestamp: int) -> None:
    del timestamp
    async with context.additional_context["sessions"]() as session, session.begin():
        await tell(session, context.additional_context["settings"])
