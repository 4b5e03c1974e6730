"""What every route shares: errors in French, limits, headers, pages, health."""

import html
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from app.database.engine import connect, sessions
from app.settings import Settings
from app.web import health, problems, spa
from app.web.etag import Page, serve
from app.web.headers import Headers
from app.web.limits import BodyLimit
from app.web.parameters import refuse_unknown_parameters
from app.web.problems import NotFound
from tests.conftest import running


class NoteIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=3)
    weight: int = Field(ge=1, le=9)


PAGE = Page.of(b'{"a":1}')


async def _rendered(_: Request) -> spa.RenderedPage:
    return spa.RenderedPage("Une page & co", "Une « description »", "<h1>Texte lisible</h1>")


@pytest.fixture
async def small(database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The platform with three routes of its own and a two-file web app."""
    app = FastAPI(dependencies=[Depends(refuse_unknown_parameters)])
    app.state.engine = connect(database_url)
    app.state.sessions = sessions(app.state.engine)
    app.state.readiness = []
    problems.install(app)
    app.include_router(health.router)

    @app.post("/api/v1/notes")
    async def post(note: NoteIn) -> NoteIn:
        return note

    @app.get("/api/v1/notes/{ident}")
    async def get(ident: int, q: str = "") -> str:
        raise NotFound(f"La note {ident} n’existe pas{q and ' encore'}.")

    @app.get("/api/v1/cached")
    async def cached(request: Request) -> Response:
        return serve(request, PAGE)

    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app-1.js").write_text("1")
    (tmp_path / "index.html").write_text('<html><head><title>Clausier</title></head><body><div id="root"></div></body>')
    spa.install(app, tmp_path, [("/page", _rendered)])
    app.add_middleware(BodyLimit, maximum=1000)
    app.add_middleware(Headers)
    async with running(app) as client:
        yield client
    await app.state.engine.dispose()


async def test_every_wrong_field_is_named_with_a_french_sentence(small: httpx.AsyncClient) -> None:
    answer = await small.post("/api/v1/notes", json={"text": "a", "weight": 12, "b/c~": 1})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/champs",
        "title": "Champs à corriger",
        "status": 422,
        "detail": "3 champs sont à corriger.",
        "errors": [
            {"pointer": "/text", "detail": "Ce texte est trop court : 3 caractères au moins."},
            {"pointer": "/weight", "detail": "La valeur doit être d’au plus 9."},
            {"pointer": "/b~1c~0", "detail": "Ce champ n’est pas connu."},
        ],
        "trace_id": answer.headers["x-request-id"],
    }


async def test_broken_json_is_said_in_french(small: httpx.AsyncClient) -> None:
    answer = await small.post("/api/v1/notes", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (422, "Le contenu n’est pas du JSON valide.")


async def test_an_unknown_object_is_a_problem_with_its_own_words(small: httpx.AsyncClient) -> None:
    answer = await small.get("/api/v1/notes/7")
    assert (answer.status_code, answer.json()["detail"]) == (404, "La note 7 n’existe pas.")


async def test_an_unknown_api_path_stays_a_problem(small: httpx.AsyncClient) -> None:
    answer = await small.get("/api/v1/nothing", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_a_misspelt_parameter_is_refused_and_named(small: httpx.AsyncClient) -> None:
    answer = await small.get("/api/v1/notes/7?q=a&familly=b")
    assert (answer.status_code, answer.json()["detail"]) == (400, "Paramètre inconnu : familly.")


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused_whatever_its_announced_length(
    small: httpx.AsyncClient, *, chunked: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 100

    body = chunks() if chunked else b"x" * 1100
    answer = await small.post("/api/v1/notes", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


async def test_a_known_etag_answers_304_without_a_body(small: httpx.AsyncClient) -> None:
    first = await small.get("/api/v1/cached")
    again = await small.get("/api/v1/cached", headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    assert (first.status_code, first.content) == (200, b'{"a":1}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


async def test_another_etag_answers_the_body(small: httpx.AsyncClient) -> None:
    assert (await small.get("/api/v1/cached", headers={"if-none-match": '"other"'})).status_code == 200


async def test_a_public_page_is_readable_without_javascript(small: httpx.AsyncClient) -> None:
    answer = await small.get("/page", headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert "<title>Une page &amp; co – Clausier</title>" in answer.text
    assert '<div id="root"><h1>Texte lisible</h1></div>' in answer.text


async def test_a_deep_link_of_the_app_answers_the_shell_and_an_asset_never_expires(small: httpx.AsyncClient) -> None:
    deep = await small.get("/assistant", headers={"accept": "text/html"})
    asset = await small.get("/assets/app-1.js")
    assert (deep.status_code, deep.headers["cache-control"]) == (200, "no-cache")
    assert (asset.status_code, asset.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")


async def test_a_missing_asset_is_not_the_shell(small: httpx.AsyncClient) -> None:
    assert (await small.get("/assets/none.js", headers={"accept": "*/*"})).status_code == 404


async def test_every_answer_closes_the_browser_and_carries_its_id(small: httpx.AsyncClient) -> None:
    answer = await small.get("/api/v1/nothing", headers={"x-request-id": "abcdefgh-1"})
    assert answer.headers["x-request-id"] == "abcdefgh-1"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert (await small.get("/", headers={"x-request-id": "<b>"})).headers["x-request-id"] != "<b>"


async def test_health_says_live_and_ready(small: httpx.AsyncClient) -> None:
    assert (await small.get("/health/live")).json() == {"status": "ok", "reasons": []}
    assert (await small.get("/health/ready")).json() == {"status": "ok", "reasons": []}


async def test_health_says_why_it_is_not_ready() -> None:
    app = FastAPI()
    app.state.engine = connect("postgresql://localhost:1/none")
    app.state.readiness = []
    problems.install(app)
    app.include_router(health.router)
    async with running(app) as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["detail"]) == (503, "La base de données ne répond pas.")


def test_a_foreign_database_url_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL doit commencer par postgresql://"):
        connect("mysql://x/y")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSIER_PUBLISHER", "Région Exemple")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/clausier")
    settings = Settings()
    assert (settings.publisher, settings.database_url) == ("Région Exemple", "postgresql://db/clausier")


async def test_every_problem_type_leads_to_a_page_that_explains_it(client: httpx.AsyncClient) -> None:
    kinds = (await client.get("/api/v1/problems")).json()["items"]
    assert {"champs", "introuvable", "parametre-inconnu", "trop-gros"} <= {kind["slug"] for kind in kinds}
    for kind in kinds:
        page = await client.get(f"/problems/{kind['slug']}", headers={"accept": "text/html"})
        assert (page.status_code, kind["explanation"] in html.unescape(page.text)) == (200, True), kind


async def test_every_raised_problem_has_its_page(client: httpx.AsyncClient) -> None:
    def kinds(of: type[problems.Problem]) -> set[str]:
        return {of.type.removeprefix("/problems/")}.union(*(kinds(sub) for sub in of.__subclasses__()))

    known = {kind["slug"] for kind in (await client.get("/api/v1/problems")).json()["items"]}
    assert kinds(problems.Problem) - known == set()
