"""« Mes dossiers » over HTTP: made, listed, read, written, put away, taken back, copied, exported."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response, status

from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.documents.analysis.refusals import FileRefused
from app.documents.compose import File, files
from app.documents.own.routes import Dossier, Template, into_template
from app.documents.routes import DocumentRefused, Job, Limiter, Prepared, answer, in_thread, refuse
from app.documents.schemas import Line
from app.purchases import actions, queries, shown
from app.purchases.drafts import draft_of
from app.purchases.models import PurchaseFile
from app.purchases.refusals import NotAllowed
from app.purchases.rules import FileState
from app.purchases.schemas_files import CopyIn, ExportPage, FileChange, FileIn, FileOut, FilePage
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import BodyTooLarge, Busy, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/purchases", tags=["Mes dossiers"])
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=400)]
READS: Final = problems(NotSignedIn, Forbidden, NotFound, Invalid)
WRITES: Final = problems(
    NotSignedIn, NotAllowed, CrossSite, NotFound, Invalid, PreconditionRequired, VersionMismatch, KeyReused
)


@router.get("", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les dossiers de mon organisation")
async def list_files(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    member: BuyerReader,
    state: FileState = FileState.ACTIVE,
    family: Annotated[Line, Query(max_length=60)] = "",
    q: Annotated[Line, Query(max_length=200, description="Mots du titre ou de l’objet")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> FilePage:
    asked = queries.listed(member.organisation.id, state, _after(cursor))
    asked = queries.narrowed(asked, family, q).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    kept = rows[:limit]
    last = cursor_of(kept[-1].updated_at.isoformat(), kept[-1].id) if len(rows) > limit else None
    return FilePage(items=await shown.file_lines(session, member, kept), next=last)


def _after(cursor: str | None) -> tuple[datetime, int] | None:
    if cursor is None:
        return None
    moment, ident = key_of(cursor, 2)
    try:
        at = datetime.fromisoformat(moment)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if at.tzinfo is None or not isinstance(ident, int) or not 0 <= ident <= 2_147_483_647:  # noqa: PLR2004
        raise BadCursor
    return at, ident


@router.post("", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Enregistrer un dossier")
async def create_file(
    response: Response, session: DbSession, member: BuyerWriter, once: Once, asked: FileIn
) -> FileOut:
    async def make() -> FileOut:
        return await shown.file_out(session, member, await actions.create(session, member, asked.draft, asked.title))

    made = await once(asked, FileOut, make, salt=str(member.organisation.id))
    tagged(response, made.version)
    return made


@router.get("/{ident}", responses=READS, summary="Un dossier")
async def read_file(response: Response, session: DbSession, member: BuyerReader, ident: Ident) -> FileOut:
    row = await queries.file_of(session, ident, member)
    tagged(response, row.version)
    return await shown.file_out(session, member, row)


async def locked(session: DbSession, member: Member, ident: int, if_match: str | None, act: str) -> PurchaseFile:
    """The file, held for writing, if the actor may do this and read its current version."""
    row = await queries.file_of(session, ident, member, to_write=True)
    actions.require(row, member, act)
    require_version(if_match, row.version)
    return row


@router.put("/{ident}", responses=WRITES, summary="Écrire dans un dossier (titre, description, sélection)")
async def change_file(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    asked: FileChange,
    if_match: IfMatch = None,
) -> FileOut:
    row = await locked(session, member, ident, if_match, "write")
    await actions.save(session, member, row, asked.draft, asked.title)
    tagged(response, row.version)
    return await shown.file_out(session, member, row)


async def _move(  # noqa: PLR0913, PLR0917 (the facts of a change of state)
    response: Response, session: DbSession, member: Member, ident: int, if_match: str | None, act: str, state: FileState
) -> FileOut:
    row = await locked(session, member, ident, if_match, act)
    await actions.move(session, member, row, state)
    tagged(response, row.version)
    return await shown.file_out(session, member, row)


@router.post("/{ident}/archive", responses=WRITES, summary="Archiver un dossier")
async def archive_file(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None
) -> FileOut:
    return await _move(response, session, member, ident, if_match, "archive", FileState.ARCHIVED)


@router.post("/{ident}/restore", responses=WRITES, summary="Remettre un dossier parmi les dossiers en cours")
async def restore_file(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None
) -> FileOut:
    return await _move(response, session, member, ident, if_match, "restore", FileState.ACTIVE)


@router.delete("/{ident}", responses=WRITES, summary="Mettre un dossier à la corbeille, pour trente jours")
async def delete_file(
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, if_match: IfMatch = None
) -> FileOut:
    return await _move(response, session, member, ident, if_match, "delete", FileState.DELETED)


@router.post(
    "/{ident}/copy", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Reprendre ce dossier : une copie"
)
async def copy_file(  # noqa: PLR0913, PLR0917 (what a copy names)
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, once: Once, asked: CopyIn
) -> FileOut:
    """The copy keeps the versions of its clauses: what has changed since is told, and nothing is replaced silently."""

    async def make() -> FileOut:
        row = await queries.file_of(session, ident, member)
        actions.require(row, member, "copy")
        title = asked.title or f"{row.title} (copie)"
        made = await actions.create(session, member, draft_of(row.draft), title, copied_from=row.id)
        return await shown.file_out(session, member, made)

    made = await once(asked, FileOut, make, salt=str(member.organisation.id))
    tagged(response, made.version)
    return made


@router.post(
    "/{ident}/exports",
    response_class=Response,
    responses={200: {"description": "Un fichier, ou un ZIP de plusieurs"}, **WRITES, **problems(DocumentRefused, Busy)},
    summary="Générer les pièces d’un dossier et garder la trace de leurs clauses",
)
async def export_file(  # noqa: PLR0913, PLR0917 (what a composition names)
    request: Request,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    prepared: Job,
    limiter: Limiter,
    if_match: IfMatch = None,
) -> Response:
    """As `POST /documents`; the clauses and versions printed are recorded in the transaction that answers."""
    row = await locked(session, member, ident, if_match, "export")
    refuse(prepared.refusals)
    made = [file for job in prepared.sets for file in await in_thread(limiter, files, job)]
    return await _sent(request, session, member, row, prepared, made)


async def _sent(  # noqa: PLR0913, PLR0917 (what an export names)
    request: Request, session: DbSession, member: Member, row: PurchaseFile, prepared: Prepared, made: list[File]
) -> Response:
    sent = await answer(request, prepared.job, made)
    pieces = [str(piece) for piece in prepared.job.pieces]
    await actions.record_export(session, member, row, pieces, prepared.job.clauses, bytes(sent.body))
    return sent


@router.post(
    "/with-template/{ident}",
    response_class=Response,
    responses={
        200: {"description": "Un fichier, ou un ZIP de plusieurs"},
        **WRITES,
        **problems(DocumentRefused, FileRefused, BodyTooLarge, Busy),
    },
    summary="Générer les pièces d’un dossier dans votre propre modèle DOCX et garder la trace de leurs clauses",
)
async def export_into_template(  # noqa: PLR0913, PLR0917 (what a composition names)
    request: Request,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    prepared: Dossier,
    template: Template,
    limiter: Limiter,
    if_match: IfMatch = None,
) -> Response:
    row = await locked(session, member, ident, if_match, "export")
    made = await into_template(prepared, await template.read(), limiter)
    return await _sent(request, session, member, row, prepared, made)


@router.get("/{ident}/exports", responses=READS, summary="Les pièces déjà générées, avec leurs clauses et versions")
async def list_exports(
    session: DbSession, member: BuyerReader, ident: Ident, limit: Limit = 20, cursor: Cursor = None
) -> ExportPage:
    row = await queries.file_of(session, ident, member)
    before = before_of(cursor)
    rows = await queries.exports_of(session, row.id, limit + 1, before)
    names = await shown.names_for(session, (made.by for made in rows))
    return ExportPage(
        items=[shown.export_out(made, row, names) for made in rows[:limit]],
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
    )


def before_of(cursor: str | None) -> int | None:
    """The id before which a page of newest-first rows starts."""
    if cursor is None:
        return None
    (before,) = key_of(cursor, 1)
    if not isinstance(before, int) or isinstance(before, bool) or not 0 < before < 2**63:
        raise BadCursor
    return before
