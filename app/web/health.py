"""Alive: the process answers. Ready: it can do its work, with the reasons when it cannot, or not for long."""

import shutil
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.web.problems import Problem, ProblemOut, describe

router = APIRouter(prefix="/health", tags=["Exploitation"])
LEAST_DISK: Final = 500 * 2**20
"""Bytes under which PostgreSQL and the outbox are at risk."""
Check = Callable[[AsyncConnection], Awaitable[str]]
"""What is wrong, in a few French words, or nothing."""


class NotReady(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/pas-pret", "Service pas encore prêt"


describe(NotReady, "Le service démarre, ou sa base de données ne répond pas.")


class Health(BaseModel):
    status: Literal["ok", "degraded"]
    reasons: list[str]
    """What the operator should see to; empty when all is well."""


@router.get("/live", summary="Le processus répond")
async def live() -> Health:
    return Health(status="ok", reasons=[])


def disk(folder: Path, least: int = LEAST_DISK) -> str:
    """Why the folder's disk is too full, or nothing."""
    place = next(path for path in (folder, *folder.resolve().parents) if path.exists())
    free = shutil.disk_usage(place).free
    return "" if free >= least else f"il reste {free // 2**20} Mio sur le disque de {folder} (500 au moins)"


async def _asked(request: Request) -> tuple[list[str], list[str]]:
    """What stops the service, and what threatens it."""
    state = request.app.state
    stops, threatens = [check() for check in state.readiness], []
    try:
        async with state.engine.connect() as connection:
            stops += [await check(connection) for check in getattr(state, "needs", ())]
            threatens += [await check(connection) for check in getattr(state, "watches", ())]
    except (SQLAlchemyError, OSError) as error:
        told = isinstance(error, DBAPIError) and not error.connection_invalidated and _sqlstate(error)
        stops.insert(0, "la base de données répond mal" if told else "la base de données ne répond pas")
    if hasattr(state, "settings"):
        threatens.append(disk(state.settings.var))
    return [reason for reason in stops if reason], [reason for reason in threatens if reason]


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


@router.get("/ready", summary="Le service peut travailler", responses={503: {"model": ProblemOut}})
async def ready(request: Request) -> Health:
    stops, threatens = await _asked(request)
    if stops:
        # Not str.capitalize, which would lower the names of settings and files.
        said = " ; ".join([*stops, *threatens])
        raise NotReady(f"{said[0].upper()}{said[1:]}.", headers={"Retry-After": "5"})
    return Health(status="degraded" if threatens else "ok", reasons=threatens)
