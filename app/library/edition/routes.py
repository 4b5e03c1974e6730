"""The editorial room over HTTP: for editors and legal reviewers, in a session with a second factor."""

# ruff: noqa: FAST003 (the dependency `Held` reads the address)

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Actor, EditorialTeam
from app.accounts.idempotency import Once
from app.accounts.refusals import Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.library import queries as library
from app.library.edition import actions, queries
from app.library.edition.drafting import identity_troubles, path_of, troubles_of
from app.library.edition.models import ClauseProposal
from app.library.edition.refusals import AlreadyMoved, NotPublishable, NotThere
from app.library.edition.rules import ProposalStatus
from app.library.edition.schemas import (
    ClauseProposalIn,
    ClauseProposalOut,
    ClauseProposalPage,
    ClauseRefusalIn,
    FaultOut,
    LintIn,
    LintOut,
    PublishedOut,
    ReadingIn,
    TextIn,
)
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/edition", tags=["Rédaction"])
CLOSED = (NotSignedIn, Forbidden, NotFound)
MOVES = (*CLOSED, NotThere, PreconditionRequired, VersionMismatch)


@dataclass(frozen=True, slots=True)
class Act:
    """A proposal held for a change by somebody who read its current version."""

    session: AsyncSession
    actor: Actor
    row: ClauseProposal
    response: Response

    async def answer(self) -> ClauseProposalOut:
        return await _answer(self.session, self.actor, self.row, self.response)


async def _held(
    session: DbSession, actor: EditorialTeam, ident: Ident, response: Response, if_match: IfMatch = None
) -> Act:
    row = await queries.proposal(session, ident, lock=True)
    require_version(if_match, row.version)
    return Act(session, actor, row, response)


Held = Annotated[Act, Depends(_held)]


async def _answer(session: AsyncSession, actor: Actor, row: ClauseProposal, response: Response) -> ClauseProposalOut:
    await session.flush()
    tagged(response, row.version)
    return await queries.whole(session, actor, row)


@router.get(
    "/proposals", responses=problems(*CLOSED[:2], BadCursor), summary="Les propositions, la plus ancienne d’abord"
)
async def list_proposals(  # noqa: PLR0913, PLR0917 (the parameters of the address)
    session: DbSession,
    actor: EditorialTeam,
    state: Annotated[list[ProposalStatus], Query(alias="status", max_length=5)] = [],  # noqa: B006
    clause: Annotated[str, Query(max_length=16)] = "",
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> ClauseProposalPage:
    return await queries.page(session, actor, state, clause, cursor, limit)


@router.post(
    "/proposals",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*CLOSED, Invalid, KeyReused),
    summary="Proposer un changement, ou une clause nouvelle",
)
async def propose(
    session: DbSession, actor: EditorialTeam, once: Once, asked: ClauseProposalIn, response: Response
) -> ClauseProposalOut:
    async def make() -> ClauseProposalOut:
        return await _answer(session, actor, await actions.propose(session, actor, asked), response)

    return await once(asked, ClauseProposalOut, make)


@router.get("/proposals/{ident}", responses=problems(*CLOSED), summary="Une proposition, son contrôle et son histoire")
async def read_proposal(
    session: DbSession, actor: EditorialTeam, ident: Ident, response: Response
) -> ClauseProposalOut:
    return await _answer(session, actor, await queries.proposal(session, ident), response)


@router.put("/proposals/{ident}", responses=problems(*MOVES, Invalid), summary="Écrire dans une proposition")
async def write(act: Held, asked: TextIn) -> ClauseProposalOut:
    """A text that is not yet readable is kept too: nothing typed is lost."""
    await actions.write(act.session, act.actor, act.row, asked)
    return await act.answer()


@router.put(
    "/proposals/{ident}/pen",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*CLOSED),
    summary="Dire que l’on écrit dans une proposition, pour deux minutes",
)
async def hold_pen(session: DbSession, actor: EditorialTeam, ident: Ident) -> None:
    """An indication to the others; `If-Match` is what protects the text."""
    await actions.hold_pen(session, actor, await queries.proposal(session, ident))


@router.post(
    "/proposals/{ident}/submission", responses=problems(*MOVES, NotPublishable), summary="Envoyer à la relecture"
)
async def submit(act: Held) -> ClauseProposalOut:
    await actions.submit(act.session, act.actor, act.row)
    return await act.answer()


@router.post("/proposals/{ident}/readings", responses=problems(*MOVES, Invalid), summary="Rendre une relecture")
async def give_reading(act: Held, asked: ReadingIn) -> ClauseProposalOut:
    """The author never reads; the legal and the technical reading come from two people."""
    await actions.read(act.session, act.actor, act.row, asked)
    return await act.answer()


@router.post(
    "/proposals/{ident}/publication",
    responses=problems(*MOVES, NotPublishable, AlreadyMoved),
    summary="Publier : une version nouvelle, qui ne changera plus",
)
async def publish(act: Held) -> PublishedOut:
    return await actions.publish(act.session, act.actor, act.row)


@router.post("/proposals/{ident}/refusal", responses=problems(*MOVES, Invalid), summary="Refuser, avec la raison")
async def refuse(act: Held, asked: ClauseRefusalIn) -> ClauseProposalOut:
    await actions.refuse(act.session, act.actor, act.row, asked.reason)
    return await act.answer()


@router.post("/proposals/{ident}/reopening", responses=problems(*MOVES), summary="Reprendre une proposition refusée")
async def reopen(act: Held) -> ClauseProposalOut:
    await actions.reopen(act.session, act.actor, act.row)
    return await act.answer()


@router.post("/proposals/{ident}/rebase", responses=problems(*MOVES), summary="Reprendre sur la version en cours")
async def rebase(act: Held) -> ClauseProposalOut:
    await actions.rebase(act.session, act.actor, act.row)
    return await act.answer()


@router.delete("/proposals/{ident}", responses=problems(*MOVES), summary="Abandonner sa proposition")
async def abandon(act: Held) -> ClauseProposalOut:
    """It stays readable, with its history."""
    await actions.abandon(act.session, act.actor, act.row)
    return await act.answer()


@router.post(
    "/lint", responses=problems(*CLOSED[:2], Invalid), summary="Contrôler un texte et le voir tel qu’il se lira"
)
async def lint(actor: EditorialTeam, asked: LintIn) -> LintOut:
    """The very linter of the files; the comparison with the other clauses is made at the submission."""
    del actor
    shelf = library.shelf()
    known = shelf.clause(asked.clause)
    prefix = asked.clause.split("-")[1]
    home = next((f.code for f in shelf.words.families.values() if f.prefix == prefix), "")
    path = path_of(known.record.family if known else home, asked.clause)
    text = queries.as_file(asked.source, "wording", "Changement en cours", shelf)
    file, troubles = troubles_of(text, path, shelf.words)
    if file is not None:
        troubles = [*identity_troubles(file, asked.clause), *troubles]
    return queries.checked(file, [FaultOut.model_validate(trouble) for trouble in troubles], shelf)
