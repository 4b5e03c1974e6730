"""What the comparison of two versions answers: enough for an inline and for a side-by-side screen."""

from pydantic import BaseModel, ConfigDict

from app.law.vocabulary import Piece
from app.library.difference import Move, Op
from app.library.record import Change


class _FromValues(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class RunOut(_FromValues):
    """A stretch of words. Left side: « equal » and « delete »; right side: « equal » and « insert »."""

    op: Op
    text: str


class RowOut(_FromValues):
    """A paragraph, an item or a table row beside its counterpart."""

    move: Move
    runs: list[RunOut]


class FieldChangeOut(_FromValues):
    pointer: str
    """A JSON pointer into the record."""
    label: str
    move: Move
    before: str | None
    after: str | None
    runs: list[RunOut]


class WordingChangeOut(_FromValues):
    piece: Piece
    label: str
    move: Move
    rows: list[RowOut]


class DiffSideOut(BaseModel):
    version: int
    content_hash: str


class DiffOut(BaseModel):
    """`before` and `after` are the versions asked for; `journal` says why, version by version."""

    clause: str
    title: str
    before: DiffSideOut
    after: DiffSideOut
    identical: bool
    journal: list[Change]
    fields: list[FieldChangeOut]
    wordings: list[WordingChangeOut]
