"""The bin of saved files, emptied every night of what has been there for thirty days."""

import logging
from typing import Final

from procrastinate import Blueprint, JobContext
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.sessions import now
from app.purchases.models import PurchaseFile
from app.purchases.rules import BIN, FileState

jobs = Blueprint()
_BATCH: Final = 200
logger = logging.getLogger(__name__)


async def empty_bin(session: AsyncSession) -> int:
    """How many files are gone, with all that was left on them; the trail keeps their numbers."""
    asked = select(PurchaseFile).where(PurchaseFile.state == FileState.DELETED, PurchaseFile.state_since < now() - BIN)
    rows = (await session.execute(asked.order_by(PurchaseFile.id).limit(_BATCH).with_for_update())).scalars().all()
    for row in rows:
        audit.record(session, None, "purchase.erased", row)
        await session.delete(row)
    await session.flush()
    return len(rows)


@jobs.periodic(cron="40 3 * * *")
@jobs.task(name="empty_bin", queueing_lock="empty_bin", pass_context=True)
async def empty_bin_every_night(context: JobContext, timestamp: int) -> None:
    async with context.additional_context["sessions"]() as session, session.begin():
        gone = await empty_bin(session)
    logger.info("bin of files (tick %s): %s", timestamp, gone)
