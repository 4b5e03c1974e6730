"""« Historique de sécurité » of an organisation, for its administrators."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from app.accounts import organisation_history as history
from app.accounts.actors import OrgAdmin
from app.accounts.refusals import NotSignedIn, SecondFactorMissing
from app.accounts.routes_organisations import own
from app.accounts.schemas import Ident
from app.accounts.schemas_organisations import OrganisationEventPage
from app.database.engine import DbSession
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1/organisations", tags=["Organisations"])
READS: Final = problems(NotSignedIn, SecondFactorMissing, NotFound)


@router.get("/{ident}/history", responses={**READS, **problems(BadCursor)}, summary="L’historique de sécurité")
async def read_history(
    session: DbSession,
    member: OrgAdmin,
    ident: Ident,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> OrganisationEventPage:
    """Sign-ins of the members, keys, roles, invitations: the newest first, kept a year."""
    own(member, ident)
    rows = await history.events(session, ident, limit + 1, _before(cursor))
    kept = rows[:limit]
    return OrganisationEventPage(
        items=await history.shown(session, kept), next=cursor_of(kept[-1].id) if len(rows) > limit else None
    )


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    (before,) = key_of(cursor, 1)
    if not isinstance(before, int) or isinstance(before, bool) or not 0 <= before < 2**63:
        raise BadCursor
    return before


@router.get(
    "/{ident}/history.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}, **READS},
    summary="L’historique de sécurité, en CSV",
)
async def download_history(session: DbSession, member: OrgAdmin, ident: Ident) -> Response:
    own(member, ident)
    rows = await history.events(session, ident, history.MOST, None)
    headers = {
        "Content-Disposition": 'attachment; filename="historique-de-securite.csv"',
        "Cache-Control": "private, no-store",
    }
    content = history.to_csv(await history.shown(session, rows))
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
