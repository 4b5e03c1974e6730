"""The law over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import Depends, FastAPI

from app.law import routes
from app.law.schemas import AssessmentOut, DutyPage, TextPage
from app.law.schemas_reference import CharterOut, TargetsOut
from app.settings import get_settings
from app.web import problems
from app.web.parameters import refuse_unknown_parameters
from tests.law.makers import LAW

API = "/api/v1"
PURCHASE: dict[str, Any] = {
    "object": "Fourniture de mobilier scolaire",
    "cpv": ["39160000-1"],
    "nature": "supplies",
    "estimated_value": 120000,
    "launch_date": "2026-12-01",
    "buyer": {"kind": "local_authority", "population": 3000},
}


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """The room alone: the law needs no database, so these tests do not wait for one."""
    app = FastAPI()
    app.state.settings = get_settings()
    problems.install(app)
    app.include_router(routes.router, dependencies=[Depends(refuse_unknown_parameters)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://clausier.test") as client:
        yield client


async def assess(client: httpx.AsyncClient, **changes: Any) -> httpx.Response:
    return await client.post(f"{API}/duties/assess", json={"purchase": {**PURCHASE, **changes}})


@pytest.mark.parametrize(
    ("path", "model"), [("duties", DutyPage), ("texts", TextPage), ("charter", CharterOut), ("targets", TargetsOut)]
)
async def test_a_reference_list_is_whole_and_has_an_etag(client: httpx.AsyncClient, path: str, model: Any) -> None:
    answer = await client.get(f"{API}/{path}")
    assert answer.status_code == 200
    model.model_validate_json(answer.content)
    again = await client.get(f"{API}/{path}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_duties_come_with_their_texts_and_their_confidence(client: httpx.AsyncClient) -> None:
    items = (await client.get(f"{API}/duties")).json()["items"]
    assert [item["code"] for item in items] == [duty.code for duty in LAW.duties]
    roads = next(item for item in items if item["code"] == "road-works-60")
    assert (roads["strength"], roads["confidence"]) == ("recommended", "to_check")
    assert [text["id"] for text in roads["texts"]] == ["ltecv-79-routes"]


async def test_a_rate_that_nobody_found_is_null(client: httpx.AsyncClient) -> None:
    targets = (await client.get(f"{API}/targets")).json()
    computers, furniture = targets["agec"][1], targets["agec"][8]
    assert computers["reuse"]["2024"] == {"value": None, "confidence": "unknown", "not_applicable": False, "note": ""}
    assert furniture["reuse"]["2024"]["value"] == 20


async def test_a_purchase_gets_its_duties_the_sure_ones_first(client: httpx.AsyncClient) -> None:
    answer = await assess(client)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    AssessmentOut.model_validate(body)
    assert body["families"] == [
        {"code": "mobilier", "label": "Mobilier", "reason": "Le code CPV\u00a039160000 relève de cette famille."}
    ]
    order = [duty["applicability"] for duty in body["duties"]]
    assert order == sorted(order, key=["applies", "depends", "not_applicable"].index)
    assert len(body["duties"]) == len(LAW.duties)


@pytest.mark.parametrize("code", ["39160000", "39160000-1", " 39 160 000 - 1 "])
async def test_a_cpv_code_is_read_with_or_without_its_key(client: httpx.AsyncClient, code: str) -> None:
    assert [f["code"] for f in (await assess(client, cpv=[code])).json()["families"]] == ["mobilier"]


@pytest.mark.parametrize("code", ["9310000", "9310000-5"])
async def test_a_cpv_code_that_lost_its_zero_gets_it_back(client: httpx.AsyncClient, code: str) -> None:
    assert [f["code"] for f in (await assess(client, cpv=[code])).json()["families"]] == ["energie-eclairage"]


async def test_a_chosen_family_wins_over_the_code(client: httpx.AsyncClient) -> None:
    families = (await assess(client, families=["textile"])).json()["families"]
    assert [(f["code"], f["reason"]) for f in families] == [("textile", "Famille que vous avez choisie.")]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"cpv": ["391"]}, "/purchase/cpv/0"),
        ({"cpv": ["39160000"] * 21}, "/purchase/cpv"),
        ({"estimated_value": -1}, "/purchase/estimated_value"),
        ({"estimated_value": 1e17}, "/purchase/estimated_value"),
        ({"launch_date": "2018-12-31"}, "/purchase/launch_date"),
        ({"launch_date": "2041-01-01"}, "/purchase/launch_date"),
        ({"launch_date": "demain"}, "/purchase/launch_date"),
        ({"object": "ab"}, "/purchase/object"),
        ({"object": "x" * 501}, "/purchase/object"),
        ({"object": "mobilier\u0000"}, "/purchase/object"),
        ({"buyer": {"kind": "king"}}, "/purchase/buyer/kind"),
        ({"buyer": {"population": -5}}, "/purchase/buyer/population"),
        ({"families": ["licornes"]}, "/purchase/families/0"),
        ({"surprise": 1}, "/purchase/surprise"),
    ],
)
async def test_a_wrong_field_is_said_in_french_with_its_place(
    client: httpx.AsyncClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = await assess(client, **changes)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    errors = answer.json()["errors"]
    assert [error["pointer"] for error in errors] == [pointer]
    assert errors[0]["detail"].endswith(".")
    assert "Input should" not in errors[0]["detail"]


@pytest.mark.parametrize("date", ["2019-01-01", "2040-12-31"])
async def test_the_bounds_themselves_are_admitted(client: httpx.AsyncClient, date: str) -> None:
    assert (await assess(client, launch_date=date, estimated_value=1e12)).status_code == 200


async def test_an_unknown_parameter_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{API}/duties?strenght=binding")).status_code == 400
