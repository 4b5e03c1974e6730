"""The clause proposed to put a passage right suits what is bought."""

import pytest

from app.documents.detecting.library import Library
from tests.documents.detection import library
from tests.documents.proposals import Case, cases, measure


def test_the_first_proposal_suits_the_purchase_nearly_always() -> None:
    right, others = measure()
    assert right >= 38, [(case.said, found) for case, found in others]


@pytest.mark.parametrize("case", [case for case in cases() if "scolaires" in case.bought], ids=lambda case: case.said)
def test_no_clause_of_another_trade_is_proposed_for_school_tables(case: Case) -> None:
    shelf: Library = library()
    families = {clause.id: set(clause.families) for clause in shelf.clauses}
    own = {"restauration"} if "cantines" in case.bought else {"mobilier"}
    for ident in case.proposed() or ():
        assert families[ident] & {*own, "toutes-familles"}
        assert not ident.startswith("CEC-MED-")


def test_a_stated_code_leaves_out_the_clauses_of_other_codes() -> None:
    case = Case("new", "de lits médicalisés (CPV 33192120-9)", "Les lits de soins sont neufs.", frozenset())
    assert (case.proposed() or ("",))[0] == "CEC-MED-004"
