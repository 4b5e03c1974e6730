"""What the editorial room reads and answers over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.law.vocabulary import Piece
from app.library.edition.rules import FeedbackStatus, Part, ProposalStatus, Verdict
from app.library.schemas_diff import DiffOut
from app.library.schemas_feedback import readable
from app.web.strict import Strict

ClauseCode = Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z]{3}-\d{3}$")]
ChangeKind = Literal["creation", "law", "norm", "market", "wording", "error"]
Source = Annotated[
    str,
    StringConstraints(max_length=100_000),
    AfterValidator(readable),
    Field(description="Le fichier de la clause : fiche entre deux lignes « --- », puis un texte par pièce"),
]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(readable)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500), AfterValidator(readable)
]


class ClauseProposalIn(Strict):
    """A change of `clause`, or a new clause of `family` (blank, or copied from `model`)."""

    clause: ClauseCode | None = None
    family: Annotated[str, StringConstraints(max_length=60)] | None = None
    model: ClauseCode | None = None


class TextIn(Strict):
    source: Source
    kind: ChangeKind
    reason: Note = ""


class ReadingIn(Strict):
    part: Part
    verdict: Verdict
    note: Note = ""


class ClauseRefusalIn(Strict):
    reason: Reason


class LintIn(Strict):
    source: Source
    clause: ClauseCode


class FaultOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    field: str
    code: str
    sentence: str


class LintOut(BaseModel):
    """What keeps the text from being published, and how it reads."""

    faults: list[FaultOut]
    title: str | None
    """Null while the file cannot be read."""
    html: dict[Piece, str]


class ReadingOut(BaseModel):
    part: Part
    verdict: Verdict
    note: str
    reader: str
    at: datetime
    current: bool
    """Whether it is about the text as it stands."""


class PenOut(BaseModel):
    """Who is writing in it now."""

    name: str
    mine: bool
    until: datetime


class StepOut(BaseModel):
    """One act of the audit trail."""

    act: str
    at: datetime
    by: str


class ClauseProposalRow(BaseModel):
    id: int
    clause: str
    title: str
    new: bool
    base_version: int
    kind: ChangeKind
    reason: str
    status: ProposalStatus
    ready: bool
    """Both readings approve: it can be published."""
    author: str
    since: datetime
    """Since when it has been in this state."""
    age_days: int
    may: list[str]


class ClauseProposalOut(ClauseProposalRow):
    source: str
    path: str
    version: int
    revision: int
    refusal: str
    published_version: int | None
    current_version: int
    """Of the clause; 0 for a new one. Different from `base_version`: somebody published since."""
    readings: list[ReadingOut]
    pen: PenOut | None
    others: list[int]
    """Other open proposals on the same clause."""
    check: LintOut
    diff: DiffOut | None
    """From the version that is changed; null for a new clause, or while the file cannot be read."""
    history: list[StepOut]


class ClauseProposalPage(BaseModel):
    items: list[ClauseProposalRow]
    next: str | None


class ClauseAnswerIn(Strict):
    status: FeedbackStatus
    answer: Note = ""


class ClauseMessageOut(BaseModel):
    id: int
    clause: str
    title: str
    version: int
    subject: str
    message: str
    answerable: bool
    """Whether its author left an address; the address itself is not shown."""
    at: datetime
    age_days: int
    status: FeedbackStatus
    answer: str
    handled_by: str | None
    revision: int


class ClauseMessagePage(BaseModel):
    items: list[ClauseMessageOut]
    next: str | None


class WatchedOut(BaseModel):
    """A clause that time has made worth a look."""

    clause: str
    title: str
    why: Literal["overdue", "overtaken", "lowered", "coming", "text_changed"]
    detail: str
    since: date
    age_days: int


class WatchedPage(BaseModel):
    items: list[WatchedOut]
    next: str | None


class MonthsOut(BaseModel):
    """How many active clauses were checked so many months ago."""

    months: int
    clauses: int


class QueueOut(BaseModel):
    drafts: int
    to_review: int
    to_validate: int
    feedback: int
    law_changed: int
    overdue: int
    to_export: int
    """Published here and not yet in the files."""
    freshness: list[MonthsOut]
    next_to_read: int | None
    """The oldest proposal that the caller may read or publish."""


class PublishedOut(BaseModel):
    clause: str
    version: int
    content_hash: str
