"""« Respecter » over HTTP: the files of my organisation against the modalities of the charter, and their exceptions."""

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request

from app.accounts import queries as accounts
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.rules import Role, at_least
from app.accounts.schemas import Ident
from app.charter import actions
from app.charter.refusals import NotDerogable
from app.charter.respect import Respected, judged
from app.charter.routes import Cursor, Limit
from app.charter.schemas import ExceptionIn, ExceptionOut, ModalityFinding, RespectLine, RespectOut, RespectPage
from app.database.engine import DbSession
from app.law.facts import Law
from app.law.routes import LawOf
from app.purchases import queries as purchases
from app.purchases.models import PurchaseFile
from app.purchases.rules import FileState
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/charter/respect", tags=["Charte"])
READS: Final = problems(NotSignedIn, Forbidden, NotFound)
WRITES: Final = READS | problems(CrossSite, Invalid, NotDerogable)
Modality = Annotated[str, Path(min_length=2, max_length=60, pattern=r"^[A-Za-z0-9-]+$")]


@router.get("", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Mes dossiers face à la charte")
async def list_respect(  # noqa: PLR0913, PLR0917 (the page of a list)
    request: Request, session: DbSession, member: BuyerReader, law: LawOf, limit: Limit = 20, cursor: Cursor = None
) -> RespectPage:
    asked = purchases.listed(member.organisation.id, FileState.ACTIVE, _after(cursor)).limit(limit + 1)
    rows = (await session.execute(asked)).scalars().all()
    found = await judged(session, request.app.state.sessions, rows[:limit], law)
    last = cursor_of(rows[limit - 1].updated_at.isoformat(), rows[limit - 1].id) if len(rows) > limit else None
    return RespectPage(items=[RespectLine(**_line(one)) for one in found], next=last)


def _after(cursor: str | None) -> tuple[datetime, int] | None:
    if cursor is None:
        return None
    moment, ident = key_of(cursor, 2)
    try:
        at = datetime.fromisoformat(moment)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if at.tzinfo is None or not isinstance(ident, int) or not 0 <= ident < 2**31:
        raise BadCursor
    return at, ident


def _line(found: Respected) -> dict[str, object]:
    return {
        "id": found.file.id,
        "title": found.file.title,
        "launch_date": found.file.launch_date,
        "described": bool(found.findings),
        "covered": found.count("covered"),
        "missing": found.count("missing"),
        "depends": found.count("depends"),
        "exceptions": len(found.exceptions),
    }


async def _shown(request: Request, session: DbSession, member: Member, row: PurchaseFile, law: Law) -> RespectOut:
    (found,) = await judged(session, request.app.state.sessions, [row], law)
    names = await accounts.names_of(session, [one.by for one in found.exceptions])
    writes = at_least(member.role, Role.WRITER) and row.state is FileState.ACTIVE
    return RespectOut.model_validate(
        {
            **_line(found),
            "findings": [ModalityFinding.model_validate(one) for one in found.findings],
            "noted": [
                ExceptionOut(modality=e.modality, reason=e.reason, at=e.at, by=names.get(e.by, "Compte supprimé"))
                for e in found.exceptions
            ],
            "may": ["except"] if writes else [],
        }
    )


@router.get("/{ident}", responses=READS, summary="Un dossier face à la charte, modalité par modalité")
async def read_respect(
    request: Request, session: DbSession, member: BuyerReader, law: LawOf, ident: Ident
) -> RespectOut:
    return await _shown(request, session, member, await purchases.file_of(session, ident, member), law)


@router.put("/{ident}/exceptions/{modality}", responses=WRITES, summary="Noter pourquoi une modalité n’est pas suivie")
async def write_exception(  # noqa: PLR0913, PLR0917 (what an exception names)
    request: Request,
    session: DbSession,
    member: BuyerWriter,
    law: LawOf,
    ident: Ident,
    modality: Modality,
    asked: ExceptionIn,
) -> RespectOut:
    row = await purchases.file_of(session, ident, member, to_write=True)
    derogable = {m.id for c in law.charter.commitments for m in c.modalities if m.derogable}
    (found,) = await judged(session, request.app.state.sessions, [row], law)
    open_to_it = {one.rule for one in found.findings if one.status in {"missing", "depends"} or one.justified}
    if row.state is not FileState.ACTIVE or modality not in derogable & open_to_it:
        raise NotDerogable("Cette modalité est déjà respectée, ou ne concerne pas cet achat.")
    await actions.except_modality(session, member, row.id, modality, asked.reason)
    return await _shown(request, session, member, row, law)


@router.delete("/{ident}/exceptions/{modality}", responses=WRITES, summary="Retirer une exception notée")
async def delete_exception(  # noqa: PLR0913, PLR0917 (what an exception names)
    request: Request, session: DbSession, member: BuyerWriter, law: LawOf, ident: Ident, modality: Modality
) -> RespectOut:
    row = await purchases.file_of(session, ident, member, to_write=True)
    if not await actions.remove_exception(session, member, row.id, modality):
        raise NotFound("Aucune exception n’est notée pour cette modalité.")
    return await _shown(request, session, member, row, law)
