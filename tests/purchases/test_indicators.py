"""The figures of a set of files: counted once, and what nobody declared is never zero."""

from datetime import date
from decimal import Decimal

from app.law.vocabulary import Kind
from app.purchases.indicators import AgecAmount, ClauseFacts, FileFacts, add_amounts, group, quarter_of


def clause(kind: Kind, *levers: str, weight: int | None = None, checked: bool = False) -> ClauseFacts:
    given = None if weight is None else Decimal(weight)
    to_check = kind is Kind.PERFORMANCE_CONDITION
    kept = True if checked else None
    return ClauseFacts("CEC-MOB-001", kind, levers, 1, True, given, to_check, checked, kept)


CONDITION = clause(Kind.PERFORMANCE_CONDITION, "reemploi", checked=True)
CRITERION = clause(Kind.AWARD_CRITERION, "reparation", weight=15)


def file(number: int, organisation: int = 1, *clauses: ClauseFacts, day: date = date(2026, 5, 4)) -> FileFacts:
    return FileFacts(number, organisation, "69", day, ("mobilier", "textile"), clauses)


def test_a_quarter_is_named_as_the_french_name_it() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-T1", "2026-T1", "2026-T2", "2026-T4",
    ]  # fmt: skip


def test_files_are_counted_with_their_conditions_criteria_and_weights() -> None:
    (found,) = group([file(1, 1, CONDITION, CRITERION), file(2, 2, CRITERION), file(3, 2)])
    assert (found.files, found.organisations) == (3, 2)
    assert (found.with_performance_condition, found.with_award_criterion, found.with_both) == (1, 2, 1)
    assert found.weights == (Decimal(15), Decimal(15))
    assert found.average_weight == Decimal("15.0")
    assert (found.clauses, found.clauses_to_check, found.clauses_checked, found.clauses_kept) == (3, 1, 1, 1)


def test_a_criterion_that_is_not_environmental_does_not_count() -> None:
    social = ClauseFacts("CEC-TOU-001", Kind.AWARD_CRITERION, ("insertion-ess",), 1, False, Decimal(10))
    (found,) = group([file(1, 1, social)])
    assert (found.with_award_criterion, found.weights, found.average_weight) == (0, (), None)


def test_a_file_counts_once_in_each_family_and_in_each_lever_of_its_clauses() -> None:
    families = group([file(1, 1, CONDITION, CRITERION)], by=("family",))
    assert [(one.family, one.files, one.clauses) for one in families] == [("mobilier", 1, 2), ("textile", 1, 2)]
    levers = group([file(1, 1, CONDITION, CRITERION)], by=("lever",))
    assert [(one.lever, one.clauses, one.with_performance_condition) for one in levers] == [
        ("reemploi", 1, 1),
        ("reparation", 1, 0),
    ]


def test_several_dimensions_split_together() -> None:
    files = [file(1, 1, CONDITION), file(2, 1, day=date(2026, 9, 1)), file(3, 2)]
    found = group(files, by=("organisation", "quarter"))
    assert [(one.organisation_id, one.quarter, one.files) for one in found] == [
        (1, "2026-T2", 1), (1, "2026-T3", 1), (2, "2026-T2", 1),
    ]  # fmt: skip
    assert group([], by=("quarter",)) == ()


def test_amounts_add_up_and_what_nobody_declared_stays_unknown() -> None:
    one = AgecAmount(1, 2026, 9, 1, Decimal(1000), Decimal(200), None, None)
    two = AgecAmount(1, 2026, 9, 1, Decimal(500), None, None, Decimal(0))
    assert add_amounts([one, two, AgecAmount(1, 2025, 9, 1, None, None, None, None)]) == (
        AgecAmount(1, 2025, 9, 1, None, None, None, None),
        AgecAmount(1, 2026, 9, 2, Decimal(1500), Decimal(200), None, Decimal(0)),
    )
