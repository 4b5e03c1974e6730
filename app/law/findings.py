"""What goes into a check (clauses of the basket) and what comes out (findings and their summary)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from app.law.facts import Severity
from app.law.vocabulary import Confidence, Kind, Piece

Origin = Literal["law", "rule", "charter"]
FindingStatus = Literal["covered", "missing", "depends", "not_applicable", "warning"]


@dataclass(frozen=True, slots=True)
class BasketClause:
    """A chosen clause, as the check sees it."""

    id: str
    version: int
    title: str
    kind: Kind
    pieces: tuple[Piece, ...]
    families: tuple[str, ...]
    requirement: str
    text: str
    """Every wording of the clause, with its variables filled in."""
    environmental: bool = True
    social: bool = False
    gain: Literal["none", "small", "real"] = "small"
    duties: tuple[str, ...] = ()
    charter: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    level: int = 1
    has_evidence: bool = False
    has_control: bool = False
    has_penalty: bool = False
    derogates: bool = False
    """Departs from an article of the CCAG."""
    weight: Decimal | None = None
    """Percent, award criteria only."""
    lot: str | None = None
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    origin: Origin
    status: FindingStatus
    severity: Severity
    title: str
    message: str
    why: str = ""
    clauses: tuple[str, ...] = ()
    """Ids that cover the duty, or that offend the rule."""
    suggestion: str = ""
    source: str = ""
    article: str = ""
    in_force_from: date | None = None
    confidence: Confidence = Confidence.VERIFIED
    duty: str | None = None
    """The duty behind the finding: a justification may be recorded under it or under `rule`."""
    justified: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    covered: int
    missing: int
    depends: int
    warnings: int
    reminders: int
    blocking: int
    not_applicable: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    summary: Summary
