"""The dates of a procedure keep their order; what only looks strange is a remark, never a refusal."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.purchases.timeline import Milestone, conflicts, end_of_contract, next_step, remarks, steps

LAUNCH, QUESTIONS, OFFERS, START, END = (
    Milestone.LAUNCH, Milestone.QUESTIONS, Milestone.OFFERS, Milestone.START, Milestone.END,
)  # fmt: skip


def test_a_step_before_the_one_that_it_follows_is_told_once_beside_it() -> None:
    found = conflicts({LAUNCH: date(2026, 3, 1), QUESTIONS: date(2026, 4, 20), OFFERS: date(2026, 4, 10)})
    assert [(one.milestone, one.sentence) for one in found] == [
        (OFFERS, "« Remise des offres » (10/04/2026) précède « Fin des questions des candidats » (20/04/2026).")
    ]


def test_two_steps_may_share_a_day_but_a_contract_lasts() -> None:
    same = date(2026, 9, 1)
    assert conflicts({LAUNCH: same, QUESTIONS: same, START: same}) == []
    assert [one.milestone for one in conflicts({START: same, END: same})] == [END]


@given(st.dictionaries(st.sampled_from(Milestone), st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=8))
def test_dates_conflict_exactly_when_they_are_out_of_order(dates: dict[Milestone, date]) -> None:
    ordered = [dates[step] for step in Milestone if step in dates]
    same_day = START in dates and dates[START] == dates.get(END)
    assert bool(conflicts(dates)) == (ordered != sorted(ordered) or same_day)


def test_what_the_description_says_otherwise_is_a_remark() -> None:
    dates = {LAUNCH: date(2026, 3, 1), START: date(2027, 9, 1), END: date(2028, 9, 1)}
    found = remarks(dates, launch=date(2026, 2, 1), months=48)
    assert len(found) == 3
    assert remarks({}, launch=date(2026, 2, 1), months=48) == []
    assert remarks({START: date(2027, 1, 1), END: date(2028, 1, 1)}, launch=None, months=12) == []


def test_the_end_is_the_one_entered_else_counted_from_the_duration() -> None:
    assert end_of_contract({START: date(2026, 1, 31)}, 1) == date(2026, 2, 28)
    assert end_of_contract({START: date(2026, 1, 31), END: date(2026, 6, 1)}, 1) == date(2026, 6, 1)
    assert end_of_contract({}, 12) is None


def test_free_steps_stand_at_their_day_and_the_next_one_is_known() -> None:
    lines = steps({LAUNCH: date(2026, 3, 1), OFFERS: date(2026, 4, 1)}, {"a": ("Visite du site", date(2026, 3, 10))})
    assert [line.label for line in lines] == ["Lancement de la consultation", "Visite du site", "Remise des offres"]
    following = next_step(lines, today=date(2026, 3, 2))
    assert following is not None
    assert following.label == "Visite du site"
    assert next_step(lines, today=date(2027, 1, 1)) is None
