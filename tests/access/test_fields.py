"""Field by field: what a client sends is what it may choose, what it is told is in the table (S02)."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.access import fields, verdicts
from tests.access.bodies import sent
from tests.access.census import Census, routes_of
from tests.access.planted import World, plant
from tests.accounts.people import sign_in

Found = tuple[str, str]
"""(model, field)."""


@pytest.fixture(scope="module")
async def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield f"{method.upper()} {path}", operation


def _fields(document: dict[str, Any], schema: Any, seen: set[str], model: str = "") -> Iterator[Found]:
    if isinstance(schema, list):
        for one in schema:
            yield from _fields(document, one, seen, model)
        return
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        if name not in seen:
            seen.add(name)
            yield from _fields(document, document["components"]["schemas"][name], seen, name)
        return
    for name, inner in schema.get("properties", {}).items():
        yield model, name
        yield from _fields(document, inner, seen, model)
    for key in ("items", "anyOf", "oneOf", "allOf", "additionalProperties", "prefixItems"):
        if isinstance(schema.get(key), dict | list):
            yield from _fields(document, schema[key], seen, model)


def _sent(document: dict[str, Any], operation: dict[str, Any], seen: set[str]) -> Iterator[Found]:
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        if kind == "application/json":
            yield from _fields(document, body["schema"], seen)


def _told(document: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    answers = [answer for status, answer in operation["responses"].items() if status < "300"]
    kinds = [body.get("schema", {}) for answer in answers for body in answer.get("content", {}).values()]
    return {name for schema in kinds for _, name in _fields(document, schema, set())}


async def test_every_model_that_a_client_sends_refuses_unknown_fields(document: dict[str, Any]) -> None:
    seen: set[str] = set()
    for _, operation in _operations(document):
        list(_sent(document, operation, seen))
    models = {name: document["components"]["schemas"][name] for name in seen}
    objects = {name for name, schema in models.items() if schema.get("type") == "object"}
    assert {name for name in objects if models[name].get("additionalProperties") is not False} == set()
    assert len(objects) > 90


async def test_a_client_chooses_only_what_the_table_lets_it(document: dict[str, Any]) -> None:
    chosen = {found for _, operation in _operations(document) for found in _sent(document, operation, set())}
    assert {found for found in chosen if found[1] in fields.SERVER_OWNED} == set(fields.MEANT)


async def test_fields_of_the_server_are_refused_one_by_one(
    client: httpx.AsyncClient, app: FastAPI, document: dict[str, Any]
) -> None:
    world, tried = await plant(client), 0
    team = [await sign_in(client, role=role) for role in ("editor", "platform_admin")]
    for row in routes_of(app):
        given = sent(document, row.method, row.path)
        if "json" not in given or row.path.startswith("/api/v1/demo"):
            continue
        own = {name for _, name in _sent(document, document["paths"][row.path][row.method.lower()], set())}
        extra = {name: 1 for name in fields.SERVER_OWNED if name not in own}
        door = _admitted(row, world, *team)
        answer = await door.request(
            row.method, row.address(world.values(row.path)), json=given["json"] | extra, headers={"If-Match": '"1"'}
        )
        assert answer.status_code == 422, (row.name, answer.text)
        assert {f"/{name}" for name in extra} <= {one["pointer"] for one in answer.json()["errors"]}, row.name
        tried += 1
    assert tried > 100


def _admitted(row: Census, world: World, editor: httpx.AsyncClient, platform: httpx.AsyncClient) -> httpx.AsyncClient:
    if row.guard.platform:
        return platform if verdicts.admits(row.guard, "platform administrator") else editor
    return world.firm if row.guard.side == "firm" else world.buyer


async def test_what_is_said_of_people_is_in_the_table(document: dict[str, Any]) -> None:
    told = {name for name, operation in _operations(document) if _told(document, operation) & set(fields.PERSONAL)}
    assert told == set().union(*fields.TOLD.values())


async def test_no_answer_has_a_field_for_a_secret(document: dict[str, Any]) -> None:
    for name, operation in _operations(document):
        assert _told(document, operation) & set(fields.SECRETS) == set(), name
    once = {name for name, operation in _operations(document) if _told(document, operation) & {"secret"}}
    assert once == {name for name, field in fields.SHOWN_ONCE.items() if field == "secret"}
    assert "key" in _told(document, document["paths"]["/api/v1/api-keys"]["post"])
    assert "key" not in _told(document, document["paths"]["/api/v1/api-keys"]["get"])


async def test_only_who_the_table_names_is_admitted_there(app: FastAPI) -> None:
    guards = {row.name: row.guard for row in routes_of(app)}
    assert all(guards[name].platform for name in fields.TOLD["the operator"])
    assert all(str(guards[name].role) == "administrator" for name in fields.TOLD["administrators of the organisation"])
    assert all(guards[name].role for name in fields.TOLD["members"])
