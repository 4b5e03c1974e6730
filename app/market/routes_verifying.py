"""The platform's team checks proofs at their issuer: what waits, its file, checked, or the check withdrawn."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response, status
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from app.accounts import audit
from app.accounts.actors import Editor
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.market import files, queries, shaping
from app.market.models import Firm, Proof
from app.market.schemas import ProofOut
from app.market.schemas_declared import ProofLine, ProofsPage
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Entreprises"])
_ACTS = problems(NotSignedIn, Forbidden, CrossSite, NotFound)


@router.get(
    "/proof-verifications",
    responses=problems(NotSignedIn, Forbidden, BadCursor),
    summary="Les preuves des entreprises, à vérifier ou vérifiées (équipe de la plateforme)",
)
async def list_proofs(
    session: DbSession,
    editor: Editor,
    state: Annotated[Literal["waiting", "verified"], Query(description="À vérifier, ou vérifiées")] = "waiting",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> ProofsPage:
    """In date, of firms that are listed; the oldest first, so that nobody waits behind others."""
    del editor
    done = Proof.verified_at.is_not(None) if state == "verified" else Proof.verified_at.is_(None)
    in_date = func.coalesce(Proof.expires_on, date.max) >= queries.today()
    asked = (
        select(Proof, Firm)
        .join(Firm, Firm.organisation_id == Proof.organisation_id)
        .where(done, in_date, Firm.listed, Proof.id > _after(cursor))
        .order_by(Proof.id)
        .limit(limit + 1)
    )
    rows = (await session.execute(asked)).all()
    today = queries.today()
    return ProofsPage(
        items=[
            ProofLine(
                **shaping.proof(proof, today, own=False).model_dump(),
                firm=firm.name,
                siret=firm.siret,
                has_file=bool(proof.sha256),
            )
            for proof, firm in rows[:limit]
        ],
        next=cursor_of(rows[limit - 1][0].id) if len(rows) > limit else None,
    )


def _after(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (last,) = key_of(cursor, 1)
    if not isinstance(last, int) or not 0 < last < 1 << 31:
        raise BadCursor
    return last


@router.get(
    "/proof-verifications/{ident}/file",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "Le fichier, à télécharger"},
        **problems(NotSignedIn, Forbidden, NotFound),
    },
    summary="Le fichier d’une preuve à vérifier",
)
async def read_proof_file(session: DbSession, editor: Editor, ident: Ident) -> Response:
    row = await session.get(Proof, ident, options=[undefer(Proof.file)])
    if row is None or row.file is None:
        raise NotFound("Ce fichier n’existe pas.")
    audit.record(session, editor, "proof.read", row)
    return files.download(row.file, shaping.downloaded_as(row))


async def _proof(session: DbSession, ident: int) -> Proof:
    row = await session.get(Proof, ident)
    if row is None:
        raise NotFound("Cette preuve n’existe pas.")
    return row


@router.post(
    "/proofs/{ident}/verification",
    responses=_ACTS,
    summary="Marquer une preuve comme vérifiée auprès de son émetteur (équipe de la plateforme)",
)
async def verify_proof(session: DbSession, editor: Editor, ident: Ident) -> ProofOut:
    row = await _proof(session, ident)
    row.verified_at = now()
    audit.record(session, editor, "proof.verified", row)
    await session.flush()
    return shaping.proof(row, queries.today(), own=False)


@router.delete(
    "/proofs/{ident}/verification",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=_ACTS,
    summary="Retirer la vérification d’une preuve : elle redevient déclarée",
)
async def withdraw_verification(session: DbSession, editor: Editor, ident: Ident) -> None:
    row = await _proof(session, ident)
    row.verified_at = None
    audit.record(session, editor, "proof.unverified", row)
