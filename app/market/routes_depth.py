"""Market depth: public, without any name."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.database.engine import DbSession
from app.library.queries import LibraryNotReady
from app.market import feasibility
from app.market.schemas_depth import DepthOut, DepthQuery, FeasibilityIn, FeasibilityOut
from app.web.problems import Invalid, NotFound, UnknownParameter, problems

router = APIRouter(prefix="/api/v1/market", tags=["Marché"])


@router.get(
    "/depth",
    responses=problems(UnknownParameter, NotFound, Invalid, LibraryNotReady),
    summary="Combien d’entreprises déclarent pouvoir répondre à une clause, dans un territoire",
)
async def read_depth(session: DbSession, asked: Annotated[DepthQuery, Query()]) -> DepthOut:
    return await feasibility.depth_of(session, asked)


@router.post(
    "/feasibility",
    responses=problems(NotFound, Invalid, LibraryNotReady),
    summary="Combien d’entreprises répondent à toute une sélection, et quelle clause bloque",
)
async def read_feasibility(session: DbSession, asked: FeasibilityIn) -> FeasibilityOut:
    return await feasibility.feasibility_of(session, asked)
