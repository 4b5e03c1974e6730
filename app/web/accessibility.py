"""What is known of the site's accessibility, criterion by criterion (RGAA), as data: `docs/rgaa.yaml`.

A criterion is `conforme` only when an automatic test holds it; the declaration says « non conforme » until an audit.
"""

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import yaml
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from app.settings import ROOT

State = Literal["conforme", "non-conforme", "non-applicable", "a-auditer"]
_TABLE: Final = ROOT / "docs" / "rgaa.yaml"

router = APIRouter(prefix="/api/v1/site", tags=["Exploitation"])


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Criterion(_Strict):
    id: str
    title: str
    state: State
    proof: str = ""
    """The test that holds it."""
    reason: str = ""
    """Why it does not apply, or who must judge it."""


class Topic(_Strict):
    title: str
    criteria: list[Criterion]


class AccessibilityTable(_Strict):
    version: str
    audited_on: str | None
    topics: list[Topic]


class AccessibilityOut(BaseModel):
    """`declared` is what the law makes the site say: without an audit, « non conforme »."""

    version: str
    declared: str
    counts: dict[State, int]
    topics: list[Topic]


@lru_cache
def read_table(path: Path = _TABLE) -> AccessibilityTable:
    return AccessibilityTable.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def declaration(table: AccessibilityTable) -> AccessibilityOut:
    """The state of each criterion and the word to declare: no rate, no claim, before an audit."""
    counts = Counter(criterion.state for topic in table.topics for criterion in topic.criteria)
    applicable = counts.total() - counts["non-applicable"]
    met = counts["conforme"]
    declared = "non conforme"
    if table.audited_on and met == applicable:
        declared = "totalement conforme"
    elif table.audited_on and 2 * met >= applicable:
        declared = "partiellement conforme"
    return AccessibilityOut(version=table.version, declared=declared, counts=dict(counts), topics=table.topics)


@router.get("/accessibility", summary="Les critères du RGAA et ce que l’on en sait")
async def read_accessibility() -> AccessibilityOut:
    return declaration(read_table())
