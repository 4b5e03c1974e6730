"""What the API says of the training modules."""

from pydantic import BaseModel

from app.law.vocabulary import Confidence
from app.library.schemas import ClauseRef
from app.network.training import Audience, Exercise, Section


class ModuleCard(BaseModel):
    code: str
    order: int
    title: str
    audience: list[Audience]
    minutes: int
    summary: str
    questions: int
    """How many the quiz asks."""


class ModuleCards(BaseModel):
    items: list[ModuleCard]


class ModuleText(BaseModel):
    id: str
    title: str
    article: str
    confidence: Confidence


class QuizQuestion(BaseModel):
    question: str
    choices: list[str]
    right: int
    """The position of the right choice, from 0: the lesson teaches, it does not examine."""
    why: str


class ModuleOut(ModuleCard):
    objectives: list[str]
    sections: list[Section]
    texts: list[ModuleText]
    clauses: list[ClauseRef]
    exercises: list[Exercise]
    quiz: list[QuizQuestion]
