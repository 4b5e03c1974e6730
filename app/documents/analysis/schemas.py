"""What an analysis answers over HTTP."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.documents.analysis.locate import Anchor
from app.documents.analysis.own import State
from app.law.schemas import ReportOut, Strict
from app.law.vocabulary import Confidence
from app.text.difference import Op

Secret = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


class FromParts(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SegmentOut(FromParts):
    op: Op
    text: str


class ParagraphOut(BaseModel):
    """A paragraph of a piece: what to say to find it, and its number for a corrected document."""

    piece: str
    part: str
    section: str
    """Titles above it, outermost first, joined by « › »."""
    paragraph: int
    """From 1, in the order of the piece."""


class OwnClauseOut(BaseModel):
    """A clause of the library found in the file."""

    clause_id: str
    title: str
    kind: str
    """Of the clause; empty when the library does not know it."""
    state: State
    state_label: str
    edited: bool
    version: int | None
    current_version: int | None
    wording: str
    anchor: Anchor
    where: ParagraphOut
    last_paragraph: int
    sentence: str
    excerpt: str
    difference: list[SegmentOut]
    """From what we wrote to what is there."""
    changes: list[SegmentOut]
    """Of a stale clause: from its version to the current one."""
    reasons: list[str]
    values: dict[str, str]
    blank: list[str]
    out_of_bounds: list[str]
    lot: str
    weight: str
    reason: str
    levers: list[str]
    replaced_by: list[str]
    upgradable: bool
    """Whether a corrected document can carry the current version in its place."""


class NeighbourOut(BaseModel):
    clause_id: str
    title: str
    likeness: str
    """In words."""


class RoleOut(BaseModel):
    """A passage that is not ours and does what a clause does."""

    where: ParagraphOut
    excerpt: str
    kind: str
    kind_label: str
    levers: list[str]
    families: list[str]
    neighbours: list[NeighbourOut]
    confidence: str
    weak: bool
    """Whether a finding bears on it."""


class ChoiceOut(BaseModel):
    """A clause that may put a finding right."""

    clause_id: str
    title: str


class RiskOut(BaseModel):
    """A risk, with the words that show it."""

    id: str
    kind: str
    label: str
    severity: Literal["blocking", "warning", "info"]
    where: ParagraphOut
    start: int
    """Letters of the paragraph, from 0."""
    end: int
    before: str
    words: str
    after: str
    sentence: str
    advice: str
    article: str
    """The text of law behind it; empty for a rule of method."""
    article_confidence: Confidence | None
    confidence: str
    """How likely the finding is, in words."""
    clause_id: str
    clause_title: str
    choices: list[ChoiceOut]
    """The clause above first, then the others that put it right and those that are near the passage."""


class CoverageCellOut(BaseModel):
    lever: str
    good: int
    weak: int
    paragraphs: list[int]
    """Where each of them stands."""


class CoverageRowOut(BaseModel):
    piece: str
    section: str
    cells: list[CoverageCellOut]


class AnalysedLeverOut(BaseModel):
    code: str
    label: str


class CoverageOut(BaseModel):
    levers: list[AnalysedLeverOut]
    """Those that the file uses."""
    absent: list[AnalysedLeverOut]
    rows: list[CoverageRowOut]


class VerdictOut(BaseModel):
    sentence: str
    missing: int | None
    """Duties without a clause; None while no purchase was described."""
    weak: int
    good: int
    findings: int


class ProposalOut(BaseModel):
    """The clauses that would answer a duty that the file leaves open."""

    duty: str
    choices: list[ChoiceOut]


class AnalysisResultOut(BaseModel):
    summary: VerdictOut
    own: list[OwnClauseOut]
    roles: list[RoleOut]
    findings: list[RiskOut]
    coverage: CoverageOut
    duties: ReportOut | None
    proposals: list[ProposalOut]
    notice: str


class ReadPieceOut(BaseModel):
    name: str
    kind: Literal["docx", "odt"]
    paragraphs: int
    words: int


class AnalysedFileOut(BaseModel):
    name: str
    kind: Literal["docx", "odt", "zip"]
    size: int
    digest: str
    """SHA-256: how the page knows the same file again."""
    pieces: list[ReadPieceOut]
    unread: list[str]


class AnalysisOut(BaseModel):
    id: Secret
    status: Literal["waiting", "done", "failed"]
    done: int
    total: int
    """Paragraphs."""
    created_at: datetime
    expires_at: datetime | None
    """Null: as long as its organisation keeps it."""
    kept: bool
    """Whether an organisation keeps it: only its members read it."""
    files: list[AnalysedFileOut]
    purchase: dict[str, Any] | None
    """As it was described."""
    result: AnalysisResultOut | None


class InsertionIn(Strict):
    """A clause of the library to write into the document."""

    clause_id: Annotated[str, StringConstraints(max_length=16)]
    piece: Annotated[str, StringConstraints(max_length=300)]
    after: Annotated[int, Field(ge=1, le=100_000)]
    """The number of the paragraph that it follows."""
    wording: Annotated[str, StringConstraints(max_length=10)] = ""
    replace: bool = False
    """Strike that paragraph out: the clause takes its place."""
    values: Annotated[dict[str, str | int | float | Decimal | None], Field(max_length=100, default_factory=dict)]
    """Variable → its value; null: emptied. A variable left out has its default, else a visible blank."""
    blank: Annotated[
        list[Annotated[str, StringConstraints(max_length=42)]], Field(max_length=100, default_factory=list)
    ]
    """Variables left blank on purpose."""


class CorrectionIn(Strict):
    """What a returned document carries."""

    form: Literal["comments", "changes"]
    upgrade: bool = True
    """Bring every stale clause up to date."""
    only: Annotated[list[Annotated[str, StringConstraints(max_length=16)]], Field(max_length=400, default_factory=list)]
    """Clauses to bring up to date; empty: all."""
    dated: datetime | None = None
    """The date that the changes bear; now when left out."""
    insert: Annotated[list[InsertionIn], Field(max_length=100, default_factory=list)]
