"""The invented region: made once, the same each time, said on every page, entered in one click on one's own machine."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation
from app.accounts.origin import CSRF_HEADER
from app.accounts.rules import OrganisationKind, Verification, is_fictitious, siret_of
from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.demo.fill import RealDataError, fill
from app.demo.world import Size, siret_for
from app.library.load import load
from app.library.queries import refresh
from app.main import create_app
from app.market.models import Capability
from app.market.sourcing.journal import verify
from app.purchases.models import PurchaseFile
from app.settings import Settings, danger
from tests.accounts.people import ORIGIN
from tests.conftest import database, running

TODAY = date(2026, 11, 24)
SMALL = Size(buyers=3, firms=6, files=6)
ISSUER = "http://127.0.0.1:8099/api/v2"


@pytest.fixture(scope="module")
def demo_url(server_url: str) -> Iterator[str]:
    for url in database(server_url, f"clausier_demo_{os.getpid()}"):
        migrate(url)
        yield url


@pytest.fixture
def other_url(server_url: str) -> Iterator[str]:
    for url in database(server_url, f"clausier_demo_again_{os.getpid()}"):
        migrate(url)
        yield url


async def _fill(session: AsyncSession, settings: Settings) -> list[str]:
    return await fill(session, settings, today=TODAY, proconnect=ISSUER, size=SMALL)


@pytest.fixture(scope="module")
async def demo(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """A small region, served with its doors open."""
    var = Path(tmp_path_factory.mktemp("demo"))
    settings = Settings(var=var, worker=False, limits=1000, companies_url="", demo=True)
    engine = connect(demo_url)
    async with sessions(engine)() as session, session.begin():
        await load(session, settings.clauses)
        await refresh(session, settings.clauses)
        await _fill(session, settings)
    await engine.dispose()
    async with running(create_app(settings, database_url=demo_url)) as client:
        client.headers["Origin"] = ORIGIN
        yield client


async def entered(client: httpx.AsyncClient, key: str) -> dict[str, Any]:
    client.cookies.clear()
    client.headers.pop(CSRF_HEADER, None)
    answer = await client.post("/api/v1/demo/session", json={"key": key})
    assert answer.status_code == 200, answer.text
    session = dict(answer.json())
    client.headers[CSRF_HEADER] = session["csrf_token"]
    return session


async def test_the_sign_in_page_offers_every_role_and_each_opens_a_strong_session(demo: httpx.AsyncClient) -> None:
    accounts = (await demo.get("/api/v1/demo/accounts")).json()["items"]
    found = [await entered(demo, account["key"]) for account in accounts]
    roles = [one["organisation"]["role"] for one in found if one["organisation"]]
    assert roles == ["administrator", "administrator", "administrator", "writer", "reader"]
    assert [one["platform_roles"] for one in found[5:]] == [["editor"], ["legal_reviewer"], ["platform_admin"]]
    assert all(one["strong"] for one in found)


async def test_every_page_says_that_its_data_is_invented(demo: httpx.AsyncClient) -> None:
    for path in ("/", "/clauses/CEC-MOB-001", "/connexion", "/mes-dossiers"):
        page = (await demo.get(path, headers={"Accept": "text/html"})).text
        assert '<meta name="clausier-demo" content="true">' in page
        assert "Données fictives" in page


async def test_the_buyer_finds_files_with_baskets_controls_and_a_signed_charter(demo: httpx.AsyncClient) -> None:
    await entered(demo, "agent-commune")
    files = (await demo.get("/api/v1/purchases")).json()["items"]
    assert files
    followed = [(await demo.get(f"/api/v1/purchases/{file['id']}/follow-up")).json() for file in files]
    assert any(one["counts"]["recorded"] for one in followed)
    assert (await demo.get("/api/v1/charter/adhesion")).json()["adhesion"]["state"] == "accepted"


async def test_a_closed_sourcing_shows_its_answers_and_an_open_one_keeps_them_sealed(demo: httpx.AsyncClient) -> None:
    await entered(demo, "agent-commune")
    mine = (await demo.get("/api/v1/sourcings")).json()["items"]
    stages = {one["stage"] for one in mine}
    assert {"draft", "open", "silent"} <= stages
    for one in mine:
        answer = await demo.post(f"/api/v1/sourcings/{one['id']}/synthesis")
        assert (answer.status_code == 200) == (one["stage"] in {"closed", "silent"}), answer.text


@pytest.mark.usefixtures("demo")
async def test_the_journals_of_the_sourcings_are_whole(demo_url: str) -> None:
    engine = connect(demo_url)
    async with sessions(engine)() as session:
        lines, faults = await verify(session)
    await engine.dispose()
    assert lines > len(faults) == 0


async def test_the_firm_finds_its_page_and_the_directory_the_firms(demo: httpx.AsyncClient) -> None:
    session = await entered(demo, "gerante")
    page = (await demo.get(f"/api/v1/firms/{session['organisation']['siret']}")).json()
    assert page["offers"]
    assert page["capabilities"]
    official = page["official"]
    assert (official["fictitious"], official["source"], official["read_at"]) == (True, "", None)
    assert len((await demo.get("/api/v1/firms")).json()["items"]) == SMALL.firms


async def test_every_invented_number_passes_luhn_in_the_range_of_the_demonstration(demo_url: str) -> None:
    assert all(siret_of(number) and is_fictitious(number) for number in map(siret_for, range(0, 9999, 97)))
    engine = connect(demo_url)
    async with sessions(engine)() as session:
        known = (await session.scalars(select(Organisation.siret))).all()
    await engine.dispose()
    assert known
    assert all(siret_of(number) and is_fictitious(number) for number in known)


@pytest.mark.usefixtures("demo")
async def test_filled_again_nothing_doubles_and_a_real_organisation_is_never_mixed_with(
    demo_url: str, settings: Settings
) -> None:
    engine = connect(demo_url)
    async with sessions(engine)() as session:
        assert await _fill(session, settings) == ["La région fictive est déjà là."]
        session.add(
            Organisation(
                siret="21690123100011",
                kind=OrganisationKind.LOCAL_AUTHORITY,
                name="Une vraie",
                verification=Verification.PENDING,
            )
        )
        await session.flush()
        with pytest.raises(RealDataError):
            await _fill(session, settings)
        await session.rollback()
    await engine.dispose()


async def _told(session: AsyncSession) -> list[Any]:
    """What the region says, without the numbers of rows."""
    organisations = await session.execute(select(Organisation.siret, Organisation.name, Organisation.created_at))
    files = await session.execute(select(PurchaseFile.title, PurchaseFile.draft, PurchaseFile.updated_at))
    answers = await session.execute(
        select(Capability.siren, Capability.clause_id, Capability.answer, Capability.value, Capability.valid_until)
    )
    return [sorted(map(repr, rows)) for rows in (organisations, files, answers)]


@pytest.mark.usefixtures("demo")
async def test_the_same_seed_gives_the_same_region(demo_url: str, other_url: str, settings: Settings) -> None:
    regions = []
    for url in (demo_url, other_url):
        engine = connect(url)
        async with sessions(engine)() as session, session.begin():
            if url == other_url:
                await load(session, settings.clauses)
                await _fill(session, settings)
            regions.append(await _told(session))
        await engine.dispose()
    assert regions[0] == regions[1]


async def test_without_the_setting_there_is_no_door_and_a_public_address_refuses_it(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/demo/accounts")).status_code == 404
    refused = await client.post("/api/v1/demo/session", json={"key": "plateforme"}, headers={"Origin": ORIGIN})
    assert refused.status_code == 404
    assert "clausier-demo" not in (await client.get("/", headers={"Accept": "text/html"})).text
    assert "CLAUSIER_DEMO" in danger(Settings(demo=True, public_url="https://clausier.exemple.fr"))
