"""« Envois en échec », for the platform’s administrators: letters that did not leave, addresses that refuse them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, status
from sqlalchemy import select

from app.accounts import audit
from app.accounts.actors import PlatformAdmin
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn, SecondFactorMissing
from app.accounts.schemas_notices import (
    AddressIn,
    FailedLetterOut,
    FailedLetters,
    RefusedAddresses,
    RefusedAddressOut,
)
from app.database.engine import DbSession
from app.outbound import bounces, mail
from app.outbound.models import Mail, SuppressedAddress
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/platform", tags=["Administration"])
GUARDED = (NotSignedIn, Forbidden, SecondFactorMissing)
Big = Annotated[int, Path(ge=1, le=9_223_372_036_854_775_807)]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=500)]


def _out(row: Mail) -> FailedLetterOut:
    return FailedLetterOut(
        id=row.id,
        recipient=row.recipient,
        subject=row.subject,
        error=row.error,
        attempts=row.attempts,
        created_at=row.created_at,
        failed_at=row.failed_at or row.created_at,
        # Sent once and come back: its text is forgotten, there is nothing left to send.
        may=["retry"] if row.body else [],
    )


@router.get("/failed-letters", responses=problems(*GUARDED, BadCursor), summary="Les messages qui ne sont pas partis")
async def list_failed(session: DbSession, _: PlatformAdmin, limit: Limit = 20, cursor: Cursor = None) -> FailedLetters:
    """The newest first; their text is not shown."""
    asked = select(Mail).where(Mail.failed_at.is_not(None)).order_by(Mail.id.desc())
    if cursor:
        [before] = key_of(cursor, 1)
        if not isinstance(before, int) or not 0 < before < 2**63:
            raise BadCursor
        asked = asked.where(Mail.id < before)
    rows = (await session.scalars(asked.limit(limit + 1))).all()
    return FailedLetters(
        items=[_out(row) for row in rows[:limit]], next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None
    )


@router.post(
    "/failed-letters/{ident}/retry",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*GUARDED, CrossSite, NotFound),
    summary="Envoyer de nouveau un message",
)
async def retry_letter(session: DbSession, actor: PlatformAdmin, ident: Big) -> None:
    """Asked twice, sent once: it is no longer among the failures."""
    row = await session.get(Mail, ident, with_for_update=True)
    if row is None or row.failed_at is None or not row.body:
        raise NotFound("Ce message n’est pas en échec, ou son texte n’est plus gardé.")
    await mail.retry(session, row)
    audit.record(session, actor, "mail.retried", row)


@router.get(
    "/refused-addresses", responses=problems(*GUARDED, BadCursor), summary="Les adresses qui refusent nos messages"
)
async def list_refused(
    session: DbSession, _: PlatformAdmin, limit: Limit = 20, cursor: Cursor = None
) -> RefusedAddresses:
    asked = select(SuppressedAddress).where(SuppressedAddress.since.is_not(None)).order_by(SuppressedAddress.email)
    if cursor:
        [after] = key_of(cursor, 1)
        if not isinstance(after, str) or "\x00" in after:
            raise BadCursor
        asked = asked.where(SuppressedAddress.email > after)
    rows = (await session.scalars(asked.limit(limit + 1))).all()
    items = [
        RefusedAddressOut(email=row.email, reason=row.reason, bounces=row.bounces, since=row.since)
        for row in rows[:limit]
        if row.since
    ]
    return RefusedAddresses(items=items, next=cursor_of(items[-1].email) if len(rows) > limit else None)


@router.post(
    "/refused-addresses/lift",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*GUARDED, CrossSite, NotFound),
    summary="Écrire de nouveau à une adresse",
)
async def lift_address(session: DbSession, actor: PlatformAdmin, asked: AddressIn) -> None:
    if not await bounces.lift(session, asked.email.lower()):
        raise NotFound("Cette adresse n’est pas suspendue.")
    audit.record(session, actor, "address.lifted", ("suppressed_address", "lifted"))
