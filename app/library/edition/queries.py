"""Reading the editorial room: proposals with what one may do with them, messages of readers, clauses to look at."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Actor
from app.accounts.queries import acts_on, names_of
from app.library import queries as library
from app.library.answers import terms_of
from app.library.comparing import compare
from app.library.edition import rules
from app.library.edition.drafting import identity_troubles, troubles_of, with_change
from app.library.edition.models import ClausePen, ClauseProposal, ClauseReading
from app.library.edition.rules import OPEN, Me, ProposalStatus, Read
from app.library.edition.schemas import (
    ClauseProposalOut,
    ClauseProposalPage,
    ClauseProposalRow,
    FaultOut,
    LintOut,
    PenOut,
    ReadingOut,
    StepOut,
)
from app.library.files import ClauseFile
from app.library.html import wording_html
from app.library.published import PublishedClause
from app.library.schemas_diff import DiffOut
from app.library.shelf import Shelf
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound


def me_of(actor: Actor) -> Me:
    return Me(actor.person.id, frozenset(map(str, actor.platform)))


async def proposal(session: AsyncSession, ident: int, *, lock: bool = False) -> ClauseProposal:
    found = await session.get(ClauseProposal, ident, with_for_update=lock or None)
    if found is None:
        raise NotFound(f"La proposition {ident} n’existe pas.")
    return found


async def readings_of(session: AsyncSession, idents: Sequence[int]) -> dict[int, list[ClauseReading]]:
    rows = await session.scalars(
        select(ClauseReading).where(ClauseReading.proposal_id.in_(idents)).order_by(ClauseReading.id)
    )
    found: dict[int, list[ClauseReading]] = {ident: [] for ident in idents}
    for row in rows:
        found[row.proposal_id].append(row)
    return found


def reads(rows: Iterable[ClauseReading]) -> list[Read]:
    return [Read(row.part, row.verdict, row.reader_id, row.revision) for row in rows]


async def page(  # noqa: PLR0913, PLR0917 (filters and paging)
    session: AsyncSession, actor: Actor, statuses: Sequence[ProposalStatus], clause: str, cursor: str | None, limit: int
) -> ClauseProposalPage:
    """The oldest first: what has waited longest is on top."""
    asked = select(ClauseProposal).order_by(ClauseProposal.updated_at, ClauseProposal.id).limit(limit + 1)
    if statuses:
        asked = asked.where(ClauseProposal.status.in_(statuses))
    if clause:
        asked = asked.where(ClauseProposal.clause_id == clause)
    if cursor:
        moment, ident = key_of(cursor, 2)
        after = (_moment(moment), int(ident))
        asked = asked.where(tuple_(ClauseProposal.updated_at, ClauseProposal.id) > after)
    rows = (await session.scalars(asked)).all()
    kept = rows[:limit]
    read = await readings_of(session, [row.id for row in kept])
    names = await names_of(session, [row.author_id for row in kept])
    more = len(rows) > limit
    return ClauseProposalPage(
        items=[row_of(row, read[row.id], names, me_of(actor)) for row in kept],
        next=cursor_of(kept[-1].updated_at.isoformat(), kept[-1].id) if more else None,
    )


def _moment(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise BadCursor from error


def title_of(row: ClauseProposal) -> str:
    """The title as it stands in the text, even while the rest cannot be read."""
    for line in row.source.decode().split("\n"):
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip("\"'") or "Sans titre"
    return "Sans titre"


def row_of(row: ClauseProposal, read: Sequence[ClauseReading], names: dict[int, str], me: Me) -> ClauseProposalRow:
    found = reads(read)
    return ClauseProposalRow.model_validate(
        {
            "id": row.id,
            "clause": row.clause_id,
            "title": title_of(row),
            "new": row.base_version == 0,
            "base_version": row.base_version,
            "kind": row.kind,
            "reason": row.reason,
            "status": row.status,
            "ready": row.status is ProposalStatus.REVIEW and rules.is_ready(found, row.revision),
            "author": names.get(row.author_id, "Compte supprimé"),
            "since": row.updated_at,
            "age_days": max(0, (datetime.now(UTC) - row.updated_at).days),
            "may": rules.may(row.status, row.author_id, found, row.revision, me),
        }
    )


async def whole(session: AsyncSession, actor: Actor, row: ClauseProposal) -> ClauseProposalOut:
    """All that its screen shows."""
    read = (await readings_of(session, [row.id]))[row.id]
    pen = await session.get(ClausePen, row.id)
    acts = await acts_on(session, ClauseProposal.__tablename__, str(row.id))
    people = {row.author_id, *(r.reader_id for r in read), *(a.person_id for a in acts if a.person_id)}
    names = await names_of(session, [*people, *([pen.person_id] if pen else [])])
    shelf = library.shelf()
    source = row.source.decode()
    file, check = lint(source, row, shelf)
    base = await library.clause_version(session, row.clause_id, row.base_version) if row.base_version else None
    current = shelf.clause(row.clause_id)
    pen_held = pen is not None and pen.until > datetime.now(UTC)
    return ClauseProposalOut(
        **row_of(row, read, names, me_of(actor)).model_dump(),
        source=source,
        path=row.path,
        version=row.version,
        revision=row.revision,
        refusal=row.refusal,
        published_version=row.published_version,
        current_version=current.version if current else 0,
        readings=[
            ReadingOut(
                part=r.part,
                verdict=r.verdict,
                note=r.note,
                reader=names.get(r.reader_id, "Compte supprimé"),
                at=r.at,
                current=r.revision == row.revision,
            )
            for r in read
        ],
        pen=PenOut(name=names[pen.person_id], mine=pen.person_id == actor.person.id, until=pen.until)
        if pen and pen_held
        else None,
        others=await _others(session, row),
        check=check,
        diff=_diff(base, file),
        history=[StepOut(act=a.act, at=a.at, by=names.get(a.person_id or 0, "Compte supprimé")) for a in acts],
    )


def _diff(base: PublishedClause | None, file: ClauseFile | None) -> DiffOut | None:
    if base is None or file is None:
        return None
    return compare(base, PublishedClause(file.record, base.version + 1, "", datetime.now(UTC)))


async def _others(session: AsyncSession, row: ClauseProposal) -> list[int]:
    asked = select(ClauseProposal.id).where(
        ClauseProposal.clause_id == row.clause_id, ClauseProposal.status.in_(OPEN), ClauseProposal.id != row.id
    )
    return list((await session.scalars(asked.order_by(ClauseProposal.id))).all())


def as_file(source: str, kind: str, reason: str, shelf: Shelf) -> str:
    """The text as it would be published today."""
    return with_change(source, kind, reason or "Motif à écrire", shelf.day)


def lint(
    source: str, row: ClauseProposal, shelf: Shelf, *, thorough: bool = False
) -> tuple[ClauseFile | None, LintOut]:
    """`thorough`: compared with the whole library too."""
    others = shelf.clauses.values() if thorough else ()
    file, troubles = troubles_of(as_file(source, row.kind, row.reason, shelf), row.path, shelf.words, others)
    if file is not None:
        troubles = [*identity_troubles(file, row.clause_id), *troubles]
    return file, checked(file, [FaultOut.model_validate(trouble) for trouble in troubles], shelf)


def checked(file: ClauseFile | None, faults: list[FaultOut], shelf: Shelf) -> LintOut:
    if file is None:
        return LintOut(faults=faults, title=None, html={})
    record = file.record
    terms = terms_of(record, shelf)
    html = {piece: wording_html(text, record.variables, terms) for piece, text in record.wordings.items()}
    return LintOut(faults=faults, title=record.title, html=html)


async def count_by_status(session: AsyncSession) -> dict[ProposalStatus, int]:
    rows = await session.execute(
        select(ClauseProposal.status, func.count().label("number")).group_by(ClauseProposal.status)
    )
    return {row.status: row.number for row in rows}
