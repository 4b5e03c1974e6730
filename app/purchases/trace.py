"""What people leave on a file: comments, decisions, approvals, share links. Reading and writing."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.accounts.refusals import AlreadyThere, Forbidden
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.purchases.models import (
    PurchaseApproval,
    PurchaseComment,
    PurchaseDecision,
    PurchaseFile,
    PurchaseShare,
)
from app.purchases.refusals import ShareOver
from app.purchases.rules import FileState, Part, Right
from app.purchases.schemas_trace import CommentIn, DecisionIn, SharedCommentIn, ShareIn
from app.web.problems import NotFound


async def comments(
    session: AsyncSession, file_id: int, limit: int, *, after: int = 0, only: Sequence[ColumnElement[bool]] = ()
) -> Sequence[PurchaseComment]:
    """In the order they were written."""
    asked = select(PurchaseComment).where(PurchaseComment.file_id == file_id, PurchaseComment.id > after, *only)
    return (await session.execute(asked.order_by(PurchaseComment.id).limit(limit))).scalars().all()


async def comment(session: AsyncSession, actor: Member, row: PurchaseFile, asked: CommentIn) -> PurchaseComment:
    made = PurchaseComment(
        file_id=row.id, clause_id=asked.clause_id, text=asked.text, by=actor.person.id, at=now(), signed=""
    )
    session.add(made)
    await session.flush()
    audit.record(session, actor, "purchase.commented", row, {"comment": made.id})
    return made


async def comment_by_link(
    session: AsyncSession, share: PurchaseShare, row: PurchaseFile, asked: SharedCommentIn
) -> PurchaseComment:
    """The same message sent twice within ten minutes is one message."""
    twin = select(PurchaseComment).where(
        PurchaseComment.share_id == share.id,
        PurchaseComment.text == asked.text,
        PurchaseComment.signed == asked.signed,
        PurchaseComment.clause_id.is_not_distinct_from(asked.clause_id),
        PurchaseComment.at > now() - timedelta(minutes=10),
    )
    if known := (await session.execute(twin.limit(1))).scalar_one_or_none():
        return known
    made = PurchaseComment(
        file_id=row.id, clause_id=asked.clause_id, text=asked.text, share_id=share.id, signed=asked.signed, at=now()
    )
    session.add(made)
    await session.flush()
    audit.record(session, None, "purchase.commented", row, {"comment": made.id, "share": share.id})
    return made


async def one_comment(session: AsyncSession, row: PurchaseFile, ident: int) -> PurchaseComment:
    found = await session.get(PurchaseComment, ident, with_for_update=True)
    if found is None or found.file_id != row.id:
        raise NotFound("Ce commentaire n’existe pas.")
    return found


async def settle(session: AsyncSession, actor: Member, found: PurchaseComment, *, resolved: bool) -> None:
    """Resolves or reopens."""
    if resolved == (found.resolved_at is not None):
        return
    found.resolved_at, found.resolved_by = (now(), actor.person.id) if resolved else (None, None)
    await session.flush()


async def decisions(session: AsyncSession, file_id: int, limit: int, before: int | None) -> Sequence[PurchaseDecision]:
    """The newest first."""
    asked = select(PurchaseDecision).where(PurchaseDecision.file_id == file_id)
    if before is not None:
        asked = asked.where(PurchaseDecision.id < before)
    return (await session.execute(asked.order_by(PurchaseDecision.id.desc()).limit(limit))).scalars().all()


async def decide(session: AsyncSession, actor: Member, row: PurchaseFile, asked: DecisionIn) -> PurchaseDecision:
    held = {item["clauseId"]: item["version"] for item in row.draft["items"]}
    made = PurchaseDecision(
        file_id=row.id,
        clause_id=asked.clause_id,
        clause_version=held.get(asked.clause_id),
        kind=asked.kind,
        reason=asked.reason,
        details={},
        revision=row.revision,
        at=now(),
        by=actor.person.id,
    )
    session.add(made)
    await session.flush()
    audit.record(session, actor, "purchase.decided", row, {"decision": made.id, "kind": asked.kind})
    return made


async def give_reason(
    session: AsyncSession, actor: Member, row: PurchaseFile, ident: int, reason: str
) -> PurchaseDecision:
    """Once, by who decided: a record of decisions is not rewritten."""
    found = await session.get(PurchaseDecision, ident, with_for_update=True)
    if found is None or found.file_id != row.id:
        raise NotFound("Cette décision n’existe pas.")
    if found.by != actor.person.id:
        raise Forbidden("Seule la personne qui a décidé donne la raison de sa décision.")
    if found.reason:
        raise AlreadyThere("Cette décision a déjà sa raison : consignez-en une nouvelle si elle a changé.")
    found.reason = reason
    await session.flush()
    return found


async def approvals(session: AsyncSession, file_id: int) -> Sequence[PurchaseApproval]:
    asked = select(PurchaseApproval).where(PurchaseApproval.file_id == file_id)
    return (await session.execute(asked.order_by(PurchaseApproval.id.desc()).limit(200))).scalars().all()


async def approve(session: AsyncSession, actor: Member, row: PurchaseFile, part: Part, note: str) -> PurchaseApproval:
    """For what the file says now; given twice it is given once."""
    known = select(PurchaseApproval).where(
        PurchaseApproval.file_id == row.id,
        PurchaseApproval.part == part,
        PurchaseApproval.revision == row.revision,
        PurchaseApproval.by == actor.person.id,
    )
    found = (await session.execute(known)).scalar_one_or_none()
    if found is None:
        found = PurchaseApproval(file_id=row.id, part=part, revision=row.revision, by=actor.person.id)
        session.add(found)
    found.note, found.at, found.withdrawn_at = note, now(), None
    await session.flush()
    audit.record(session, actor, "purchase.approved", row, {"part": part, "revision": row.revision})
    return found


async def withdraw(session: AsyncSession, actor: Member, row: PurchaseFile, ident: int) -> PurchaseApproval:
    found = await session.get(PurchaseApproval, ident, with_for_update=True)
    if found is None or found.file_id != row.id:
        raise NotFound("Cette approbation n’existe pas.")
    if found.by != actor.person.id:
        raise Forbidden("Une approbation se retire par la personne qui l’a donnée.")
    if found.withdrawn_at is None:
        found.withdrawn_at = now()
        await session.flush()
        audit.record(session, actor, "purchase.approval_withdrawn", row, {"part": found.part})
    return found


async def shares(session: AsyncSession, file_id: int) -> Sequence[PurchaseShare]:
    asked = select(PurchaseShare).where(PurchaseShare.file_id == file_id)
    return (await session.execute(asked.order_by(PurchaseShare.id.desc()).limit(200))).scalars().all()


async def share(session: AsyncSession, actor: Member, row: PurchaseFile, asked: ShareIn) -> tuple[PurchaseShare, str]:
    """The link's row, and the token: told now, never again."""
    token, moment = new_token(), now()
    made = PurchaseShare(
        file_id=row.id,
        token_hash=hash_of(token),
        right=asked.right,
        label=asked.label,
        created_at=moment,
        created_by=actor.person.id,
        expires_at=moment + timedelta(days=asked.days),
    )
    session.add(made)
    await session.flush()
    audit.record(session, actor, "purchase.shared", row, {"share": made.id, "right": asked.right, "days": asked.days})
    return made, token


async def revoke(session: AsyncSession, actor: Member, row: PurchaseFile, ident: int) -> PurchaseShare:
    found = await session.get(PurchaseShare, ident, with_for_update=True)
    if found is None or found.file_id != row.id:
        raise NotFound("Ce lien n’existe pas.")
    if found.revoked_at is None:
        found.revoked_at = now()
        await session.flush()
        audit.record(session, actor, "purchase.unshared", row, {"share": found.id})
    return found


async def opened(session: AsyncSession, token: str, *, to_comment: bool = False) -> tuple[PurchaseShare, PurchaseFile]:
    """The living link of this token and its file; unknown, expired, revoked and deleted are told apart by nobody."""
    asked = (
        select(PurchaseShare, PurchaseFile)
        .join(PurchaseFile, PurchaseFile.id == PurchaseShare.file_id)
        .where(PurchaseShare.token_hash == hash_of(token))
    )
    found = (await session.execute(asked)).one_or_none()
    if found is None or found[0].revoked_at or found[0].expires_at <= now() or found[1].state is FileState.DELETED:
        raise ShareOver("Ce lien ne fonctionne pas ou plus. Demandez-en un autre à la personne qui vous l’a envoyé.")
    if to_comment and found[0].right is not Right.COMMENT:
        raise Forbidden("Ce lien permet de lire le dossier, pas de le commenter.")
    return found[0], found[1]
