"""Questions and answers over HTTP. Texts are plain: nothing in them is ever read as HTML."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.library.schemas_feedback import readable
from app.network.rules import Shown
from app.network.spaces import Space
from app.web.strict import Strict

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=5000), AfterValidator(readable)
]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=200), AfterValidator(readable)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), AfterValidator(readable)]
Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000), AfterValidator(readable)
]
Code = Annotated[str, StringConstraints(max_length=41)]
Clause = Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z]{3}-\d{3}$")]


class SpaceOut(Space):
    questions: int
    """Visible ones."""


class SpacePage(BaseModel):
    items: list[SpaceOut]
    moderates: list[str]
    """Codes of the spaces that the reader moderates."""
    may: list[str]


class AskIn(Strict):
    space: Code
    clause_id: Clause | None = None
    title: Title
    text: Text


class ReplyIn(Strict):
    text: Text


class AcceptedIn(Strict):
    answer_id: Annotated[int, Field(ge=1)] | None
    """Null: none is accepted any more."""


class FollowIn(Strict):
    follow: bool


class ReportIn(Strict):
    code: Literal["advertising", "offensive", "personal_data", "wrong", "other"]
    note: Note = ""


class ModerationIn(Strict):
    act: Literal["hide", "show"]
    reason: Note = ""
    """Demanded when hiding; the author reads it."""


class ReplyOut(BaseModel):
    id: int
    text: str
    state: Shown
    reason: str
    appeal: Literal["possible", "waiting", "rejected"] | None
    """Of a hidden message, for its author: whether they may contest, or did."""
    author: str
    organisation: str
    at: datetime
    accepted: bool
    version: int
    may: list[str]


class QuestionLine(BaseModel):
    id: int
    space: str
    clause_id: str | None
    title: str
    state: Shown
    author: str
    organisation: str
    at: datetime
    answers: int
    solved: bool


class QuestionPage(BaseModel):
    items: list[QuestionLine]
    next: str | None


class QuestionOut(QuestionLine):
    text: str
    reason: str
    version: int
    followed: bool
    appeal: Literal["possible", "waiting", "rejected"] | None
    may: list[str]
    items: list[ReplyOut]
    """The accepted one first, then the oldest."""


class DoneOut(BaseModel):
    done: bool = True


class WaitingLine(BaseModel):
    """A message that a moderator should look at."""

    kind: Literal["question", "answer", "experience"]
    id: int
    question_id: int | None
    clause_id: str | None
    """Of a report on experience: where it is read."""
    title: str
    text: str
    state: Shown
    author: str
    at: datetime
    reports: list[str]
    """Codes and words of those who reported it, never their names."""
    space: str
    reason: str
    """Why it was hidden, when it is."""
    appeal: str
    """What its author answers to that; empty when they do not contest."""
    may: list[str]


class WaitingPage(BaseModel):
    items: list[WaitingLine]
