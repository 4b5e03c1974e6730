"""What an organisation writes over a clause, and what it sees of it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StringConstraints

from app.law.vocabulary import Piece
from app.library.record import Variable
from app.library.schemas_diff import DiffOut
from app.library.schemas_feedback import readable
from app.web.strict import Strict

Own = Annotated[str, StringConstraints(strip_whitespace=True, max_length=25_000), AfterValidator(readable)]
Given = StrictInt | StrictFloat | Annotated[str, Field(max_length=2000), AfterValidator(readable)]
VariableName = Annotated[str, Field(max_length=60)]


class OverlayIn(Strict):
    parent_version: Annotated[int, Field(ge=1, le=1_000_000)]
    wordings: Annotated[dict[Piece, Own], Field(max_length=10, default_factory=dict)]
    defaults: Annotated[dict[VariableName, Given], Field(max_length=60, default_factory=dict)]
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(readable)] = ""


class RebaseIn(Strict):
    keep: Literal["mine", "theirs"] | None = None
    """Whose paragraphs where both changed the same; null: the conflicts are told and nothing moves."""


class ConflictOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    piece: Piece
    base: str
    mine: str
    theirs: str


class OverlayOut(BaseModel):
    clause: str
    title: str
    parent_version: int
    current_version: int
    moved: bool
    """The library has published another version since: rebase."""
    conflicts: list[ConflictOut]
    """What a rebase would have to settle."""
    name: str
    """How documents name it: `CEC-MOB-001@1+overlay`."""
    wordings: dict[Piece, str]
    defaults: dict[str, int | float | str]
    variables: dict[str, Variable]
    note: str
    diff: DiffOut
    version: int
    updated_at: datetime
    may: list[str]


class OverlayRow(BaseModel):
    clause: str
    title: str
    parent_version: int
    moved: bool


class OverlayPage(BaseModel):
    items: list[OverlayRow]
    next: str | None
