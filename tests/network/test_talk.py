"""The community: questions, answers, what waits for a moderator, what is hidden and why; experience with clauses."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.network import rules
from app.network.rules import Outcome, Shown
from app.network.spaces import read_spaces
from app.outbound.models import Mail
from app.settings import ROOT
from tests.accounts.people import Door, make_organisation, sign_in

NETWORK = "/api/v1/network"
QUESTION = {
    "space": "biodechets",
    "clause_id": "CEC-MOB-001",
    "title": "Quel contrôle du tri ?",
    "text": "Comment contrôlez-vous <b>le tri</b> en cuisine ?",
}


async def newcomer(client: httpx.AsyncClient, name: str = "Zoe") -> Door:
    return await sign_in(client, organisation=await make_organisation(client), name=name)


async def asked(door: Door, **changes: Any) -> dict[str, Any]:
    answer = await door.post(f"{NETWORK}/questions", json=QUESTION | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_the_seven_spaces_of_the_plan_are_data() -> None:
    assert len(read_spaces(ROOT / "clauses")) == 7


async def test_a_question_on_a_clause_is_read_by_all_as_it_was_typed(client: httpx.AsyncClient) -> None:
    row = await asked(await newcomer(client))
    page = (await client.get(f"{NETWORK}/questions?clause=CEC-MOB-001&space=biodechets")).json()
    assert row["id"] in [line["id"] for line in page["items"]]
    read = (await client.get(f"{NETWORK}/questions/{row['id']}")).json()
    assert read["text"] == QUESTION["text"]
    assert read["may"] == []


async def test_a_visitor_cannot_write_and_wrong_names_are_said_beside_their_field(client: httpx.AsyncClient) -> None:
    assert (await client.post(f"{NETWORK}/questions", json=QUESTION)).status_code == 401
    door = await newcomer(client)
    refused = await door.post(f"{NETWORK}/questions", json=QUESTION | {"space": "lune", "clause_id": "CEC-ZZZ-999"})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/space", "/clause_id"]


async def test_an_answer_tells_the_followers_and_the_author_says_that_it_helped(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    author, helper = await newcomer(client, "Ada"), await newcomer(client, "Bob")
    row = await asked(author, title="Une question suivie")
    given = await helper.post(f"{NETWORK}/questions/{row['id']}/answers", json={"text": "Par pesée, chaque mois."})
    answer = given.json()["items"][0]
    async with app.state.sessions() as session:
        told = list(await session.scalars(select(Mail.recipient).where(Mail.body.contains("Une question suivie"))))
    assert told == [author.email]
    version = {"If-Match": f'"{given.json()["version"]}"'}
    body = {"answer_id": answer["id"]}
    address = f"{NETWORK}/questions/{row['id']}/accepted"
    assert (await helper.put(address, json=body, headers=version)).status_code == 403
    assert (await author.put(address, json=body)).status_code == 428
    solved = (await author.put(address, json=body, headers=version)).json()
    assert (solved["solved"], solved["items"][0]["accepted"]) == (True, True)


async def test_a_newcomers_link_waits_seen_by_its_author_alone_until_a_moderator_shows_it(
    client: httpx.AsyncClient,
) -> None:
    author, moderator = await newcomer(client, "Lin"), await sign_in(client, role="editor")
    row = await asked(author, text="Regardez https://exemple.test pour comprendre.")
    address = f"{NETWORK}/questions/{row['id']}"
    assert (row["state"], (await client.get(address)).status_code) == ("pending", 404)
    assert (await author.get(address)).status_code == 200
    waiting = (await moderator.get(f"{NETWORK}/moderation")).json()["items"]
    assert row["id"] in [line["id"] for line in waiting]
    assert (await moderator.put(f"{address}/moderation", json={"act": "show"})).status_code == 200
    assert (await client.get(address)).status_code == 200


async def test_a_reported_message_is_hidden_with_a_reason_that_its_author_reads_and_can_come_back(
    client: httpx.AsyncClient,
) -> None:
    author, reader = await newcomer(client, "Eve"), await newcomer(client, "Max")
    moderator = await sign_in(client, role="editor")
    row = await asked(author)
    address = f"{NETWORK}/questions/{row['id']}"
    assert (await reader.put(f"{address}/report", json={"code": "advertising", "note": "Vend"})).status_code == 200
    assert (await reader.get(f"{NETWORK}/moderation")).status_code == 403
    assert (await reader.put(f"{address}/moderation", json={"act": "hide", "reason": "Non"})).status_code == 403
    assert (await moderator.put(f"{address}/moderation", json={"act": "hide"})).status_code == 422
    hidden = await moderator.put(f"{address}/moderation", json={"act": "hide", "reason": "Publicité."})
    assert hidden.status_code == 200, hidden.text
    assert (await client.get(address)).status_code == 404
    assert (await author.get(address)).json()["reason"] == "Publicité."
    await moderator.put(f"{address}/moderation", json={"act": "show"})
    assert (await client.get(address)).json()["reason"] == ""


async def test_experience_shows_figures_from_three_reports_and_what_to_change_reaches_the_editors(
    client: httpx.AsyncClient,
) -> None:
    address = f"{NETWORK}/experiences"
    for place, outcome in enumerate(["awarded", "no_offer", "awarded"]):
        page = (await client.get(f"{address}?clause=CEC-TEX-001")).json()
        assert page["figures"] is None
        door = await newcomer(client)
        body = {"clause_id": "CEC-TEX-001", "used_in": f"Marché {place}", "year": 2025, "outcome": outcome}
        body |= {"offers": place, "change": "Baissez le seuil demandé."}
        assert (await door.post(address, json=body)).status_code == 201
        assert (await door.post(address, json=body)).json()["type"] == "/problems/deja-fait"
    page = (await client.get(f"{address}?clause=CEC-TEX-001")).json()
    assert page["figures"] == {"reports": 3, "failed": 1, "median_offers": 1.0}
    editor = await sign_in(client, role="editor")
    inbox = (await editor.get("/api/v1/edition/feedback")).json()["items"]
    assert any("Marché 2, 2025" in message["message"] for message in inbox)


async def test_a_firm_tells_no_experience(client: httpx.AsyncClient) -> None:
    firm = await sign_in(client, organisation="firm")
    body = {"clause_id": "CEC-TEX-001", "used_in": "Marché", "year": 2025, "outcome": "awarded"}
    assert (await firm.post(f"{NETWORK}/experiences", json=body)).status_code in {403, 422}


@pytest.mark.parametrize(
    ("text", "known", "read_first", "state"),
    [
        ("Bonjour", False, False, Shown.VISIBLE),
        ("Voir http://x", False, False, Shown.PENDING),
        ("Voir http://x", True, False, Shown.VISIBLE),
        ("Bonjour", True, True, Shown.PENDING),
    ],
)
def test_what_waits_for_a_moderator(text: str, known: bool, read_first: bool, state: Shown) -> None:  # noqa: FBT001
    assert rules.first_state(text, known=known, read_first=read_first) is state


def test_figures_hide_below_three() -> None:
    assert rules.figures([Outcome.AWARDED] * 2, [1, 2]) is None
    assert rules.figures([Outcome.AWARDED] * 3, [4]) == (3, 0, None)


async def test_a_newcomers_experience_with_a_link_waits_among_the_messages_to_moderate(
    client: httpx.AsyncClient,
) -> None:
    author, moderator = await newcomer(client, "Noa"), await sign_in(client, role="editor")
    body = {"clause_id": "CEC-MOB-001", "used_in": "Mobilier du lycée", "year": 2025, "outcome": "running"}
    made = await author.post(f"{NETWORK}/experiences", json=body | {"kept": "Voir https://exemple.test"})
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    waiting = (await moderator.get(f"{NETWORK}/moderation")).json()["items"]
    line = next(one for one in waiting if (one["kind"], one["id"]) == ("experience", made.json()["id"]))
    assert (line["clause_id"], line["title"]) == ("CEC-MOB-001", "Mobilier du lycée")
    address = f"{NETWORK}/experiences/{line['id']}/moderation"
    assert (await moderator.put(address, json={"act": "show"})).status_code == 200
    left = (await moderator.get(f"{NETWORK}/moderation")).json()["items"]
    assert ("experience", line["id"]) not in [(one["kind"], one["id"]) for one in left]
