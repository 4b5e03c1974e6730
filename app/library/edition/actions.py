"""What the editorial room does: each act in the transaction of its request, and in the audit trail."""

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Actor
from app.accounts.personal import ERASERS
from app.accounts.refusals import Forbidden
from app.library import queries as library
from app.library.edition import queries, rules
from app.library.edition.drafting import copied, path_of, skeleton, with_change
from app.library.edition.merging import merge_file
from app.library.edition.models import ClausePen, ClauseProposal, ClauseReading
from app.library.edition.refusals import AlreadyMoved, NotPublishable, NotThere
from app.library.edition.rules import PEN, ProposalStatus
from app.library.edition.schemas import ClauseProposalIn, PublishedOut, ReadingIn, TextIn
from app.library.files import parse
from app.library.load import LoadReport, hold, newest_versions, version_of, write_journal
from app.library.models import Clause, LibraryGeneration
from app.web.problems import FieldError, Invalid, NotFound


async def propose(session: AsyncSession, actor: Actor, asked: ClauseProposalIn) -> ClauseProposal:
    row = await (_change(session, asked.clause) if asked.clause else _new(session, asked))
    row.author_id = actor.person.id
    session.add(row)
    await session.flush()
    await session.refresh(row)
    audit.record(session, actor, "clause.proposed", row, {"clause": row.clause_id, "base": row.base_version})
    return row


async def _change(session: AsyncSession, ident: str) -> ClauseProposal:
    versions = await library.versions_of(session, ident)
    if not versions:
        raise NotFound(f"La clause {ident} n’existe pas.")
    newest = versions[0]
    return ClauseProposal(
        clause_id=ident, base_version=newest.number, path=newest.path, source=newest.source, kind="wording", reason=""
    )


async def _new(session: AsyncSession, asked: ClauseProposalIn) -> ClauseProposal:
    shelf = library.shelf()
    family = shelf.words.families.get(asked.family or "")
    if family is None:
        raise Invalid("Un champ est à corriger.", [FieldError(pointer="/family", detail="Choisissez une famille.")])
    await hold(session)  # two new clauses of one family at once: the second one sees the number of the first
    proposed = await session.scalars(select(ClauseProposal.clause_id).where(ClauseProposal.base_version == 0))
    ident = rules.next_number(family.prefix, [*await session.scalars(select(Clause.id)), *proposed])
    text = skeleton(ident, family.code, shelf.day)
    if asked.model:
        versions = await library.versions_of(session, asked.model)
        if not versions:
            raise Invalid(
                "Un champ est à corriger.", [FieldError(pointer="/model", detail="Cette clause n’existe pas.")]
            )
        text = copied(versions[0].source.decode(), ident)
    return ClauseProposal(
        clause_id=ident,
        base_version=0,
        path=path_of(family.code, ident),
        source=text.encode(),
        kind="creation",
        reason="Première rédaction",
    )


async def require(session: AsyncSession, actor: Actor, row: ClauseProposal, right: str) -> None:
    """The right, or the reason why not."""
    read = queries.reads((await queries.readings_of(session, [row.id]))[row.id])
    if right in rules.may(row.status, row.author_id, read, row.revision, queries.me_of(actor)):
        return
    if right.startswith("read_") and actor.person.id == row.author_id:
        raise Forbidden("On ne relit pas sa propre proposition : une autre personne doit le faire.")
    if right.startswith("read_") and row.status is ProposalStatus.REVIEW:
        raise Forbidden("Cette relecture revient à une autre personne, ou demande un rôle que vous n’avez pas.")
    if right == "publish" and row.status is ProposalStatus.REVIEW:
        raise NotThere("Il faut une relecture juridique et une relecture technique favorables, de deux personnes.")
    raise NotThere("La proposition n’est pas dans l’état que cette action demande.")


def _moved(row: ClauseProposal, status: ProposalStatus) -> None:
    row.status, row.updated_at = status, datetime.now(UTC)


async def write(session: AsyncSession, actor: Actor, row: ClauseProposal, asked: TextIn) -> None:
    """A new text: it goes back to the draft, and the readings of the old one no longer count."""
    await require(session, actor, row, "edit")
    changed = (asked.source.encode(), asked.kind, asked.reason) != (row.source, row.kind, row.reason)
    if not changed:
        return
    row.source, row.kind, row.reason = asked.source.encode(), asked.kind, asked.reason
    row.revision += 1
    _moved(row, ProposalStatus.DRAFT)
    await hold_pen(session, actor, row)
    audit.record(session, actor, "clause.written", row, {"revision": row.revision})


async def hold_pen(session: AsyncSession, actor: Actor, row: ClauseProposal) -> None:
    """Says that one is writing, unless somebody else still is."""
    held = await session.get(ClausePen, row.id)
    now = datetime.now(UTC)
    if held and held.person_id != actor.person.id and held.until > now:
        return
    values = {"person_id": actor.person.id, "until": now + PEN}
    stored = insert(ClausePen).values(proposal_id=row.id, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["proposal_id"], set_=values))


async def submit(session: AsyncSession, actor: Actor, row: ClauseProposal) -> None:
    await require(session, actor, row, "submit")
    require_publishable(row)
    row.submitted_at = datetime.now(UTC)
    _moved(row, ProposalStatus.REVIEW)
    audit.record(session, actor, "clause.submitted", row, {"revision": row.revision})


def require_publishable(row: ClauseProposal) -> None:
    errors = [] if len(row.reason) >= 10 else [FieldError(pointer="/reason", detail="Dites pourquoi, en une phrase.")]  # noqa: PLR2004
    _, check = queries.lint(row.source.decode(), row, library.shelf(), thorough=True)
    errors += [FieldError(pointer="/source", detail=f"{fault.field} : {fault.sentence}") for fault in check.faults]
    if errors:
        count = "Un point empêche" if len(errors) == 1 else f"{len(errors)} points empêchent"
        raise NotPublishable(f"{count} la relecture.", errors)


async def read(session: AsyncSession, actor: Actor, row: ClauseProposal, asked: ReadingIn) -> None:
    await require(session, actor, row, f"read_{asked.part}")
    if asked.verdict is rules.Verdict.RETURNED and len(asked.note) < 10:  # noqa: PLR2004
        raise Invalid("Un champ est à corriger.", [FieldError(pointer="/note", detail="Dites ce qui est à reprendre.")])
    session.add(
        ClauseReading(
            proposal_id=row.id,
            revision=row.revision,
            part=asked.part,
            verdict=asked.verdict,
            note=asked.note,
            reader_id=actor.person.id,
        )
    )
    returned = asked.verdict is rules.Verdict.RETURNED
    _moved(row, ProposalStatus.DRAFT if returned else ProposalStatus.REVIEW)
    details = {"part": str(asked.part), "revision": row.revision}
    audit.record(session, actor, f"clause.{'returned' if returned else 'approved'}", row, details)


async def refuse(session: AsyncSession, actor: Actor, row: ClauseProposal, reason: str) -> None:
    await require(session, actor, row, "refuse")
    row.refusal, row.decided_at = reason, datetime.now(UTC)
    _moved(row, ProposalStatus.REFUSED)
    audit.record(session, actor, "clause.refused", row)


async def reopen(session: AsyncSession, actor: Actor, row: ClauseProposal) -> None:
    await require(session, actor, row, "reopen")
    _moved(row, ProposalStatus.DRAFT)
    audit.record(session, actor, "clause.reopened", row)


async def abandon(session: AsyncSession, actor: Actor, row: ClauseProposal) -> None:
    await require(session, actor, row, "abandon")
    row.decided_at = datetime.now(UTC)
    _moved(row, ProposalStatus.ABANDONED)
    audit.record(session, actor, "clause.abandoned", row)


async def rebase(session: AsyncSession, actor: Actor, row: ClauseProposal) -> None:
    """Carries the change over to the current version; conflicts stand between marks in the text."""
    await require(session, actor, row, "rebase")
    versions = await library.versions_of(session, row.clause_id)
    if not versions or versions[0].number == row.base_version:
        raise NotThere("La clause n’a pas changé depuis le début de cette proposition.")
    newest = versions[0]
    base = next((v.source for v in versions if v.number == row.base_version), b"")
    text, conflicts = merge_file(base.decode(), row.source.decode(), newest.source.decode())
    row.source, row.base_version, row.path = text.encode(), newest.number, newest.path
    row.revision += 1
    _moved(row, ProposalStatus.DRAFT)
    details = {"base": newest.number, "conflicts": conflicts}
    audit.record(session, actor, "clause.rebased", row, details)


async def publish(session: AsyncSession, actor: Actor, row: ClauseProposal) -> PublishedOut:
    """A new immutable version: every process serves it at its next look at the generation."""
    await require(session, actor, row, "publish")
    await hold(session)
    number, _ = (await newest_versions(session)).get(row.clause_id, (0, ""))
    if number != row.base_version:
        raise AlreadyMoved(f"La version {number} de {row.clause_id} a été publiée depuis : reprenez-la d’abord.")
    require_publishable(row)
    source = with_change(row.source.decode(), row.kind, row.reason, library.shelf().day)
    made = await _store(session, row, source)
    row.published_version, row.decided_at = made.version, datetime.now(UTC)
    _moved(row, ProposalStatus.PUBLISHED)
    audit.record(session, actor, "clause.published", row, {"clause": made.clause, "version": made.version})
    return made


async def _store(session: AsyncSession, row: ClauseProposal, source: str) -> PublishedOut:
    file, number = parse(source.encode(), row.path), row.base_version + 1
    generation = await session.get_one(LibraryGeneration, 1, with_for_update=True)
    clause = await session.get(Clause, row.clause_id)
    report = LoadReport()
    if clause is None:
        session.add(Clause(id=row.clause_id))
        report.created[row.clause_id] = number
    else:
        clause.withdrawn_at = None
        report.changed[row.clause_id] = number
    await session.flush()
    version = version_of(file, number, "edition")
    session.add(version)
    await write_journal(session, report, generation)
    return PublishedOut(clause=row.clause_id, version=number, content_hash=version.content_hash)


async def _erase(session: AsyncSession, person_id: int) -> None:
    """The pen falls; what they wrote and read stays, signed by nobody."""
    await session.execute(delete(ClausePen).where(ClausePen.person_id == person_id))


ERASERS.append(_erase)
