"""What changes a saved file: made, written, put away, thrown away and taken back, copied, exported."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor, Member
from app.accounts.sessions import now
from app.documents.content import ChosenClause
from app.purchases import rules
from app.purchases.drafts import DraftIn, amount_of, date_of, families_of, pinned
from app.purchases.models import PurchaseDecision, PurchaseExport, PurchaseFile
from app.purchases.refusals import NotAllowed
from app.purchases.rules import DecisionKind, FileState

UNTITLED: Final = "Dossier sans titre"
_TITLE: Final = 300


def title_for(title: str, draft: DraftIn) -> str:
    return (title.strip() or draft.purchase.object.strip() or UNTITLED)[:_TITLE]


def _describe(row: PurchaseFile, draft: DraftIn) -> None:
    """The columns that lists and indicators read."""
    purchase = draft.purchase
    row.object, row.families = purchase.object.strip(), families_of(purchase)
    row.cpv = [entry.code for entry in purchase.cpv]
    row.launch_date, row.amount = date_of(purchase.launch_date), amount_of(purchase)


async def create(
    session: AsyncSession, actor: Member, draft: DraftIn, title: str = "", *, copied_from: int | None = None
) -> PurchaseFile:
    draft, moment = pinned(draft), now()
    row = PurchaseFile(
        organisation_id=actor.organisation.id,
        title=title_for(title, draft),
        draft=draft.kept(),
        revision=1,
        state=FileState.ACTIVE,
        state_since=moment,
        copied_from=copied_from,
        created_at=moment,
        created_by=actor.person.id,
        updated_at=moment,
        updated_by=actor.person.id,
    )
    _describe(row, draft)
    session.add(row)
    await session.flush()
    audit.record(session, actor, "purchase.created", row, {"copied_from": copied_from, "clauses": len(draft.items)})
    await _decide(session, actor, row, {}, row.draft)
    return row


def require(row: PurchaseFile, actor: Member, act: str) -> None:
    writes = actor.role in {"writer", "administrator"}
    if act not in rules.may_on_file(row.state, writes=writes):
        raise NotAllowed(_WHY.get(row.state, "Votre rôle dans l’organisation ne permet pas cette action."))


_WHY: Final = {
    FileState.ARCHIVED: "Ce dossier est archivé : remettez-le parmi les dossiers en cours pour le modifier.",
    FileState.DELETED: "Ce dossier est dans la corbeille : restaurez-le pour le modifier.",
}


async def save(
    session: AsyncSession, actor: Member, row: PurchaseFile, draft: DraftIn | None = None, title: str | None = None
) -> None:
    """Writes what was typed, on a row that the caller has locked; when nothing changed there is no new version."""
    decided: tuple[Mapping[str, Any], Mapping[str, Any]] | None = None
    if title is not None:
        row.title = title_for(title, draft or DraftIn.model_validate(row.draft))
    if draft is not None:
        draft = pinned(draft)
        kept, before = draft.kept(), row.draft
        if kept != before:
            row.draft = kept
            _describe(row, draft)
            if not rules.says_the_same(before, kept):
                row.revision += 1
                decided = (before, kept)
    if session.is_modified(row):
        # Before any flush: a row that was written is no longer "modified".
        row.updated_at, row.updated_by = now(), actor.person.id
        await session.flush()
    if decided:
        await _decide(session, actor, row, *decided)


async def _decide(
    session: AsyncSession, actor: Actor, row: PurchaseFile, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Adds to the record of decisions; one that the same person goes on typing is the same decision."""
    found = rules.decisions_between(before, after)
    last_of = await _last_decisions(session, row, [one.clause_id for one in found if one.kind is DecisionKind.CHANGE])
    for made in found:
        last = last_of.get(made.clause_id)
        if last and last.by == actor.person.id and rules.goes_on(last.kind, last.at, made.kind, now=now()):
            last.details = rules.merged(last.details, made.details)
            last.reason = made.reason or last.reason
            last.revision, last.clause_version = row.revision, made.version
            continue
        session.add(
            PurchaseDecision(
                file_id=row.id,
                clause_id=made.clause_id,
                clause_version=made.version,
                kind=made.kind,
                reason=made.reason,
                details=dict(made.details),
                revision=row.revision,
                by=actor.person.id,
                at=now(),
            )
        )
    await session.flush()


async def _last_decisions(
    session: AsyncSession, row: PurchaseFile, clauses: Sequence[str]
) -> dict[str, PurchaseDecision]:
    """The last decision on each of these clauses: all in one question, for a file may change forty at once."""
    if not clauses:
        return {}
    decided = (
        select(PurchaseDecision)
        .ext(distinct_on(PurchaseDecision.clause_id))
        .where(PurchaseDecision.file_id == row.id, PurchaseDecision.clause_id.in_(clauses))
        .order_by(PurchaseDecision.clause_id, PurchaseDecision.id.desc())
    )
    return {one.clause_id: one for one in (await session.scalars(decided)).all()}


async def move(session: AsyncSession, actor: Member, row: PurchaseFile, state: FileState) -> None:
    """Archives, deletes (thirty days in the bin) or takes back."""
    row.state, row.state_since = state, now()
    audit.record(session, actor, f"purchase.{state}", row)
    await session.flush()


async def record_export(  # noqa: PLR0913, PLR0917 (what an export is)
    session: AsyncSession,
    actor: Actor,
    row: PurchaseFile,
    pieces: list[str],
    clauses: tuple[ChosenClause, ...],
    content: bytes,
) -> PurchaseExport:
    """Keeps what was made: the clauses with their versions, and the hash of what was sent."""
    made = PurchaseExport(
        file_id=row.id,
        revision=row.revision,
        by=actor.person.id,
        at=now(),
        pieces=pieces,
        manifest=[
            {
                "id": clause.record.id,
                "version": clause.version,
                "hash": clause.content_hash,
                "title": clause.record.title,
                "lots": list(clause.lots),
            }
            for clause in clauses
        ],
        sha256=sha256(content).hexdigest(),
    )
    session.add(made)
    await session.flush()
    audit.record(session, actor, "purchase.exported", row, {"export": made.id, "clauses": len(clauses)})
    return made
