"""The bits that the inverted tables keep follow lists of the code: a family that moved would answer for another."""

from app.law.catalogue import load_law
from app.market.rules import FAMILIES, family_bit
from app.settings import ROOT


def test_every_family_has_its_bit_and_the_first_ones_never_move() -> None:
    assert {family.code for family in load_law(ROOT / "clauses").families} == set(FAMILIES)
    assert FAMILIES[:3] == ("mobilier", "textile", "informatique")
    assert FAMILIES[-1] == "toutes-familles"
    assert [family_bit(code) for code in FAMILIES] == [1 << place for place in range(len(FAMILIES))]
    assert family_bit("") == 0
    assert family_bit("inconnue") == 1 << len(FAMILIES)
