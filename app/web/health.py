"""Alive: the process answers. Ready: it can do its work, with the reason when it cannot."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.web.problems import Problem, ProblemOut, describe

router = APIRouter(prefix="/health", tags=["Exploitation"])


class NotReady(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/pas-pret", "Service pas encore prêt"


describe(NotReady, "Le service démarre, ou sa base de données ne répond pas.")


class Health(BaseModel):
    status: str


@router.get("/live", summary="Le processus répond")
async def live() -> Health:
    return Health(status="ok")


async def _database_answers(request: Request) -> str:
    try:
        async with request.app.state.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return "la base de données ne répond pas"
    return ""


@router.get("/ready", summary="Le service peut travailler", responses={503: {"model": ProblemOut}})
async def ready(request: Request, trouble: Annotated[str, Depends(_database_answers)]) -> Health:
    reasons = [trouble, *(check() for check in request.app.state.readiness)]
    if reasons := [reason for reason in reasons if reason]:
        raise NotReady(" ; ".join(reasons).capitalize() + ".")
    return Health(status="ok")
