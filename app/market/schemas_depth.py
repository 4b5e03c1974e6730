"""Market depth over HTTP: figures only, never a name; below three firms, no figure."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.accounts.schemas import Strict
from app.market.schemas import ClauseId, Department

Level = Annotated[int, Field(ge=1, le=3)]
Threshold = Annotated[float, Field(ge=0, le=100_000_000)]


class DepthQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clause: ClauseId
    level: Level | None = Field(None, description="À défaut, le niveau de la clause")
    threshold: Threshold | None = Field(None, description="Au moins (ou au plus, pour un délai) cette valeur")
    department: Annotated[list[Department], Field(max_length=13)] = []


class Figure(BaseModel):
    firms: int | None
    """Null: fewer than three, so that no firm is recognised."""
    words: str
    """« 14 entreprises », « moins de 3 entreprises »."""


class CurvePoint(BaseModel):
    threshold: float
    label: str
    """« au moins 20 % », « au plus 5 jours »."""
    figure: Figure


class TrendPoint(BaseModel):
    day: date
    figure: Figure


class RelaxationOut(BaseModel):
    kind: Literal["threshold", "level", "region", "country", "drop"]
    clause: str
    words: str
    figure: Figure


class DepthOut(BaseModel):
    clause: str
    level: int
    threshold: float | None
    unit: str
    territory: str
    covering: Figure
    """Firms of the clause's family that work there."""
    meeting: Figure
    curve: list[CurvePoint]
    trend: list[TrendPoint]
    relaxations: list[RelaxationOut]
    """When fewer than three answer: each step back, the mildest first, with its figure."""
    advice: str


class DemandIn(Strict):
    clause: ClauseId
    level: Level | None = None
    threshold: Threshold | None = None


class FeasibilityIn(Strict):
    items: Annotated[list[DemandIn], Field(min_length=1, max_length=30)]
    departments: Annotated[list[Department], Field(max_length=13)] = Field(default_factory=list)


class PartOut(BaseModel):
    clause: str
    title: str
    level: int
    alone: Figure
    without: Figure
    """All the others, without this one."""
    softened: Figure
    """All, this one being one step softer."""
    softer_words: str


class FeasibilityOut(BaseModel):
    territory: str
    joint: Figure
    parts: list[PartOut]
    blocking: str | None
    """The clause that brings most firms back when it is softened or left out."""
    blocking_words: str
    relaxations: list[RelaxationOut]
