"""The declaration of accessibility claims nothing that no test holds."""

import re

import httpx
import pytest

from app.settings import ROOT
from app.web.accessibility import AccessibilityTable, Criterion, Topic, declaration, read_table


def _table(audited_on: str | None, *states: str) -> AccessibilityTable:
    criteria = [Criterion.model_validate({"id": str(i), "title": "x", "state": s}) for i, s in enumerate(states)]
    return AccessibilityTable(version="4.1.2", audited_on=audited_on, topics=[Topic(title="t", criteria=criteria)])


def test_the_table_has_the_106_criteria_each_with_its_proof_or_its_reason() -> None:
    criteria = [criterion for topic in read_table().topics for criterion in topic.criteria]
    assert len({criterion.id for criterion in criteria}) == len(criteria) == 106
    for criterion in criteria:
        assert bool(criterion.proof) == (criterion.state == "conforme"), criterion.id
        assert bool(criterion.reason) == (criterion.state != "conforme"), criterion.id


def test_every_proof_is_a_test_of_the_suite() -> None:
    for topic in read_table().topics:
        for criterion in topic.criteria:
            if criterion.proof:
                path, name = criterion.proof.split("::")
                assert re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8")), criterion.proof


@pytest.mark.parametrize(
    ("audited_on", "states", "declared"),
    [
        (None, ["conforme", "conforme"], "non conforme"),
        ("2027-03-01", ["conforme", "non-applicable"], "totalement conforme"),
        ("2027-03-01", ["conforme", "non-conforme"], "partiellement conforme"),
        ("2027-03-01", ["conforme", "a-auditer", "non-conforme"], "non conforme"),
    ],
)
def test_only_an_audit_allows_more_than_non_conforme(audited_on: str | None, states: list[str], declared: str) -> None:
    assert declaration(_table(audited_on, *states)).declared == declared


async def test_the_table_is_public(client: httpx.AsyncClient) -> None:
    body = (await client.get("/api/v1/site/accessibility")).json()
    assert body["declared"] == "non conforme"
    assert sum(body["counts"].values()) == 106
