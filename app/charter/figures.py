"""Declared figures: written, taken back, proved by a document."""

from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import Member
from app.accounts.sessions import now
from app.charter.models import CharterFigure
from app.charter.refusals import ProofRefused
from app.charter.rules import figure_codes, is_period
from app.documents import bounded
from app.documents.refused import Refused
from app.law.facts import Law
from app.purchases import proofs
from app.web.etag import VersionMismatch, require_version
from app.web.problems import NotFound

LARGEST_PROOF: Final = 5 * 1024 * 1024
DECLARABLE: Final = frozenset({"declared", "training", "training_hours"})
"""Ways to measure an indicator that an organisation may complete: what it followed elsewhere is not known here."""


def require_known(law: Law, code: str, period: str) -> None:
    declared = [i.code for c in law.charter.commitments for i in c.indicators if i.measured in DECLARABLE]
    kind = figure_codes(declared).get(code)
    if kind is None or not is_period(period) or (kind == "year" and "-" in period):
        raise NotFound("Cet indicateur ne se déclare pas, ou pas pour cette période.")


async def held(session: AsyncSession, organisation_id: int, code: str, period: str) -> CharterFigure | None:
    asked = (
        select(CharterFigure)
        .where(
            CharterFigure.organisation_id == organisation_id,
            CharterFigure.code == code,
            CharterFigure.period == period,
        )
        .with_for_update()
    )
    return (await session.execute(asked)).scalar_one_or_none()


async def write(  # noqa: PLR0913, PLR0917 (what a figure is)
    session: AsyncSession, actor: Member, code: str, period: str, value: Decimal, note: str, if_match: str | None
) -> CharterFigure:
    """A first value needs no `If-Match`; another one names the version that it replaces."""
    row = await held(session, actor.organisation.id, code, period)
    if row is None:
        facts = {"organisation_id": actor.organisation.id, "code": code, "period": period}
        made = insert(CharterFigure).values(**facts, value=value, note=note, at=now(), by=actor.person.id)
        row = await session.scalar(made.on_conflict_do_nothing().returning(CharterFigure))
        if row is None:
            raise VersionMismatch("Quelqu’un vient de déclarer ce chiffre : relisez la page.")
    else:
        require_version(if_match, row.version)
        row.value, row.note, row.at, row.by = value, note, now(), actor.person.id
        await session.flush()
    audit.record(session, actor, "charter.figure", row, {"code": code, "period": period})
    return row


async def take_back(session: AsyncSession, actor: Member, code: str, period: str, if_match: str | None) -> None:
    """Back to « non déclaré »."""
    row = await held(session, actor.organisation.id, code, period)
    if row is None:
        raise NotFound("Ce chiffre n’est pas déclaré.")
    require_version(if_match, row.version)
    await session.delete(row)
    audit.record(session, actor, "charter.figure_removed", row, {"code": code, "period": period})
    await session.flush()


async def kind_of(content: bytes) -> str:
    """What a document is, once the guard of joined documents let it in."""
    if not content:
        raise ProofRefused("Ce fichier est vide.")
    if len(content) > LARGEST_PROOF:
        raise ProofRefused("La pièce dépasse 5 Mo.")
    try:
        return str((await bounded.run("app.purchases.proofs:guard", {}, content))[0]["kind"])
    except Refused as refusal:
        raise ProofRefused(proofs.sentence(refusal)) from refusal
