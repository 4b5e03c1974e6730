"""Documents joined to a control, over HTTP: guarded on the way in, sent as attachments only."""

from hashlib import sha256
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Response, UploadFile, status
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.documents import bounded
from app.documents.refused import Refused
from app.purchases import actions, proofs, queries, shown
from app.purchases.models_follow_up import PurchaseCheck, PurchaseProof
from app.purchases.routes_files import READS, WRITES
from app.purchases.routes_follow_up import proof_out
from app.purchases.schemas_follow_up import CheckDocumentOut
from app.web.problems import BodyTooLarge, FieldError, Invalid, NotFound, describe, problems

router = APIRouter(prefix="/api/v1/check-documents", tags=["Mes dossiers"])
_GONE: Final = "Cette pièce jointe n’existe pas, ou n’est pas de votre organisation."


class ProofRefused(Invalid):
    type, title = "/problems/piece-jointe", "Pièce jointe refusée"


describe(ProofRefused, "Le fichier n’est pas joint : son format n’est pas admis, ou il contient ce qu’il ne doit pas.")


def _refused(sentence: str) -> ProofRefused:
    return ProofRefused(sentence, [FieldError(pointer="/file", detail=sentence)])


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses={**WRITES, **problems(ProofRefused, BodyTooLarge)},
    summary="Joindre un document au résultat d’un contrôle (PDF, PNG, JPEG, DOCX ou ODT)",
)
async def join_proof(
    session: DbSession,
    member: BuyerWriter,
    once: Once,
    check: Annotated[int, Form(ge=1, le=2_147_483_647)],
    file: Annotated[UploadFile, File(description="10 Mio au plus")],
) -> CheckDocumentOut:
    await _check(session, member, check)
    content = await file.read(proofs.LARGEST + 1)
    if not content:
        raise _refused("Ce fichier est vide.")
    if len(content) > proofs.LARGEST:
        raise _refused("Ce fichier dépasse 10 Mio.")
    try:
        kind = (await bounded.run("app.purchases.proofs:guard", {}, content))[0]["kind"]
    except Refused as refusal:
        raise _refused(proofs.sentence(refusal)) from refusal
    name, digest = proofs.safe_name(file.filename or "", kind), sha256(content).hexdigest()

    async def make() -> CheckDocumentOut:
        # Only now: the file is not held while its guard works.
        held = await _check(session, member, check, to_write=True)
        return await _joined(session, member, held, PurchaseProof(name=name, kind=kind, sha256=digest, content=content))

    return await once(f"{check} {digest} {name}", CheckDocumentOut, make)


async def _check(session: AsyncSession, member: Member, check_id: int, *, to_write: bool = False) -> PurchaseCheck:
    """The control, if its file is of the actor's organisation (and may be written in)."""
    check = await session.get(PurchaseCheck, check_id)
    if check is None:
        raise NotFound(_GONE)
    try:
        row = await queries.file_of(session, check.file_id, member, to_write=to_write)
    except NotFound as error:
        raise NotFound(_GONE) from error
    if to_write:
        actions.require(row, member, "write")
    return check


async def _joined(
    session: AsyncSession, member: Member, check: PurchaseCheck, proof: PurchaseProof
) -> CheckDocumentOut:
    many = select(func.count()).where(PurchaseProof.check_id == check.id)
    if (await session.execute(many)).scalar_one() >= proofs.MOST:
        raise _refused(f"Un contrôle porte {proofs.MOST} pièces au plus.")
    proof.check_id, proof.size, proof.by = check.id, len(proof.content), member.person.id
    session.add(proof)
    await session.flush()
    await session.refresh(proof, ["at"])
    audit.record(session, member, "purchase.proof_joined", proof, {"check": check.id, "kind": proof.kind})
    return proof_out(proof, await shown.names_for(session, [proof.by]))


@router.get("/{ident}", response_class=Response, responses=READS, summary="Télécharger une pièce jointe")
async def download_proof(session: DbSession, member: BuyerReader, ident: Ident) -> Response:
    """Never shown in the site: what somebody sent is only downloaded."""
    proof = await session.get(PurchaseProof, ident, options=[undefer(PurchaseProof.content)])
    if proof is None:
        raise NotFound(_GONE)
    await _check(session, member, proof.check_id)
    plain, given = f"piece-{ident}.{proof.kind}", quote(proof.name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{given}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(proof.content, media_type=proofs.MEDIA[proof.kind], headers=headers)


@router.delete("/{ident}", status_code=status.HTTP_204_NO_CONTENT, responses=WRITES, summary="Retirer une pièce jointe")
async def delete_proof(session: DbSession, member: BuyerWriter, ident: Ident) -> None:
    proof = await session.get(PurchaseProof, ident)
    if proof is None:
        raise NotFound(_GONE)
    await _check(session, member, proof.check_id, to_write=True)
    await session.delete(proof)
    audit.record(session, member, "purchase.proof_erased", proof, {"check": proof.check_id})
