"""The award-criterion kit over HTTP: public, nothing is stored."""

from typing import Final, Literal

from fastapi import APIRouter

from app.purchases import simulation_words as words
from app.purchases.schemas_awards import (
    AtWeightOut,
    FlipOut,
    FormulaOut,
    FormulaPage,
    RankedOfferOut,
    SimulationIn,
    SimulationOut,
    SpreadOut,
)
from app.purchases.scoring import Formula
from app.purchases.simulation import simulate
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1/awards", tags=["Attribution"])
_DIRECTIONS: Final[dict[Formula, Literal["more", "less", "steps"]]] = {
    "proportional_more": "more",
    "proportional_less": "less",
    "steps": "steps",
}


@router.get("/formulas", summary="Les trois formules de notation, leur arrondi et un exemple calculé")
async def list_formulas() -> FormulaPage:
    items = [
        FormulaOut(
            code=formula,
            label=label,
            explanation=words.explained(formula),
            example=words.example(formula),
            direction=_DIRECTIONS[formula],
        )
        for formula, label in words.LABELS.items()
    ]
    return FormulaPage(items=items, method=list(words.METHOD))


@router.post(
    "/simulate",
    responses=problems(Invalid),
    summary="Classer des offres imaginaires, avec et sans le critère environnemental",
)
async def simulate_award(asked: SimulationIn) -> SimulationOut:
    """Tells whether the environmental criterion changes the ranking, and from which weight it would."""
    criteria, offers = asked.as_rules()
    made = simulate(criteria, offers)
    return SimulationOut(
        sentence=words.sentence(made),
        notes=words.notes(criteria, made),
        offers=[RankedOfferOut.model_validate(offer) for offer in made.offers],
        environmental_weight=made.environmental_weight,
        changes_ranking=made.changes_ranking,
        changes_winner=made.changes_winner,
        sensitivity=[AtWeightOut.model_validate(step) for step in made.sensitivity],
        flips=[FlipOut.model_validate(flip) for flip in made.flips],
        spreads=[SpreadOut.model_validate(spread) for spread in made.spreads],
        method=list(words.METHOD),
    )
