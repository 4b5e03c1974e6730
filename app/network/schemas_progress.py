"""Progress in training over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.network.training import Audience
from app.web.strict import Strict


class AnswersIn(Strict):
    choices: Annotated[list[Annotated[int, Field(ge=0, le=9)]], Field(min_length=1, max_length=40)]
    """The position of each choice as shown, from 0, in the order of the questions."""


class ModuleResultOut(BaseModel):
    module: str
    right: int
    questions: int
    passed_at: datetime | None


class PathOut(BaseModel):
    audience: Audience
    title: str
    modules: list[str]
    passed: int
    finished: bool
    """The attestation can be made."""


class LearnerOut(BaseModel):
    name: str
    passed: int
    finished: bool


class TeamOut(BaseModel):
    """The buyers of my organisation: those who write its files."""

    organisation: str
    trained: int
    buyers: int
    percent: int | None
    """Rounded down; null without any buyer."""
    minutes: int
    modules: int
    people: list[LearnerOut]
    """Names for administrators only."""


class TrainingOut(BaseModel):
    results: list[ModuleResultOut]
    paths: list[PathOut]
    team: TeamOut | None
    """Null outside a public organisation."""
