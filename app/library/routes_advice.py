"""Advice on a purchase: its CPV code, then the clauses recommended for it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.law.families import family_of
from app.library import queries
from app.library.ready import ReadyRoute, keep
from app.library.schemas import Coded, CpvOut, CpvPage
from app.text.words import words

router = APIRouter(prefix="/api/v1", tags=["Conseil"], route_class=ReadyRoute)


@router.get("/cpv", response_model=CpvPage, summary="Chercher un code CPV par ses chiffres ou par des mots")
async def search_cpv(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=400, description="Chiffres, mots ou intitulé d’achat")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Slang and acronyms are understood (« ordis », « VRD »); each code comes with the families of clauses it opens."""
    shelf = queries.shelf()
    reader = shelf.index.reader
    typed = [reader.repaired(word) for word in words(q)]
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
