"""AGEC amounts of a contract over HTTP, by year and category: what is not declared stays unknown."""

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
from app.law.facts import Law
from app.law.routes import LawOf
from app.purchases import actions, agec, queries, shown
from app.purchases.models_follow_up import PurchaseSpending
from app.purchases.routes_files import READS, WRITES
from app.purchases.schemas_follow_up import SpendingCategoryOut, SpendingChange, SpendingIn, SpendingOut, SpendingPage
from app.web.etag import IfMatch, require_version, tagged
from app.web.problems import FieldError, Invalid, NotFound

router = APIRouter(prefix="/api/v1/purchases", tags=["Mes dossiers"])
_GONE: Final = "Cette ligne n’existe pas dans ce dossier."


def _labels(law: Law) -> dict[int, str]:
    return {category.number: category.label for category in law.targets.agec}


def _out(row: PurchaseSpending, labels: dict[int, str]) -> SpendingOut:
    label = labels.get(row.category, str(row.category))
    rates = agec.rates(agec.Line(label, row.total, row.reused, row.donated, row.recycled))
    return SpendingOut(
        id=row.id,
        version=row.version,
        year=row.year,
        category=row.category,
        label=label,
        total=row.total,
        reused=row.reused,
        recycled=row.recycled,
        donated=row.donated,
        reuse_rate=rates.reuse,
        recycled_rate=rates.recycled,
    )


@router.get("/{ident}/spending", responses=READS, summary="Les dépenses AGEC d’un marché, par année et catégorie")
async def list_spending(session: DbSession, member: BuyerReader, ident: Ident, law: LawOf) -> SpendingPage:
    row = await queries.file_of(session, ident, member)
    asked = select(PurchaseSpending).where(PurchaseSpending.file_id == ident)
    rows = (await session.execute(asked.order_by(PurchaseSpending.year, PurchaseSpending.category))).scalars()
    labels = _labels(law)
    return SpendingPage(
        items=[_out(one, labels) for one in rows],
        categories=[SpendingCategoryOut(number=number, label=label) for number, label in labels.items()],
        may=["declare"] if "write" in shown.may(member, row) else [],
    )


def _write(row: PurchaseSpending, asked: SpendingChange, member: Member) -> None:
    row.total, row.reused, row.recycled, row.donated = asked.total, asked.reused, asked.recycled, asked.donated
    row.updated_at, row.updated_by = now(), member.person.id


@router.post(
    "/{ident}/spending", status_code=status.HTTP_201_CREATED, responses=WRITES, summary="Déclarer une dépense AGEC"
)
async def declare_spending(  # noqa: PLR0913, PLR0917 (what a creation names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    law: LawOf,
    once: Once,
    asked: SpendingIn,
) -> SpendingOut:
    file = await queries.file_of(session, ident, member, to_write=True)
    actions.require(file, member, "write")

    async def make() -> SpendingOut:
        row = PurchaseSpending(file_id=ident, year=asked.year, category=asked.category)
        _write(row, asked, member)
        session.add(row)
        try:
            await session.flush()
        except IntegrityError as error:
            said = "Cette catégorie est déjà déclarée pour cette année : corrigez la ligne."
            raise Invalid(said, [FieldError(pointer="/category", detail=said)]) from error
        audit.record(session, member, "purchase.spent", row, {"file": ident, "year": row.year})
        return _out(row, _labels(law))

    made = await once(asked, SpendingOut, make)
    tagged(response, made.version)
    return made


async def _line(session: AsyncSession, member: Member, file_id: int, ident: int) -> PurchaseSpending:
    file = await queries.file_of(session, file_id, member, to_write=True)
    row = await session.get(PurchaseSpending, ident, with_for_update=True)
    if row is None or row.file_id != file_id:
        raise NotFound(_GONE)
    actions.require(file, member, "write")
    return row


@router.put("/{ident}/spending/{line_id}", responses=WRITES, summary="Corriger une dépense AGEC")
async def change_spending(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    member: BuyerWriter,
    ident: Ident,
    line_id: Ident,
    law: LawOf,
    asked: SpendingChange,
    if_match: IfMatch = None,
) -> SpendingOut:
    row = await _line(session, member, ident, line_id)
    require_version(if_match, row.version)
    _write(row, asked, member)
    await session.flush()
    audit.record(session, member, "purchase.spent", row, {"file": ident, "year": row.year})
    tagged(response, row.version)
    return _out(row, _labels(law))


@router.delete(
    "/{ident}/spending/{line_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=WRITES,
    summary="Retirer une dépense AGEC",
)
async def delete_spending(
    session: DbSession, member: BuyerWriter, ident: Ident, line_id: Ident, if_match: IfMatch = None
) -> None:
    row = await _line(session, member, ident, line_id)
    require_version(if_match, row.version)
    await session.delete(row)
    audit.record(session, member, "purchase.spending_erased", row, {"file": ident, "year": row.year})
