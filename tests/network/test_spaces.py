"""The spaces as an administrator sets them; moderators of one space; decisions contested, and kept in a journal."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.network import rules
from app.outbound.models import Mail
from tests.accounts.people import Door, make_organisation, sign_in

NETWORK = "/api/v1/network"
ADVERT = {"space": "3r-projets", "title": "Notre capteur de tri", "text": "Notre société vend un capteur de tri."}


async def person(client: httpx.AsyncClient, name: str) -> Door:
    return await sign_in(client, organisation=await make_organisation(client), name=name)


async def hidden(author: Door, moderator: Door, **changes: Any) -> str:
    made = await author.post(f"{NETWORK}/questions", json=ADVERT | changes)
    assert made.status_code == 201, made.text
    address = f"{NETWORK}/questions/{made.json()['id']}"
    done = await moderator.put(f"{address}/moderation", json={"act": "hide", "reason": "Ceci est une publicité."})
    assert done.status_code == 200, done.text
    return address


async def letters(app: FastAPI, door: Door) -> list[str]:
    async with app.state.sessions() as session:
        asked = select(Mail.subject).where(Mail.recipient == door.email).order_by(Mail.id)
        return list(await session.scalars(asked))


async def space(client: httpx.AsyncClient, code: str) -> dict[str, Any]:
    page = (await client.get(f"{NETWORK}/spaces")).json()
    return dict(next(one for one in page["items"] if one["code"] == code))


async def test_an_administrator_renames_moves_and_closes_a_space_that_is_then_only_read(
    client: httpx.AsyncClient,
) -> None:
    admin, editor = await sign_in(client, role="platform_admin"), await sign_in(client, role="editor")
    writer = await person(client, "Vera")
    made = (await writer.post(f"{NETWORK}/questions", json=ADVERT | {"space": "spgd"})).json()
    before = await space(client, "spgd")
    body = {"title": "Déchets, service public", "text": "Le service public de gestion des déchets.", "rank": 1}
    body |= {"read_first": False, "open": False}
    address = f"{NETWORK}/spaces/spgd"
    version = {"If-Match": f'"{before["version"]}"'}
    assert (await editor.put(address, json=body, headers=version)).status_code == 403
    assert (await admin.put(address, json=body)).status_code == 428
    assert (await admin.put(f"{NETWORK}/spaces/lune", json=body, headers=version)).status_code == 404
    changed = await admin.put(address, json=body, headers=version)
    assert (changed.status_code, changed.json()["title"]) == (200, "Déchets, service public")
    assert (await admin.put(address, json=body, headers=version)).status_code == 412
    page = (await admin.get(f"{NETWORK}/spaces")).json()
    assert ([one["code"] for one in page["items"]][:2], page["may"]) == (["acheteurs-publics", "spgd"], ["manage"])
    refused = await writer.post(f"{NETWORK}/questions", json=ADVERT | {"space": "spgd"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/espace-ferme")
    reply = {"text": "Une réponse de plus."}
    assert (await writer.post(f"{NETWORK}/questions/{made['id']}/answers", json=reply)).status_code == 409
    assert (await client.get(f"{NETWORK}/questions/{made['id']}")).status_code == 200
    again = {"If-Match": changed.headers["etag"]}
    assert (await admin.put(address, json=body | {"open": True, "rank": 6}, headers=again)).status_code == 200


async def test_a_moderator_is_named_by_address_and_holds_that_space_alone(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    admin, moderator, author = (
        await sign_in(client, role="platform_admin"),
        await person(client, "Moira"),
        await person(client, "Pub"),
    )
    address = f"{NETWORK}/spaces/3r-projets/moderators"
    unknown = await admin.post(address, json={"email": "personne@exemple.test"})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/email")
    assert (await author.post(address, json={"email": moderator.email})).status_code == 403
    for _ in range(2):
        named = await admin.post(address, json={"email": moderator.email})
        assert (named.status_code, [one["email"] for one in named.json()["items"]]) == (201, [moderator.email])
    assert (await letters(app, moderator)).count("Vous êtes modérateur d’un espace") == 1
    assert (await moderator.get(f"{NETWORK}/spaces")).json()["moderates"] == ["3r-projets"]
    await hidden(author, moderator)
    elsewhere = (await author.post(f"{NETWORK}/questions", json=ADVERT | {"space": "biodechets"})).json()
    act = {"act": "hide", "reason": "Publicité."}
    assert (await moderator.put(f"{NETWORK}/questions/{elsewhere['id']}/moderation", json=act)).status_code == 403
    gone = await admin.delete(f"{address}/{named.json()['items'][0]['person_id']}")
    assert gone.json()["items"] == []
    assert (await moderator.get(f"{NETWORK}/moderation")).status_code == 403


async def test_an_author_contests_once_and_another_moderator_answers(client: httpx.AsyncClient, app: FastAPI) -> None:
    author, reader = await person(client, "Carl"), await person(client, "Lea")
    first, second = await sign_in(client, role="editor"), await sign_in(client, role="editor", name="Second")
    address = await hidden(author, first)
    assert (await author.get(address)).json()["appeal"] == "possible"
    words = {"text": "Ce n’est pas une publicité : c’est notre régie municipale."}
    assert (await reader.put(f"{address}/appeal", json=words)).status_code == 404
    assert (await author.put(f"{address}/appeal", json=words)).json()["appeal"] == "waiting"
    assert (await author.put(f"{address}/appeal", json=words)).json()["type"] == "/problems/deja-fait"

    def line(page: dict[str, Any]) -> dict[str, Any]:
        return dict(next(one for one in page["items"] if one["kind"] == "question" and one["appeal"] == words["text"]))

    assert line((await first.get(f"{NETWORK}/moderation")).json())["may"] == ["show"]
    waiting = line((await second.get(f"{NETWORK}/moderation")).json())
    assert (waiting["appeal"], waiting["may"], waiting["reason"]) == (
        words["text"],
        ["show", "hide"],
        "Ceci est une publicité.",
    )
    again = {"act": "hide", "reason": "Toujours une publicité."}
    assert (await first.put(f"{address}/moderation", json=again)).status_code == 403
    assert (await second.put(f"{address}/moderation", json=again)).status_code == 200
    seen = (await author.get(address)).json()
    assert (seen["appeal"], seen["reason"]) == ("rejected", "Toujours une publicité.")
    assert (await author.put(f"{address}/appeal", json=words)).status_code == 409
    assert (await letters(app, author))[-2:] == ["Votre message a été masqué", "Réponse à votre contestation"]


async def test_an_upheld_appeal_shows_the_message_again_and_tells_its_author(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    author, editor = await person(client, "Doris"), await sign_in(client, role="editor")
    address = await hidden(author, editor, title="Notre régie de collecte")
    await author.put(f"{address}/appeal", json={"text": "C’est notre régie municipale."})
    assert (await editor.put(f"{address}/moderation", json={"act": "show"})).status_code == 200
    assert (await client.get(address)).status_code == 200
    assert (await letters(app, author))[-1] == "Votre message est visible"


async def test_every_decision_is_kept_in_a_journal_that_each_moderator_reads_for_their_spaces(
    client: httpx.AsyncClient,
) -> None:
    admin, editor = await sign_in(client, role="platform_admin"), await sign_in(client, role="editor")
    mine, author = await person(client, "Jour"), await person(client, "Nal")
    await admin.post(f"{NETWORK}/spaces/animateurs-eit/moderators", json={"email": mine.email})
    address = await hidden(author, editor, space="animateurs-eit", title="À garder au journal")
    await mine.put(f"{address}/moderation", json={"act": "show"})
    await hidden(author, editor, title="Hors de son espace")
    journal = (await mine.get(f"{NETWORK}/moderation/journal?limit=2")).json()
    kept = [(one["title"], one["act"], one["reason"]) for one in journal["items"]]
    assert kept == [
        ("À garder au journal", "shown", ""),
        ("À garder au journal", "hidden", "Ceci est une publicité."),
    ]
    assert journal["items"][0]["by"].startswith("Jour")
    whole = (await editor.get(f"{NETWORK}/moderation/journal?limit=1")).json()
    assert whole["items"][0]["title"] == "Hors de son espace"
    following = (await editor.get(f"{NETWORK}/moderation/journal?limit=1&cursor={whole['next']}")).json()
    assert following["items"][0]["title"] == "À garder au journal"
    assert (await author.get(f"{NETWORK}/moderation/journal")).status_code == 403


async def test_the_author_of_a_hidden_experience_is_told_and_contests(client: httpx.AsyncClient, app: FastAPI) -> None:
    author, editor = await person(client, "Exp"), await sign_in(client, role="editor")
    body = {"clause_id": "CEC-NET-001", "used_in": "Nettoyage, lot 4", "year": 2025, "outcome": "awarded"}
    made = (await author.post(f"{NETWORK}/experiences", json=body)).json()
    address = f"{NETWORK}/experiences/{made['id']}"
    await editor.put(f"{address}/moderation", json={"act": "hide", "reason": "Le titulaire est nommé."})
    assert (await letters(app, author)) == ["Votre message a été masqué"]
    page = (await author.get(f"{NETWORK}/experiences?clause=CEC-NET-001")).json()
    assert [(row["appeal"], row["reason"]) for row in page["items"] if row["id"] == made["id"]] == [
        ("possible", "Le titulaire est nommé.")
    ]
    assert (await author.put(f"{address}/appeal", json={"text": "Je n’ai nommé personne."})).status_code == 200
    waiting = (await editor.get(f"{NETWORK}/moderation")).json()["items"]
    assert "Je n’ai nommé personne." in [one["appeal"] for one in waiting if one["kind"] == "experience"]


@pytest.mark.parametrize(
    ("appeal_by", "hidden_by", "judge", "may"),
    [(1, 2, 3, True), (1, 2, 2, False), (1, 2, 1, False), (1, None, 3, True)],
)
def test_nobody_judges_their_own_decision(appeal_by: int, hidden_by: int | None, judge: int, *, may: bool) -> None:
    assert rules.may_reject(appeal_by, hidden_by, judge) is may
