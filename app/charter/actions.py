"""What changes the charter room: adhesions, exceptions, declared figures, rates."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts import queries as accounts
from app.accounts.actors import Actor, Member
from app.accounts.rules import Role
from app.accounts.sessions import now
from app.charter import queries
from app.charter.models import CharterAdhesion, CharterException
from app.charter.refusals import AdhesionClosed, AdhesionOpen
from app.charter.rules import OPEN, AdhesionState
from app.law.facts import Charter
from app.outbound import mail
from app.outbound.announce import announce

_SIGN: Final = (
    "\n\nClausier, l’outil des clauses d’économie circulaire\nCe message est automatique : n’y répondez pas.\n"
)


async def ask(
    session: AsyncSession, actor: Member, charter: Charter, deliberation: str, deliberated_on: date | None
) -> CharterAdhesion:
    version = await queries.current_version(session, charter)
    made: CharterAdhesion | None = await session.scalar(
        insert(CharterAdhesion)
        .values(
            organisation_id=actor.organisation.id,
            charter_version=version.number,
            state=AdhesionState.ASKED,
            deliberation=deliberation,
            deliberated_on=deliberated_on,
            asked_at=now(),
            asked_by=actor.person.id,
        )
        .on_conflict_do_nothing()
        .returning(CharterAdhesion)
    )
    if made is None:
        raise AdhesionOpen("Votre organisation a déjà demandé à signer la charte, ou l’a déjà signée.")
    audit.record(session, actor, "charter.asked", made, {"charter_version": version.number})
    return made


async def decide(session: AsyncSession, actor: Actor, row: CharterAdhesion, reason: str, *, accept: bool) -> None:
    """The platform's answer; the administrators of the organisation are told."""
    if row.state is not AdhesionState.ASKED:
        raise AdhesionClosed("Cette demande a déjà reçu une réponse ou a été retirée.")
    row.state = AdhesionState.ACCEPTED if accept else AdhesionState.REFUSED
    row.decided_at, row.decided_by, row.reason = now(), actor.person.id, "" if accept else reason
    await session.flush()
    audit.record(session, actor, f"charter.{row.state}", row)
    if accept:
        said = {"id": row.id, "version": row.charter_version, "resource": "/api/v1/charter/signatories"}
        await announce(session, "charter.accepted", said, row.organisation_id)
    told = (
        "Votre organisation figure maintenant parmi les signataires de la charte."
        if accept
        else f"Votre demande de signature de la charte n’a pas été retenue. Motif :\n{reason}"
    )
    letter = mail.Letter("Votre adhésion à la charte", f"Bonjour,\n\n{told}{_SIGN}")
    for address in await accounts.addresses_of(session, row.organisation_id, [Role.ADMINISTRATOR]):
        await mail.write(session, address, letter)


async def withdraw(session: AsyncSession, actor: Member, row: CharterAdhesion, why: str) -> None:
    if row.state not in OPEN:
        raise AdhesionClosed("Cette adhésion est déjà close.")
    row.state = AdhesionState.WITHDRAWN
    row.withdrawn_at, row.withdrawn_by, row.withdrawal = now(), actor.person.id, why
    await session.flush()
    audit.record(session, actor, "charter.withdrawn", row)


async def except_modality(
    session: AsyncSession, actor: Member, file_id: int, modality: str, reason: str
) -> CharterException:
    """Keeps why a file does not keep a modality; a new reason replaces the old one, which stays in the record."""
    await remove_exception(session, actor, file_id, modality)
    made = CharterException(file_id=file_id, modality=modality, reason=reason, at=now(), by=actor.person.id)
    session.add(made)
    await session.flush()
    audit.record(session, actor, "charter.exception", made, {"modality": modality, "file": file_id})
    return made


async def remove_exception(session: AsyncSession, actor: Member, file_id: int, modality: str) -> bool:
    asked = (
        select(CharterException)
        .where(
            CharterException.file_id == file_id,
            CharterException.modality == modality,
            CharterException.removed_at.is_(None),
        )
        .with_for_update()
    )
    known = (await session.execute(asked)).scalar_one_or_none()
    if known is None:
        return False
    known.removed_at, known.removed_by = now(), actor.person.id
    await session.flush()
    audit.record(session, actor, "charter.exception_removed", known, {"modality": modality, "file": file_id})
    return True
