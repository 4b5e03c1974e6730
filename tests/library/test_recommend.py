"""Recommendations: needs covered, coherent, explained, the same every time."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import combinations, product
from typing import Any, Literal

import httpx
import pytest

from app.law.catalogue import law_at
from app.law.families import with_families
from app.law.rules import AssessedDuty, Buyer, Law, Purchase, assess
from app.law.vocabulary import BuyerKind, Nature
from app.library.files import clause_paths, parse, read_all
from app.library.needs import UNSURE, needs_of
from app.library.published import PublishedClause
from app.library.recommend import FEWEST, MOST, Recommendation, clash, recommend
from app.settings import ROOT
from tests.library.sample import condition, criterion, file_of

FOLDER = ROOT / "clauses"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def law() -> Law:
    return law_at(FOLDER)


@pytest.fixture(scope="module")
def library() -> list[PublishedClause]:
    files, _ = read_all(clause_paths(FOLDER), FOLDER)
    return [PublishedClause(file.record, 1, "", datetime(2026, 11, 24, tzinfo=UTC)) for file in files]


def published(*fields: dict[str, Any]) -> list[PublishedClause]:
    records = [parse(file_of(one).encode(), "essai.md").record for one in fields]
    return [PublishedClause(record, 1, "", datetime(2026, 11, 24, tzinfo=UTC)) for record in records]


def purchase(law: Law, **changes: Any) -> Purchase:
    given = {
        "object": "Fourniture de mobilier scolaire",
        "launch_date": date(2026, 12, 1),
        "cpv": ("39160000",),
        "nature": Nature.SUPPLIES,
        "estimated_value": Decimal(120_000),
        "procedure": "adapted",
        "buyer": Buyer(BuyerKind.LOCAL_AUTHORITY, 3000),
    }
    return with_families(Purchase(**given | changes), law.families)


def chosen(items: list[Recommendation]) -> list[Recommendation]:
    return [item for item in items if item.preselected]


CASES = {
    "mobilier": {},
    "ordinateurs": {"object": "Ordinateurs portables", "cpv": ("30213100",)},
    "cantine": {"object": "Restauration scolaire", "cpv": ("55523100",), "nature": Nature.SERVICES},
    "école": {"object": "Rénovation d’une école", "cpv": ("45214200",), "nature": Nature.WORKS},
    "nettoyage": {"object": "Nettoyage des locaux", "cpv": ("90910000",), "nature": Nature.SERVICES},
    "déchets": {"object": "Collecte des déchets", "cpv": ("90511000",), "nature": Nature.SERVICES},
}


@pytest.mark.parametrize(("name", "ambition"), [*product(CASES, (1, 2, 3))])
def test_real_purchases_get_a_short_coherent_list(
    law: Law, library: list[PublishedClause], name: str, ambition: Literal[1, 2, 3]
) -> None:
    described = purchase(law, **CASES[name])
    duties = assess(described, law, TODAY)
    items = recommend(described, duties, law, library, ambition).items
    kept = chosen(items)
    assert FEWEST <= len(kept) <= MOST
    assert not any(clash(a.clause.record, b.clause.record) for a, b in combinations(kept, 2))
    ids = {item.clause.id for item in kept}
    assert all(set(item.clause.record.relations.requires) <= ids for item in kept)
    assert all(item.reasons and all(r.text.startswith("parce qu") for r in item.reasons) for item in items)


@pytest.mark.parametrize("name", CASES)
def test_what_the_law_imposes_is_covered_whenever_a_clause_can(
    law: Law, library: list[PublishedClause], name: str
) -> None:
    described = purchase(law, **CASES[name])
    duties = assess(described, law, TODAY)
    kept = [item.clause.record for item in chosen(recommend(described, duties, law, library).items)]
    codes = {duty.code for duty in duties if duty.applicability == "applies" and duty.strength == "binding"}
    for need in needs_of(described, duties, law):
        if need.reason.code in codes & {"env-performance-condition", "env-award-criterion", "agec-58-reuse-recycled"}:
            assert any(need.met_by(record) for record in kept), need.reason


def test_the_same_purchase_gets_the_same_list(law: Law, library: list[PublishedClause]) -> None:
    described = purchase(law)
    duties = assess(described, law, TODAY)
    assert recommend(described, duties, law, library) == recommend(described, duties, law, library[::-1])


def run(
    law: Law, clauses: list[PublishedClause], ambition: Literal[1, 2, 3] = 1, **changes: Any
) -> list[Recommendation]:
    described = purchase(law, cpv=("39112000",), **changes)
    duties: list[AssessedDuty] = assess(described, law, TODAY)
    return recommend(described, duties, law, clauses, ambition).items


def ids(items: list[Recommendation]) -> set[str]:
    return {item.clause.id for item in items}


def test_nothing_is_both_required_and_scored(law: Law) -> None:
    clauses = published(condition(), criterion(requirement="mobilier.chaises-reemploi"))
    assert len(chosen(run(law, clauses))) == 1
    scored = criterion(requirement="mobilier.chaises-reemploi")
    scored["scoring"]["rewards_excess"] = True
    assert len(chosen(run(law, published(condition(), scored)))) == 2


def test_the_rung_follows_the_ambition_and_only_one_is_taken(law: Law) -> None:
    ladder = published(*(condition(id=f"CEC-MOB-91{level}", level=level) for level in (1, 2, 3)))
    for ambition in (1, 2, 3):
        assert ids(chosen(run(law, ladder, ambition))) == {f"CEC-MOB-91{ambition}"}


def test_a_required_clause_comes_along_and_says_why(law: Law) -> None:
    first = condition(relations={"requires": ["CEC-MOB-903"]})
    second = condition(id="CEC-MOB-903", kind="reporting", requirement="mobilier.suivi", penalty=None, duties=[])
    items = run(law, published(first, second))
    assert ids(chosen(items)) == {"CEC-MOB-901", "CEC-MOB-903"}
    assert "pair" in {reason.kind for item in items if item.clause.id == "CEC-MOB-903" for reason in item.reasons}


def test_a_clause_whose_requirement_is_not_offered_is_left_out(law: Law) -> None:
    lonely = condition(relations={"requires": ["CEC-MOB-999"]})
    assert chosen(run(law, published(lonely))) == []


def test_clauses_that_exclude_each_other_are_not_both_taken(law: Law) -> None:
    one = condition(relations={"excludes": ["CEC-MOB-903"]})
    two = condition(id="CEC-MOB-903", requirement="mobilier.autre", levers=["reparation"])
    assert len(chosen(run(law, published(one, two)))) == 1


def test_a_condition_without_its_own_penalty_brings_a_penalty_clause(law: Law) -> None:
    bare = condition(penalty=None)
    penalty = condition(id="CEC-MOB-904", kind="penalty", requirement="mobilier.penalite", duties=[])
    assert ids(chosen(run(law, published(bare, penalty)))) == {"CEC-MOB-901", "CEC-MOB-904"}


def test_another_nature_another_branch_or_no_competition_rules_a_clause_out(law: Law) -> None:
    assert run(law, published(condition()), nature=Nature.WORKS) == []
    assert run(law, published(condition(cpv={"include": ["30"]}))) == []
    assert run(law, published(condition(cpv={"include": ["391"], "exclude": ["39112"]}))) == []
    assert ids(run(law, published(condition(), criterion()), procedure="none")) == {"CEC-MOB-901"}


def test_the_reason_names_the_duty_the_branch_and_the_commitment(law: Law) -> None:
    (item,) = run(law, published(condition()))
    kinds = {reason.kind: reason for reason in item.reasons}
    by_code = {reason.code: reason.text for reason in item.reasons}
    assert kinds["cpv"].text == "parce que le code CPV 39112000 relève de la branche 39112"
    assert "L. 2112-2" in by_code["env-performance-condition"].replace("\u00a0", " ")
    assert by_code["C4-condition"].startswith("parce que la charte le prévoit (C4)")


def test_a_purchase_before_the_law_does_not_speak_of_a_duty_in_force(law: Law) -> None:
    items = run(law, published(condition()), launch_date=date(2026, 8, 20))
    duty = next(r for item in items for r in item.reasons if r.code == "env-performance-condition")
    assert "s’appliquera pendant le marché" in duty.text


def test_levers_count_what_the_law_asks_what_is_chosen_and_what_could_be(law: Law) -> None:
    ladder = published(*(condition(id=f"CEC-MOB-91{level}", level=level) for level in (1, 3)))
    described = purchase(law, cpv=("39112000",))
    (share,) = recommend(described, assess(described, law, TODAY), law, ladder, 1).by_lever
    assert (share.lever, share.law_minimum, share.chosen, share.ambitious) == ("reemploi", 1, 1, 1)


def test_what_may_apply_is_a_reason_but_fills_no_place(law: Law) -> None:
    described = purchase(law, procedure=None, estimated_value=None)
    needs = {need.reason.code: need for need in needs_of(described, assess(described, law, TODAY), law)}
    assert needs["env-award-criterion"].rank == UNSURE
    assert "peut s’appliquer" in needs["env-award-criterion"].reason.text


BODY = {
    "purchase": {
        "object": "Fourniture de mobilier scolaire",
        "cpv": ["39160000-1"],
        "nature": "supplies",
        "estimated_value": 120000,
        "launch_date": "2026-12-01",
        "procedure": "adapted",
        "buyer": {"kind": "local_authority", "population": 3000},
    }
}


async def test_the_api_recommends_with_reasons(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/recommendations", json=BODY)
    body = answer.json()
    assert answer.status_code == 200, body
    assert body["families"][0]["code"] == "mobilier"
    kept = [item for item in body["items"] if item["preselected"]]
    assert FEWEST <= len(kept) <= MOST
    assert {"performance_condition", "award_criterion"} <= {item["clause"]["kind"] for item in kept}
    assert all(share["label"] for share in body["by_lever"])


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"ambition": 4}, "/ambition"), ({"couleur": 1}, "/couleur"), ({"purchase": {}}, "/purchase/object")],
)
async def test_a_wrong_request_is_refused_with_its_field(
    client: httpx.AsyncClient, change: dict[str, Any], pointer: str
) -> None:
    answer = await client.post("/api/v1/recommendations", json=BODY | change)
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_a_clause_for_a_part_of_the_code_or_for_another_family_comes_last(law: Law) -> None:
    teaching_aids = condition(cpv={"include": ["39162"]})
    described = purchase(law)  # 39160000, school furniture
    duties = assess(described, law, TODAY)
    assert recommend(described, duties, law, published(teaching_aids)).items == []
    foreign = condition(id="CEC-TEX-901", families=["textile"], cpv={"include": ["391"]}, requirement="textile.autre")
    own = [condition(id=f"CEC-MOB-95{n}", requirement=f"mobilier.objet{n}", cpv={"include": ["391"]}) for n in range(4)]
    kept = chosen(recommend(described, duties, law, published(foreign, *own)).items)
    assert "CEC-TEX-901" not in ids(kept)
