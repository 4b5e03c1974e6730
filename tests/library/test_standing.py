"""The level of a clause falls by itself on the day when the law asks for as much."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import httpx
import pytest

from app.law.catalogue import load_law
from app.law.facts import Law
from app.law.vocabulary import Confidence
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.library.standing import on_day, standing_of
from app.settings import ROOT
from tests.library.test_collection import record

LAW = load_law(ROOT / "clauses")
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
TEXTILE = "CEC-TEX-001"
"""15 % of second-hand linen; decree 2024-134 asks for 8 % until 2026 and for 15 % from 2027."""


def at(level: int, asked: int, written: int | None = 8) -> ClauseRecord:
    """A clause on second-hand linen, written for another figure."""
    model = record(TEXTILE)
    variables = {
        "part_seconde_main": model.variables["part_seconde_main"].model_copy(update={"default": Decimal(asked)})
    }
    baseline = model.baseline.model_copy(update={"value": None if written is None else Decimal(written)})
    gain = model.gain.model_copy(update={"degree": "real"})
    return model.model_copy(
        update={"level": level, "variables": model.variables | variables, "baseline": baseline, "gain": gain}
    )


def test_the_day_before_the_law_rises_the_clause_still_asks_for_more() -> None:
    found = standing_of(record(TEXTILE), LAW, BEFORE)
    assert (found.recalls_law, found.level, found.degree) == (False, 1, "small")
    assert (found.asked, found.required) == (15, 8)
    assert (found.next_on, found.next_required) == (AFTER, 15)


def test_from_that_day_it_only_restates_the_law() -> None:
    found = standing_of(record(TEXTILE), LAW, AFTER)
    assert (found.recalls_law, found.level, found.since, found.required) == (True, 1, AFTER, 15)
    assert found.reason == (
        "Depuis le 1ᵉʳ\u00a0janvier 2027, la loi fixe déjà 15\u00a0%, la clause 15\u00a0%. "
        "Elle ne fait que rappeler la loi."
    )


def test_a_buyer_who_asks_for_more_than_the_law_keeps_the_gain() -> None:
    assert standing_of(record(TEXTILE), LAW, AFTER, {"part_seconde_main": 16}).recalls_law is False
    assert standing_of(record(TEXTILE), LAW, BEFORE, {"part_seconde_main": 8}).recalls_law is True


@pytest.mark.parametrize(("level", "fallen"), [(3, 2), (2, 1), (1, 1)])
def test_a_rise_that_does_not_reach_the_clause_takes_one_rung(level: int, fallen: int) -> None:
    assert standing_of(at(level, 20), LAW, BEFORE).level == level
    found = standing_of(at(level, 20), LAW, AFTER)
    assert (found.level, found.degree, found.fallen) == (fallen, "small", True)


def test_a_rate_that_nobody_verified_lowers_nothing() -> None:
    """Furniture: the rates of 2027 and of 2030 were not found."""
    found = standing_of(record("CEC-MOB-002"), LAW, date(2031, 1, 1))
    assert (found.fallen, found.asked, found.required) == (False, 30, 20)


def with_duty(confidence: str) -> tuple[ClauseRecord, Law]:
    model = record("CEC-BAT-018")
    baseline = model.baseline.model_copy(update={"overtaken_by": "biobased-construction-25"})
    duties = tuple(
        replace(d, confidence=Confidence(confidence)) if d.code == "biobased-construction-25" else d for d in LAW.duties
    )
    return model.model_copy(update={"baseline": baseline}), replace(LAW, duties=duties)


@pytest.mark.parametrize(
    ("confidence", "today", "recalls"),
    [
        ("verified", date(2029, 12, 31), False),
        ("verified", date(2030, 1, 1), True),
        ("to_check", date(2030, 1, 1), False),
    ],
)
def test_a_duty_that_comes_into_force_overtakes_the_clause(confidence: str, today: date, *, recalls: bool) -> None:
    model, law = with_duty(confidence)
    assert standing_of(model, law, today).recalls_law is recalls


def test_the_library_shows_the_level_of_the_day_and_keeps_what_is_written() -> None:
    clause = PublishedClause(at(3, 20), 1, "", datetime(2026, 11, 24, tzinfo=UTC))
    fallen = on_day(clause, LAW, AFTER)
    assert (fallen.record.level, fallen.as_written.level) == (2, 3)
    assert on_day(fallen, LAW, BEFORE).record.level == 3


def body(launch: date) -> dict[str, object]:
    return {
        "object": "Linge", "cpv": ["39518000"], "nature": "supplies", "estimated_value": 120000,
        "launch_date": launch.isoformat(), "buyer": {"kind": "local_authority"},
    }  # fmt: skip


@pytest.mark.parametrize(("launch", "gain"), [(BEFORE, "small"), (AFTER, "none")])
async def test_the_recommendation_weighs_the_clause_on_the_day_of_the_launch(
    client: httpx.AsyncClient, launch: date, gain: str
) -> None:
    found = (await client.post("/api/v1/recommendations", json={"purchase": body(launch)})).json()
    assert [i["clause"]["gain"] for i in found["items"] if i["clause"]["id"] == TEXTILE] == [gain]


@pytest.mark.parametrize(("launch", "covered"), [(BEFORE, True), (AFTER, False)])
async def test_the_check_counts_it_until_the_law_has_caught_up(
    client: httpx.AsyncClient, launch: date, *, covered: bool
) -> None:
    asked = {"purchase": body(launch), "items": [{"clause_id": TEXTILE}]}
    findings = (await client.post("/api/v1/check", json=asked)).json()["findings"]
    [duty] = [f for f in findings if f["rule"] == "R-ENV-EXEC"]
    assert (duty["status"] == "covered") is covered


async def test_the_clause_answers_its_standing_on_any_day(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"/api/v1/clauses/{TEXTILE}")).json()
    assert page["standing"]["next_on"] == "2027-01-01"
    assert page["review_overdue"] is False
    on = (await client.get(f"/api/v1/clauses/{TEXTILE}/standing?on=2027-01-01")).json()
    assert (on["recalls_law"], on["since"], on["required"]) == (True, "2027-01-01", 15)
    assert (await client.get("/api/v1/clauses/CEC-XXX-999/standing")).status_code == 404
