"""Advice on a purchase: its CPV code, then the clauses recommended for it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.law.families import resolve
from app.law.routes import LawOf, today_in_paris
from app.law.rules import assess
from app.law.schemas import FamilyOut
from app.library import queries
from app.library.answers import clause_ref, summary
from app.library.fast import keep
from app.library.recommend import recommend
from app.library.schemas import (
    CpvPage,
    LeverShareOut,
    ReasonOut,
    RecommendationIn,
    RecommendationOut,
    RecommendationsOut,
    SuggestionsOut,
)
from app.library.suggest import codes, suggestions
from app.library.understood import cpv_out, families_guessed, levers_guessed
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Conseil"])


@router.get("/cpv", response_model=CpvPage, summary="Chercher un code CPV par ses chiffres ou par des mots")
async def search_cpv(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=400, description="Chiffres, mots ou intitulé d’achat")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Slang and acronyms are understood (« ordis », « VRD »); each code comes with the families of clauses it opens."""
    shelf = queries.shelf()
    return keep(request, CpvPage(items=cpv_out(codes(shelf, q, limit), shelf)))


@router.get("/suggestions", response_model=SuggestionsOut, summary="Ce que les mots tapés peuvent désigner")
async def suggest(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=400, description="Ce qui est tapé, même inachevé")],
) -> Response:
    """Words completed, families and levers guessed, CPV codes and clauses: for a search box, or a free description."""
    shelf = queries.shelf()
    found = suggestions(shelf, q)
    out = SuggestionsOut(
        corrected=found.query.corrected,
        phrases=found.phrases,
        families=families_guessed(found.query, shelf),
        levers=levers_guessed(found.query, shelf),
        cpv=cpv_out(found.cpv, shelf),
        clauses=[clause_ref(clause) for clause in found.clauses],
    )
    return keep(request, out)


@router.post("/recommendations", responses=problems(Invalid), summary="Les clauses proposées pour un achat")
def recommend_clauses(asked: RecommendationIn, law: LawOf) -> RecommendationsOut:
    """Four to eight clauses are preselected; each says why, by duty, CPV branch, family or commitment."""
    shelf = queries.shelf()
    purchase = asked.purchase.described(law)
    duties = assess(purchase, law, today_in_paris())
    found = recommend(purchase, duties, law, shelf.active, asked.ambition)
    as_given = replace(purchase, families=tuple(asked.purchase.families))
    return RecommendationsOut(
        items=[
            RecommendationOut(
                clause=summary(item.clause),
                preselected=item.preselected,
                reasons=[ReasonOut(kind=r.kind, code=r.code, text=r.text) for r in item.reasons],
                piece=item.piece,
                level=item.clause.record.level,
            )
            for item in found.items
        ],
        by_lever=[
            LeverShareOut(
                lever=share.lever,
                label=shelf.words.levers[share.lever].label if share.lever in shelf.words.levers else share.lever,
                law_minimum=share.law_minimum,
                chosen=share.chosen,
                ambitious=share.ambitious,
            )
            for share in found.by_lever
        ],
        families=[FamilyOut.model_validate(family) for family in resolve(as_given, law.families)],
    )
