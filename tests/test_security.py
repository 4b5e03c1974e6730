"""The posture that no single room holds: dangerous calls, algorithms, defaults, forged headers, controls that break."""

import ast
import asyncio
import io
import json
import logging
import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts import actors, attempts, hashing, passphrases, rules
from app.accounts.factors import new_recovery_codes
from app.accounts.models import Person
from app.accounts.tokens import new_token
from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.settings import ROOT
from app.web import logs
from tests.accounts.people import ORIGIN, sign_in
from tests.accounts.post import new_account, state
from tests.market.makers import new_firm

FORBIDDEN: Final = {
    "eval", "exec", "compile", "os.system", "os.popen", "pickle.loads", "pickle.load", "marshal.loads", "shelve.open",
    "hashlib.md5", "hashlib.sha1", "hashlib.new", "tempfile.mktemp", "uuid.uuid1", "ssl._create_unverified_context",
}  # fmt: skip
CALLERS: Final = {"app/registries/", "app/outbound/"}
"""The only rooms that speak to other services."""
RANDOM: Final = {"app/demo/", "app/outbound/deliveries.py"}
"""Invented data, and the jitter of a new try: no secret comes from `random`."""


@cache
def _sources() -> list[tuple[str, ast.Module]]:
    paths = sorted((ROOT / "app").rglob("*.py"))
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


@cache
def _calls() -> list[tuple[str, str, ast.Call]]:
    return [
        (path, ast.unparse(node.func), node)
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]


def _keyword(call: ast.Call, name: str) -> object:
    return next((ast.unparse(k.value) for k in call.keywords if k.arg == name), None)


def test_nothing_evaluates_text_nor_uses_a_broken_algorithm() -> None:
    assert [(path, name) for path, name, _ in _calls() if name in FORBIDDEN] == []
    assert [path for path, _, call in _calls() if _keyword(call, "shell") == "True"] == []
    assert [path for path, _, call in _calls() if _keyword(call, "verify") == "False"] == []
    loaders = [(path, ast.unparse(call)) for path, name, call in _calls() if name == "yaml.load"]
    assert [path for path, text in loaders if "_Loader" not in text] == []


def test_only_two_rooms_speak_to_other_services_and_only_these_draw_lots() -> None:
    speaking, drawing = set(), set()
    for path, tree in _sources():
        for node in ast.walk(tree):
            named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            roots = {name.split(".")[0] for name in named}
            if roots & {"httpx", "requests", "aiohttp", "smtplib"} or "urllib.request" in named:
                speaking.add(path)
            if "random" in roots:
                drawing.add(path)
    assert {path for path in speaking if not path.startswith(tuple(CALLERS))} == set()
    assert {path for path in drawing if not path.startswith(tuple(RANDOM))} == set()


def test_no_query_nor_path_is_composed_from_text() -> None:
    """Only constants reach `text()` of SQLAlchemy, `execute` and `xpath`."""
    composed = []
    for path, name, call in _calls():
        if name.endswith((".xpath", ".execute")) and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
            composed.append((path, ast.unparse(call)[:90]))
    assert composed == []


async def test_a_picture_that_could_hold_a_script_is_no_proof(client: httpx.AsyncClient) -> None:
    door, _ = await new_firm(client)
    proof = (await door.post("/api/v1/proofs", json={"title": "Label"})).json()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for name in ("a.svg", "a.png", "a.pdf"):
        sent = await door.put(
            f"/api/v1/proofs/{proof['id']}/file",
            files={"file": (name, svg, "image/png")},
            headers={"If-Match": f'"{proof["version"]}"'},
        )
        assert sent.status_code == 422, name


# --- Doors ---------------------------------------------------------------------------------------


def _page(name: str) -> str:
    return " ".join((ROOT / "docs" / "security" / name).read_text(encoding="utf-8").split())


def test_the_page_on_signing_in_says_the_figures_of_the_code() -> None:
    page = _page("connexion.md")
    hasher, hour = hashing._HASHER, timedelta(hours=1)
    codes = attempts.LIMITS["second_factor"]
    assert hasher.memory_cost >= 46 * 1024
    assert hasher.type.name == "ID"
    for said in (
        f"{passphrases.LEAST} caractères au moins, {passphrases.MOST} au plus",
        f"{passphrases.LEAST_DIGITS} si ce ne sont que des chiffres",
        f"Argon2id, {hasher.memory_cost // 1024} Mio",
        f"{rules.IDLE // hour} heures d’inactivité, {rules.ABSOLUTE // hour} heures au plus",
        f"moins de {rules.FRESH // timedelta(minutes=1)} minutes",
        f"{attempts.LIMITS['sign_in'][0].most} essais par compte en 5 minutes et {attempts.LIMITS['sign_in'][1].most}",
        "codes : {} en 5 minutes, {} par heure, {} par jour".format(*(limit.most for limit in codes)),
    ):
        assert said in page, said


def test_the_ways_in_are_those_of_the_page(app: FastAPI) -> None:
    ways = {
        path.removeprefix("/api/v1/")
        for path in app.openapi()["paths"]
        if "sign-in/" in path or "proconnect/start" in path
    }
    assert ways == {
        "sign-in/passkey", "sign-in/passkey/options", "sign-in/passphrase", "sign-in/second-factor", "proconnect/start",
    }  # fmt: skip


def test_the_inventory_of_algorithms_names_every_module_that_uses_one() -> None:
    using = set()
    for path, tree in _sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                named = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                if {name.split(".")[0] for name in named} & {"argon2", "pyotp", "webauthn", "joserfc", "cryptography"}:
                    using.add(path)
    page = _page("cryptographie.md")
    routes = {"app/accounts/fake_proconnect.py", "app/accounts/routes_factors.py", "app/accounts/schemas_sign_in.py"}
    routes |= {"app/market/sourcing/routes_firm.py", "app/accounts/notices.py"}
    assert {path for path in using - routes if path not in page} == set()


def test_a_passphrase_is_masked_and_may_be_pasted() -> None:
    field = (ROOT / "frontend/src/ui/Field.tsx").read_text(encoding="utf-8").split("function PassphraseField", 1)[1]
    assert "'password'" in field
    assert "autoComplete" in field
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "frontend/src").rglob("*.tsx")]
    assert [1 for text in sources if re.search(r"onPaste|onCopy|onDrop=\{\(?e?\)? ?=> ?e\.prevent", text)] == []


async def test_tokens_and_codes_cannot_be_guessed(client: httpx.AsyncClient) -> None:
    tokens = {new_token() for _ in range(10_000)}
    assert len(tokens) == 10_000
    assert min(map(len, tokens)) == 43
    door = await new_account(client)
    async with state(client).sessions() as session:
        codes = await new_recovery_codes(session, door.person_id)
    assert len(set(codes)) == 10
    # ASVS 6.5.3: 20 bits at least; ten letters or figures of 32 are 50.
    assert min(len(re.sub(r"\W", "", code)) for code in codes) >= 10


async def test_a_new_site_has_no_account_and_no_doors_of_demonstration(
    client: httpx.AsyncClient, app: FastAPI, empty_database_url: str
) -> None:
    await asyncio.to_thread(migrate, empty_database_url)
    engine = connect(empty_database_url)
    async with sessions(engine)() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 0
    await engine.dispose()
    assert app.debug is False
    assert (await client.get("/api/v1/demo/accounts")).status_code == 404
    opened = await client.post("/api/v1/demo/session", json={"key": "buyer"}, headers={"Origin": ORIGIN})
    assert opened.status_code == 404


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Host"])
async def test_a_forged_header_changes_nothing(client: httpx.AsyncClient, name: str) -> None:
    plain = await client.get("/api/v1/site")
    forged = await client.get("/api/v1/site", headers={name: "DELETE" if "Method" in name else "/api/v1/purchases"})
    assert (forged.status_code, forged.content) == (plain.status_code, plain.content)
    door = await sign_in(client)
    assert (await door.post("/api/v1/purchases", json={}, headers={"X-HTTP-Method-Override": "GET"})).status_code == 201


def test_only_the_server_says_where_a_caller_is() -> None:
    """The address is the one of the connection, which uvicorn corrects for a trusted proxy alone."""
    reading = [
        path for path, tree in _sources() if re.search("x-forwarded|x-real-ip|forwarded-for", ast.unparse(tree).lower())
    ]
    assert reading == []


# --- Controls that break, refusals that are written down ------------------------------------------


async def test_a_control_that_breaks_refuses(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    door, key = await sign_in(client, role="administrator"), await sign_in(client, role="key_reader")

    async def broken(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, ConnectionError("gone"))

    monkeypatch.setattr(actors, "identify", broken)
    monkeypatch.setattr(actors, "identify_key", broken)
    for who in (door, key):
        for path in ("/api/v1/purchases", "/api/v1/organisations/1", "/api/v1/overlays"):
            answer = await who.get(path)
            assert answer.status_code in {500, 503}, path
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_refusal_is_a_line_of_the_log_with_its_utc_instant(client: httpx.AsyncClient) -> None:
    stream = io.StringIO()
    handler = logs.install(stream)
    reader, door = await sign_in(client, role="reader"), await sign_in(client)
    visitor = await sign_in(client, role="visitor")
    await visitor.get("/api/v1/purchases")
    await reader.post("/api/v1/purchases", json={})
    await door.post("/api/v1/purchases", json={}, headers={"Origin": "https://ailleurs.test"})
    await door.post("/api/v1/purchases", json={"inconnu": 1})
    logging.getLogger().removeHandler(handler)
    lines: list[dict[str, Any]] = [json.loads(line) for line in stream.getvalue().splitlines()]
    told = Counter(line["status"] for line in lines if line.get("route") == "/api/v1/purchases")
    assert told == {401: 1, 403: 2, 422: 1}
    for line in lines:
        assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)
    assert door.email not in stream.getvalue()


# --- Secrets in addresses, in the browser ----------------------------------------------------------

BY_LINK: Final = {
    "/api/v1/unsubscribe/{token}",
    "/api/v1/calendars/{name}",
    "/api/v1/saved-searches/feed/{feed}",
}
"""An address that is itself the right, because a mail program or a calendar can send nothing else."""


def test_no_secret_travels_in_an_address(app: FastAPI) -> None:
    secret = re.compile(r"token|secret|password|passphrase|^key$|api_key|email")
    found = set()
    for path, methods in app.openapi()["paths"].items():
        for operation in methods.values():
            asked = operation.get("parameters", []) if isinstance(operation, dict) else []
            if any(one["in"] in {"query", "path"} and secret.search(one["name"]) for one in asked):
                found.add(path)
    assert found <= BY_LINK


def test_only_three_modules_keep_anything_in_the_browser() -> None:
    """The draft of who is not signed in, their template, their last analysis: on purpose (docs/security/acces.md)."""
    keeps = re.compile(r"(localStorage|sessionStorage|indexedDB|caches)\.(setItem|open)")
    keeping = {
        str(path.relative_to(ROOT / "frontend/src"))
        for path in Path(ROOT / "frontend/src").rglob("*.ts*")
        if ".test." not in path.name and keeps.search(path.read_text(encoding="utf-8"))
    }
    assert keeping == {"purchases/templateStore.ts", "frame/storage.ts", "analysis/files.ts"}
