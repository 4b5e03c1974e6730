from typing import Any

import httpx

from app.purchases.checking import basket_clauses
from tests.documents.made import chosen, records

PURCHASE = {
    "object": "Fourniture de mobilier scolaire",
    "cpv": ["39160000"],
    "estimated_value": 120000,
    "procedure": "adapted",
}
Findings = dict[str, dict[str, Any]]


async def check(client: httpx.AsyncClient, launch: str, *items: dict[str, Any]) -> Findings:
    asked = {"purchase": PURCHASE | {"launch_date": launch}, "items": list(items)}
    answer = await client.post("/api/v1/check", json=asked)
    assert answer.status_code == 200, answer.text
    return {finding["rule"]: finding for finding in answer.json()["findings"]}


async def test_an_empty_basket_is_blocked_since_august_2026_and_not_before(client: httpx.AsyncClient) -> None:
    assert (await check(client, "2026-09-01"))["R-ENV-EXEC"]["severity"] == "blocking"
    assert (await check(client, "2026-07-01"))["R-ENV-EXEC"]["severity"] != "blocking"


async def test_a_performance_condition_and_a_criterion_cover_the_two_duties(client: httpx.AsyncClient) -> None:
    items = [{"clause_id": "CEC-MOB-005"}, {"clause_id": "CEC-MOB-006", "weight": 20}]
    found = await check(client, "2026-12-01", *items)
    assert found["R-ENV-EXEC"]["status"] == "covered"
    assert found["R-ENV-CRIT"]["status"] == "covered"
    assert "CEC-MOB-006" in found["R-ENV-CRIT"]["clauses"]


async def test_an_unknown_clause_is_named(client: httpx.AsyncClient) -> None:
    asked = {"purchase": PURCHASE | {"launch_date": "2026-12-01"}, "items": [{"clause_id": "CEC-XXX-999"}]}
    answer = await client.post("/api/v1/check", json=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/items/0/clause_id", "detail": "La clause CEC-XXX-999 n’existe pas dans cette version."}
    ]


async def test_an_empty_value_does_not_stop_the_check(client: httpx.AsyncClient) -> None:
    found = await check(client, "2026-12-01", {"clause_id": "CEC-MOB-001", "values": {"part_reemploi": None}})
    assert found["R-ENV-EXEC"]["status"] == "covered"


def test_the_text_that_is_checked_holds_the_values() -> None:
    clause = chosen(records()["CEC-MOB-001"], shown={"part_reemploi": "35\u00a0%", "penalite_par_point": None})
    [found] = basket_clauses(clause)
    text = found.text
    assert "35\u00a0%" in text
    assert "[pénalité par point de pourcentage manquant : à compléter]" in text
    assert "{{" not in text
