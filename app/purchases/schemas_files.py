"""Saved files over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from app.documents.pieces import Written
from app.documents.schemas import Line
from app.law.schemas_reference import Figure
from app.purchases.drafts import DraftIn
from app.purchases.rules import FileState
from app.purchases.rules_tasks import TaskId, TaskState
from app.web.strict import Strict

Title = Annotated[Line, StringConstraints(strip_whitespace=True, max_length=300)]
GivenTitle = Annotated[Line, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class FileIn(Strict):
    title: Title = ""
    """Empty: the object of the purchase."""
    draft: DraftIn = Field(default_factory=lambda: DraftIn.model_validate({}))


class FileChange(Strict):
    """What to write; what is left out stays."""

    title: GivenTitle | None = None
    draft: DraftIn | None = None


class CopyIn(Strict):
    title: Title = ""


class PersonOut(BaseModel):
    """Who signs."""

    id: int
    name: str


class FileOut(BaseModel):
    id: int
    title: str
    state: FileState
    state_since: datetime
    version: int
    """The ETag."""
    revision: int
    """Counts the changes of what the file says: approvals and exports name it."""
    draft: dict[str, Any]
    """As the Assistant keeps it; the shape is `DraftIn`."""
    organisation: str
    copied_from: int | None
    created_at: datetime
    created_by: PersonOut
    updated_at: datetime
    updated_by: PersonOut
    may: list[str]


class FileLine(BaseModel):
    """A file in a list."""

    id: int
    title: str
    object: str
    state: FileState
    state_since: datetime
    version: int
    families: list[str]
    launch_date: date | None
    amount: Figure | None
    clauses: int
    tasks: list[TaskState]
    """States of the eight tasks, in their order."""
    next: TaskId | None
    """The first task to take up."""
    done: int
    stale: int
    """Clauses of the file, or of its last export, that changed since."""
    comments: int
    """Open ones."""
    links: int
    """Share links that work."""
    updated_at: datetime
    updated_by: PersonOut
    may: list[str]


class FilePage(BaseModel):
    items: list[FileLine]
    next: str | None


class HeldClause(BaseModel):
    id: str
    version: int
    title: str
    lots: list[str]


class ExportOut(BaseModel):
    id: int
    revision: int
    current: bool
    """Nothing changed in the file since."""
    at: datetime
    by: PersonOut
    pieces: list[Written]
    clauses: list[HeldClause]
    sha256: str


class ExportPage(BaseModel):
    items: list[ExportOut]
    next: str | None
