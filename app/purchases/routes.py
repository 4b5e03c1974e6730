"""A buyer's purchase over HTTP: the check of a basket, before anything is written."""

from fastapi import APIRouter, Request

from app.accounts.actors import Visitor
from app.documents.routes import organisation_of
from app.law.routes import LawOf
from app.law.rules import check
from app.law.schemas import ReportOut
from app.library.queries import LibraryNotReady
from app.purchases.baskets import basket_of
from app.purchases.schemas import CheckIn
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Achats"])


@router.post(
    "/check",
    responses=problems(Invalid, LibraryNotReady),
    summary="Vérifier une sélection de clauses : obligations couvertes, règles, charte",
)
async def check_basket(request: Request, asked: CheckIn, law: LawOf, visitor: Visitor) -> ReportOut:
    """Values are checked by `/documents`: here a value that is missing or out of bounds changes nothing."""
    purchase = asked.purchase.described(law)
    own = organisation_of(visitor)
    basket = await basket_of(request, asked.items, asked.lots, law, purchase.launch_date, own)
    return ReportOut.model_validate(check(purchase, basket, law, justifications=asked.justifications))
