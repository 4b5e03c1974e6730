"""Advice on a purchase: its CPV code, then the clauses recommended for it."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.law.families import family_of, resolve
from app.law.routes import LawOf, today_in_paris
from app.law.rules import assess
from app.law.schemas import FamilyOut
from app.library import queries
from app.library.answers import summary
from app.library.fast import keep
from app.library.recommend import recommend
from app.library.schemas import (
    Coded,
    CpvOut,
    CpvPage,
    LeverShareOut,
    ReasonOut,
    RecommendationIn,
    RecommendationOut,
    RecommendationsOut,
)
from app.text.words import words
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
    reader = shelf.index.reader
    typed = reader.speller.repaired(words(q))
    hints = shelf.thesaurus.hints(typed)
    means = [term for hint in hints for term in hint.means]
    branches = [prefix for hint in hints if hint.family for prefix in shelf.index.branches.get(hint.family, ())]
    text = q if any(c.isdigit() for c in q) else " ".join(typed)
    found = shelf.nomenclature.search(text, limit, means=means, branches=branches)
    families = tuple(shelf.words.families.values())
    items = []
    for entry in found:
        family = family_of(entry.code, families)
        items.append(
            CpvOut(
                code=entry.code,
                formatted=f"{entry.code}-{entry.check}",
                label=entry.label,
                families=[Coded(code=family.code, label=family.label)] if family else [],
            )
        )
    return keep(request, CpvPage(items=items))


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
