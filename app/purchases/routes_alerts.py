"""Whether one is told by mail of the clauses that change in one's files."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.accounts.actors import SignedInBrowser
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.schemas import Strict
from app.database.engine import DbSession
from app.purchases import change_letters
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1/me/file-alerts", tags=["Mes dossiers"])


class FileAlertsIn(Strict):
    by_mail: bool


class FileAlertsOut(BaseModel):
    by_mail: bool


@router.get("", responses=problems(NotSignedIn, Forbidden), summary="Suis-je prévenu des clauses qui changent ?")
async def read_choice(session: DbSession, actor: SignedInBrowser) -> FileAlertsOut:
    return FileAlertsOut(by_mail=await change_letters.takes_letters(session, actor.person.id))


@router.put(
    "",
    responses=problems(NotSignedIn, Forbidden, CrossSite, Invalid),
    summary="Être prévenu ou non, par courriel, des clauses qui changent dans mes dossiers",
)
async def write_choice(session: DbSession, actor: SignedInBrowser, asked: FileAlertsIn) -> FileAlertsOut:
    """Said twice, it changes nothing."""
    await change_letters.choose(session, actor.person.id, by_mail=asked.by_mail)
    return FileAlertsOut(by_mail=asked.by_mail)
