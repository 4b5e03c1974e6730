"""Proofs of a firm, with their file and their expiry."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile, status
from sqlalchemy.orm import undefer

from app.accounts import audit
from app.accounts.actors import FirmWriter, OrgReader
from app.accounts.idempotency import Once
from app.accounts.refusals import Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.market import declaring, files, indexing, queries, shaping
from app.market.actions import own_firm
from app.market.models import Proof
from app.market.refused import UPDATES, WRITES
from app.market.schemas import ProofOut
from app.market.schemas_declared import ProofIn
from app.web.etag import IfMatch, require_version, tagged
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/proofs", tags=["Entreprises"])


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*WRITES, KeyReused),
    summary="Ajouter une preuve à ma fiche : label, attestation, référence",
)
async def make_proof(
    response: Response, session: DbSession, member: FirmWriter, once: Once, asked: ProofIn
) -> ProofOut:

    async def make() -> ProofOut:
        firm = await own_firm(session, member)
        row = await declaring.make_proof(session, firm, asked)
        await indexing.rebuild(session, firm, today=queries.today())
        audit.record(session, member, "proof.created", row)
        return shaping.proof(row, queries.today())

    made = await once(asked, ProofOut, make)
    tagged(response, made.version)
    return made


@router.put(
    "/{ident}",
    responses=problems(*UPDATES),
    summary="Modifier une preuve ; elle redevient déclarée tant qu’elle n’est pas vérifiée à nouveau",
)
async def change_proof(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, member: FirmWriter, ident: Ident, asked: ProofIn, if_match: IfMatch = None
) -> ProofOut:
    firm = await own_firm(session, member)
    row = await queries.own_proof(session, ident, firm.organisation_id)
    require_version(if_match, row.version)
    declaring.fill_proof(row, asked)
    await indexing.rebuild(session, firm, today=queries.today())
    audit.record(session, member, "proof.changed", row)
    tagged(response, row.version)
    return shaping.proof(row, queries.today())


@router.put(
    "/{ident}/file",
    responses=problems(*UPDATES),
    summary="Joindre le fichier d’une preuve",
)
async def put_file(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: FirmWriter,
    ident: Ident,
    file: Annotated[UploadFile, File(description="PDF, PNG ou JPEG, 5 Mio au plus")],
    if_match: IfMatch = None,
) -> ProofOut:
    firm = await own_firm(session, member)
    row = await queries.own_proof(session, ident, firm.organisation_id)
    require_version(if_match, row.version)
    content = await file.read()
    row.media_type = files.media_type_of(content)
    row.file, row.file_name, row.sha256 = content, files.plain_name(file.filename), sha256(content).hexdigest()
    row.verified_at = None
    await session.flush()
    audit.record(session, member, "proof.file", row, {"bytes": len(content)})
    tagged(response, row.version)
    return shaping.proof(row, queries.today())


@router.get(
    "/{ident}/file",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "Le fichier, à télécharger"},
        **problems(NotSignedIn, Forbidden, NotFound),
    },
    summary="Le fichier d’une preuve : pour l’entreprise elle-même et pour les acheteurs publics",
)
async def read_file(session: DbSession, member: OrgReader, ident: Ident) -> Response:
    row = await session.get(Proof, ident, options=[undefer(Proof.file)])
    firm = await queries.firm(session, row.organisation_id) if row else None
    own = row is not None and row.organisation_id == member.organisation.id
    readable = firm is not None and (own or (firm.listed and not member.organisation.is_firm))
    if row is None or row.file is None or not readable:
        raise NotFound("Ce fichier n’existe pas.")
    return files.download(row.file, shaping.downloaded_as(row))


@router.delete(
    "/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*WRITES),
    summary="Retirer une preuve : les capacités qui s’appuient sur elle restent, sans preuve",
)
async def remove_proof(session: DbSession, member: FirmWriter, ident: Ident) -> None:
    firm = await own_firm(session, member)
    row = await queries.own_proof(session, ident, firm.organisation_id)
    audit.record(session, member, "proof.removed", row)
    await session.delete(row)
    await indexing.rebuild(session, firm, today=queries.today())
