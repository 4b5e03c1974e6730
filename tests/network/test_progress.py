"""Advancing in training: the quiz corrected by the server, the attestation, the share of trained buyers."""

import io
from typing import Any

import docx
import httpx
import pytest
from fastapi import FastAPI

from app.network import rules
from app.network.queries import trained_share
from tests.accounts.people import Door, make_organisation, sign_in

PROGRESS = "/api/v1/network/progress"


async def answers(client: httpx.AsyncClient, code: str, wrong: int = 0) -> list[int]:
    quiz = (await client.get(f"/api/v1/network/training/{code}")).json()["quiz"]
    return [
        question["right"] if place >= wrong else (question["right"] + 1) % len(question["choices"])
        for place, question in enumerate(quiz)
    ]


async def path(client: httpx.AsyncClient, audience: str) -> list[str]:
    cards = (await client.get("/api/v1/network/training")).json()["items"]
    return [card["code"] for card in cards if audience in card["audience"]]


async def finish(client: httpx.AsyncClient, door: Door, audience: str) -> None:
    for code in await path(client, audience):
        sent = await door.put(f"{PROGRESS}/{code}", json={"choices": await answers(client, code)})
        assert sent.status_code == 200, sent.text


async def test_a_module_is_passed_at_seventy_percent_and_a_later_failure_takes_nothing_back(
    client: httpx.AsyncClient,
) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    all_wrong = await answers(client, "sourcer", wrong=99)
    failed = (await door.put(f"{PROGRESS}/sourcer", json={"choices": all_wrong})).json()
    assert (failed["right"], failed["passed_at"]) == (0, None)
    good = (await door.put(f"{PROGRESS}/sourcer", json={"choices": await answers(client, "sourcer")})).json()
    assert good["right"] == good["questions"]
    again = (await door.put(f"{PROGRESS}/sourcer", json={"choices": all_wrong})).json()
    assert again == good
    assert (await door.get(PROGRESS)).json()["results"] == [good]


@pytest.mark.parametrize("choices", [[], [0], [0] * 41, ["a"], None])
async def test_answers_of_another_shape_are_refused_with_a_sentence(client: httpx.AsyncClient, choices: Any) -> None:
    door = await sign_in(client)
    refused = await door.put(f"{PROGRESS}/sourcer", json={"choices": choices})
    assert (refused.status_code, bool(refused.json()["errors"])) == (422, True)


async def test_a_visitor_is_asked_to_sign_in_and_an_unknown_module_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get(PROGRESS)).status_code == 401
    door = await sign_in(client)
    assert (await door.put(f"{PROGRESS}/fusee", json={"choices": [0]})).status_code == 404


async def test_the_attestation_waits_for_the_whole_path_then_names_person_modules_and_days(
    client: httpx.AsyncClient,
) -> None:
    organisation = await make_organisation(client, name="Ville de Formée")
    door = await sign_in(client, organisation=organisation, name="Anne")
    address = f"{PROGRESS}/attestations/elus"
    early = await door.get(address)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/parcours-inacheve")
    await finish(client, door, "elus")
    made = await door.get(address)
    assert made.status_code == 200
    document = docx.Document(io.BytesIO(made.content))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Anne" in told
    assert "Ville de Formée" in told
    assert len(document.tables[0].rows) == len(await path(client, "elus")) + 1
    assert (await door.get(address)).content == made.content


async def test_the_share_counts_the_buyers_who_finished_their_path_and_no_reader(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    organisation = await make_organisation(client)
    admin = await sign_in(client, role="administrator", organisation=organisation, name="Paul")
    writer = await sign_in(client, role="writer", organisation=organisation, name="Lea")
    reader = await sign_in(client, role="reader", organisation=organisation, name="Max")
    await finish(client, writer, "acheteurs")
    await finish(client, reader, "acheteurs")
    team = (await admin.get(PROGRESS)).json()["team"]
    assert (team["trained"], team["buyers"], team["percent"]) == (1, 2, 50)
    assert [(one["name"].split()[0], one["finished"]) for one in team["people"]] == [("Lea", True), ("Paul", False)]
    assert (await writer.get(PROGRESS)).json()["team"]["people"] == []
    async with app.state.sessions() as session:
        share = await trained_share(session, organisation.id, app.state.settings.clauses)
    assert (share.percent, share.minutes) == (50, team["minutes"])


def test_seventy_percent_is_enough_and_an_empty_path_is_never_finished() -> None:
    assert rules.passes(7, 10)
    assert not rules.passes(6, 9)
    assert not rules.finished([], ["sourcer"])
