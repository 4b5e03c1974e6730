"""Local accounts: made by mail, opened by a passphrase then a code, recovered without telling who exists."""

from datetime import timedelta

import httpx
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.accounts.models import Person
from app.accounts.models_access import OneTimeLink, RecoveryCode, Totp, UserSession
from app.accounts.passphrases import fault_of
from app.accounts.sessions import now
from app.accounts.weak import FILE, WIDTH
from tests.accounts.people import sign_in
from tests.accounts.post import GOOD, carry, enter, letters, new_account, new_email, state, token_in, with_totp


async def test_an_account_is_made_with_the_link_of_a_letter_and_opens_a_session(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    said = (await door.get("/api/v1/session")).json()
    assert (said["person"]["given_name"], said["strong"], said["organisation"]) == ("Anne", False, None)
    _, again = await enter(client, door.email)
    assert (again.status_code, again.json()["awaits"]) == (200, "")


async def test_a_known_address_answers_the_same_and_tells_its_owner(client: httpx.AsyncClient) -> None:
    door, stranger = await new_account(client), await sign_in(client, role="visitor")
    known = await stranger.post("/api/v1/sign-up", json={"email": door.email})
    other = await stranger.post("/api/v1/sign-up", json={"email": new_email()})
    assert (known.status_code, known.content) == (other.status_code, other.content)
    assert "déjà un compte" in (await letters(client, door.email))[-1].subject


async def test_a_link_serves_once_and_for_a_time(client: httpx.AsyncClient) -> None:
    email, door = new_email(), await sign_in(client, role="visitor")
    await door.post("/api/v1/sign-up", json={"email": email})
    token = await token_in(client, email)
    body = {"token": token, "given_name": "A", "family_name": "B", "passphrase": GOOD}
    assert (await door.post("/api/v1/sign-up/complete", json=body)).status_code == 201
    again = await door.post("/api/v1/sign-up/complete", json=body)
    assert (again.status_code, again.json()["type"]) == (410, "/problems/lien")
    late = new_email()
    await door.post("/api/v1/sign-up", json={"email": late})
    async with state(client).sessions() as session, session.begin():
        past = update(OneTimeLink).where(OneTimeLink.email == late).values(expires_at=now())
        await session.execute(past)
    body["token"] = await token_in(client, late)
    assert (await door.post("/api/v1/sign-up/complete", json=body)).status_code == 410


@pytest.mark.parametrize(
    "passphrase",
    [
        "trop court 14c",
        "123456789012345",
        "motdepassemotdepasse",
        "abcabcabcabcabcabc",
        "azertyuiopqsdfgh",
        "Anne Martin !!!",
    ],
)
async def test_an_easily_guessed_passphrase_is_refused_beside_its_field(
    client: httpx.AsyncClient, passphrase: str
) -> None:
    email, door = new_email(), await sign_in(client, role="visitor")
    await door.post("/api/v1/sign-up", json={"email": email})
    body = {"token": await token_in(client, email), "given_name": "Anne", "family_name": "Martin"}
    refused = await door.post("/api/v1/sign-up/complete", json={**body, "passphrase": passphrase})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/passphrase")
    # Nothing is lost: the same link still serves.
    kept = await door.post("/api/v1/sign-up/complete", json={**body, "passphrase": GOOD})
    assert kept.status_code == 201


@given(
    st.text(
        alphabet=st.characters(categories=["L"]),
        min_size=15,
        max_size=64,
    )
)
def test_no_composition_is_asked(text: str) -> None:
    assert "chiffre" not in fault_of(text)
    assert "majuscule" not in fault_of(text)


@pytest.mark.parametrize("passphrase", ["1357924680135792", "un deux trois quatre", "ÉÈÀÇ ñandú кошка 猫猫"])
def test_length_is_enough(passphrase: str) -> None:
    assert fault_of(passphrase, ["anne", "martin"]) == ""


def test_the_shipped_list_is_as_long_as_promised() -> None:
    assert FILE.stat().st_size // WIDTH >= 3000


async def test_a_wrong_passphrase_and_an_unknown_address_answer_the_same(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    _, wrong = await enter(client, door.email, "une autre phrase de passe")
    _, unknown = await enter(client, new_email(), "une autre phrase de passe")
    told = [{**answer.json(), "trace_id": ""} for answer in (wrong, unknown)]
    assert (wrong.status_code, unknown.status_code, told[0]) == (401, 401, told[1])
    assert "set-cookie" not in wrong.headers


async def test_the_eleventh_try_waits_and_others_do_not(client: httpx.AsyncClient) -> None:
    victim, other = await new_account(client), await new_account(client)
    door = await sign_in(client, role="visitor")
    body = {"email": victim.email, "passphrase": "une autre phrase de passe"}
    tries = [await door.post("/api/v1/sign-in/passphrase", json=body) for _ in range(11)]
    assert [answer.status_code for answer in tries] == [401] * 10 + [429]
    assert 1 <= int(tries[-1].headers["Retry-After"]) <= 300
    # The right passphrase waits too, from anywhere; another account does not.
    assert (await enter(client, victim.email))[1].status_code == 429
    assert (await enter(client, other.email))[1].status_code == 200


async def test_another_site_signs_nobody_in(client: httpx.AsyncClient) -> None:
    account = await new_account(client)
    for headers in ({"Origin": "https://ailleurs.test"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}):
        door = await sign_in(client, role="visitor")
        body = {"email": account.email, "passphrase": GOOD}
        answer = await door.post("/api/v1/sign-in/passphrase", json=body, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/origine")


async def test_a_code_is_asked_after_the_passphrase_and_serves_once(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    totp, _ = await with_totp(door)
    assert (await door.get("/api/v1/session")).json()["strong"] is True
    entering, answer = await enter(client, door.email)
    assert (answer.json()["awaits"], answer.json()["person"]) == ("second_factor", None)
    assert (await entering.get("/api/v1/session")).json()["awaits"] == "second_factor"
    assert (await entering.get("/api/v1/me")).status_code == 401
    with time_machine.travel(now() + timedelta(seconds=31)):
        code = totp.now()
        entered = await entering.post("/api/v1/sign-in/second-factor", json={"code": code})
        assert (entered.status_code, entered.json()["strong"]) == (200, True)
        again, _ = await enter(client, door.email)
        replayed = await again.post("/api/v1/sign-in/second-factor", json={"code": code})
        assert (replayed.status_code, replayed.json()["type"]) == (422, "/problems/code")


async def test_a_fixed_cookie_opens_nothing_after_the_sign_in(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    totp, _ = await with_totp(door)
    entering, _ = await enter(client, door.email)
    before = entering.cookies["session"]
    with time_machine.travel(now() + timedelta(seconds=31)):
        await entering.post("/api/v1/sign-in/second-factor", json={"code": totp.now()})
    thief = await sign_in(client, role="visitor")
    thief.cookies.set("session", before)
    assert entering.cookies["session"] != before
    assert (await thief.get("/api/v1/session")).json()["person"] is None


async def test_codes_are_counted(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    await with_totp(door)
    entering, _ = await enter(client, door.email)
    tries = [await entering.post("/api/v1/sign-in/second-factor", json={"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in tries] == [422, 422, 422, 422, 429]


async def test_a_recovery_code_opens_once(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    _, codes = await with_totp(door)
    assert len(set(codes)) == 10
    for expected in (200, 422):
        entering, _ = await enter(client, door.email)
        answer = await entering.post("/api/v1/sign-in/second-factor", json={"code": codes[0].upper()})
        assert answer.status_code == expected
    security = (await door.get("/api/v1/me/security")).json()
    assert security["recovery_codes_left"] == 9


async def test_the_database_holds_no_secret_in_clear(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    begun = (await door.post("/api/v1/me/totp")).json()
    async with state(client).sessions() as session:
        totp = await session.get(Totp, door.person_id)
        person = await session.get(Person, door.person_id)
        opened = (await session.scalars(select(UserSession).where(UserSession.person_id == door.person_id))).all()
        codes = (await session.scalars(select(RecoveryCode).where(RecoveryCode.person_id == door.person_id))).all()
    assert begun["secret"] not in totp.sealed_secret
    assert person.password_hash.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert door.cookies["session"] not in {row.token_hash for row in opened}
    assert codes == []


async def test_a_forgotten_passphrase_is_chosen_again_and_closes_every_session(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    await with_totp(door)
    stranger = await sign_in(client, role="visitor")
    known = await stranger.post("/api/v1/passphrase/reset", json={"email": door.email})
    unknown = await stranger.post("/api/v1/passphrase/reset", json={"email": new_email()})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    body = {"token": await token_in(client, door.email), "passphrase": "cinq girafes nagent vite"}
    answer = await stranger.post("/api/v1/passphrase/reset/complete", json=body)
    # The reset does not replace the second factor.
    assert (answer.status_code, answer.json()["awaits"]) == (200, "second_factor")
    assert (await door.get("/api/v1/session")).json()["person"] is None
    assert (await enter(client, door.email))[1].status_code == 401
    assert (await enter(client, door.email, "cinq girafes nagent vite"))[1].status_code == 200


async def test_identity_is_proved_again_by_passphrase_or_code(client: httpx.AsyncClient) -> None:
    door = await new_account(client)
    async with state(client).sessions() as session, session.begin():
        mine = UserSession.person_id == door.person_id
        await session.execute(update(UserSession).where(mine).values(proved_at=now() - timedelta(minutes=16)))
    assert (await door.post("/api/v1/me/totp")).json()["type"] == "/problems/reauthentification"
    wrong = await door.post("/api/v1/session/proof", json={"passphrase": "une autre phrase de passe"})
    assert wrong.status_code == 401
    before = door.cookies["session"]
    proved = await door.post("/api/v1/session/proof", json={"passphrase": GOOD})
    carry(door, proved)
    assert (proved.status_code, door.cookies["session"] != before) == (200, True)
    assert (await door.post("/api/v1/me/totp")).status_code == 201
