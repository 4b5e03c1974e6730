"""Contracts to follow, for the tests of their calendar and of their controls."""

from typing import Any

from tests.accounts.people import Door
from tests.purchases.makers import draft, item


async def made(door: Door, *clauses: str, **changes: Any) -> dict[str, Any]:
    asked = {"draft": draft(items=[item(ident) for ident in clauses], **changes)}
    answer = await door.post("/api/v1/purchases", json=asked)
    assert answer.status_code == 201, answer.text
    return {"path": f"/api/v1/purchases/{answer.json()['id']}", **answer.json()}


def tag(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


async def dated(door: Door, file: dict[str, Any], **dates: str) -> dict[str, Any]:
    answer = await door.put(f"{file['path']}/timeline", json={"dates": dates}, headers=tag(0))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
