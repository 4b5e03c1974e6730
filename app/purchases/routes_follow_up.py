"""The follow-up of a contract over HTTP: what to check, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Response, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.law.routes import today_in_paris
from app.purchases import actions, followup, queries, shown
from app.purchases import follow_up_queries as reading
from app.purchases.followup import RESULTS, CheckState, Expected, Recorded
from app.purchases.models import PurchaseFile
from app.purchases.models_follow_up import PurchaseCheck, PurchaseProof
from app.purchases.routes_files import READS, WRITES
from app.purchases.schemas_follow_up import (
    CheckDocumentOut,
    ControlCountsOut,
    ControlOut,
    ControlRecordChange,
    ControlRecordIn,
    ControlRecordOut,
    ControlResultOut,
    FollowUpOut,
)
from app.web.etag import IfMatch, require_version, tagged
from app.web.problems import FieldError, Invalid, NotFound

router = APIRouter(prefix="/api/v1/purchases", tags=["Mes dossiers"])
MOST: Final = 5000
"""Results of one file: far above a weekly control over ten years."""
_GONE: Final = "Ce contrôle n’existe pas dans ce dossier."
Records = Mapping[str, Sequence[PurchaseCheck]]


@router.get("/{ident}/follow-up", responses=READS, summary="Les contrôles d’un marché : à faire, faits, en retard")
async def read_follow_up(session: DbSession, member: BuyerReader, ident: Ident) -> FollowUpOut:
    row = await queries.file_of(session, ident, member)
    known = await reading.schedule(session, row)
    asked = await reading.controls(session, row, known)
    checks = await reading.checks_of(session, ident)
    records = await records_out(session, checks)
    by_key: dict[str, list[ControlRecordOut]] = {}
    for check in checks:
        by_key.setdefault(check.key, []).append(records[check.id])
    today = today_in_paris()
    states = [followup.state_of(one, recorded=one.key in by_key, today=today) for one in asked]
    counts = followup.count(states, [Recorded(c.id, c.key, c.result, c.penalty_due) for c in checks])
    expected = {one.key for one in asked}
    lines = [_line(one, state, by_key.get(one.key, [])) for one, state in zip(asked, states, strict=True)]
    gone = [_gone(check, records[check.id]) for check in checks if check.key not in expected]
    return FollowUpOut(
        start=known.start,
        end=known.end,
        checks=lines + gone,
        counts=ControlCountsOut(
            late=counts.late,
            soon=counts.soon,
            recorded=counts.recorded,
            not_conform=counts.not_conform,
            penalties=counts.penalties,
        ),
        results=[ControlResultOut(code=code, label=label) for code, label in RESULTS.items()],
        may=["record"] if "write" in shown.may(member, row) else [],
    )


def _line(one: Expected, state: CheckState, records: list[ControlRecordOut]) -> ControlOut:
    return ControlOut(
        key=one.key,
        clause_id=one.clause_id,
        title=one.title,
        lots=list(one.lots),
        what=one.what,
        who=one.who,
        how=one.how,
        rhythm=one.rhythm,
        due=one.due,
        penalty=one.penalty,
        state=state,
        gone=False,
        records=records,
    )


def _gone(check: PurchaseCheck, record: ControlRecordOut) -> ControlOut:
    return ControlOut(
        key=check.key,
        clause_id=check.clause_id,
        title=check.title,
        lots=[],
        what=check.what,
        who=check.who,
        how="",
        rhythm="",
        due=check.due,
        penalty="",
        state=CheckState.RECORDED,
        gone=True,
        records=[record],
    )


async def records_out(session: AsyncSession, checks: Sequence[PurchaseCheck]) -> dict[int, ControlRecordOut]:
    asked = select(PurchaseProof).where(PurchaseProof.check_id.in_([check.id for check in checks]))
    proofs = (await session.execute(asked.order_by(PurchaseProof.id))).scalars().all() if checks else []
    people = [*(check.recorded_by for check in checks), *(proof.by for proof in proofs)]
    names = await shown.names_for(session, people)
    joined: dict[int, list[CheckDocumentOut]] = {}
    for proof in proofs:
        joined.setdefault(proof.check_id, []).append(proof_out(proof, names))
    return {
        check.id: ControlRecordOut(
            id=check.id,
            version=check.version,
            result=check.result,
            label=RESULTS[check.result],
            done_on=check.done_on,
            note=check.note,
            penalty_due=check.penalty_due,
            recorded_at=check.recorded_at,
            recorded_by=shown.person(check.recorded_by, names),
            documents=joined.get(check.id, []),
        )
        for check in checks
    }


def proof_out(proof: PurchaseProof, names: shown.Names) -> CheckDocumentOut:
    return CheckDocumentOut(
        id=proof.id,
        name=proof.name,
        kind=proof.kind,
        size=proof.size,
        at=proof.at,
        by=shown.person(proof.by, names),
    )


def _write(check: PurchaseCheck, asked: ControlRecordChange, member: Member) -> None:
    if asked.done_on > today_in_paris() + timedelta(days=1):
        said = "Un contrôle fait ne peut pas être daté de l’avenir."
        raise Invalid(said, [FieldError(pointer="/done_on", detail=said)])
    check.result, check.done_on, check.note = asked.result, asked.done_on, asked.note
    check.penalty_due = asked.penalty_due
    check.recorded_at, check.recorded_by = now(), member.person.id


@router.post(
    "/{ident}/checks", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Noter le résultat d’un contrôle"
)
async def record_check(  # noqa: PLR0913, PLR0917 (what a creation names)
    response: Response, session: DbSession, member: BuyerWriter, ident: Ident, once: Once, asked: ControlRecordIn
) -> ControlRecordOut:
    """`key`: that of the control in `/follow-up`. The result keeps what was to be checked that day."""
    row = await queries.file_of(session, ident, member, to_write=True)
    actions.require(row, member, "write")
    made = await once(asked, ControlRecordOut, lambda: _record(session, member, row, asked))
    tagged(response, made.version)
    return made


async def _record(session: AsyncSession, member: Member, row: PurchaseFile, asked: ControlRecordIn) -> ControlRecordOut:
    controls = await reading.controls(session, row, await reading.schedule(session, row))
    one = next((control for control in controls if control.key == asked.key), None)
    if one is None:
        raise Invalid(_GONE, [FieldError(pointer="/key", detail=_GONE)])
    if len(await reading.checks_of(session, row.id)) >= MOST:
        raise Invalid(f"Ce dossier a déjà {MOST} résultats.")
    check = PurchaseCheck(
        file_id=row.id,
        key=one.key,
        clause_id=one.clause_id,
        clause_version=one.clause_version,
        title=one.title,
        what=one.what,
        who=one.who,
        due=one.due,
    )
    _write(check, asked, member)
    session.add(check)
    try:
        await session.flush()
    except IntegrityError as error:
        said = "Le résultat de ce contrôle est déjà noté : rechargez la page pour le lire ou le corriger."
        raise Invalid(said, [FieldError(pointer="/key", detail=said)]) from error
    audit.record(session, member, "purchase.checked", check, {"file": row.id, "result": check.result})
    return (await records_out(session, [check]))[check.id]


async def check_of(session: AsyncSession, member: Member, file_id: int, check_id: int) -> PurchaseCheck:
    """A result of a file that the actor may write in, held for writing."""
    row = await queries.file_of(session, file_id, member, to_write=True)
    check = await session.get(PurchaseCheck, check_id, with_for_update=True)
    if check is None or check.file_id != file_id:
        raise NotFound(_GONE)
    actions.require(row, member, "write")
    return check


@router.put("/{ident}/checks/{check_id}", responses=WRITES, summary="Corriger le résultat d’un contrôle")
async def change_check(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    check_id: Ident,
    asked: ControlRecordChange,
    if_match: IfMatch = None,
) -> ControlRecordOut:
    check = await check_of(session, member, ident, check_id)
    require_version(if_match, check.version)
    _write(check, asked, member)
    await session.flush()
    audit.record(session, member, "purchase.checked", check, {"file": ident, "result": check.result})
    tagged(response, check.version)
    return (await records_out(session, [check]))[check.id]


@router.delete(
    "/{ident}/checks/{check_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Effacer le résultat d’un contrôle, et ses pièces jointes",
)
async def delete_check(
    session: DbSession, member: BuyerWriter, ident: Ident, check_id: Ident, if_match: IfMatch = None
) -> None:
    check = await check_of(session, member, ident, check_id)
    require_version(if_match, check.version)
    await session.delete(check)
    audit.record(session, member, "purchase.check_erased", check, {"file": ident})
