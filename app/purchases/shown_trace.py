"""Comments, decisions, approvals, links and progress as the API answers them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import queries as accounts
from app.accounts.actors import Member
from app.accounts.sessions import now
from app.library import queries as library
from app.purchases import rules_tasks
from app.purchases.models import PurchaseApproval, PurchaseComment, PurchaseDecision, PurchaseFile, PurchaseShare
from app.purchases.progress import Progress, missing_in
from app.purchases.queries import lines_of
from app.purchases.rules import FileState, Right
from app.purchases.schemas_trace import (
    ApprovalOut,
    ChangeOut,
    CommentOut,
    DecisionOut,
    ProgressOut,
    SharedClause,
    SharedFile,
    ShareOut,
    TaskOut,
)
from app.purchases.shown import Names, may, names_for, person


def progress_out(row: PurchaseFile, found: Progress) -> ProgressOut:
    return ProgressOut(
        tasks=[TaskOut(id=task.id, state=task.state) for task in found.tasks],
        done=rules_tasks.done(found.tasks),
        next=rules_tasks.next_task(found.tasks),
        missing=missing_in(row.draft),
        changes=[
            ChangeOut(
                clause_id=change.clause_id,
                title=change.title,
                held=change.held,
                current=change.current,
                withdrawn=change.withdrawn,
                places=list(change.places),
                reason=change.reason,
            )
            for change in found.changes
        ],
        comments=found.comments,
        links=found.links,
    )


def comment_out(made: PurchaseComment, names: Names, allowed: list[str]) -> CommentOut:
    return CommentOut(
        id=made.id,
        clause_id=made.clause_id,
        text=made.text,
        at=made.at,
        by=person(made.by, names) if made.by else None,
        signed=made.signed,
        resolved_at=made.resolved_at,
        resolved_by=person(made.resolved_by, names) if made.resolved_by else None,
        version=made.version,
        may=allowed,
    )


async def comments_out(
    session: AsyncSession, member: Member | None, row: PurchaseFile, rows: Sequence[PurchaseComment]
) -> list[CommentOut]:
    names = await names_for(session, (ident for made in rows for ident in (made.by, made.resolved_by)))
    settles = member is not None and "comment" in may(member, row)
    return [
        comment_out(made, names, (["reopen"] if made.resolved_at else ["resolve"]) if settles else []) for made in rows
    ]


async def decisions_out(
    session: AsyncSession, member: Member, row: PurchaseFile, rows: Sequence[PurchaseDecision]
) -> list[DecisionOut]:
    names = await names_for(session, (made.by for made in rows))
    decides = "decide" in may(member, row)
    return [
        DecisionOut(
            id=made.id,
            clause_id=made.clause_id,
            title=clause.record.title if (clause := library.shelf().clause(made.clause_id)) else made.clause_id,
            clause_version=made.clause_version,
            kind=made.kind,
            reason=made.reason,
            details=made.details,
            revision=made.revision,
            at=made.at,
            by=person(made.by, names),
            may=["give_reason"] if decides and not made.reason and made.by == member.person.id else [],
        )
        for made in rows
    ]


async def approvals_out(
    session: AsyncSession, member: Member, row: PurchaseFile, rows: Sequence[PurchaseApproval]
) -> list[ApprovalOut]:
    names = await names_for(session, (made.by for made in rows))
    return [
        ApprovalOut(
            id=made.id,
            part=made.part,
            revision=made.revision,
            stands=made.revision == row.revision and made.withdrawn_at is None,
            note=made.note,
            at=made.at,
            by=person(made.by, names),
            withdrawn_at=made.withdrawn_at,
            may=["withdraw"] if made.by == member.person.id and made.withdrawn_at is None else [],
        )
        for made in rows
    ]


async def shares_out(
    session: AsyncSession, member: Member, row: PurchaseFile, rows: Sequence[PurchaseShare]
) -> list[ShareOut]:
    names, moment = await names_for(session, (made.created_by for made in rows)), now()
    found = []
    for made in rows:
        works = made.revoked_at is None and made.expires_at > moment and row.state is not FileState.DELETED
        found.append(
            ShareOut(
                id=made.id,
                right=made.right,
                label=made.label,
                created_at=made.created_at,
                created_by=person(made.created_by, names),
                expires_at=made.expires_at,
                revoked_at=made.revoked_at,
                used_at=made.used_at,
                works=works,
                may=["revoke"] if works and "share" in may(member, row) else [],
            )
        )
    return found


async def shared_file(
    session: AsyncSession, share: PurchaseShare, row: PurchaseFile, comments: list[CommentOut]
) -> SharedFile:
    organisation = await accounts.organisation(session, row.organisation_id)
    lines = await lines_of(session, row.draft)
    return SharedFile(
        title=row.title,
        organisation=organisation.name,
        object=row.object,
        launch_date=row.launch_date,
        families=row.families,
        lots=[f"Lot {lot['number']} – {lot['title']}".removesuffix(" – ") for lot in row.draft["lots"]],
        revision=row.revision,
        updated_at=row.updated_at,
        clauses=[
            SharedClause(
                id=line.clause_id,
                version=line.version,
                title=line.title,
                piece=line.piece,
                level=line.level,
                values={name: str(value) for name, value in line.values.items() if value is not None},
                lots=list(line.lots),
                reason=line.reason,
            )
            for line in lines
        ],
        comments=comments,
        expires_at=share.expires_at,
        may=["read", "comment"] if share.right is Right.COMMENT else ["read"],
    )
