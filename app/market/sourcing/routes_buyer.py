"""Sourcings for the buyer: drafted, checked, published, corrected, read after the closing, put to use."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response, status

from app.accounts.actors import BuyerReader, BuyerWriter
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.market.sourcing import actions, draw, queries, results, shown
from app.market.sourcing.models import Sourcing
from app.market.sourcing.refusals import InterestsMissing, NotReady, Sealed, SourcingClosed
from app.market.sourcing.schemas import (
    ApplyIn,
    CorrectionIn,
    DraftIn,
    InterestIn,
    OutcomeIn,
    ReplyIn,
    ResultIn,
    SourcingIn,
)
from app.market.sourcing.schemas_shown import AppliedOut, AudienceOut, RefusedOut, SourcingOut, SourcingPage, StratumOut
from app.settings import Settings
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/sourcings", tags=["Sourçage"])
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=400)]
OfFile = Annotated[int | None, Query(ge=1, lt=1 << 31, description="Numéro du dossier d’achat")]
READS: Final = problems(NotSignedIn, Forbidden, NotFound)
_ACTS = (NotSignedIn, Forbidden, CrossSite, NotFound, Invalid, SourcingClosed, PreconditionRequired, VersionMismatch)
ACTS: Final = problems(*_ACTS, InterestsMissing, KeyReused)
FEW: Final = 3


def before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    (last,) = key_of(cursor, 1)
    if not isinstance(last, int) or not 0 < last < 1 << 31:
        raise BadCursor
    return last


def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


@router.get("", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les sourçages de mon organisation")
async def list_sourcings(
    session: DbSession, member: BuyerReader, limit: Limit = 20, cursor: Cursor = None, purchase: OfFile = None
) -> SourcingPage:
    asked = queries.listed(member.organisation.id, before(cursor), purchase).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    kept = rows[:limit]
    return SourcingPage(
        items=await shown.lines(session, kept), next=cursor_of(kept[-1].id) if len(rows) > limit else None
    )


@router.post("", status_code=status.HTTP_201_CREATED, responses=ACTS, summary="Préparer un sourçage")
async def make_sourcing(
    response: Response, session: DbSession, member: BuyerWriter, once: Once, asked: SourcingIn
) -> SourcingOut:
    async def make() -> SourcingOut:
        row = await actions.create(session, member, asked.title, asked.file_id)
        return await shown.for_buyer(session, member, row)

    made = await once(asked, SourcingOut, make, salt=str(member.organisation.id))
    tagged(response, made.version)
    return made


async def _shown(response: Response, session: DbSession, member: BuyerReader, row: Sourcing) -> SourcingOut:
    await session.flush()
    tagged(response, row.version)
    return await shown.for_buyer(session, member, row)


@router.get("/{ident}", responses=READS, summary="Un sourçage de mon organisation")
async def read_sourcing(response: Response, session: DbSession, member: BuyerReader, ident: Ident) -> SourcingOut:
    return await _shown(response, session, member, await queries.own(session, ident, member))


@router.put("/{ident}", responses=ACTS, summary="Écrire dans le brouillon d’un sourçage")
async def write_sourcing(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, asked: DraftIn, if_match: IfMatch = None
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await actions.require(session, member, row, "write", declared=False)
    require_version(if_match, row.version)
    actions.write(row, asked)
    return await _shown(response, session, member, row)


@router.delete("/{ident}", status_code=204, responses=ACTS, summary="Jeter le brouillon d’un sourçage")
async def delete_sourcing(session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None) -> None:
    row = await queries.own(session, ident, member, to_write=True)
    await actions.require(session, member, row, "delete", declared=False)
    require_version(if_match, row.version)
    await session.delete(row)


@router.get("/{ident}/audience", responses=READS, summary="Combien d’entreprises seraient prévenues, sans aucun nom")
async def read_audience(session: DbSession, member: BuyerReader, ident: Ident) -> AudienceOut:
    row = await queries.own(session, ident, member)
    pool = draw.one_per_firm(await queries.candidates(session, row))
    sizes: dict[str, int] = {}
    for one in pool:
        sizes[one.stratum] = sizes.get(one.stratum, 0) + 1
    told = min(row.cap, len(pool)) if row.cap else len(pool)
    places = draw.shares(dict(sorted(sizes.items())), told) if sizes else {}
    few = "Élargissez le territoire ou les familles : peu d’entreprises de l’annuaire correspondent."
    return AudienceOut(
        firms=len(pool),
        told=told,
        strata=[StratumOut(name=name, firms=sizes[name], places=places[name]) for name in sorted(sizes)]
        if len(pool) >= FEW
        else [],
        advice=few if len(pool) < FEW else "",
    )


@router.put("/{ident}/interests", responses=ACTS, summary="Déclarer ses intérêts pour ce sourçage")
async def declare_interests(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, asked: InterestIn
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await actions.declare(session, member, row, asked)
    return await _shown(response, session, member, row)


@router.post(
    "/{ident}/publication",
    responses={**ACTS, **problems(NotReady)},
    summary="Publier et prévenir toutes les entreprises au même instant",
)
async def publish_sourcing(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await actions.require(session, member, row, "publish", declared=False)
    require_version(if_match, row.version)
    await actions.publish(session, member, row)
    return await _shown(response, session, member, row)


@router.post("/{ident}/correction", responses=ACTS, summary="Publier une nouvelle version, annoncée à tous")
async def correct_sourcing(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: CorrectionIn,
    if_match: IfMatch = None,
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    require_version(if_match, row.version)
    await actions.correct(session, member, row, asked)
    return await _shown(response, session, member, row)


@router.post("/{ident}/withdrawal", responses=ACTS, summary="Retirer un sourçage : les réponses restent scellées")
async def withdraw_sourcing(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    require_version(if_match, row.version)
    await actions.withdraw(session, member, row)
    return await _shown(response, session, member, row)


@router.put("/{ident}/questions/{question}", responses=ACTS, summary="Répondre à une question, pour tous")
async def reply_to_question(  # noqa: PLR0913, PLR0917 (what a reply names)
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, question: Ident, asked: ReplyIn
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await actions.reply(session, member, row, question, asked.answer)
    return await _shown(response, session, member, row)


@router.post(
    "/{ident}/result",
    responses={**ACTS, **problems(Sealed)},
    summary="Publier la synthèse, annoncée à tous",
)
async def publish_result(  # noqa: PLR0913, PLR0917 (what a publication names)
    request: Request, response: Response, session: DbSession, member: BuyerWriter, ident: Ident, asked: ResultIn
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await results.publish(session, settings_of(request), member, row, asked.note)
    return await _shown(response, session, member, row)


@router.post("/{ident}/application", responses=ACTS, summary="Appliquer à mon dossier les niveaux que le marché tient")
async def apply_result(
    request: Request, session: DbSession, member: BuyerWriter, ident: Ident, asked: ApplyIn
) -> AppliedOut:
    row = await queries.own(session, ident, member, to_write=True)
    done = await results.apply(session, settings_of(request), member, row, asked)
    return AppliedOut(
        changed=list(done.changed),
        refused=[RefusedOut(clause_id=one.clause_id, why=one.why) for one in done.refused],
    )


@router.put("/{ident}/outcome", responses=ACTS, summary="Dire la suite : clauses gardées, offres reçues, sans suite")
async def conclude_sourcing(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, asked: OutcomeIn
) -> SourcingOut:
    row = await queries.own(session, ident, member, to_write=True)
    await results.conclude(session, member, row, asked)
    return await _shown(response, session, member, row)
