"""The charter over HTTP: its versions, adhesion, the public register."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response, status

from app.accounts import queries as accounts
from app.accounts.actors import BuyerAdmin, BuyerReader, PlatformAdmin
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.rules import Role
from app.accounts.schemas import Ident
from app.charter import actions, letters, queries, shown
from app.charter.queries import Wanted
from app.charter.refusals import AdhesionClosed, AdhesionOpen
from app.charter.rules import AdhesionState, may_on_adhesion
from app.charter.schemas import (
    AdhesionDecisionIn,
    AdhesionIn,
    AdhesionOut,
    AskedPage,
    CharterVersionOut,
    FacetCountOut,
    FacetsOut,
    LetterIn,
    MyAdhesionOut,
    SignatoryPage,
    VersionLine,
    VersionPage,
    WithdrawalIn,
)
from app.database.engine import DbSession
from app.documents.pieces import MEDIA
from app.law.routes import LawOf
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/charter", tags=["Charte"])
WRITES: Final = problems(NotSignedIn, Forbidden, CrossSite, Invalid, NotFound, KeyReused)
CHANGES: Final = WRITES | problems(PreconditionRequired, VersionMismatch, AdhesionClosed)
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=700)]
Department = Annotated[str, Query(max_length=3, pattern=r"^[0-9AB]{0,3}$")]
Kind = Annotated[Literal["", "state", "local_authority", "public_establishment", "contracting_entity"], Query()]
Version = Annotated[int | None, Query(ge=1, le=100_000)]
Name = Annotated[str, Query(max_length=200, description="Mots du nom")]
CSV: Final = "text/csv; charset=utf-8"


def download(content: bytes, media: str, name: str) -> Response:
    """A file to keep; it may say what is private, so no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, media_type=media, headers=headers)


@router.get("/versions", summary="Les versions de la charte, la dernière d’abord")
async def list_versions(session: DbSession, law: LawOf) -> VersionPage:
    current = await queries.current_version(session, law.charter)
    rows = await queries.versions(session)
    return VersionPage(items=[VersionLine.model_validate(row) for row in rows], current=current.number)


@router.get(
    "/versions/{number}", responses=problems(NotFound), summary="Une version de la charte, telle qu’elle se lisait"
)
async def read_version(session: DbSession, law: LawOf, number: Ident) -> CharterVersionOut:
    await queries.current_version(session, law.charter)
    return CharterVersionOut.model_validate(await queries.version(session, number))


@router.get("/adhesion", responses=problems(NotSignedIn, Forbidden), summary="L’adhésion de mon organisation")
async def read_adhesion(session: DbSession, member: BuyerReader, law: LawOf) -> MyAdhesionOut:
    row = await queries.adhesion_of(session, member.organisation.id)
    current = await queries.current_version(session, law.charter)
    administers = member.role is Role.ADMINISTRATOR and member.strong
    return MyAdhesionOut(
        organisation=member.organisation.name,
        adhesion=shown.adhesion_out(row) if row else None,
        current_version=current.number,
        may=may_on_adhesion(row.state if row else None, administers=administers),
    )


@router.post(
    "/adhesions",
    status_code=status.HTTP_201_CREATED,
    responses=WRITES | problems(AdhesionOpen),
    summary="Demander à signer la charte",
)
async def ask_adhesion(
    session: DbSession, member: BuyerAdmin, law: LawOf, once: Once, asked: AdhesionIn
) -> AdhesionOut:
    async def make() -> AdhesionOut:
        made = await actions.ask(session, member, law.charter, asked.deliberation, asked.deliberated_on)
        return shown.adhesion_out(made)

    return await once(asked, AdhesionOut, make, salt=str(member.organisation.id))


@router.post("/adhesions/{ident}/withdrawal", responses=CHANGES, summary="Retirer mon organisation de la charte")
async def withdraw_adhesion(  # noqa: PLR0913, PLR0917 (what a withdrawal names)
    response: Response,
    session: DbSession,
    member: BuyerAdmin,
    ident: Ident,
    asked: WithdrawalIn,
    if_match: IfMatch = None,
) -> AdhesionOut:
    row = await queries.adhesion(session, ident, member.organisation.id)
    require_version(if_match, row.version)
    await actions.withdraw(session, member, row, asked.reason)
    tagged(response, row.version)
    return shown.adhesion_out(row)


@router.post(
    "/letters/{name}",
    response_class=Response,
    responses={200: {"content": {MEDIA["docx"]: {}}}, **problems(NotSignedIn, Forbidden, CrossSite, Invalid)},
    summary="La lettre de délégation ou le modèle de délibération, en DOCX",
)
async def make_letter(
    member: BuyerReader, session: DbSession, law: LawOf, name: Literal["delegation", "deliberation"], asked: LetterIn
) -> Response:
    version = await queries.current_version(session, law.charter)
    made = letters.LETTERS[name](law.charter, version.number, member.organisation, asked)
    return download(made, MEDIA["docx"], f"charte-{name}.docx")


@router.get(
    "/adhesions", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les demandes de signature, à examiner"
)
async def list_adhesions(
    session: DbSession,
    actor: PlatformAdmin,
    state: AdhesionState = AdhesionState.ASKED,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> AskedPage:
    del actor
    after = _id_after(cursor)
    rows = (await session.execute(queries.adhesions_in(state, after).limit(limit + 1))).all()
    names = await accounts.names_of(session, [row.asked_by for row, _ in rows])
    lines = [shown.asked_line(row, org, names.get(row.asked_by, "Compte supprimé")) for row, org in rows[:limit]]
    return AskedPage(items=lines, next=cursor_of(lines[-1].id) if len(rows) > limit else None)


def _id_after(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    (after,) = key_of(cursor, 1)
    if not isinstance(after, int) or isinstance(after, bool) or not 0 < after < 2**31:
        raise BadCursor
    return after


@router.post("/adhesions/{ident}/decision", responses=CHANGES, summary="Valider ou refuser une demande de signature")
async def decide_adhesion(  # noqa: PLR0913, PLR0917 (what a decision names)
    response: Response,
    session: DbSession,
    actor: PlatformAdmin,
    ident: Ident,
    asked: AdhesionDecisionIn,
    if_match: IfMatch = None,
) -> AdhesionOut:
    row = await queries.adhesion(session, ident)
    require_version(if_match, row.version)
    await actions.decide(session, actor, row, asked.reason, accept=asked.accept)
    tagged(response, row.version)
    return shown.adhesion_out(row)


@router.get("/signatories", responses=problems(BadCursor), summary="Le registre public des signataires")
async def list_signatories(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    department: Department = "",
    kind: Kind = "",
    version: Version = None,
    q: Name = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> SignatoryPage:
    wanted = Wanted(department, kind, version, q)
    rows = (await session.execute(queries.signatories(wanted, _name_after(cursor)).limit(limit + 1))).all()
    kept = rows[:limit]
    facets = {
        name: [FacetCountOut(value=value, count=count) for value, count in await queries.facet(session, wanted, name)]
        for name in ("department", "kind", "version")
    }
    total = sum(one.count for one in facets["kind"] if kind in {"", one.value})
    return SignatoryPage(
        items=[shown.signatory_out(row, organisation) for row, organisation in kept],
        next=cursor_of(kept[-1][1].name, kept[-1][0].id) if len(rows) > limit else None,
        facets=FacetsOut(**facets),
        count=total,
    )


def _name_after(cursor: str | None) -> tuple[str, int] | None:
    if cursor is None:
        return None
    name, ident = key_of(cursor, 2)
    if not isinstance(name, str) or "\x00" in name or not isinstance(ident, int) or not 0 <= ident < 2**31:
        raise BadCursor
    return name, ident


@router.get(
    "/signatories.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
    summary="Le registre, en CSV",
)
async def download_signatories(
    session: DbSession, department: Department = "", kind: Kind = "", version: Version = None, q: Name = ""
) -> Response:
    rows = (await session.execute(queries.signatories(Wanted(department, kind, version, q)))).all()
    content = shown.register_csv(shown.signatory_out(row, organisation) for row, organisation in rows)
    return download(content, CSV, "charte-signataires.csv")
