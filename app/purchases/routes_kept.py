"""Tenders kept with their analysis, over HTTP: for the members of a buyer's organisation, never for a visitor."""

from hashlib import sha256
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile, status

from app.accounts.actors import BuyerReader, BuyerWriter
from app.accounts.idempotency import Once
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.documents.analysis.actions import Refusals
from app.documents.analysis.refusals import AnalysisGone, FileRefused, file_refused
from app.documents.analysis.routes import Limiter
from app.documents.analysis.schemas import Secret
from app.documents.pieces import MEDIA
from app.library.queries import LibraryNotReady
from app.purchases import actions, kept, queries
from app.purchases.routes_files import READS, WRITES, Cursor, Limit, before_of
from app.purchases.schemas_kept import KeptTenderOut, KeptTenderPage
from app.web.paging import BadCursor, cursor_of
from app.web.problems import BodyTooLarge, Busy, problems

router = APIRouter(prefix="/api/v1/kept-tenders", tags=["Mes dossiers"])
_LAST: Final = 2_147_483_647
FileId = Annotated[int | None, Query(ge=1, le=_LAST, description="Ceux d’un dossier")]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses={**WRITES, **problems(AnalysisGone, BodyTooLarge)},
    summary="Garder les fichiers analysés avec leur analyse, pour mon organisation ou un dossier",
)
async def keep_tender(  # noqa: PLR0913, PLR0917 (the parts of a form)
    session: DbSession,
    member: BuyerWriter,
    once: Once,
    analysis: Annotated[Secret, Form(description="L’identifiant de l’analyse")],
    files: Annotated[list[UploadFile], File(description="Les mêmes fichiers que pour l’analyse")],
    file_id: Annotated[int | None, Form(ge=1, le=_LAST, description="Le dossier qu’ils servent")] = None,
) -> KeptTenderOut:
    """The analysis did not keep them: they are sent again, and are the same byte for byte."""
    received = [(file.filename or "", await file.read()) for file in files]
    file = await queries.file_of(session, file_id, member) if file_id is not None else None
    if file is not None:
        actions.require(file, member, "write")

    async def make() -> KeptTenderOut:
        made = await kept.keep(session, member, analysis, received, file)
        return (await kept.tenders_out(session, member, [made]))[0]

    said = " ".join(sorted(sha256(content).hexdigest() for _, content in received))
    return await once(f"{analysis} {file_id} {said}", KeptTenderOut, make, salt=str(member.organisation.id))


@router.get("", responses={**READS, **problems(BadCursor)}, summary="Les fichiers gardés par mon organisation")
async def list_tenders(
    session: DbSession, member: BuyerReader, file_id: FileId = None, limit: Limit = 20, cursor: Cursor = None
) -> KeptTenderPage:
    asked = kept.listed(member.organisation.id, before_of(cursor), file_id).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    shown = rows[:limit]
    last = cursor_of(shown[-1].id) if len(rows) > limit else None
    return KeptTenderPage(items=await kept.tenders_out(session, member, shown), next=last)


@router.get("/{ident}", responses=READS, summary="Un fichier gardé")
async def read_tender(session: DbSession, member: BuyerReader, ident: Ident) -> KeptTenderOut:
    row = await kept.tender_of(session, ident, member)
    return (await kept.tenders_out(session, member, [row]))[0]


@router.post(
    "/{ident}/analysis",
    responses={**WRITES, **problems(FileRefused, Busy, LibraryNotReady)},
    summary="Refaire l’analyse d’un fichier gardé, avec la bibliothèque du jour",
)
async def analyse_tender(  # noqa: PLR0913, PLR0917 (what the reading needs)
    request: Request, session: DbSession, member: BuyerWriter, ident: Ident, limiter: Limiter, once: Once
) -> KeptTenderOut:
    row = await kept.tender_of(session, ident, member)
    state = request.app.state

    async def make() -> KeptTenderOut:
        async with limiter:
            try:
                await kept.analysed_again(state.sessions, state.settings.clauses, session, member, row)
            except Refusals as refusals:
                raise file_refused(refusals.found) from refusals
        return (await kept.tenders_out(session, member, [row]))[0]

    return await once(str(ident), KeptTenderOut, make)


@router.get(
    "/{ident}/documents/{document}", response_class=Response, responses=READS, summary="Télécharger un fichier gardé"
)
async def download_document(session: DbSession, member: BuyerReader, ident: Ident, document: Ident) -> Response:
    """Never shown in the site: what somebody sent is only downloaded."""
    found = await kept.document_of(session, ident, document, member)
    plain = f"piece-{found.id}.{found.kind}"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(found.content, media_type=MEDIA[found.kind], headers=headers)


@router.delete(
    "/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Effacer un fichier gardé et son analyse",
)
async def erase_tender(session: DbSession, member: BuyerWriter, ident: Ident) -> None:
    await kept.erase(session, member, await kept.tender_of(session, ident, member))
