"""Saved searches: what is new in them, told by mail each morning and by a secret feed."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from procrastinate import Blueprint, JobContext
from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Person
from app.accounts.notices import notify
from app.accounts.personal import ERASERS
from app.accounts.sessions import now
from app.market import directory, letters, matching, programmes, queries
from app.market.feeds import Entry
from app.market.models import Firm, SavedSearch
from app.market.places import departments
from app.market.schemas import FirmQuery
from app.market.schemas_programmes import ProgrammeFilter, ProgrammeOut, SourcingFollowed
from app.market.sourcing import following
from app.settings import Settings
from app.web.french import sentence_of
from app.web.problems import FieldError, Invalid

jobs = Blueprint()
MOST: Final = 50
FEED_DAYS: Final = 90


_KINDS: Final[dict[str, type[FirmQuery | ProgrammeFilter | SourcingFollowed]]] = {
    "firms": FirmQuery, "programmes": ProgrammeFilter, "sourcing": SourcingFollowed,
}  # fmt: skip


def read(subject: str, query: str) -> FirmQuery | ProgrammeFilter | SourcingFollowed:
    """The search that an address says; its faults are told as those of the field `query`."""
    kind = _KINDS[subject]
    many = {name for name, field in kind.model_fields.items() if "list" in str(field.annotation)}
    pairs = parse_qs(query.lstrip("?"), max_num_fields=60)
    given = {name: values if name in many else values[-1] for name, values in pairs.items()}
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        one = error.errors()[0]
        said = f"{one['loc'][0]} : {sentence_of(one['type'], one['msg'], one.get('ctx', {}))}"
        raise Invalid("Cette recherche n’est pas lisible.", [FieldError(pointer="/query", detail=said)]) from error


async def news(session: AsyncSession, search: SavedSearch, since: datetime, base: str) -> list[Entry]:
    """What appeared or changed in a saved search since a moment, the newest first."""
    asked = read(search.subject, search.query)
    if isinstance(asked, SourcingFollowed):
        return await following.news(session, asked.sourcing, since, base)
    if isinstance(asked, ProgrammeFilter):
        rows = await programmes.since(session, asked, since)
        return [programme_entry(one, base) for one in await programmes.with_names(session, rows)]
    need = directory.need_of(asked, since=since)
    found = await matching.find(session, need, limit=MOST)
    firms = await queries.firms(session, [match.organisation_id for match in found.matches])
    newest = sorted(firms.values(), key=lambda one: one.updated_at, reverse=True)
    return [_firm(one, base) for one in newest]


def _firm(one: Firm, base: str) -> Entry:
    name = departments()[one.department].name if one.department in departments() else ""
    summary = one.description[:300] or f"Fiche publiée{f', {name}' if name else ''}."
    return Entry(f"firm/{one.siret}", one.name, summary, f"{base}/entreprises/{one.siret}", one.updated_at)


def programme_entry(one: ProgrammeOut, base: str) -> Entry:
    title = f"{one.title} ({one.organisation})"
    summary = f"Consultation attendue en {one.expected_on:%m/%Y}, {one.amount_words}. {one.description[:300]}".strip()
    address = f"{base}/programmes/{one.id}"
    return Entry(f"programme/{one.id}", title, summary, address, one.published_at or now())


def page_of(subject: str, query: str) -> str:
    """Where on the site what is followed is read."""
    if subject == "sourcing":
        return f"/sourcages/{query.removeprefix('sourcing=')}"
    return f"/{'entreprises' if subject == 'firms' else 'programmes'}{f'?{query}' if query else ''}"


def feed_since() -> datetime:
    return now() - timedelta(days=FEED_DAYS)


@jobs.periodic(cron="10 5 * * *")
@jobs.task(name="alerts", queueing_lock="market_alerts", pass_context=True)
async def alerts(context: JobContext, timestamp: int) -> None:
    """One letter per search that has something new; each search in a transaction of its own."""
    del timestamp
    sessions, settings = context.additional_context["sessions"], context.additional_context["settings"]
    async with sessions() as session:
        idents = list(await session.scalars(select(SavedSearch.id).where(SavedSearch.by_mail).order_by(SavedSearch.id)))
    for ident in idents:
        async with sessions() as session, session.begin():
            await tell(session, settings, ident)


async def tell(session: AsyncSession, settings: Settings, ident: int) -> None:
    search = await session.get(SavedSearch, ident, with_for_update=True)
    person = await session.get(Person, search.person_id) if search else None
    if search is None or person is None or not person.email or person.suspended_at:
        return
    base = settings.public_url.rstrip("/")
    found = await news(session, search, search.told_at, base)
    search.told_at = now()
    if found:
        letter = letters.alert(search.name, found, f"{base}/alertes")
        await notify(session, person.id, "alert", letter, "/alertes")


async def _erase(session: AsyncSession, person_id: int) -> None:
    await session.execute(delete(SavedSearch).where(SavedSearch.person_id == person_id))


ERASERS.append(_erase)
