"""What the tests of accounts share: letters, links, codes, small steps through the doors."""

import re
import secrets
from typing import Any

import httpx
import pyotp
from sqlalchemy import select

from app.accounts.origin import CSRF_HEADER
from app.outbound.models import Mail
from tests.accounts.people import Door, sign_in

GOOD = "quatre tortues lisent dehors"


def new_email() -> str:
    return f"agent.{secrets.token_hex(6)}@exemple.test"


def state(client: httpx.AsyncClient) -> Any:
    return client._transport.app.state  # type: ignore[attr-defined]


async def letters(client: httpx.AsyncClient, email: str) -> list[Mail]:
    async with state(client).sessions() as session:
        asked = select(Mail).where(Mail.recipient == email).order_by(Mail.id)
        return list((await session.execute(asked)).scalars())


async def token_in(client: httpx.AsyncClient, email: str, place: int = -1) -> str:
    found = re.search(r"#([\w-]{20,})", (await letters(client, email))[place].body)
    assert found, "no link in the letter"
    return found[1]


def carry(door: Door, answer: httpx.Response) -> dict[str, Any]:
    """The CSRF token of the session that the answer has just opened."""
    said: dict[str, Any] = answer.json()
    door.headers[CSRF_HEADER] = said["csrf_token"]
    return said


async def new_account(client: httpx.AsyncClient, email: str = "", passphrase: str = GOOD) -> Door:
    """Somebody who has just signed up, through the doors: a weak, fresh session."""
    email = email or new_email()
    door = await sign_in(client, role="visitor")
    assert (await door.post("/api/v1/sign-up", json={"email": email})).status_code == 202
    body = {
        "token": await token_in(client, email),
        "given_name": "Anne",
        "family_name": "Martin",
        "passphrase": passphrase,
    }
    made = await door.post("/api/v1/sign-up/complete", json=body)
    assert made.status_code == 201, made.text
    said = carry(door, made)
    door.email, door.person_id = email, said["person"]["id"]
    return door


async def enter(client: httpx.AsyncClient, email: str, passphrase: str = GOOD) -> tuple[Door, httpx.Response]:
    door = await sign_in(client, role="visitor")
    answer = await door.post("/api/v1/sign-in/passphrase", json={"email": email, "passphrase": passphrase})
    if answer.status_code == 200:
        carry(door, answer)
    return door, answer


async def with_totp(door: Door) -> tuple[pyotp.TOTP, list[str]]:
    """Adds an application of codes: (the application, the recovery codes)."""
    begun = (await door.post("/api/v1/me/totp")).json()
    totp = pyotp.TOTP(begun["secret"])
    confirmed = await door.post("/api/v1/me/totp/confirm", json={"code": totp.now()})
    assert confirmed.status_code == 200, confirmed.text
    door.headers[CSRF_HEADER] = (await door.get("/api/v1/session")).json()["csrf_token"]
    return totp, confirmed.json()["codes"]
