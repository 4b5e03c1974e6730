"""The library changed: the organisations whose files hold what changed are told."""

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.notices import notify
from app.library import queries as library
from app.outbound.announce import announce
from app.outbound.mail import Letter
from app.purchases.models import PurchaseFile
from app.purchases.rules import FileState

jobs = Blueprint()


@jobs.task(name="tell_changes", pass_context=True)
async def tell_changes(context: JobContext, generation: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        await tell(session, generation)


def _letter(title: str, clause: str, moved: str) -> Letter:
    return Letter(
        f"La clause {clause} du dossier « {title} » {moved}"[:200],
        f"Bonjour,\n\nLa clause {clause} {moved} dans la bibliothèque. Votre dossier « {title} » garde la version "
        "choisie : ouvrez-le pour comparer et décider.\n\nClausier, l’outil des clauses d’économie circulaire\n",
    )


async def tell(session: AsyncSession, generation: int) -> int:
    """How many times a file in use held a clause that this generation changed or withdrew."""
    told = 0
    for change in await library.moves_of(session, generation):
        moved = "a été retirée" if change.kind == "withdrawn" else "a changé"
        asked = select(PurchaseFile).where(
            PurchaseFile.state == FileState.ACTIVE,
            PurchaseFile.draft.contains({"items": [{"clauseId": change.clause_id}]}),
        )
        for row in (await session.scalars(asked.order_by(PurchaseFile.id))).all():
            said = {
                "file": row.id,
                "clause": change.clause_id,
                "version": change.version,
                "kind": change.kind,
                "resource": f"/api/v1/purchases/{row.id}",
            }
            await announce(session, "file.alert", said, row.organisation_id)
            told += 1
            letter = _letter(row.title, change.clause_id, moved)
            if row.updated_by not in dict(await accounts.readers_of(session, row.organisation_id)):
                continue
            await notify(
                session, row.updated_by, "file", letter, f"/dossiers/{row.id}", organisation_id=row.organisation_id
            )
    return told
