"""The calendar of a procedure as a buyer keeps it, and the address that calendars read it at."""

from datetime import date

import httpx
from fastapi import FastAPI
from icalendar import Calendar
from sqlalchemy import delete

from app.accounts.models import Membership
from tests.accounts.people import make_organisation, sign_in
from tests.purchases.contracts import dated, made, tag


async def test_dates_are_entered_once_and_shown_in_order(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    file = await made(door)
    empty = (await door.get(f"{file['path']}/timeline")).json()
    assert (empty["version"], empty["steps"], empty["launch"], empty["next"]) == (0, [], "2027-03-01", None)
    asked = {
        "dates": {"launch": "2027-03-01", "offers": "2027-04-12", "start": "2027-07-01"},
        "others": [{"label": "Visite de l’école", "day": "2027-03-20"}],
    }
    kept = (await door.put(f"{file['path']}/timeline", json=asked, headers=tag(0))).json()
    assert [step["label"] for step in kept["steps"]] == [
        "Lancement de la consultation", "Visite de l’école", "Remise des offres", "Début de l’exécution",
    ]  # fmt: skip
    assert (kept["start"], kept["end"], kept["version"]) == ("2027-07-01", "2029-07-01", 1)
    assert kept["next"]["label"] == "Lancement de la consultation"
    assert (await door.get(f"{file['path']}/timeline")).json() == kept


async def test_a_date_out_of_its_place_is_told_beside_it_and_nothing_is_kept(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    file = await made(door)
    asked = {"dates": {"launch": "2027-03-01", "offers": "2027-02-01"}}
    refused = await door.put(f"{file['path']}/timeline", json=asked, headers=tag(0))
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/dates/offers"]
    assert (await door.get(f"{file['path']}/timeline")).json()["version"] == 0
    for dates in ({"launch": 20270301}, {"launch": "1027-03-01"}, {"autre": "2027-03-01"}):
        answer = await door.put(f"{file['path']}/timeline", json={"dates": dates}, headers=tag(0))
        assert answer.status_code == 422, dates


async def test_two_people_do_not_overwrite_each_other(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    file = await made(door)
    await dated(door, file, launch="2027-03-01")
    answer = await door.put(f"{file['path']}/timeline", json={"dates": {"launch": "2027-05-01"}}, headers=tag(0))
    assert (answer.status_code, answer.headers["etag"]) == (412, '"1"')
    assert (await door.put(f"{file['path']}/timeline", json={"dates": {}})).status_code == 428


async def test_a_calendar_reads_the_file_at_its_secret_address_until_it_is_revoked(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    file = await made(door, "CEC-MOB-001")
    await dated(door, file, launch="2027-03-01", start="2027-07-01")
    feed = (await door.post(f"{file['path']}/feeds")).json()
    address = feed["address"].removeprefix("http://127.0.0.1:8000")
    read = await client.get(address)
    assert read.status_code == 200
    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(read.content).walk("VEVENT")
    said = [(event["SUMMARY"], event["DTSTART"].dt) for event in events]
    assert ("Lancement de la consultation", date(2027, 3, 1)) in said
    assert any(label.startswith("Contrôle") and day == date(2027, 10, 1) for label, day in said)
    first = {event["UID"] for event in events}
    later = {"dates": {"launch": "2027-03-08", "start": "2027-07-15"}}
    assert (await door.put(f"{file['path']}/timeline", json=later, headers=tag(1))).status_code == 200
    moved = Calendar.from_ical((await client.get(address)).content).walk("VEVENT")
    assert {event["UID"] for event in moved} == first
    assert (await door.get(f"{file['path']}/timeline")).json()["feeds"][0]["used_at"] is not None
    assert (await door.delete(f"{file['path']}/feeds/{feed['id']}")).status_code == 204
    assert (await client.get(address)).status_code == 404
    assert (await client.get("/api/v1/calendars/inconnu.ics")).status_code == 404


async def test_a_calendar_address_ends_with_the_file(client: httpx.AsyncClient) -> None:
    door = await sign_in(client)
    file = await made(door)
    feed = (await door.post(f"{file['path']}/feeds")).json()
    address = feed["address"].removeprefix("http://127.0.0.1:8000")
    assert (await client.get(address)).status_code == 200
    assert (await door.delete(file["path"], headers=tag(file["version"]))).status_code == 200
    assert (await client.get(address)).status_code == 404


async def test_a_calendar_address_ends_with_the_membership_of_who_made_it(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    file = await made(door)
    address = (await door.post(f"{file['path']}/feeds")).json()["address"].removeprefix("http://127.0.0.1:8000")
    assert (await client.get(address)).status_code == 200
    async with app.state.sessions() as session, session.begin():
        await session.execute(delete(Membership).where(Membership.person_id == door.person_id))
    assert (await client.get(address)).status_code == 404
