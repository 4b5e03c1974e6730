"""Rows of saved files as the API answers them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Member
from app.accounts.rules import Role, at_least
from app.documents.pieces import Written
from app.purchases import rules, rules_tasks
from app.purchases.models import PurchaseExport, PurchaseFile
from app.purchases.progress import progress_of
from app.purchases.schemas_files import ExportOut, FileLine, FileOut, HeldClause, PersonOut

Names = Mapping[int, str]


def writes(member: Member) -> bool:
    return at_least(member.role, Role.WRITER)


def may(member: Member, row: PurchaseFile) -> list[str]:
    return rules.may_on_file(row.state, writes=writes(member))


async def names_for(session: AsyncSession, idents: Iterable[int | None]) -> Names:
    return await accounts.names_of(session, sorted({ident for ident in idents if ident is not None}))


def person(ident: int, names: Names) -> PersonOut:
    return PersonOut(id=ident, name=names.get(ident, "Compte supprimé"))


async def file_out(session: AsyncSession, member: Member, row: PurchaseFile) -> FileOut:
    names = await names_for(session, (row.created_by, row.updated_by))
    return FileOut(
        id=row.id,
        title=row.title,
        state=row.state,
        state_since=row.state_since,
        version=row.version,
        revision=row.revision,
        draft=row.draft,
        organisation=member.organisation.name,
        copied_from=row.copied_from,
        created_at=row.created_at,
        created_by=person(row.created_by, names),
        updated_at=row.updated_at,
        updated_by=person(row.updated_by, names),
        may=may(member, row),
    )


async def file_lines(session: AsyncSession, member: Member, rows: Sequence[PurchaseFile]) -> list[FileLine]:
    names = await names_for(session, (row.updated_by for row in rows))
    progress = await progress_of(session, rows)
    return [
        FileLine(
            id=row.id,
            title=row.title,
            object=row.object,
            state=row.state,
            state_since=row.state_since,
            version=row.version,
            families=row.families,
            launch_date=row.launch_date,
            amount=row.amount,
            clauses=len(row.draft["items"]),
            tasks=[task.state for task in progress[row.id].tasks],
            next=rules_tasks.next_task(progress[row.id].tasks),
            done=rules_tasks.done(progress[row.id].tasks),
            stale=len({change.clause_id for change in progress[row.id].changes}),
            comments=progress[row.id].comments,
            links=progress[row.id].links,
            updated_at=row.updated_at,
            updated_by=person(row.updated_by, names),
            may=may(member, row),
        )
        for row in rows
    ]


def export_out(made: PurchaseExport, row: PurchaseFile, names: Names) -> ExportOut:
    return ExportOut(
        id=made.id,
        revision=made.revision,
        current=made.revision == row.revision,
        at=made.at,
        by=person(made.by, names),
        pieces=[Written(piece) for piece in made.pieces],
        clauses=[
            HeldClause(id=held["id"], version=held["version"], title=held["title"], lots=held["lots"])
            for held in made.manifest
        ],
        sha256=made.sha256,
    )
