"""A buyer organisation's own wording of a public clause: seen and used by its members only."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts import rules as account_rules
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.refusals import Forbidden, NotSignedIn
from app.accounts.rules import Role
from app.database.engine import DbSession
from app.library import queries as library
from app.library.comparing import compare
from app.library.overlays import queries, rules
from app.library.overlays.models import ClauseOverlay
from app.library.overlays.schemas import ConflictOut, OverlayIn, OverlayOut, OverlayPage, OverlayRow, RebaseIn
from app.library.published import PublishedClause
from app.library.routes import Ident
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, Problem, describe, problems

router = APIRouter(prefix="/api/v1", tags=["Clauses d’une organisation"])
CLOSED = (NotSignedIn, Forbidden, NotFound)


class OverlayConflict(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/adaptation-en-conflit", "Deux textes se contredisent"


describe(
    OverlayConflict,
    "Votre organisation et la bibliothèque ont changé le même paragraphe. Choisissez lequel garder : rien n’a bougé.",
)


def _current(ident: str) -> PublishedClause:
    clause = library.shelf().clause(ident)
    if clause is None:
        raise NotFound(f"La clause {ident} n’existe pas.")
    return clause


async def _held(session: AsyncSession, member: Member, ident: str) -> ClauseOverlay:
    row = await queries.overlay(session, member.organisation.id, ident, lock=True)
    if row is None:
        raise NotFound(f"Votre organisation n’a pas adapté la clause {ident}.")
    return row


async def _out(session: AsyncSession, member: Member, row: ClauseOverlay, response: Response) -> OverlayOut:
    parent, current = await queries.parent_of(session, row), _current(row.clause_id)
    own = rules.adapted(parent.as_written, row.wordings, row.defaults)
    moved = current.version != row.parent_version
    conflicts = rules.rebased(parent.as_written, current.as_written, row.wordings)[1] if moved else []
    diff = compare(parent, PublishedClause(own, parent.version, parent.content_hash, parent.published_at))
    writer = account_rules.at_least(member.role, Role.WRITER)
    tagged(response, row.version)
    return OverlayOut(
        clause=row.clause_id,
        title=current.record.title,
        parent_version=row.parent_version,
        current_version=current.version,
        moved=moved,
        conflicts=[ConflictOut.model_validate(conflict) for conflict in conflicts],
        name=f"{row.clause_id}@{row.parent_version}+overlay",
        wordings=own.wordings,
        defaults=row.defaults,
        variables=own.variables,
        note=row.note,
        diff=diff,
        version=row.version,
        updated_at=row.updated_at,
        may=["edit", "delete", "rebase"] if writer else [],
    )


@router.get(
    "/overlays", responses=problems(*CLOSED[:2], BadCursor), summary="Les clauses adaptées par mon organisation"
)
async def list_overlays(
    session: DbSession,
    member: BuyerReader,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> OverlayPage:
    after = str(key_of(cursor, 1)[0]) if cursor else ""
    rows = await queries.overlays(session, member.organisation.id, after, limit + 1)
    items = []
    for row in rows[:limit]:
        current = _current(row.clause_id)
        moved = current.version != row.parent_version
        items.append(
            OverlayRow(clause=row.clause_id, title=current.record.title, parent_version=row.parent_version, moved=moved)
        )
    return OverlayPage(items=items, next=cursor_of(items[-1].clause) if len(rows) > limit else None)


@router.get(
    "/clauses/{ident}/overlay", responses=problems(*CLOSED), summary="Le texte de mon organisation pour une clause"
)
async def read_overlay(session: DbSession, member: BuyerReader, ident: Ident, response: Response) -> OverlayOut:
    row = await queries.overlay(session, member.organisation.id, ident)
    if row is None:
        raise NotFound(f"Votre organisation n’a pas adapté la clause {ident}.")
    return await _out(session, member, row, response)


@router.put(
    "/clauses/{ident}/overlay",
    responses=problems(*CLOSED, Invalid, PreconditionRequired, VersionMismatch),
    summary="Adapter une clause pour mon organisation",
)
async def write_overlay(  # noqa: PLR0913, PLR0917 (who, which, what, from which version)
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: OverlayIn,
    response: Response,
    if_match: IfMatch = None,
) -> OverlayOut:
    """Only what differs from the parent is kept. `If-Match` once it exists."""
    _current(ident)
    parent = await library.clause_version(session, ident, asked.parent_version)
    if parent is None:
        errors = [FieldError(pointer="/parent_version", detail="Cette version n’existe pas.")]
        raise Invalid("Un champ est à corriger.", errors)
    record = parent.as_written
    wordings = {str(p): text for p, text in asked.wordings.items() if text != record.wordings.get(p)}
    found = list(rules.faults(record, wordings, asked.defaults))
    if found:
        raise Invalid("Votre texte est à corriger.", [FieldError(pointer=p, detail=detail) for p, detail in found])
    row = await queries.overlay(session, member.organisation.id, ident, lock=True)
    if row is None:
        row = ClauseOverlay(organisation_id=member.organisation.id, clause_id=ident)
        session.add(row)
    else:
        require_version(if_match, row.version)
    row.parent_version, row.wordings, row.defaults = asked.parent_version, wordings, dict(asked.defaults)
    row.note, row.updated_by = asked.note, member.person.id
    return await _kept(session, member, row, response, "overlay.written")


async def _kept(session: AsyncSession, member: Member, row: ClauseOverlay, response: Response, act: str) -> OverlayOut:
    await session.flush()
    await session.refresh(row)
    audit.record(session, member, act, ("clause_overlay", row.clause_id), {"parent": row.parent_version})
    return await _out(session, member, row, response)


@router.post(
    "/clauses/{ident}/overlay/rebase",
    responses=problems(*CLOSED, OverlayConflict, PreconditionRequired, VersionMismatch),
    summary="Reprendre son adaptation sur la version en cours",
)
async def rebase_overlay(  # noqa: PLR0913, PLR0917 (who, which, what, from which version)
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: RebaseIn,
    response: Response,
    if_match: IfMatch = None,
) -> OverlayOut:
    row = await _held(session, member, ident)
    require_version(if_match, row.version)
    parent, current = await queries.parent_of(session, row), _current(ident)
    record = current.as_written
    wordings, conflicts = rules.rebased(parent.as_written, record, row.wordings, asked.keep)
    if conflicts and asked.keep is None:
        raise OverlayConflict(
            "Un paragraphe a changé des deux côtés : choisissez le vôtre ou celui de la bibliothèque."
        )
    defaults = {name: value for name, value in row.defaults.items() if name in record.variables}
    wrong = list(rules.faults(record, wordings, defaults)) if wordings or defaults else []
    if wrong:
        raise Invalid("Votre texte est à corriger.", [FieldError(pointer=p, detail=detail) for p, detail in wrong])
    row.parent_version, row.wordings, row.defaults = current.version, wordings, defaults
    row.updated_by = member.person.id
    return await _kept(session, member, row, response, "overlay.rebased")


@router.delete(
    "/clauses/{ident}/overlay",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*CLOSED, PreconditionRequired, VersionMismatch),
    summary="Revenir au texte de la bibliothèque",
)
async def delete_overlay(session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None) -> None:
    row = await _held(session, member, ident)
    require_version(if_match, row.version)
    audit.record(session, member, "overlay.deleted", ("clause_overlay", ident), {"parent": row.parent_version})
    await session.delete(row)
