"""Sourcing without a database: instants, the fair draw, screening, figures."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.market.rules import draw_of
from app.market.sourcing import draw, screening, synthesis
from app.market.sourcing.rules import (
    Dates,
    Stage,
    closing_of,
    is_on_time,
    level_advised,
    may_of_firm,
    pseudonym,
    stage_of,
)

CLOSES = closing_of(date(2027, 1, 15), time(18))


def test_closing_is_in_paris_to_the_second() -> None:
    assert datetime(2027, 1, 15, 17, tzinfo=UTC) == CLOSES
    assert is_on_time(CLOSES, now=CLOSES - timedelta(seconds=1))
    assert not is_on_time(CLOSES, now=CLOSES)


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (date(2027, 7, 1), time(18), datetime(2027, 7, 1, 16, tzinfo=UTC)),
        # The hour that happens twice is its second time: nobody loses an hour.
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        # The hour that never happens is moved past the gap.
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2028, 2, 29), time(23, 59, 59), datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_closing_survives_the_change_of_hour(day: date, hour: time, utc: datetime) -> None:
    assert closing_of(day, hour) == utc


def test_the_room_falls_silent_on_the_day_of_the_launch() -> None:
    dates = Dates(CLOSES - timedelta(days=20), CLOSES, date(2027, 2, 1))
    assert stage_of(dates, now=CLOSES - timedelta(seconds=1)) is Stage.OPEN
    assert stage_of(dates, now=CLOSES) is Stage.CLOSED
    midnight = datetime(2027, 1, 31, 23, tzinfo=UTC)
    assert stage_of(dates, now=midnight - timedelta(seconds=1)) is Stage.CLOSED
    assert stage_of(dates, now=midnight) is Stage.SILENT
    assert may_of_firm(Stage.SILENT, writes=True, answered=True) == []


def test_a_pseudonym_cannot_be_followed_from_one_sourcing_to_another() -> None:
    assert pseudonym("00" * 32, "999000001") == pseudonym("00" * 32, "999000001")
    assert pseudonym("00" * 32, "999000001") != pseudonym("01" * 32, "999000001")


def candidates(sizes: dict[str, int]) -> list[draw.Candidate]:
    made = [(name, n) for name, count in sizes.items() for n in range(count)]
    return [draw.Candidate(i, f"{i:09}", f"{i:09}00010", name) for i, (name, _) in enumerate(made)]


SIZES = st.dictionaries(st.sampled_from(["TPE / siège", "PME / rayon", "ETI / pays", "GE / pays"]), st.integers(1, 30))


@given(SIZES, st.integers(0, 80), st.text("0123456789abcdef", min_size=4, max_size=8))
def test_a_draw_fills_its_places_by_strata_whatever_the_order(sizes: dict[str, int], cap: int, seed: str) -> None:
    pool = candidates(sizes)
    made = draw.draw(pool, cap, seed)
    assert sum(row.told for row in made) == min(cap, len(pool))
    again = draw.draw(pool[::-1], cap, seed)
    told = {row.candidate.siret for row in made if row.told}
    assert told == {row.candidate.siret for row in again if row.told}
    for name, size in sizes.items():
        kept = [row for row in made if row.candidate.stratum == name]
        if cap >= len(sizes):
            assert any(row.told for row in kept)
        places = sum(row.told for row in kept)
        exact = min(cap, len(pool)) * size / len(pool)
        assert abs(places - exact) <= len(sizes)
        assert max((r.lot for r in kept if r.told), default=-1) < min(
            (r.lot for r in kept if not r.told), default=1 << 62
        )


def test_a_firm_of_many_sites_has_one_lot() -> None:
    sites = [draw.Candidate(n, "999000001", f"9990000010001{n}", "PME / siège") for n in range(5)]
    assert len(draw.draw(sites, None, "s")) == 1


def published(cap: int | None) -> dict[str, Any]:
    moment = datetime(2027, 1, 1, 9, 0, 0, 123456, tzinfo=UTC)
    seed = draw.seed_of("ab" * 32, moment)
    rows = draw.draw(candidates({"TPE / siège": 9, "PME / rayon": 4}), cap, seed)
    lots = [{"stratum": r.candidate.stratum, "lot": r.lot, "told": r.told} for r in rows]
    return {"seed": seed, "cap": cap, "version_sha256": "ab" * 32, "published_at": moment.isoformat(), "lots": lots}


def test_anybody_can_redo_a_published_draw() -> None:
    assert draw.faults(published(5)) == []
    assert draw.faults(published(None)) == []
    steered = published(5)
    kept, left = (next(row for row in steered["lots"] if row["told"] is told) for told in (True, False))
    kept["told"], left["told"] = False, True
    assert draw.faults(steered)
    assert draw.faults(published(5) | {"seed": "00" * 32})


def test_the_lot_of_a_firm_is_known_from_its_siret() -> None:
    row = draw.draw(candidates({"TPE / siège": 1}), 1, "graine")[0]
    assert row.lot == draw_of("00000000000010", "graine")


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez à jean@atelier-bois.fr", "SIRET 999 900 037 00010", "SIREN 999900037", "au 02 99 12 34 56",
        "au +33 6 12 34 56 78", "voir www.atelier-bois.fr", "Chez ATELIER-BOIS nous savons faire",
    ],
)  # fmt: skip
def test_what_names_a_firm_is_masked(text: str) -> None:
    shown = screening.screened(text, ["Atelier Bois SARL"])
    assert screening.MASK in shown
    for secret in ("jean", "999", "99 12", "12 34", "atelier", "ATELIER"):
        assert secret not in shown


def test_figures_and_words_that_name_nobody_stay() -> None:
    text = "Part de 30 % possible dès 2028, 12 000 chaises par an."
    assert screening.screened(text, ["Atelier Bois"]) == text


def test_a_need_that_steers_is_told() -> None:
    assert screening.steering("Les entreprises locales du département seront préférées.")
    assert not screening.steering("Nous cherchons du mobilier de bureau réemployé pour 40 postes de travail.")


QUESTIONS = [
    {"id": "q1", "text": "Part de réemploi", "clause_id": "CEC-MOB-001", "level": 2},
    {"id": "q2", "text": "?"},
]


def said(level: int = 2, feasibility: str = "as_written") -> dict[str, Any]:
    return {
        "q1": {"feasibility": feasibility, "level": level, "cost": "none", "blocker": "nothing"},
        "q2": {"text": "x"},
    }


def test_no_distribution_below_five_answers() -> None:
    four = synthesis.figures(QUESTIONS, [said()] * 4)
    assert not any(one.enough or one.distributions or one.answers for one in four)
    five = synthesis.figures(QUESTIONS, [said()] * 4 + [said(1, "if")])
    assert five[0].answers == 5
    assert dict(five[0].distributions[0].counts) == {"Faisable tel quel": 4, "Faisable sous condition": 1}
    assert five[1].distributions == ()


def test_the_market_lowers_a_level_that_it_does_not_hold() -> None:
    assert level_advised([2, 2, 2, 1], 2) is None
    assert level_advised([1, 1, 2, 0], 2) == 1
    assert level_advised([3, 3, 3], 2) == 3
    assert level_advised([1, 1], 2) is None
    told = synthesis.proposals(QUESTIONS, [said(1, "if"), said(1, "if"), said(2)])[0]
    assert (told.advised, told.reaching, told.answers) == (1, 1, 3)


def test_a_clause_is_silent_below_five_firms() -> None:
    row = {"feasibility": "if", "cost": "none", "blocker": "proof", "months": 6}
    assert synthesis.voice([row] * 4) is None
    spoken = synthesis.voice([row] * 5)
    assert spoken
    assert (spoken.firms, spoken.months, spoken.feasibility) == (5, 6, (("if", 5),))
