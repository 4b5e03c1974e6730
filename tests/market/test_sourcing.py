"""A sourcing through the doors of buyers and firms: told to all, sealed, opened once, told without a name."""

import asyncio
import io
import re
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from docx import Document
from fastapi import FastAPI
from sqlalchemy import text

from app.accounts.sessions import now
from app.market.sourcing import draw, following, journal
from app.market.sourcing.models import SourcingAnswer
from tests.accounts.people import Door, sign_in
from tests.market.makers import API
from tests.market.sourcing_makers import (
    FREE,
    NEED,
    QUESTION,
    answer,
    answer_to,
    at,
    buyer,
    closing,
    draft,
    org_of,
    published,
    supplier,
)
from tests.purchases.makers import draft as purchase
from tests.purchases.makers import draft as purchase_draft
from tests.purchases.makers import item

SECRET = "jeton-8f3a-secret-de-fabrication"  # noqa: S105 (a canary)


async def again(client: httpx.AsyncClient, door: Door) -> Door:
    """The same person with a key: a session would not live until the closing."""
    org = await org_of(client, door.organisation_id)
    scopes = ["sourcages:lecture", "sourcages:ecriture", "lecture"]
    return await sign_in(client, role="key_writer", organisation=org, name="writer", scopes=scopes)


async def test_a_draft_says_what_is_missing_before_it_is_published(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    made = (await door.post(f"{API}/sourcings", json={})).json()
    assert {gap["field"] for gap in made["gaps"]} >= {"title", "need", "families", "closes_on", "interests"}
    ident, tag = await draft(door, need="Des chaises. Les entreprises locales du département seront préférées.", cap=3)
    read = (await door.get(f"{API}/sourcings/{ident}")).json()
    assert read["steering"]
    assert {gap["field"] for gap in read["gaps"]} == {"cap_reason"}
    refused = await door.post(f"{API}/sourcings/{ident}/publication", headers={"If-Match": tag})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["pointer"] == "/cap_reason"


async def test_publishing_without_a_declaration_of_interests_is_refused(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    ident, tag = await draft(door)
    other = await sign_in(client, organisation=await org_of(client, door.organisation_id), name="collegue")
    refused = await other.post(f"{API}/sourcings/{ident}/publication", headers={"If-Match": tag})
    assert refused.status_code == 409
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/interests"]


async def test_all_matched_firms_are_told_at_one_instant_and_the_draw_can_be_redone(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    firms = [await supplier(client, department="29") for _ in range(4)]
    door = await buyer(client)
    ident = await published(door, departments=["29"], cap=2, cap_reason="Deux visites possibles seulement.")
    async with app.state.sessions() as session:
        rows = (
            await session.execute(
                text("SELECT told, told_at FROM sourcing_recipient WHERE sourcing_id = :id"), {"id": ident}
            )
        ).all()
    assert sum(row.told for row in rows) == 2
    assert len({row.told_at for row in rows if row.told}) == 1
    visitor = await sign_in(client, role="visitor")
    redone = (await visitor.get(f"{API}/sourcings/{ident}/draw")).json()
    assert draw.faults(redone) == []
    # Whoever was not drawn reads the same need, and may answer.
    for firm in firms:
        assert (await firm.get(f"{API}/published-sourcings/{ident}")).json()["need"] == NEED
    assert (await answer(firms[0], ident)).status_code == 200
    assert (await answer(firms[-1], ident)).status_code == 200


async def test_an_answer_is_editable_until_the_closing_second_and_never_after(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    end = await closing(door, ident)
    first = await answer(firm, ident)
    assert (await answer(firm, ident)).status_code == 428
    with at(end - timedelta(seconds=1)):
        firm = await again(client, firm)
        changed = await firm.put(
            f"{API}/published-sourcings/{ident}/answer",
            json=answer_to("Dernière version"),
            headers={"If-Match": first.headers["ETag"]},
        )
        assert changed.status_code == 200
    with at(end):
        late = await firm.put(
            f"{API}/published-sourcings/{ident}/answer",
            json=answer_to("Trop tard"),
            headers={"If-Match": changed.headers["ETag"]},
        )
        assert late.status_code == 409
        assert late.json()["type"] == "/problems/sourcage-ferme"
        kept = (await firm.get(f"{API}/published-sourcings/{ident}/answer")).json()
        assert kept["items"]["q2"]["text"] == "Dernière version"
        assert (
            await firm.post(f"{API}/published-sourcings/{ident}/questions", json={"text": "Une question tardive ?"})
        ).status_code == 409


async def test_nobody_reads_an_answer_before_the_closing_and_the_buyer_alone_after(client: httpx.AsyncClient) -> None:
    door, firm, rival = await buyer(client), await supplier(client), await supplier(client)
    ident = await published(door)
    before = [(await rival.get(path)) for path in _seen_by_a_rival(ident)]
    assert (await answer(firm, ident, SECRET)).status_code == 200
    after = [(await rival.get(path)) for path in _seen_by_a_rival(ident)]
    # A rival cannot tell that somebody answered: same bytes, same tags.
    assert [_told(one) for one in before] == [_told(one) for one in after]
    refused = await door.post(f"{API}/sourcings/{ident}/synthesis")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/reponses-scellees")
    assert (await door.get(f"{API}/sourcings/{ident}")).json()["answers"] is None
    told = (await door.get(f"{API}/sourcings/{ident}/journal")).json()["items"]
    assert not {"answered", "edited"} & {line["act"] for line in told}
    assert [line["seq"] for line in told] == list(range(1, len(told) + 1)), "no gap says how many answered"
    assert not any(line["hash"] for line in told)
    with at(await closing(door, ident)):
        door, rival = await again(client, door), await again(client, rival)
        read = await door.post(f"{API}/sourcings/{ident}/synthesis")
        assert read.status_code == 200, read.text
        assert read.json()["rows"][0]["items"]["q2"]["text"] == SECRET
        assert (await rival.post(f"{API}/sourcings/{ident}/synthesis")).status_code == 403
        other = await again(client, await buyer(client))
        assert (await other.post(f"{API}/sourcings/{ident}/synthesis")).status_code == 404


def _told(answered: httpx.Response) -> tuple[int, str, str]:
    """All but the number of the request, which is another each time."""
    body = re.sub(r'"trace_id":"[^"]*"', "", answered.text)
    return answered.status_code, body, answered.headers.get("etag", "")


def _seen_by_a_rival(ident: int) -> list[str]:
    return [
        f"{API}/published-sourcings/{ident}",
        f"{API}/published-sourcings/{ident}/answer",
        f"{API}/published-sourcings?family=mobilier",
        f"{API}/received-sourcings",
        f"{API}/sourcings/{ident}/draw",
        f"{API}/sourcings/{ident}/journal",
        f"{API}/sourcings/{ident}",
        f"{API}/clause-feedback/CEC-MOB-001",
        f"{API}/firms?family=mobilier&q=secret",
        f"{API}/firms/facets?family=mobilier",
    ]


async def test_the_canary_of_an_answer_is_found_nowhere_else(
    client: httpx.AsyncClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    door, firm, rival = await buyer(client), await supplier(client), await supplier(client)
    visitor = await sign_in(client, role="visitor")
    ident = await published(door)
    await answer(firm, ident, SECRET)
    # An error body does not say it back.
    wrong = await firm.put(f"{API}/published-sourcings/{ident}/answer", json={"items": {"q9": {"text": SECRET}}})
    assert wrong.status_code == 422
    assert SECRET not in wrong.text
    for who in (rival, visitor, await sign_in(client, role="platform_admin"), await buyer(client)):
        for path in [*_seen_by_a_rival(ident), "/metrics", f"{API}/clauses?q={SECRET}", f"{API}/me/export"]:
            found = await who.get(path)
            assert SECRET not in found.text.replace(f"q={SECRET}", ""), path
            assert SECRET not in str(found.headers)
    assert SECRET not in caplog.text
    # Nor in any table, in clear.
    async with app.state.sessions() as session:
        tables = await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for table in tables:
            asked = text(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE :canary')  # noqa: S608 (our own tables)
            assert not await session.scalar(asked, {"canary": f"%{SECRET}%"}), table


async def test_a_question_is_published_to_all_without_what_names_its_asker(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    door, firm = await buyer(client), await supplier(client, name="Menuiserie Kerbrat")
    rival = await supplier(client)
    ident = await published(door)
    asked = await firm.post(
        f"{API}/published-sourcings/{ident}/questions",
        json={"text": "Ici Menuiserie Kerbrat (02 99 12 34 56) : livrez-vous en deux fois ?"},
    )
    assert asked.status_code == 201
    assert asked.json()["by"] == "Vous"
    seen = (await rival.get(f"{API}/published-sourcings/{ident}")).json()["asked"]
    assert seen[0]["by"] == "Entreprise 1"
    assert "Kerbrat" not in seen[0]["text"]
    assert "99 12" not in seen[0]["text"]
    replied = await door.put(
        f"{API}/sourcings/{ident}/questions/{seen[0]['id']}", json={"answer": "Oui, en deux fois."}
    )
    assert replied.status_code == 200, replied.text
    assert (await rival.get(f"{API}/published-sourcings/{ident}")).json()["asked"][0]["answer"] == "Oui, en deux fois."
    # Nobody, not even the database, keeps who asked.
    async with app.state.sessions() as session:
        line = await session.scalar(
            text("SELECT organisation_id FROM sourcing_event WHERE sourcing_id = :id AND act = 'asked'"), {"id": ident}
        )
    assert line is None


async def test_the_synthesis_is_told_without_a_name_and_from_five_answers(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    firms = [await supplier(client, department="56") for _ in range(5)]
    ident = await published(door, departments=["56"])
    for place, firm in enumerate(firms):
        said = {"feasibility": "if", "level": 1} if place < 4 else {}
        assert (await answer(firm, ident, f"Avis {place}", **said)).status_code == 200
    with at(await closing(door, ident) + timedelta(minutes=1)):
        door = await again(client, door)
        read = (await door.post(f"{API}/sourcings/{ident}/synthesis")).json()
        proposal = read["proposals"][0]
        assert (proposal["current"], proposal["advised"], proposal["reaching"]) == (2, 1, 1)
        done = await door.post(f"{API}/sourcings/{ident}/result", json={"note": "Merci à toutes."})
        assert done.status_code == 200, done.text
        visitor = await sign_in(client, role="visitor")
        shown = (await visitor.get(f"{API}/published-sourcings/{ident}")).json()["result"]
        assert shown["answers"] == 5
        assert "Avis" not in str(shown)
        voice = (await visitor.get(f"{API}/clause-feedback/CEC-MOB-001")).json()
        assert voice["firms"] >= 5
        assert {count["code"] for count in voice["feasibility"]} >= {"if", "as_written"}


async def test_below_five_answers_no_figure_is_published(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    await answer(firm, ident)
    with at(await closing(door, ident)):
        door = await again(client, door)
        await door.post(f"{API}/sourcings/{ident}/result", json={})
        shown = (await door.get(f"{API}/published-sourcings/{ident}")).json()["result"]
        assert shown["answers"] is None
        assert not any(one["enough"] or one["distributions"] for one in shown["questions"])


async def test_the_room_is_silent_from_the_day_of_the_launch(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident, _ = await draft(door)
    end = await closing(door, ident)
    launch = (end + timedelta(days=5)).date()
    read = await door.get(f"{API}/sourcings/{ident}")
    ident = await published(door, launch_date=str(launch))
    question = (
        await firm.post(f"{API}/published-sourcings/{ident}/questions", json={"text": "Quel délai de livraison ?"})
    ).json()["id"]
    assert read.status_code == 200
    with at(end + timedelta(days=5, hours=2)):
        door, firm = await again(client, door), await again(client, firm)
        refused = await door.put(f"{API}/sourcings/{ident}/questions/{question}", json={"answer": "Un mois."})
        assert refused.status_code == 409
        assert "cône de silence" in refused.json()["detail"]
        silent = (await firm.get(f"{API}/published-sourcings/{ident}")).json()
        assert (silent["stage"], silent["may"]) == ("silent", [])


async def test_a_refusal_is_coded_and_gives_way_to_an_answer(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    refused = await firm.put(f"{API}/published-sourcings/{ident}/refusal", json={"code": "too_big"})
    assert refused.json()["refusal"] == "too_big"
    assert (await firm.put(f"{API}/published-sourcings/{ident}/refusal", json={"code": "bof"})).status_code == 422
    assert (await answer(firm, ident)).json()["refusal"] is None
    lines = (await firm.get(f"{API}/received-sourcings")).json()["items"]
    assert next(line for line in lines if line["id"] == ident)["state"] == "answered"


async def test_a_correction_is_told_to_all_and_never_shortens_the_delay(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    read = await door.get(f"{API}/sourcings/{ident}")
    body = {"reason": "Quantité précisée", "need": NEED + " Soixante chaises.", "closes_hour": "18:00:00"}
    day = read.json()["closes_on"]
    early = str((await closing(door, ident) - timedelta(days=3)).date())
    tag = {"If-Match": read.headers["ETag"]}
    sooner = await door.post(f"{API}/sourcings/{ident}/correction", json=body | {"closes_on": early}, headers=tag)
    assert sooner.status_code == 422
    done = await door.post(f"{API}/sourcings/{ident}/correction", json=body | {"closes_on": day}, headers=tag)
    assert done.status_code == 200, done.text
    seen = (await firm.get(f"{API}/published-sourcings/{ident}")).json()
    assert [one["number"] for one in seen["versions"]] == [1, 2]
    assert seen["need"].endswith("Soixante chaises.")


async def test_fifty_publications_at_once_make_one(client: httpx.AsyncClient, app: FastAPI) -> None:
    door = await buyer(client)
    ident, tag = await draft(door)
    sent = [door.post(f"{API}/sourcings/{ident}/publication", headers={"If-Match": tag}) for _ in range(10)]
    statuses = sorted(r.status_code for r in await asyncio.gather(*sent))
    assert statuses == [200, *[409] * 9]
    async with app.state.sessions() as session:
        count = await session.scalar(
            text("SELECT count(*) FROM sourcing_event WHERE sourcing_id = :id AND act = 'published'"), {"id": ident}
        )
    assert count == 1


async def test_the_answers_are_opened_exactly_once_whoever_reads_first(client: httpx.AsyncClient) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    await answer(firm, ident)
    with at(await closing(door, ident)):
        door = await again(client, door)
        await asyncio.gather(*(door.post(f"{API}/sourcings/{ident}/synthesis") for _ in range(5)))
        lines = (await door.get(f"{API}/sourcings/{ident}/journal")).json()
    assert [line["act"] for line in lines["items"]].count("opened") == 1
    assert [line["act"] for line in lines["items"]].count("read") == 5
    assert lines["whole"]


async def test_the_journal_is_append_only_and_a_change_would_show(client: httpx.AsyncClient, app: FastAPI) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    await answer(firm, ident)
    async with app.state.sessions() as session:
        assert (await journal.verify(session, ident))[1] == []
        rows = [journal.as_hashed(one) for one in await journal.lines(session, ident, opened=True)]
        with pytest.raises(Exception, match="append-only"):
            await session.execute(text("UPDATE sourcing_event SET act = 'x' WHERE sourcing_id = :id"), {"id": ident})
    assert journal.first_fault(rows) is None
    assert journal.first_fault([*rows[:2], *rows[3:]]) == rows[3]["seq"]
    assert journal.first_fault([rows[0], rows[1] | {"details": {"firms": 1}}, *rows[2:]]) == 2


async def test_an_answer_sealed_for_another_place_is_refused(client: httpx.AsyncClient, app: FastAPI) -> None:
    door, firm = await buyer(client), await supplier(client)
    one, other = await published(door), await published(door)
    await answer(firm, one)
    await answer(firm, other)
    from app.market.sourcing.queries import unsealed  # noqa: PLC0415

    async with app.state.sessions() as session:
        first = await session.get_one(SourcingAnswer, (one, firm.organisation_id))
        second = await session.get_one(SourcingAnswer, (other, firm.organisation_id))
        first.sealed = second.sealed
        with pytest.raises(ValueError, match="place"):
            unsealed(app.state.settings, first)


async def test_the_trace_says_who_was_told_what_and_when(client: httpx.AsyncClient) -> None:
    firm = await supplier(client, department="22", name="Tri Armor")
    door = await buyer(client)
    ident = await published(door, departments=["22"])
    await answer(firm, ident, SECRET)
    made = await door.get(f"{API}/sourcings/{ident}/trace.docx")
    assert made.status_code == 200, made.text
    document = Document(io.BytesIO(made.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Tri Armor" in cells
    assert "Entreprises prévenues au même instant" in cells
    assert "Réponse scellée déposée" not in cells
    annex = await door.get(f"{API}/sourcings/{ident}/trace.csv")
    assert "Sourçage publié" in annex.text
    assert SECRET not in annex.text
    assert (await (await buyer(client)).get(f"{API}/sourcings/{ident}/trace.docx")).status_code == 404


async def test_the_task_of_the_file_says_how_far_its_sourcing_is(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    file = (await door.post(f"{API}/purchases", json={"draft": purchase_draft()})).json()["id"]

    async def state() -> str:
        read = (await door.get(f"{API}/purchases/{file}/progress")).json()
        return str(next(task["state"] for task in read["tasks"] if task["id"] == "sourcer"))

    assert await state() == "optional"
    made = await door.post(f"{API}/sourcings", json={"title": "Mobilier", "file_id": file})
    ident = made.json()["id"]
    await published(door)
    listed = (await door.get(f"{API}/sourcings?purchase={file}")).json()["items"]
    assert [one["id"] for one in listed] == [ident]
    assert await state() == "started"
    await door.delete(f"{API}/sourcings/{ident}", headers={"If-Match": made.headers["ETag"]})
    assert await state() == "optional"


async def test_the_task_is_done_with_the_published_result(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    file = (await door.post(f"{API}/purchases", json={"draft": purchase_draft()})).json()["id"]
    ident = await published(door)
    app: Any = client._transport
    async with app.app.state.sessions() as session, session.begin():
        told = {"file": file, "id": ident}
        await session.execute(text("UPDATE sourcing SET file_id = :file, result_at = now() WHERE id = :id"), told)
    tasks = (await door.get(f"{API}/purchases/{file}/progress")).json()["tasks"]
    assert {"id": "sourcer", "state": "done"} in tasks


async def test_a_firm_that_answers_often_is_one_firm_and_editors_read_figures_only(client: httpx.AsyncClient) -> None:
    clause = QUESTION | {"clause_id": "CEC-MOB-010"}
    door, firms = await buyer(client), [await supplier(client, department="46") for _ in range(5)]
    rooms = [await published(door, departments=["46"], questions=[clause, FREE]) for _ in range(2)]
    for firm in firms[:4]:
        for room in rooms:
            assert (await answer(firm, room, feasibility="not", blocker="supply")).status_code == 200
    last = await published(door, departments=["46"], questions=[clause, FREE])
    await answer(firms[4], last)
    editor = await sign_in(client, role="editor")

    async def voices(room: int) -> tuple[int | None, list[dict[str, object]]]:
        with at(await closing(door, room)):
            opener = await again(client, door)
            await opener.post(f"{API}/sourcings/{room}/synthesis")
        voice = (await client.get(f"{API}/clause-feedback/CEC-MOB-010")).json()
        told = (await editor.get(f"{API}/clause-voices")).json()["items"]
        return voice["firms"], [line for line in told if line["clause_id"] == "CEC-MOB-010"]

    assert await voices(rooms[0]) == (None, [])
    assert await voices(rooms[1]) == (None, []), "eight answers of four firms"
    firms_told, (line,) = await voices(last)
    assert firms_told == 5
    assert (line["firms"], line["blocked"], line["conditional"]) == (5, 4, 0)
    assert (await door.get(f"{API}/clause-voices")).status_code == 403
    assert (await client.get(f"{API}/clause-voices")).status_code == 401


async def test_the_outcome_is_told_once_to_every_firm_that_was_told(client: httpx.AsyncClient, app: FastAPI) -> None:
    door, firm = await buyer(client), await supplier(client, department="15")
    ident = await published(door, departments=["15"])
    with at(await closing(door, ident)):
        door = await again(client, door)
        await door.post(f"{API}/sourcings/{ident}/result", json={})
        said = {"kept": [{"clause_id": "CEC-MOB-001", "level": 2}], "offers": 4}
        for _ in range(2):
            done = await door.put(f"{API}/sourcings/{ident}/outcome", json=said)
            assert done.status_code == 200, done.text
        firm = await again(client, firm)
        shown = (await firm.get(f"{API}/published-sourcings/{ident}")).json()["outcome"]
    assert (shown["offers"], shown["unsuccessful"]) == (4, False)
    assert [(one["clause_id"], one["level"]) for one in shown["kept"]] == [("CEC-MOB-001", 2)]
    async with app.state.sessions() as session:
        told = await session.execute(
            text("SELECT organisation_id FROM sourcing_notice WHERE sourcing_id = :id AND kind = 'concluded'"),
            {"id": ident},
        )
    assert list(told.scalars()).count(firm.organisation_id) == 1


async def test_levels_are_accepted_one_by_one_and_are_decisions_of_the_file(client: httpx.AsyncClient) -> None:
    door = await buyer(client)
    firms = [await supplier(client, department="23") for _ in range(3)]
    items = [item("CEC-MOB-002"), item("CEC-MOB-010")]
    file = (await door.post(f"{API}/purchases", json={"draft": purchase(items=items)})).json()
    made = (await door.post(f"{API}/sourcings", json={"file_id": file["id"]})).json()
    asked = {question["clause_id"]: question for question in made["questions"] if question["clause_id"]}
    assert set(asked) == {"CEC-MOB-002", "CEC-MOB-010"}
    ident, tag = await draft(door, departments=["23"], questions=list(asked.values()), file=file["id"])
    assert (await door.post(f"{API}/sourcings/{ident}/publication", headers={"If-Match": tag})).status_code == 200
    softer = {"feasibility": "if", "level": 1, "cost": "none", "blocker": "supply", "text": ""}
    for firm in firms:
        sent = {"items": {question["id"]: softer for question in asked.values()}}
        assert (await firm.put(f"{API}/published-sourcings/{ident}/answer", json=sent)).status_code == 200
    with at(await closing(door, ident)):
        keyed = await sign_in(
            client, role="key_writer", organisation=await org_of(client, door.organisation_id), name="writer",
            scopes=["sourcages:lecture", "sourcages:ecriture", "dossiers:lecture", "dossiers:ecriture", "lecture"],
        )  # fmt: skip
        advised = {
            one["clause_id"]: one["advised"]
            for one in (await keyed.post(f"{API}/sourcings/{ident}/synthesis")).json()["proposals"]
        }
        assert advised == {"CEC-MOB-002": 1, "CEC-MOB-010": 1}
        one = {"changes": [{"clause_id": "CEC-MOB-002", "level": 1}]}
        done = await keyed.post(f"{API}/sourcings/{ident}/application", json=one)
        assert done.json() == {"changed": ["CEC-MOB-001"], "refused": []}
        again_ = await keyed.post(f"{API}/sourcings/{ident}/application", json=one)
        assert again_.json()["refused"][0]["why"] == "Cette clause n’est plus dans le dossier."
        kept = (await keyed.get(f"{API}/purchases/{file['id']}")).json()["draft"]["items"]
        assert [line["clauseId"] for line in kept] == ["CEC-MOB-001", "CEC-MOB-010"], "the other was not accepted"
        decisions = (await keyed.get(f"{API}/purchases/{file['id']}/decisions")).json()["items"]
    assert any(f"Sourçage n° {ident} : 0 entreprise sur 3" in str(line) for line in decisions)


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [("2026-12-20", "18:00:00", "2026-12-20T17:00:00+00:00"), ("2027-03-28", "02:30:00", "2027-03-28T01:30:00+00:00"),
     ("2027-10-31", "02:30:00", "2027-10-31T01:30:00+00:00")],
)  # fmt: skip
async def test_the_last_second_is_that_of_paris_even_in_the_nights_when_the_hour_changes(
    client: httpx.AsyncClient, day: str, hour: str, instant: str
) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door, closes_on=day, closes_hour=hour)
    end = await closing(door, ident)
    assert end == datetime.fromisoformat(instant)
    for moment, expected in ((end - timedelta(seconds=1), 200), (end, 409)):
        with at(moment):
            firm = await again(client, firm)
            tag = (await firm.get(f"{API}/published-sourcings/{ident}/answer")).headers.get("ETag")
            sent = await firm.put(
                f"{API}/published-sourcings/{ident}/answer",
                json=answer_to("À temps ?"),
                headers={"If-Match": tag} if tag else {},
            )
            assert sent.status_code == expected, moment


async def test_no_letter_says_that_another_firm_answered(client: httpx.AsyncClient, app: FastAPI) -> None:
    door, firm, rival = await buyer(client), await supplier(client, department="12"), await supplier(client)
    ident = await published(door, departments=["12"])

    async def kept() -> list[int]:
        async with app.state.sessions() as session:
            tables = ("mail", "sourcing_notice", "sourcing", "sourcing_version", "firm")
            return [int(await session.scalar(text(f"SELECT count(*) FROM {t}")) or 0) for t in tables]  # noqa: S608

    before = await kept()
    listed = [(await rival.get(path)).headers.get("last-modified") for path in _seen_by_a_rival(ident)]
    await answer(firm, ident)
    assert await kept() == before
    assert [(await rival.get(path)).headers.get("last-modified") for path in _seen_by_a_rival(ident)] == listed


async def test_whoever_follows_a_sourcing_is_told_what_everybody_may_read(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    door, firm = await buyer(client), await supplier(client)
    ident = await published(door)
    reader = await sign_in(client, role="reader", organisation="B", name="suit")
    asked = {"subject": "sourcing", "name": "Mobilier de bureau", "query": f"sourcing={ident}"}
    followed = await reader.post(f"{API}/saved-searches", json=asked)
    assert (followed.status_code, followed.json()["page"]) == (201, f"/sourcages/{ident}")
    unknown = await reader.post(f"{API}/saved-searches", json=asked | {"query": "sourcing=999999"})
    assert unknown.status_code == 404
    since = now() - timedelta(hours=1)
    await answer(firm, ident, "Réponse scellée")
    async with app.state.sessions() as session:
        assert await following.news(session, ident, since, "") == []
    question = await firm.post(f"{API}/published-sourcings/{ident}/questions", json={"text": "Quel délai ?"})
    number = (await door.get(f"{API}/sourcings/{ident}")).json()["asked"][0]["id"]
    assert question.status_code == 201
    replied = await door.put(f"{API}/sourcings/{ident}/questions/{number}", json={"answer": "Six semaines."})
    assert replied.status_code == 200
    async with app.state.sessions() as session:
        (told,) = await following.news(session, ident, since, "https://clausier.test")
    assert (told.summary, told.address) == (
        "L’acheteur a répondu à une question", f"https://clausier.test/sourcages/{ident}",
    )  # fmt: skip
