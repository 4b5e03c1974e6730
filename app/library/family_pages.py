"""The page of each purchase family, read from `clauses/families/*.yaml`: what to know before choosing a clause."""

from datetime import date

from pydantic import Field

from app.library.record import ClauseId, Code, Strict, Text


class DutyNote(Strict):
    code: Code
    note: Text


class Branch(Strict):
    prefix: str
    label: Text


class NotToAsk(Strict):
    what: Text
    why: Text
    instead: Text


class Mistake(Strict):
    title: Text
    story: Text
    fix: Text


class FirstClause(Strict):
    id: ClauseId
    reason: Text


class FamilyPage(Strict):
    code: Code
    headline: Text
    what_matters: list[Text] = Field(min_length=1)
    duties: list[DutyNote]
    cpv: list[Branch]
    market: Text
    not_to_ask: list[NotToAsk]
    mistakes: list[Mistake]
    start_with: list[FirstClause]
    questions_for_sourcing: list[Text]
    agec: list[int]
    """Numbers of the categories of decree 2024-134."""
    updated: date
