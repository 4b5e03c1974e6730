"""A purchasing plan checked in bulk: sent as CSV or XLSX, judged line by line, announced, sourced."""

from typing import Annotated, Final

from fastapi import APIRouter, File, Form, Request, Response, UploadFile, status
from sqlalchemy import select

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.documents import bounded
from app.documents.analysis.refusals import FileRefused
from app.documents.refused import Refused
from app.law.routes import LawOf
from app.law.vocabulary import BuyerKind
from app.market.files import plain_name
from app.market.planning import actions, files, reading
from app.market.planning.models import PurchasePlan
from app.market.planning.schemas import (
    PlanOut,
    PlanPage,
    PlanProgrammesIn,
    PlanProgrammesOut,
    PlanSourcingMade,
    PlanSummary,
)
from app.market.refused import UPDATES, WRITES
from app.market.sourcing.routes_buyer import Cursor, Limit, before
from app.web.etag import IfMatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of
from app.web.problems import BodyTooLarge, FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Programmes d’achats"])
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_SAID: Final = 200
"""Faults told at once."""


def _out(row: PurchasePlan, member: Member) -> PlanOut:
    writes = member.role in {"writer", "administrator"}
    return PlanOut(
        id=row.id,
        file_name=row.file_name,
        count=row.count,
        created_at=row.created_at,
        buyer_kind=BuyerKind(row.buyer_kind),
        ignored=row.ignored,
        judged_at=row.judged_at,
        lines=actions.lines_of(row),
        version=row.version,
        may=["check", "announce", "source", "delete"] if writes else [],
    )


@router.get(
    "/purchase-plans", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les plans d’achats vérifiés"
)
async def list_plans(session: DbSession, member: BuyerReader, limit: Limit = 20, cursor: Cursor = None) -> PlanPage:
    columns = (PurchasePlan.id, PurchasePlan.file_name, PurchasePlan.count, PurchasePlan.created_at)
    asked = select(*columns).where(PurchasePlan.organisation_id == member.organisation.id)
    if (last := before(cursor)) is not None:
        asked = asked.where(PurchasePlan.id < last)
    rows = (await session.execute(asked.order_by(PurchasePlan.id.desc()).limit(limit + 1))).all()
    kept = rows[:limit]
    return PlanPage(
        items=[PlanSummary(id=i, file_name=name, count=count, created_at=at) for i, name, count, at in kept],
        next=cursor_of(kept[-1][0]) if len(rows) > limit else None,
    )


@router.get(
    "/purchase-plan-template.{kind}",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}, _XLSX: {}}, "description": "L’en-tête et deux exemples"}},
    summary="Le modèle de plan d’achats à remplir",
)
async def plan_template(kind: reading.FileKind) -> Response:
    content = ("\ufeff" + reading.EXAMPLE).encode() if kind == "csv" else files.template()
    return _download(content, kind, "plan-achats")


def _download(content: bytes, kind: reading.FileKind, name: str) -> Response:
    media = "text/csv; charset=utf-8" if kind == "csv" else _XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)


async def _read(file: UploadFile) -> reading.PlanRead:
    """Opened in a bounded process, then every line judged: all of it, or none."""
    asked = {"most": reading.MOST_LINES + reading.HEADER_WITHIN}
    try:
        sheet, _ = await bounded.run("app.market.sheet:read_sheet", asked, await file.read())
    except Refused as refusal:
        raise FileRefused(refusal.sentence, [FieldError(pointer="/file", detail=refusal.sentence)]) from refusal
    found = reading.read(sheet["lines"])
    if found.faults:
        several = f"{len(found.faults)} erreurs" if len(found.faults) > 1 else "Une erreur"
        raise Invalid(f"{several} dans le fichier : rien n’a été enregistré.", list(found.faults[:_MOST_SAID]))
    return found


@router.post(
    "/purchase-plans",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*WRITES, FileRefused, BodyTooLarge, KeyReused),
    summary="Faire vérifier un plan d’achats : tout, ou rien si une ligne est fautive",
)
async def check_plan(  # noqa: PLR0913, PLR0917 (what a sending names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    once: Once,
    law: LawOf,
    file: Annotated[UploadFile, File(description="CSV ou XLSX, 200 achats au plus")],
    buyer_kind: Annotated[BuyerKind, Form()] = BuyerKind.LOCAL_AUTHORITY,
) -> PlanOut:
    found, name = await _read(file), plain_name(file.filename)

    async def make() -> PlanOut:
        return _out(await actions.keep(session, member, law, found, buyer_kind, name), member)

    made = await once(f"{buyer_kind} {name} {found.lines}", PlanOut, make, salt=str(member.organisation.id))
    tagged(response, made.version)
    return made


@router.get(
    "/purchase-plans/{ident}",
    responses=problems(NotSignedIn, Forbidden, NotFound),
    summary="Un plan et le résultat de chaque ligne",
)
async def read_plan(response: Response, session: DbSession, member: BuyerReader, ident: Ident) -> PlanOut:
    row = await actions.own(session, ident, member)
    tagged(response, row.version)
    return _out(row, member)


@router.get(
    "/purchase-plans/{ident}/resultat.{kind}",
    response_class=Response,
    responses={
        200: {"content": {"text/csv": {}, _XLSX: {}}, "description": "Une ligne par achat"},
        **problems(NotSignedIn, Forbidden, NotFound),
    },
    summary="Le résultat en CSV ou en XLSX",
)
async def download_plan(session: DbSession, member: BuyerReader, ident: Ident, kind: reading.FileKind) -> Response:
    lines = actions.lines_of(await actions.own(session, ident, member))
    content = files.as_csv(lines).encode() if kind == "csv" else files.as_xlsx(lines)
    return _download(content, kind, f"plan-achats-{ident}")


@router.post(
    "/purchase-plans/{ident}/check",
    responses=problems(*UPDATES),
    summary="Vérifier à nouveau, avec le droit, les clauses et le marché du jour",
)
async def check_again(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, member: BuyerWriter, law: LawOf, ident: Ident, if_match: IfMatch = None
) -> PlanOut:
    row = await actions.own(session, ident, member, to_write=True)
    require_version(if_match, row.version)
    await actions.check_again(session, member, law, row)
    tagged(response, row.version)
    return _out(row, member)


@router.post(
    "/purchase-plans/{ident}/programmes",
    responses=problems(*WRITES, KeyReused),
    summary="Annoncer des lignes du plan dans le programme d’achats",
)
async def announce_lines(
    session: DbSession, member: BuyerWriter, once: Once, ident: Ident, asked: PlanProgrammesIn
) -> PlanProgrammesOut:
    async def make() -> PlanProgrammesOut:
        return await actions.announce(session, member, await actions.own(session, ident, member, to_write=True), asked)

    return await once(asked, PlanProgrammesOut, make, salt=f"{member.organisation.id} {ident}")


@router.post(
    "/purchase-plans/{ident}/lines/{number}/sourcing",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*WRITES, KeyReused),
    summary="Préparer le sourçage d’une ligne, avec les clauses proposées",
)
async def source_line(  # noqa: PLR0913, PLR0917 (what a line names)
    request: Request, session: DbSession, member: BuyerWriter, once: Once, ident: Ident, number: Ident
) -> PlanSourcingMade:
    async def make() -> PlanSourcingMade:
        row = await actions.own(session, ident, member)
        made = await actions.prepare_sourcing(session, member, row, number)
        return PlanSourcingMade(sourcing_id=made.id)

    return await once(request.url.path, PlanSourcingMade, make, salt=str(member.organisation.id))


@router.delete(
    "/purchase-plans/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, Forbidden, CrossSite, NotFound),
    summary="Jeter un plan ; les achats déjà annoncés restent",
)
async def delete_plan(session: DbSession, member: BuyerWriter, ident: Ident) -> None:
    row = await actions.own(session, ident, member, to_write=True)
    audit.record(session, member, "plan.removed", row)
    await session.delete(row)
