"""The page for elected officials: what it says, the same bytes twice, an empty basket, hostile values."""

import io
from typing import Any

import docx
import httpx
import pytest

from app.network.argument import NO_CLAUSE, NOT_COMPUTED

URL = "/api/v1/network/argumentaires"
PURCHASE: dict[str, Any] = {
    "object": "Mobilier scolaire",
    "cpv": ["39160000"],
    "launch_date": "2026-12-01",
    "nature": "supplies",
    "estimated_value": 250000,
    "procedure": "formal",
    "buyer": {"kind": "local_authority", "population": 45000},
}
ITEMS = [{"clause_id": "CEC-MOB-001"}, {"clause_id": "CEC-MOB-016"}]
COST: dict[str, Any] = {
    "period_years": 10,
    "discount_rate": 0,
    "offers": [
        {"name": "Offre A", "acquisition": 10000, "use": 500, "lifetime_years": 5},
        {"name": "Offre B", "acquisition": 14000, "use": 300},
    ],
}


async def made(client: httpx.AsyncClient, **more: Any) -> bytes:
    answer = await client.post(URL, json={"purchase": PURCHASE, "items": ITEMS, **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    return answer.content


def words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells]).replace("\u00a0", " ")


async def test_the_page_says_duty_cost_market_risk_and_decision(client: httpx.AsyncClient) -> None:
    said = words(await made(client, life_cycle_cost=COST, buyer_name="Commune de Saint-Fargeau"))
    for title in ("1. L’obligation", "2. Le coût", "3. Le marché", "4. Les risques", "5. La décision"):
        assert title in said
    assert "Loi n° 2020-105" in said
    assert "Obligatoire" in said
    assert "Vérifié" in said
    assert "Sur 10 ans, l’offre B coûte 8 000 € de moins que l’offre A" in said
    assert NOT_COMPUTED not in said
    assert "France entière : moins de 3 entreprises" in said
    assert "Ne rien faire : sans clause," in said
    assert "CEC-MOB-001 – Une source professionnelle, à vérifier" in said
    assert "Acheter une part de meubles remis en état (CEC-MOB-001)" in said


async def test_without_a_life_cycle_cost_the_page_says_that_it_is_not_computed(client: httpx.AsyncClient) -> None:
    assert NOT_COMPUTED in words(await made(client))


async def test_the_same_input_gives_the_same_bytes(client: httpx.AsyncClient) -> None:
    assert await made(client, life_cycle_cost=COST) == await made(client, life_cycle_cost=COST)


async def test_an_empty_basket_still_tells_the_duties_and_asks_for_no_decision(client: httpx.AsyncClient) -> None:
    said = words(await made(client, items=[]))
    assert NO_CLAUSE in said
    assert "Ne rien faire" in said
    assert "Approuver" not in said
    assert "entreprises" not in said


async def test_what_people_type_is_printed_as_it_is_and_breaks_nothing(client: httpx.AsyncClient) -> None:
    hostile = '<w:p/>&amp;"[x] ' + "é" * 400
    costs = {**COST, "offers": [{"name": "</w:t>[B]&", "acquisition": 1}]}
    more = {"purchase": {**PURCHASE, "object": hostile}, "buyer_name": "]]><b>", "life_cycle_cost": costs}
    said = words(await made(client, **more))
    assert '<w:p/>&amp;"[x] ééé' in said
    assert "</w:t>[B]&" in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": [{"clause_id": "CEC-MOB-999"}]},
        {"departments": ["999"]},
        {"buyer_name": "a\u0000b"},
        {"purchase": {**PURCHASE, "families": ["rien"]}},
        {"life_cycle_cost": {"period_years": 0}},
        {"more": 1},
    ],
)
async def test_what_cannot_be_read_is_refused_in_words(client: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    answer = await client.post(URL, json={"purchase": PURCHASE, "items": ITEMS, **wrong})
    assert answer.status_code == 422
    assert answer.json()["errors"]
