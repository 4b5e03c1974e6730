"""Progress by commitment and quarter, declared figures and their proofs, the annual report."""

from typing import Annotated, Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response, status

from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.rules import Role, at_least
from app.accounts.schemas import Ident
from app.charter import figures, queries, report
from app.charter.measuring import progress_of
from app.charter.models import CharterFigure
from app.charter.refusals import ProofRefused
from app.charter.routes import CSV, download
from app.charter.rules import FIRST_YEAR, LAST_YEAR
from app.charter.schemas_progress import CharterProgressOut, CommitmentProgress, FigureIn, FigureOut
from app.database.engine import DbSession
from app.documents.pieces import MEDIA
from app.law.routes import LawOf
from app.purchases import proofs
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, tagged
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/charter", tags=["Charte"])
READS: Final = problems(NotSignedIn, Forbidden, NotFound)
WRITES: Final = READS | problems(CrossSite, Invalid, PreconditionRequired, VersionMismatch)
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
OfYear = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)]
Code = Annotated[str, Path(min_length=2, max_length=40, pattern=r"^[a-z0-9-]+$")]
Period = Annotated[str, Path(pattern=r"^\d{4}(-T[1-4])?$")]


def may_declare(member: Member) -> list[Literal["declare"]]:
    return ["declare"] if at_least(member.role, Role.WRITER) else []


def _out(row: CharterFigure) -> FigureOut:
    return FigureOut.model_validate(row, from_attributes=True)


@router.get("/progress", responses=READS, summary="Les engagements de mon organisation, par trimestre")
async def read_progress(
    request: Request, session: DbSession, member: BuyerReader, law: LawOf, year: Year
) -> CharterProgressOut:
    found = await progress_of(session, request.app.state, member.organisation.id, year, law)
    return CharterProgressOut(
        year=year,
        organisation=member.organisation.name,
        items=[CommitmentProgress.model_validate(one) for one in found],
        may=may_declare(member),
    )


@router.put("/figures/{code}/{period}", responses=WRITES, summary="Déclarer un chiffre")
async def write_figure(  # noqa: PLR0913, PLR0917 (what a figure names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    law: LawOf,
    code: Code,
    period: Period,
    asked: FigureIn,
    if_match: IfMatch = None,
) -> FigureOut:
    """`If-Match` is asked for when a value is there already."""
    figures.require_known(law, code, period)
    row = await figures.write(session, member, code, period, asked.value, asked.note, if_match)
    tagged(response, row.version)
    return _out(row)


@router.delete(
    "/figures/{code}/{period}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Retirer un chiffre : il redevient « non déclaré »",
)
async def delete_figure(
    session: DbSession, member: BuyerWriter, code: Code, period: Period, if_match: IfMatch = None
) -> None:
    await figures.take_back(session, member, code, period, if_match)


@router.post(
    "/proofs/{ident}",
    responses=WRITES | problems(ProofRefused),
    summary="Joindre une pièce à un chiffre (PDF, PNG, JPEG, DOCX ou ODT, 5 Mo)",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def write_proof(
    request: Request,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    name: Annotated[str, Query(min_length=1, max_length=200)],
) -> FigureOut:
    await queries.figure(session, ident, member.organisation.id)
    content = await request.body()
    kind = await figures.kind_of(content)
    row = await queries.figure(session, ident, member.organisation.id)
    row.proof_media, row.proof_name, row.proof = proofs.MEDIA[kind], proofs.safe_name(name, kind), content
    await session.flush()
    return _out(row)


@router.get("/proofs/{ident}", response_class=Response, responses=READS, summary="La pièce jointe à un chiffre")
async def read_proof(session: DbSession, member: BuyerReader, ident: Ident) -> Response:
    row = await queries.figure(session, ident, member.organisation.id)
    await session.refresh(row, ["proof"])
    if row.proof is None:
        raise NotFound("Aucune pièce n’est jointe à ce chiffre.")
    answer = download(row.proof, row.proof_media, "piece")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.proof_name)}"
    return answer


@router.get(
    "/reports/{year}.docx",
    response_class=Response,
    responses={200: {"content": {MEDIA["docx"]: {}}}, **READS},
    summary="Le bilan annuel, en DOCX",
)
async def read_report(request: Request, session: DbSession, member: BuyerReader, law: LawOf, year: OfYear) -> Response:
    found = await progress_of(session, request.app.state, member.organisation.id, year, law)
    adhesion = await queries.adhesion_of(session, member.organisation.id)
    made = report.report_docx(law.charter, member.organisation, adhesion, year, found)
    return download(made, MEDIA["docx"], f"bilan-charte-{year}.docx")


@router.get(
    "/reports/{year}.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **READS},
    summary="Les chiffres du bilan annuel, en CSV",
)
async def read_report_csv(
    request: Request, session: DbSession, member: BuyerReader, law: LawOf, year: OfYear
) -> Response:
    found = await progress_of(session, request.app.state, member.organisation.id, year, law)
    return download(report.report_csv(found), CSV, f"bilan-charte-{year}.csv")
