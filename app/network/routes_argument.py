"""The paper for elected officials over HTTP: public, nothing is stored."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Visitor
from app.database.engine import DbSession
from app.documents.compose import slug
from app.documents.lifecycle import compare
from app.documents.routes import organisation_of
from app.documents.schemas_lifecycle import LifeCycleCostIn
from app.law.assessing import assess
from app.law.findings import Report
from app.law.routes import LawOf
from app.law.rules import check
from app.library.queries import LibraryNotReady, shelf
from app.library.record import ClauseRecord
from app.market.feasibility import feasibility_of
from app.market.schemas_depth import DemandIn, FeasibilityIn
from app.network.argument import Argument, Cost, Depth, argument
from app.network.schemas_argument import ArgumentIn
from app.purchases.baskets import basket_of
from app.web.negotiation import DOCX
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1/network/argumentaires", tags=["Réseau et formation"])
_MEASURED: Final = 30
"""As many clauses as the market is asked about at once."""


@router.post(
    "",
    response_class=Response,
    responses=problems(Invalid, LibraryNotReady) | {200: {"content": {DOCX: {}}}},
    summary="Une page pour les élus, en DOCX : obligation, coût, marché, risques, décision",
)
async def make_argument(
    request: Request, session: DbSession, asked: ArgumentIn, law: LawOf, visitor: Visitor
) -> Response:
    purchase = asked.purchase.described(law)
    own = organisation_of(visitor)
    basket = await basket_of(request, asked.items, asked.lots, law, purchase.launch_date, own)
    known = (shelf().clause(ident) for ident in dict.fromkeys(clause.id for clause in basket))
    records = tuple(found.record for found in known if found)
    case = Argument(
        purchase=purchase,
        buyer=asked.buyer_name,
        duties=tuple(assess(purchase, law, purchase.launch_date)),
        clauses=records,
        open_without=_open(check(purchase, [], law, justifications=asked.justifications)),
        open_with=_open(check(purchase, basket, law, justifications=asked.justifications)),
        cost=_cost(asked.life_cycle_cost),
        depth=await _depth(session, records, asked.departments),
    )
    name = f"argumentaire_{slug(purchase.object)}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(argument(case), media_type=DOCX, headers=headers)


def _open(report: Report) -> tuple[str, ...]:
    return tuple(found.title for found in report.findings if found.origin == "law" and found.status == "missing")


def _cost(asked: LifeCycleCostIn | None) -> Cost | None:
    if asked is None:
        return None
    offers = compare([offer.as_costs for offer in asked.offers], asked.period_years, asked.discount_rate)
    return Cost(tuple(offers), asked.period_years)


async def _depth(session: AsyncSession, records: Sequence[ClauseRecord], departments: list[str]) -> Depth | None:
    if not records:
        return None
    items = [DemandIn(clause=record.id) for record in records[:_MEASURED]]
    found = await feasibility_of(session, FeasibilityIn(items=items, departments=departments))
    rarest = sorted(found.parts, key=lambda part: part.alone.firms or 0)
    return Depth(
        territory=found.territory,
        joint=found.joint.words,
        parts=tuple((part.clause, part.alone.words) for part in rarest),
        blocking=found.blocking_words if found.joint.firms is None else "",
        counted=len(items),
    )
