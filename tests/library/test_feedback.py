"""What readers say of a clause reaches the editors, once, and advertisements do not."""

from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select

from app.library.models_feedback import ClauseFeedback
from app.main import create_app
from app.settings import Settings
from tests.conftest import running

PATH = "/api/v1/clauses/CEC-MOB-001/feedback"
MESSAGE = "La preuve demandée n’existe pas chez nos fournisseurs."


@pytest.fixture(autouse=True)
async def no_message(app: FastAPI, client: httpx.AsyncClient) -> None:
    """Other rooms leave messages too."""
    assert client
    async with app.state.sessions() as session, session.begin():
        await session.execute(delete(ClauseFeedback))


async def inbox(app: FastAPI) -> list[ClauseFeedback]:
    """As stored, the newest first; the editors' own list is tested in `edition`."""
    async with app.state.sessions() as session:
        return list(await session.scalars(select(ClauseFeedback).order_by(ClauseFeedback.id.desc())))


async def test_a_message_is_kept_with_the_clause_and_its_version(app: FastAPI, client: httpx.AsyncClient) -> None:
    sent = {"message": f"  {MESSAGE} ", "subject": "proof", "email": "agent@mairie.example"}
    answer = await client.post(PATH, json=sent)
    (kept,) = await inbox(app)
    assert (answer.status_code, answer.json()) == (201, {"id": kept.id})
    told = (kept.clause_id, kept.version, kept.subject, kept.message, kept.email)
    assert told == ("CEC-MOB-001", 1, "proof", MESSAGE, "agent@mairie.example")


async def test_no_address_is_needed(app: FastAPI, client: httpx.AsyncClient) -> None:
    assert (await client.post(PATH, json={"message": MESSAGE})).status_code == 201
    assert [message.email for message in await inbox(app)] == [None]


async def test_the_same_sending_repeated_is_one_message(app: FastAPI, client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": uuid4().hex}
    answers = [await client.post(PATH, json={"message": MESSAGE}, headers=headers) for _ in range(3)]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(await inbox(app)) == 1
    other = await client.post(PATH, json={"message": f"{MESSAGE} Vraiment."}, headers=headers)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotence")


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"message": "court"}, "/message"),
        ({"message": "x" * 4001}, "/message"),
        ({"message": "Achetez https://a.example https://b.example www.c.example"}, "/message"),
        ({"message": MESSAGE + "\u0000"}, "/message"),
        ({"message": MESSAGE, "email": "sans arobase"}, "/email"),
        ({"message": MESSAGE, "email": "a@b.example\nBcc: x@y.example"}, "/email"),
        ({"message": MESSAGE, "subject": "pub"}, "/subject"),
        ({"message": MESSAGE, "handled_at": "2026-01-01"}, "/handled_at"),
    ],
)
async def test_what_cannot_be_kept_is_refused_beside_its_field(
    app: FastAPI, client: httpx.AsyncClient, sent: dict[str, str], pointer: str
) -> None:
    answer = await client.post(PATH, json=sent)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])
    assert await inbox(app) == []


async def test_a_clause_that_does_not_exist_has_no_feedback(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/clauses/CEC-MOB-999/feedback", json={"message": MESSAGE})
    assert answer.status_code == 404


async def test_only_a_few_messages_an_hour_are_taken_from_one_address(database_url: str, settings: Settings) -> None:
    own = create_app(settings.model_copy(update={"limits": 0.2, "mcp": False}), database_url=database_url)
    async with running(own) as client:
        answers = [await client.post(PATH, json={"message": f"{MESSAGE} {n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2].headers["retry-after"]) > 0
    assert answers[2].json()["type"] == "/problems/trop-de-requetes"
