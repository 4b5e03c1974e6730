"""The security history of an organisation: what concerns it, and the ways into the accounts of its members."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries
from app.accounts.history import KINDS
from app.accounts.models import Membership
from app.accounts.models_trail import SecurityEvent
from app.accounts.rules import ROLE_LABELS
from app.accounts.schemas_organisations import OrganisationEvent
from app.web.csv_table import table

OF_MEMBERS: Final = (
    "signed_in",
    "sign_in_refused",
    "second_factor_refused",
    "passkey_added",
    "passkey_removed",
    "totp_added",
    "totp_removed",
    "recovery_code_used",
    "email_changed",
)
"""Events of an account that weaken or open a place in the organisation; the rest is the person's own."""
MOST: Final = 10_000
"""Lines of the CSV."""
_METHODS: Final = {"passphrase": "phrase de passe", "passkey": "clé d’accès", "proconnect": "ProConnect"}


async def events(
    session: AsyncSession, organisation_id: int, limit: int, before: int | None
) -> Sequence[SecurityEvent]:
    """The newest first. Of a member's account, what happened since they joined."""
    narrow = [SecurityEvent.id < before] if before is not None else []
    own = select(SecurityEvent.id).where(SecurityEvent.organisation_id == organisation_id, *narrow)
    elsewhere = SecurityEvent.organisation_id.is_distinct_from(organisation_id)
    theirs = (
        select(SecurityEvent.id)
        .join(Membership, Membership.person_id == SecurityEvent.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            SecurityEvent.at >= Membership.since,
            SecurityEvent.kind.in_(OF_MEMBERS),
            or_(SecurityEvent.organisation_id.is_(None), elsewhere),
            *narrow,
        )
    )
    # Each side stops at the page: neither reads the whole history of a large organisation.
    sides = [one.order_by(SecurityEvent.id.desc()).limit(limit).subquery() for one in (own, theirs)]
    idents = union_all(*(select(side.c.id) for side in sides))
    asked = select(SecurityEvent).where(SecurityEvent.id.in_(idents)).order_by(SecurityEvent.id.desc()).limit(limit)
    return (await session.execute(asked)).scalars().all()


async def shown(session: AsyncSession, rows: Sequence[SecurityEvent]) -> list[OrganisationEvent]:
    people = {row.person_id for row in rows} | {row.details.get("by") for row in rows}
    names = await queries.names_of(session, [ident for ident in people if ident is not None])
    return [
        OrganisationEvent(
            id=row.id,
            kind=row.kind,
            label=KINDS.get(row.kind, row.kind),
            at=row.at,
            person=names.get(row.person_id or 0, ""),
            by=names.get(row.details.get("by", 0), ""),
            detail=_detail(row),
            ip_prefix=row.ip_prefix,
            user_agent=row.user_agent,
        )
        for row in rows
    ]


def _detail(row: SecurityEvent) -> str:
    told = row.details
    if "role" in told:
        return f"rôle : {ROLE_LABELS.get(told['role'], told['role'])}"
    if "prefix" in told:
        return f"clé {told['prefix']}…"
    return _METHODS.get(told.get("method", ""), "")


def to_csv(items: Sequence[OrganisationEvent]) -> bytes:
    head = ("date", "evenement", "personne", "par", "detail", "reseau", "navigateur")
    rows = [
        (one.at.isoformat(timespec="seconds"), one.label, one.person, one.by, one.detail, one.ip_prefix, one.user_agent)
        for one in items
    ]
    return table(head, rows)
