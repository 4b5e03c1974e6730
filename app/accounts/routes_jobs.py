"""« Travaux de fond en échec », for the platform’s administrators: see, try again, give up."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter, status
from pydantic import BaseModel

from app.accounts import audit
from app.accounts.actors import PlatformAdmin
from app.accounts.refusals import CrossSite
from app.accounts.routes_letters import GUARDED, Big, Cursor, Limit
from app.database.engine import DbSession
from app.outbound import failures
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/platform", tags=["Administration"])
_FIRST: Final = 2**63 - 1
_ROOMS: Final = {
    "accounts": "Organisations", "change_letters": "Clauses changées", "documents": "Analyse de documents",
    "files": "Alertes des dossiers", "library": "Bibliothèque", "mail": "Courriel", "market": "Entreprises",
    "network": "Réseau", "notices": "Avis", "purchases": "Dossiers", "rescue": "Reprise des travaux",
    "retention": "Conservation", "sourcing": "Sourçages", "webhook_letters": "Abonnements", "webhooks": "Abonnements",
}  # fmt: skip


class FailedJobOut(BaseModel):
    id: int
    room: str
    task: str
    """As the logs name it."""
    attempts: int
    reason: str
    failed_at: datetime


class FailedJobs(BaseModel):
    items: list[FailedJobOut]
    next: str | None


@router.get("/failed-jobs", responses=problems(*GUARDED, BadCursor), summary="Les travaux de fond qui ont échoué")
async def list_jobs(session: DbSession, _: PlatformAdmin, limit: Limit = 20, cursor: Cursor = None) -> FailedJobs:
    """The newest first; their arguments are not shown."""
    before = key_of(cursor, 1)[0] if cursor else _FIRST
    if not isinstance(before, int) or not 0 < before < 2**63:
        raise BadCursor
    rows = await failures.failed(session, before=before, most=limit + 1)
    items = [
        FailedJobOut(
            id=row.id,
            room=_ROOMS.get(row.task_name.split(":")[0], "Autre"),
            task=row.task_name,
            attempts=row.attempts,
            reason=row.reason or "raison non gardée",
            failed_at=row.at,
        )
        for row in rows[:limit]
    ]
    return FailedJobs(items=items, next=cursor_of(items[-1].id) if len(rows) > limit else None)


@router.post(
    "/failed-jobs/{ident}/retry",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*GUARDED, CrossSite, NotFound),
    summary="Relancer un travail de fond",
)
async def retry_job(session: DbSession, actor: PlatformAdmin, ident: Big) -> None:
    if not await failures.retry(session, ident):
        raise NotFound("Ce travail n’est pas en échec, ou le même attend déjà d’être fait.")
    audit.record(session, actor, "job.retried", ("job", ident))


@router.delete(
    "/failed-jobs/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*GUARDED, CrossSite, NotFound),
    summary="Abandonner un travail de fond en échec",
)
async def give_up_job(session: DbSession, actor: PlatformAdmin, ident: Big) -> None:
    if not await failures.give_up(session, ident):
        raise NotFound("Ce travail n’est pas en échec.")
    audit.record(session, actor, "job.given_up", ("job", ident))
