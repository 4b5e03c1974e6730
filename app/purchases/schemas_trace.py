"""What people leave on a file, over HTTP: comments, decisions, approvals, share links; and how far the file is."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from app.documents.schemas import Line, Typed
from app.purchases.drafts import ClauseId
from app.purchases.rules import DecisionKind, Part, Right
from app.purchases.rules_tasks import TaskId, TaskState
from app.purchases.schemas_files import PersonOut
from app.web.strict import Strict

Text = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
Note = Annotated[Typed, StringConstraints(strip_whitespace=True, max_length=2000)]
Reason = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Days = Annotated[int, Field(ge=1, le=365)]


class TaskOut(BaseModel):
    id: TaskId
    state: TaskState


class ChangeOut(BaseModel):
    """A clause of the file, or of its last export, that the library changed since."""

    clause_id: str
    title: str
    held: int
    current: int
    withdrawn: bool
    places: list[Literal["file", "export"]]
    reason: str


class ProgressOut(BaseModel):
    tasks: list[TaskOut]
    done: int
    next: TaskId | None
    missing: int
    """Values that the export would refuse."""
    changes: list[ChangeOut]
    comments: int
    links: int


class CommentIn(Strict):
    text: Text
    clause_id: ClauseId | None = None
    """None: on the file as a whole."""


class SharedCommentIn(CommentIn):
    signed: Annotated[Line, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    """Whoever holds the link says who they are."""


class CommentChange(Strict):
    resolved: bool


class CommentOut(BaseModel):
    id: int
    clause_id: str | None
    text: str
    at: datetime
    by: PersonOut | None
    """None: written through a share link, and signed below."""
    signed: str
    resolved_at: datetime | None
    resolved_by: PersonOut | None
    version: int
    may: list[str]


class CommentPage(BaseModel):
    items: list[CommentOut]
    next: str | None


class DecisionIn(Strict):
    clause_id: ClauseId
    kind: DecisionKind
    reason: Reason


class ReasonIn(Strict):
    reason: Reason


class DecisionOut(BaseModel):
    id: int
    clause_id: str
    title: str
    clause_version: int | None
    kind: DecisionKind
    reason: str
    details: dict[str, Any]
    revision: int
    at: datetime
    by: PersonOut
    may: list[str]


class DecisionPage(BaseModel):
    items: list[DecisionOut]
    next: str | None


class ApprovalIn(Strict):
    part: Part
    note: Note = ""


class ApprovalOut(BaseModel):
    id: int
    part: Part
    revision: int
    stands: bool
    """Given on what the file says now, and not withdrawn."""
    note: str
    at: datetime
    by: PersonOut
    withdrawn_at: datetime | None
    may: list[str]


class Approvals(BaseModel):
    items: list[ApprovalOut]


class ShareIn(Strict):
    right: Right = Right.READ
    label: Annotated[Line, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    days: Days = 30


class ShareOut(BaseModel):
    id: int
    right: Right
    label: str
    created_at: datetime
    created_by: PersonOut
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    works: bool
    may: list[str]


class ShareMade(ShareOut):
    link: str
    """The address to send; it is shown this once, and kept nowhere."""


class Shares(BaseModel):
    items: list[ShareOut]


class SharedClause(BaseModel):
    id: str
    version: int
    title: str
    piece: str
    level: int
    values: dict[str, str]
    lots: list[str]
    reason: str


class SharedFile(BaseModel):
    """What a share link shows: the purchase and its clauses, no e-mail address, no other file."""

    title: str
    organisation: str
    object: str
    launch_date: date | None
    families: list[str]
    lots: list[str]
    revision: int
    updated_at: datetime
    clauses: list[SharedClause]
    comments: list[CommentOut]
    expires_at: datetime
    may: list[str]
