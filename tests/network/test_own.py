"""Whose message, card and result it is: what is somebody's own is nobody else's, in the community too.

Each of these killed a mutant of `tests/access/mutants.py` that nothing else noticed.
"""

from typing import Any

import httpx
from sqlalchemy import func, select

from app.library.models_feedback import ClauseFeedback
from tests.access.bodies import sent
from tests.accounts.people import Door, sign_in
from tests.accounts.post import new_account, state, with_totp
from tests.network.test_progress import PROGRESS, answers
from tests.network.test_referents import CARD, REFERENTS, listed
from tests.network.test_talk import NETWORK, asked, newcomer

HIDE = {"act": "hide", "reason": "Publicité."}
APPEAL = {"text": "Ce n’est pas une publicité : je cite un marché public."}


async def _told(door: Door, **said: Any) -> httpx.Response:
    body = {"clause_id": "CEC-MOB-002", "used_in": "Mobilier", "year": 2025, "outcome": "running"} | said
    return await door.post(f"{NETWORK}/experiences", json=body)


async def test_a_hidden_question_is_its_authors_and_the_moderators(client: httpx.AsyncClient) -> None:
    author, reader = await newcomer(client, "Una"), await newcomer(client, "Ugo")
    moderator = await sign_in(client, role="editor")
    row = await asked(author)
    address = f"{NETWORK}/questions/{row['id']}"
    mine, theirs = (await author.get(address)).json(), (await reader.get(address)).json()
    helped = (await reader.post(f"{address}/answers", json={"text": "Par pesée, chaque mois."})).json()
    choices = [(await door.get(address)).json()["items"][0]["may"] for door in (author, reader)]
    assert ("accept" in choices[0], "accept" in choices[1]) == (True, False)
    assert mine["id"] == theirs["id"]
    tag = {"If-Match": f'"{(await author.get(address)).json()["version"]}"'}
    taken = await reader.put(f"{address}/accepted", json={"answer_id": helped["id"]}, headers=tag)
    assert (taken.status_code, taken.json()["type"]) == (403, "/problems/pas-a-vous")
    for on in (True, False):
        assert (await reader.put(f"{address}/follow", json={"follow": on})).status_code == 200
    assert (await author.get(address)).json()["followed"] is True, "who stops following stops for themselves"
    assert (await reader.put(f"{address}/appeal", json=APPEAL)).status_code == 403
    hidden_answer = f"{NETWORK}/answers/{helped['id']}"
    assert (await moderator.put(f"{hidden_answer}/moderation", json=HIDE)).status_code == 200
    seen = {name: (await door.get(address)).json()["items"] for name, door in (("a", author), ("r", reader))}
    assert (seen["a"], [one["appeal"] for one in seen["r"]]) == ([], ["possible"])
    assert (await author.put(f"{hidden_answer}/appeal", json=APPEAL)).status_code == 404
    assert (await moderator.put(f"{address}/moderation", json=HIDE)).status_code == 200
    assert (await author.get(address)).json()["appeal"] == "possible"
    assert (await moderator.get(address)).json()["appeal"] is None
    assert (await reader.get(address)).status_code == 404
    lists = [(await door.get(f"{NETWORK}/questions?limit=50")).json()["items"] for door in (author, reader)]
    assert [row["id"] in {one["id"] for one in items} for items in lists] == [True, False]
    assert (await moderator.put(f"{address}/appeal", json=APPEAL)).status_code == 404
    assert (await reader.put(f"{address}/appeal", json=APPEAL)).status_code == 404
    assert (await author.put(f"{address}/appeal", json=APPEAL)).status_code == 200


async def test_an_experience_that_waits_or_is_hidden_is_its_authors(client: httpx.AsyncClient) -> None:
    author, reader = await newcomer(client, "Ida"), await newcomer(client, "Ivo")
    moderator = await sign_in(client, role="editor")
    made = await _told(author, kept="Voir https://exemple.test")
    assert (made.status_code, made.json()["state"]) == (201, "pending")
    assert (await _told(reader)).status_code == 201, "the same market of two people is two experiences"
    ident = made.json()["id"]
    shown = [(await door.get(f"{NETWORK}/experiences?clause=CEC-MOB-002")).json()["items"] for door in (author, reader)]
    assert [ident in {one["id"] for one in items} for items in shown] == [True, False]
    assert (await moderator.put(f"{NETWORK}/experiences/{ident}/moderation", json=HIDE)).status_code == 200
    appeal = f"{NETWORK}/experiences/{ident}/appeal"
    assert [(await door.put(appeal, json=APPEAL)).status_code for door in (reader, moderator, author)] == [
        404,
        404,
        200,
    ]


async def test_nobody_writes_to_themselves_and_everybody_else_may(client: httpx.AsyncClient) -> None:
    door, ident = await listed(client, "Olga")
    reader = await newcomer(client, "Otto")
    may = {}
    for name, who in (("own", door), ("other", reader)):
        page = (await who.get(f"{REFERENTS}?limit=50")).json()["items"]
        may[name] = next(one["may"] for one in page if one["id"] == ident)
    assert may == {"own": [], "other": ["write"]}


async def test_one_moderator_is_dismissed_and_the_other_stays(client: httpx.AsyncClient) -> None:
    admin, one, two = await sign_in(client, role="platform_admin"), await new_account(client), await new_account(client)
    address = f"{NETWORK}/spaces/textile/moderators"
    spaces = [space["code"] for space in (await client.get(f"{NETWORK}/spaces")).json()["items"]]
    address = address.replace("textile", spaces[-1])
    for door in (one, two):
        assert (await admin.post(address, json={"email": door.email})).status_code == 201
    left = (await admin.delete(f"{address}/{one.person_id}")).json()["items"]
    assert [two.person_id] == [row["person_id"] for row in left if row["person_id"] in {one.person_id, two.person_id}]
    await admin.delete(f"{address}/{two.person_id}")


async def test_results_of_training_are_ones_own(client: httpx.AsyncClient) -> None:
    door, other = await newcomer(client, "Pia"), await newcomer(client, "Pol")
    done = await door.put(f"{PROGRESS}/sourcer", json={"choices": await answers(client, "sourcer")})
    assert done.status_code == 200
    assert (await other.get(PROGRESS)).json()["results"] == []


async def test_an_erasure_takes_nothing_of_anybody_else(client: httpx.AsyncClient) -> None:
    """Each eraser of each room, with a neighbour in every table that it empties."""
    gone, stays = await new_account(client), await new_account(client)
    meeting = (await _meeting(client))["id"]
    row = await asked(await newcomer(client, "Sam"))
    for door in (gone, stays):
        await door.put(f"{PROGRESS}/sourcer", json={"choices": await answers(client, "sourcer")})
        await door.put(f"{NETWORK}/events/{meeting}/registration")
        await door.put(f"{NETWORK}/questions/{row['id']}/follow", json={"follow": True})
        await door.put("/api/v1/me/notices", json={"paces": {"network": "none"}})
        search = {"subject": "programmes", "name": "Mes veilles", "query": "family=mobilier"}
        assert (await door.post("/api/v1/saved-searches", json=search)).status_code == 201
        said = {"message": "Le taux me paraît haut pour une commune.", "email": door.email}
        assert (await door.post("/api/v1/clauses/CEC-MOB-001/feedback", json=said)).status_code == 201
    referent, _ = await listed(client, "Rose")
    await with_totp(gone)
    assert (await gone.post("/api/v1/me/erasure", json={"email": gone.email})).status_code == 200
    paces = (await stays.get("/api/v1/me/notices")).json()["kinds"]
    kept = {
        "results": (await stays.get(PROGRESS)).json()["results"],
        "registered": (await stays.get(f"{NETWORK}/events/{meeting}")).json()["mine"],
        "follows": (await stays.get(f"{NETWORK}/questions/{row['id']}")).json()["followed"],
        "searches": (await stays.get("/api/v1/saved-searches")).json()["items"],
        "paces": [1 for one in paces if (one["code"], one["pace"]) == ("network", "none")],
        "referent": (await referent.get(f"{REFERENTS}/mine")).json()["about"] == CARD["about"],
    }
    assert {name for name, there in kept.items() if not there} == set()
    async with state(client).sessions() as session:
        assert await session.scalar(select(func.count()).where(ClauseFeedback.email == stays.email)) == 1


async def _meeting(client: httpx.AsyncClient) -> dict[str, Any]:
    writer = await newcomer(client, "Tom")
    app = client._transport.app  # type: ignore[attr-defined]
    made = await writer.post(f"{NETWORK}/events", **sent(app.openapi(), "POST", "/api/v1/network/events"))
    assert made.status_code == 201, made.text
    return dict(made.json())
