"""A tender that an organisation chooses to keep: for its members alone, read again, erased without a trace."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.documents.analysis import store
from app.documents.analysis.models import Analysis
from app.purchases.models_kept import KeptTenderDocument
from tests.accounts.people import Door, make_organisation, sign_in
from tests.documents.hostile import good, rebuilt
from tests.documents.test_analysis_api import URL, analysed
from tests.documents.test_corrections import move_on
from tests.purchases.makers import draft

PATH = "/api/v1/kept-tenders"


async def kept(
    door: Door, analysis: str, content: bytes, name: str = "CCTP.docx", key: str = "", **form: Any
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    data = {"analysis": analysis, **form}
    return await door.post(PATH, data=data, files=[("files", (name, content))], headers=headers)


async def stranger_to(client: httpx.AsyncClient) -> Door:
    return await sign_in(client, organisation=await make_organisation(client))


async def test_a_kept_tender_stays_with_its_analysis_for_its_organisation_alone(client: httpx.AsyncClient) -> None:
    door = await stranger_to(client)
    first = await analysed(client, ("CCTP.docx", good()))
    made = await kept(door, first["id"], good(), key="garder-une-fois")
    assert made.status_code == 201, made.text
    row = made.json()
    assert (row["title"], row["status"], row["may"]) == ("CCTP.docx", "done", ["analyse", "delete"])
    assert row["summary"] == first["result"]["summary"]
    assert (await kept(door, first["id"], good(), key="garder-une-fois")).json() == row
    assert [one["id"] for one in (await door.get(PATH)).json()["items"]] == [row["id"]]

    again = (await door.get(f"{URL}/{row['analysis']}")).json()
    assert (again["kept"], again["expires_at"], again["result"]) == (True, None, first["result"])
    [document] = row["documents"]
    sent = await door.get(f"{PATH}/{row['id']}/documents/{document['id']}")
    assert sent.content == good()
    assert sent.headers["content-disposition"].startswith("attachment")

    full = await analysed(client, ("CCTP.docx", good()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.purchases.kept.MOST", 1)
        assert (await kept(await stranger_to(client), full["id"], good())).status_code == 201, "each house its own many"
        full = await analysed(client, ("CCTP.docx", good()))
        assert (await kept(door, full["id"], good())).status_code == 422

    for other in (client, await stranger_to(client)):
        assert (await other.get(f"{URL}/{row['analysis']}")).status_code == 404
    stranger = await stranger_to(client)
    for method, path in (
        ("GET", f"{PATH}/{row['id']}"),
        ("DELETE", f"{PATH}/{row['id']}"),
        ("POST", f"{PATH}/{row['id']}/analysis"),
        ("GET", f"{PATH}/{row['id']}/documents/{document['id']}"),
    ):
        assert (await stranger.request(method, path)).status_code == 404, (method, path)
    assert (await stranger.get(PATH)).json()["items"] == []
    # Its address alone erases nothing.
    assert (await client.delete(f"{URL}/{row['analysis']}")).json()["type"] == "/problems/analyse-gardee"


async def test_a_visitor_and_a_firm_keep_nothing(client: httpx.AsyncClient) -> None:
    first = await analysed(client, ("CCTP.docx", good()))
    form = {"data": {"analysis": first["id"]}, "files": [("files", ("CCTP.docx", good()))]}
    assert (await client.post(PATH, **form)).status_code == 401
    assert (await (await sign_in(client, organisation="firm")).post(PATH, **form)).status_code == 403
    reader = await sign_in(client, role="reader", organisation="A")
    assert (await reader.post(PATH, **form)).status_code == 403


async def test_only_the_analysed_files_come_in_by_this_door(client: httpx.AsyncClient) -> None:
    door = await stranger_to(client)
    first = await analysed(client, ("CCTP.docx", good()))
    other = await kept(door, first["id"], rebuilt({"word/media/a.bin": b"x"}))
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/files")
    assert (await kept(door, "x" * 43, good())).status_code == 404
    strange = str((await (await stranger_to(client)).post("/api/v1/purchases", json={"draft": draft()})).json()["id"])
    assert (await kept(door, first["id"], good(), file_id=strange)).status_code == 404
    assert (await door.get(PATH)).json()["items"] == []


async def test_a_tender_bound_to_a_file_is_listed_with_it(client: httpx.AsyncClient) -> None:
    door = await stranger_to(client)
    file = (await door.post("/api/v1/purchases", json={"draft": draft(), "title": "Mobilier 2027"})).json()
    first = await analysed(client, ("CCTP.docx", good()))
    bound = (await kept(door, first["id"], good(), file_id=str(file["id"]))).json()
    alone = (await kept(door, first["id"], good())).json()
    assert (bound["file"], alone["file"]) == ({"id": file["id"], "title": "Mobilier 2027"}, None)
    assert [one["id"] for one in (await door.get(f"{PATH}?file_id={file['id']}")).json()["items"]] == [bound["id"]]
    page = (await door.get(f"{PATH}?limit=1")).json()
    assert [one["id"] for one in page["items"]] == [alone["id"]]
    after = (await door.get(f"{PATH}?limit=1&cursor={page['next']}")).json()
    assert ([one["id"] for one in after["items"]], after["next"]) == ([bound["id"]], None)


async def test_the_library_of_the_day_reads_it_again(
    client: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = await stranger_to(client)
    content = good()
    first = await analysed(client, ("CCTP.docx", content))
    row = (await kept(door, first["id"], content)).json()
    move_on(app, monkeypatch)  # a clause of the file is withdrawn meanwhile
    again = (await door.post(f"{PATH}/{row['id']}/analysis")).json()
    assert again["status"] == "done"
    assert again["analysis"] != row["analysis"]
    states = {
        one["clause_id"]: one["state"] for one in (await door.get(f"{URL}/{again['analysis']}")).json()["result"]["own"]
    }
    assert states == {"CEC-MOB-001": "withdrawn"}
    assert (await door.get(f"{URL}/{row['analysis']}")).status_code == 404
    assert (await client.get(f"{URL}/{again['analysis']}")).status_code == 404


async def test_nothing_is_left_once_it_is_erased_and_the_visitors_copy_still_expires(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    door = await stranger_to(client)
    first = await analysed(client, ("CCTP.docx", good()))
    row = (await kept(door, first["id"], good())).json()
    async with app.state.sessions() as session, session.begin():
        await store.erase_expired(session, datetime.now(UTC) + timedelta(days=2))
    assert (await door.get(f"{URL}/{first['id']}")).status_code == 404
    assert (await door.get(f"{URL}/{row['analysis']}")).status_code == 200
    assert (await door.delete(f"{PATH}/{row['id']}")).status_code == 204
    assert (await door.get(f"{PATH}/{row['id']}")).status_code == 404
    async with app.state.sessions() as session:
        documents = select(func.count()).where(KeptTenderDocument.tender_id == row["id"])
        analyses = select(func.count()).where(Analysis.secret == store.key_of(row["analysis"]))
        assert (await session.scalar(documents), await session.scalar(analyses)) == (0, 0)
