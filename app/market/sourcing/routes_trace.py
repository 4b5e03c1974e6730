"""What proves a sourcing: answers and synthesis for the buyer, the journal, the draw for everybody."""

from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from app.accounts import queries as accounts
from app.accounts.actors import BuyerReader, BuyerWriter
from app.accounts.refusals import CrossSite
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.market.sourcing import draw, journal, queries, results, shown, synthesis, trace
from app.market.sourcing.models import SourcingEvent, SourcingRecipient
from app.market.sourcing.refusals import InterestsMissing, Sealed, SourcingClosed
from app.market.sourcing.routes_buyer import READS, settings_of
from app.market.sourcing.schemas import AnswerItem
from app.market.sourcing.schemas_shown import (
    DrawOut,
    EventOut,
    FiguresOut,
    JournalOut,
    LotOut,
    MatrixRow,
    ProposalOut,
    QuestionShown,
    SynthesisOut,
)
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/sourcings", tags=["Sourçage"])


@router.post(
    "/{ident}/synthesis",
    responses={**READS, **problems(CrossSite, Sealed, InterestsMissing, SourcingClosed)},
    summary="Les réponses et leur synthèse, après la clôture",
)
async def read_answers(request: Request, session: DbSession, member: BuyerWriter, ident: Ident) -> SynthesisOut:
    """A POST: each reading is a line of the journal."""
    row = await queries.own(session, ident, member, to_write=True)
    answers = await results.read(session, settings_of(request), member, row)
    firms = await accounts.organisations(session, [one.organisation_id for one in answers])
    items = [one.items for one in answers]
    await results.note_reading(session, member, row)
    return SynthesisOut(
        questions=[QuestionShown.model_validate(one) for one in row.questions],
        rows=[
            MatrixRow(
                organisation_id=one.organisation_id,
                name=firms[one.organisation_id].name,
                siret=firms[one.organisation_id].siret,
                submitted_at=one.submitted_at,
                updated_at=one.updated_at,
                items={name: AnswerItem.model_validate(item) for name, item in one.items.items()},
            )
            for one in answers
        ],
        figures=[FiguresOut.model_validate(asdict(one)) for one in synthesis.figures(row.questions, items)],
        refusals=await queries.refusals_by_code(session, row.id),
        proposals=[ProposalOut.model_validate(asdict(one)) for one in synthesis.proposals(row.questions, items)],
    )


@router.get("/{ident}/journal", responses=READS, summary="Le journal chaîné du sourçage")
async def read_journal(session: DbSession, member: BuyerReader, ident: Ident) -> JournalOut:
    row = await queries.own(session, ident, member)
    everything = await journal.lines(session, row.id, opened=True)
    kept = [one for one in everything if row.opened_at or one.act not in journal.OF_FIRMS]
    people = await accounts.names_of(session, [one.person_id for one in kept if one.person_id and one.actor == "buyer"])
    firms = await accounts.organisations(session, [one.organisation_id for one in kept if one.organisation_id])

    def who(one: SourcingEvent) -> str:
        if one.actor == "buyer":
            return people.get(one.person_id or 0, "Compte supprimé")
        if one.actor == "firm" and one.organisation_id:
            return firms[one.organisation_id].name
        return "Une entreprise" if one.actor == "firm" else "Plateforme"

    return JournalOut(
        items=[
            EventOut(seq=one.seq if row.opened_at else place, at=one.at, actor=one.actor, who=who(one), act=one.act,
                     label=journal.ACTS[one.act],
                     details=one.details, hash=one.hash if row.opened_at else "")
            for place, one in enumerate(kept, 1)
        ],
        whole=journal.first_fault([journal.as_hashed(one) for one in everything]) is None,
    )  # fmt: skip


@router.get("/{ident}/draw", responses=problems(NotFound), summary="Le tirage publié : de quoi le refaire soi-même")
async def read_draw(session: DbSession, ident: Ident) -> DrawOut:
    """Without names: a firm finds its lot with its SIRET and the seed. `python -m app verify-draw FICHIER`."""
    row = await queries.published(session, ident)
    first = (await queries.versions_of(session, row.id))[0]
    asked = select(SourcingRecipient).where(SourcingRecipient.sourcing_id == row.id)
    rows = (await session.execute(asked.order_by(SourcingRecipient.stratum, SourcingRecipient.lot))).scalars().all()
    return DrawOut(
        method=draw.METHOD,
        seed=row.seed,
        cap=row.cap,
        version_sha256=first.sha256,
        published_at=row.published_at or now(),
        lots=[LotOut(stratum=one.stratum, lot=str(one.lot), told=one.told) for one in rows],
    )


async def _trace(session: DbSession, member: BuyerReader, ident: int) -> trace.Trace:
    row = await queries.own(session, ident, member)
    told = await read_journal(session, member, ident)
    asked = select(SourcingRecipient).where(SourcingRecipient.sourcing_id == row.id)
    rows = (await session.execute(asked.order_by(SourcingRecipient.stratum, SourcingRecipient.lot))).scalars().all()
    firms = await accounts.organisations(session, [one.organisation_id for one in rows if one.told])
    return trace.Trace(
        ident=row.id,
        title=row.title,
        buyer=member.organisation.name,
        need=row.need,
        closes_at=row.closes_at,
        versions=[(one.number, one.at, one.reason, one.sha256) for one in await queries.versions_of(session, row.id)],
        told=[
            (firms[one.organisation_id].name, firms[one.organisation_id].siret, one.stratum, one.told_at)
            for one in rows
            if one.told and one.told_at
        ],
        matched=len(rows),
        seed=row.seed,
        asked=[
            (one.by, one.asked_at, one.text, one.answer)
            for one in shown.asked(await queries.questions_of(session, row.id))
        ],
        lines=[trace.TraceLine(one.seq, one.at, one.who, one.label, one.hash) for one in told.items],
        whole=told.whole,
    )


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media_type, headers=headers)


@router.get("/{ident}/trace.docx", responses=READS, response_class=Response, summary="Le rapport de traçabilité")
async def read_trace(session: DbSession, member: BuyerReader, ident: Ident) -> Response:
    made = trace.report(await _trace(session, member, ident))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _file(made, kind, f"sourcage-{ident}-tracabilite.docx")


@router.get("/{ident}/trace.csv", responses=READS, response_class=Response, summary="Son annexe : le journal en CSV")
async def read_annex(session: DbSession, member: BuyerReader, ident: Ident) -> Response:
    made = trace.annex(await _trace(session, member, ident))
    return _file(made.encode(), "text/csv; charset=utf-8", f"sourcage-{ident}-journal.csv")
