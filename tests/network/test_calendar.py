"""Events with seats and a waiting list, their calendar files; funding schemes with their dates and eco-conditions."""

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar
from sqlalchemy import select

from app.accounts.sessions import now
from app.network import rules
from app.network.rules import Place
from app.outbound.models import Mail
from tests.accounts.people import Door, make_organisation, sign_in

EVENTS, SCHEMES = "/api/v1/network/events", "/api/v1/network/schemes"


def event(**changes: Any) -> dict[str, Any]:
    start = now() + timedelta(days=10)
    body = {"title": "Visite d’une ressourcerie", "text": "Rendez-vous à l’entrée du site.", "place": "Lyon 7e"}
    dates = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=2)).isoformat()}
    return body | dates | {"capacity": 1} | changes


async def somebody(client: httpx.AsyncClient, name: str) -> Door:
    return await sign_in(client, organisation=await make_organisation(client), name=name)


async def announced(door: Door, **changes: Any) -> dict[str, Any]:
    answer = await door.post(EVENTS, json=event(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_the_waiting_list_moves_up_when_somebody_leaves_and_they_are_told(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    host, first, second = [await somebody(client, name) for name in ("Host", "Uno", "Due")]
    row = await announced(host, title="Une place, deux personnes")
    address = f"{EVENTS}/{row['id']}/registration"
    assert (await first.put(address)).json()["mine"] == "seated"
    assert (await first.put(address)).json()["seated"] == 1
    assert (await second.put(address)).json()["mine"] == "waiting"
    people = (await host.get(f"{EVENTS}/{row['id']}/attendees")).json()
    assert [len(people["seated"]), len(people["waiting"])] == [1, 1]
    assert (await first.get(f"{EVENTS}/{row['id']}/attendees")).status_code == 403
    await first.delete(address)
    assert (await second.get(f"{EVENTS}/{row['id']}")).json()["mine"] == "seated"
    async with app.state.sessions() as session:
        told = list(await session.scalars(select(Mail.recipient).where(Mail.body.contains("Une place, deux"))))
    assert told == [second.email]


async def test_an_erased_account_leaves_its_seat_to_the_next(client: httpx.AsyncClient) -> None:
    host, first, second = [await somebody(client, name) for name in ("Hote", "Prima", "Seconda")]
    address = f"{EVENTS}/{(await announced(host))['id']}"
    assert (await first.put(f"{address}/registration")).json()["mine"] == "seated"
    assert (await second.put(f"{address}/registration")).json()["mine"] == "waiting"
    assert (await first.post("/api/v1/me/erasure", json={"email": first.email})).status_code == 200
    assert (await second.get(address)).json()["mine"] == "seated"
    people = (await host.get(f"{address}/attendees")).json()
    assert [len(people["seated"]), len(people["waiting"])] == [1, 0]


async def test_a_cancelled_event_tells_its_reason_stays_in_the_feed_as_cancelled_and_takes_nobody(
    client: httpx.AsyncClient,
) -> None:
    host, guest = await somebody(client, "Host"), await somebody(client, "Guest")
    row = await announced(host)
    address = f"{EVENTS}/{row['id']}"
    match = {"If-Match": f'"{row["version"]}"'}
    said = {"reason": "Salle indisponible."}
    assert (await guest.post(f"{address}/cancellation", json=said, headers=match)).status_code == 403
    gone = await host.post(f"{address}/cancellation", json=said, headers=match)
    assert (gone.json()["cancelled"], gone.json()["reason"]) == (True, "Salle indisponible.")
    assert (await guest.put(f"{address}/registration")).json()["type"] == "/problems/evenement-clos"
    for source in (f"{address}/calendar.ics", f"{EVENTS}/calendar.ics"):
        feed = Calendar.from_ical((await client.get(source)).content)
        ours = [one for one in feed.walk("VEVENT") if one["uid"] == f"evenement-{row['id']}@clausier"]
        assert [str(one["status"]) for one in ours] == ["CANCELLED"]


@pytest.mark.parametrize(
    "changes",
    [{"starts_at": "2020-01-01T10:00:00Z"}, {"ends_at": "2020-01-01T10:00:00Z"}, {"space": "lune"}, {"capacity": 0}],
)
async def test_an_impossible_event_is_refused(client: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    host = await somebody(client, "Host")
    assert (await host.post(EVENTS, json=event(**changes))).status_code == 422


async def test_a_firm_or_a_visitor_announces_nothing(client: httpx.AsyncClient) -> None:
    assert (await client.post(EVENTS, json=event())).status_code == 401
    assert (await (await sign_in(client, organisation="firm")).post(EVENTS, json=event())).status_code == 403


async def test_pages_of_events_follow_one_another_without_a_gap(client: httpx.AsyncClient) -> None:
    host = await somebody(client, "Host")
    made = [(await announced(host))["id"] for _ in range(3)]
    seen, address = [], f"{EVENTS}?limit=1"
    while address:
        page = (await client.get(address)).json()
        seen += [one["id"] for one in page["items"]]
        address = f"{EVENTS}?limit=1&cursor={page['next']}" if page["next"] else ""
    assert set(made) <= set(seen)
    assert len(seen) == len(set(seen))


def scheme(**changes: Any) -> dict[str, Any]:
    text = "Texte de démonstration, sans valeur."
    return {"kind": "call", "title": "Aide fictive", "text": text, "eligibility": text, "fictitious": True} | changes


async def test_a_funder_publishes_eco_conditions_of_the_library_and_no_other_clause(client: httpx.AsyncClient) -> None:
    funder = await somebody(client, "Funder")
    page = (await client.get("/api/v1/clauses?family=financement-public&limit=1")).json()
    ident = page["items"][0]["id"]
    refused = await funder.post(SCHEMES, json=scheme(clauses=["CEC-MOB-001"]))
    assert refused.json()["errors"][0]["pointer"] == "/clauses/0"
    made = await funder.post(SCHEMES, json=scheme(clauses=[ident], closes_on="2020-01-01"))
    assert made.status_code == 201, made.text
    row = made.json()
    assert (row["state"], row["fictitious"], [one["id"] for one in row["clauses"]]) == ("closed", True, [ident])
    listed = (await client.get(f"{SCHEMES}?state=closed")).json()["items"]
    assert row["id"] in [one["id"] for one in listed]
    other = await somebody(client, "Other")
    match = {"If-Match": f'"{row["version"]}"'}
    assert (await other.delete(f"{SCHEMES}/{row['id']}", headers=match)).status_code == 403
    assert (await funder.delete(f"{SCHEMES}/{row['id']}", headers=match)).status_code == 200
    assert (await client.get(f"{SCHEMES}/{row['id']}")).status_code == 404


async def test_schemes_are_found_by_kind_words_and_condition_the_next_deadline_first(client: httpx.AsyncClient) -> None:
    funder = await somebody(client, "Funder")
    ident = (await client.get("/api/v1/clauses?family=financement-public&limit=1")).json()["items"][0]["id"]
    days = {"Sans clôture": None, "Tardive": "2098-12-31", "Proche": "2097-01-15"}
    for title, day in days.items():
        body = scheme(kind="ami", title=f"{title} zostere", closes_on=day, clauses=[ident] if day else [])
        assert (await funder.post(SCHEMES, json=body)).status_code == 201
    query = f"{SCHEMES}?state=open&kind=ami&q=zostere&limit=1"
    seen, address = [], query
    while address:
        page = (await client.get(address)).json()
        seen += [one["title"].removesuffix(" zostere") for one in page["items"]]
        address = f"{query}&cursor={page['next']}" if page["next"] else ""
    assert seen == ["Proche", "Tardive", "Sans clôture"]
    assert (await client.get(f"{SCHEMES}?kind=aid&q=zostere")).json()["items"] == []
    both = (await client.get(f"{SCHEMES}?clause={ident}&q=zostere")).json()["items"]
    assert [one["title"] for one in both] == ["Proche zostere", "Tardive zostere"]
    assert (await client.get(f"{SCHEMES}?q=zostere&cursor=zzz")).status_code == 400


async def test_an_aid_is_changed_by_its_funder_alone_from_the_version_read(client: httpx.AsyncClient) -> None:
    funder, other = await somebody(client, "Funder"), await somebody(client, "Other")
    row = (await funder.post(SCHEMES, json=scheme(title="Aide à prolonger"))).json()
    address, later = f"{SCHEMES}/{row['id']}", scheme(title="Aide prolongée", closes_on="2099-01-31")
    match = {"If-Match": f'"{row["version"]}"'}
    assert (await other.put(address, json=later, headers=match)).status_code == 403
    assert (await funder.put(address, json=later)).status_code == 428
    changed = await funder.put(address, json=later, headers=match)
    assert (changed.status_code, changed.json()["closes_on"]) == (200, "2099-01-31")
    assert (await funder.put(address, json=later, headers=match)).status_code == 412


async def test_a_deadline_goes_in_a_calendar_with_a_reminder(client: httpx.AsyncClient) -> None:
    funder = await somebody(client, "Funder")
    body = scheme(title="Aide aux agendas", opens_on="2097-02-01", closes_on="2097-03-31")
    made = (await funder.post(SCHEMES, json=body)).json()
    answer = await client.get(f"{SCHEMES}/{made['id']}/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    days = {str(one["summary"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert days["Ouverture : Aide aux agendas (exemple fictif)"].decoded("dtstart") == date(2097, 2, 1)
    closing = days["Clôture : Aide aux agendas (exemple fictif)"]
    assert (closing.decoded("dtstart"), closing.decoded("dtend")) == (date(2097, 3, 31), date(2097, 4, 1))
    assert closing.walk("VALARM")[0].decoded("trigger").days == -7
    feed = await client.get(f"{SCHEMES}/calendar.ics")
    assert f"aide-{made['id']}-fin@clausier" in feed.text
    assert (await client.get(f"{SCHEMES}/999999/calendar.ics")).status_code == 404


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://exemple.test", "https://a b"])
async def test_a_link_that_is_not_https_is_refused(client: httpx.AsyncClient, link: str) -> None:
    funder = await somebody(client, "Funder")
    assert (await funder.post(SCHEMES, json=scheme(link=link))).status_code == 422


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-01-31", "coming"), ("2026-02-01", "open"), ("2026-03-01", "open"), ("2026-03-02", "closed")],
)
def test_a_scheme_is_open_from_its_first_to_its_last_day(today: str, state: str) -> None:
    assert rules.scheme_state(date(2026, 2, 1), date(2026, 3, 1), date.fromisoformat(today)) == state


def test_seats_go_in_the_order_of_the_list() -> None:
    assert rules.place_for(2, 2) is Place.WAITING
    assert rules.promoted(3, 1, [7, 8, 9]) == [7, 8]
    assert rules.promoted(None, 1, [7, 8]) == [7, 8]
