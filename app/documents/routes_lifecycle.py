"""The life-cycle-cost calculator over HTTP: public, nothing is stored."""

from fastapi import APIRouter

from app.documents import lifecycle_words as words
from app.documents.context import citation
from app.documents.lifecycle import compare
from app.documents.schemas_lifecycle import LifeCycleCostIn, LifeCycleCostOut, OfferCostOut
from app.law.routes import LawOf
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Attribution"])


@router.post(
    "/life-cycle-costs",
    responses=problems(Invalid),
    summary="Comparer le coût du cycle de vie de plusieurs offres",
)
async def compare_life_cycle_costs(asked: LifeCycleCostIn, law: LawOf) -> LifeCycleCostOut:
    """The buyer gives the period and the discount rate: there is no default."""
    made = compare([offer.as_costs for offer in asked.offers], asked.period_years, asked.discount_rate)
    return LifeCycleCostOut(
        sentence=words.sentence(made, asked.period_years),
        offers=[OfferCostOut.model_validate(offer) for offer in made],
        legal=[citation(law.texts[ident]) for ident in ("ccp-r2152-9", "ccp-r2152-10")],
        method=list(words.calculation(asked.discount_rate)),
    )
