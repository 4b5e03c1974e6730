"""The library changed: the organisations whose files hold what changed are told."""

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.library import queries as library
from app.outbound.announce import announce
from app.purchases.models import PurchaseFile
from app.purchases.rules import FileState

jobs = Blueprint()


@jobs.task(name="tell_changes", pass_context=True)
async def tell_changes(context: JobContext, generation: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        await tell(session, generation)


async def tell(session: AsyncSession, generation: int) -> int:
    """How many times a file in use held a clause that this generation changed or withdrew."""
    told = 0
    for change in await library.moves_of(session, generation):
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
    return told
