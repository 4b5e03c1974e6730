"""« 2 clauses ont changé » by mail: once for each change, one letter for all the files of a day, and one may refuse."""

import httpx
import pytest

from app.accounts.models import Membership
from app.accounts.rules import Role
from app.purchases import change_letters, progress
from app.purchases.progress import Change
from tests.accounts.people import Door, make_organisation, sign_in
from tests.accounts.post import letters, state
from tests.purchases.makers import draft, item


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The clauses that the library has in a second version: the real ones are all in their first."""
    found: set[str] = set()
    real = progress.changes_of

    def changes_of(held: dict, manifest: list) -> tuple[Change, ...]:  # type: ignore[type-arg]
        said = [
            Change(one["clauseId"], "Une clause", 1, 2, withdrawn=False, places=("file",), reason="Relue")
            for one in held["items"]
            if one["clauseId"] in found
        ]
        return (*real(held, manifest), *said)

    monkeypatch.setattr(change_letters, "changes_of", changes_of)
    return found


async def _tell(client: httpx.AsyncClient) -> None:
    async with state(client).sessions() as session, session.begin():
        await change_letters.tell(session, state(client).settings)


async def _file(door: Door, *clauses: str) -> int:
    made = await door.post("/api/v1/purchases", json={"draft": draft(items=[item(one) for one in clauses])})
    return int(made.json()["id"])


async def test_each_change_is_told_once_in_one_letter_for_all_files(client: httpx.AsyncClient, moved: set[str]) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    files = [await _file(door, "CEC-MOB-005", "CEC-MOB-006"), await _file(door, "CEC-MOB-005")]
    await _tell(client)
    assert await letters(client, door.email) == []
    moved |= {"CEC-MOB-005", "CEC-MOB-006"}
    for _ in range(2):
        await _tell(client)
    (told,) = await letters(client, door.email)
    assert told.subject == "3 clauses ont changé dans 2 dossiers"
    assert "2 clauses ont changé. Comparer" in told.body
    assert all(f"/dossiers/{ident}/changements" in told.body for ident in files)


async def test_who_refused_or_left_is_told_nothing_and_may_change_their_mind(
    client: httpx.AsyncClient, moved: set[str]
) -> None:
    organisation = await make_organisation(client)
    door = await sign_in(client, organisation=organisation)
    gone = await sign_in(client, organisation=organisation, name="parti")
    await _file(door, "CEC-MOB-005")
    await _file(gone, "CEC-MOB-005")
    url = "/api/v1/me/notices"
    assert (await door.put(url, json={"paces": {"file": "none"}})).status_code == 200
    await gone.delete(f"/api/v1/organisations/{organisation.id}/members/{gone.person_id}")
    async with state(client).sessions() as session, session.begin():
        elsewhere = await make_organisation(client)
        session.add(Membership(person_id=gone.person_id, organisation_id=elsewhere.id, role=Role.WRITER, version=1))
    moved.add("CEC-MOB-005")
    await _tell(client)
    assert await letters(client, door.email) == await letters(client, gone.email) == []
    await door.put(url, json={"paces": {"file": "immediate"}})
    moved.add("CEC-MOB-006")
    await _file(door, "CEC-MOB-006")
    await _tell(client)
    assert [one.subject for one in await letters(client, door.email)] == [
        "1 clause a changé dans « Mobilier scolaire »"
    ]
