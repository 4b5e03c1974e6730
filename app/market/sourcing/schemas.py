"""What a sourcing reads over HTTP."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from app.accounts.schemas import Strict
from app.market.schemas import Department
from app.market.sourcing.rules import Blocker, CostBand, Feasibility, Refusal

Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]*$", max_length=200)]
Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=8000)]
Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)]
Day = Annotated[date, Field(ge=date(2020, 1, 1), le=date(2099, 12, 31))]


class QuestionIn(Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=1, max_length=500)]
    clause_id: Annotated[str, StringConstraints(pattern=r"^(CEC-[A-Z0-9]{3}-\d{3})?$")] = ""
    clause_version: Annotated[int, Field(ge=0, le=32_000)] = 0
    level: Annotated[int, Field(ge=0, le=3)] = 0


class SourcingIn(Strict):
    file_id: Annotated[int, Field(ge=1, le=2_147_483_647)] | None = None
    title: Line = ""


class DraftIn(Strict):
    """The whole draft, as the wizard keeps it; what forbids publishing is told, not refused."""

    title: Line = ""
    need: Words = ""
    families: list[Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,32}$")]] = Field([], max_length=10)
    cpv: list[Annotated[str, StringConstraints(pattern=r"^\d{8}$")]] = Field([], max_length=20)
    departments: list[Department] = Field([], max_length=101)
    questions: list[QuestionIn] = Field([], max_length=40)
    closes_on: Day | None = None
    closes_hour: Hour = "18:00:00"
    launch_date: Day | None = None
    cap: Annotated[int, Field(ge=1, le=20_000)] | None = None
    cap_reason: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=1000)] = ""
    show_count: bool = False

    @model_validator(mode="after")
    def _once(self) -> "DraftIn":
        if len({one.id for one in self.questions}) != len(self.questions):
            raise ValueError("Deux questions portent le même identifiant.")
        return self


class CorrectionIn(Strict):
    reason: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=5, max_length=500)]
    need: Words
    closes_on: Day
    closes_hour: Hour
    launch_date: Day | None = None
    added: list[QuestionIn] = Field([], max_length=10)


class InterestIn(Strict):
    none: bool
    detail: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=1000)] = ""


class AnswerItem(Strict):
    """To one question. Codes for a clause, `text` for all."""

    feasibility: Feasibility | None = None
    level: Annotated[int, Field(ge=0, le=3)] | None = None
    months: Annotated[int, Field(ge=0, le=120)] = 0
    """Time needed before it can be met."""
    cost: CostBand | None = None
    blocker: Blocker | None = None
    text: Said = ""


class AnswerIn(Strict):
    items: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")], AnswerItem], Field(max_length=50)
    ]


class RefusalIn(Strict):
    code: Refusal


class AskIn(Strict):
    text: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=10, max_length=2000)]


class ReplyIn(Strict):
    answer: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", min_length=2, max_length=4000)]


class LevelIn(Strict):
    clause_id: Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z0-9]{3}-\d{3}$")]
    level: Annotated[int, Field(ge=1, le=3)]


class ApplyIn(Strict):
    changes: Annotated[list[LevelIn], Field(min_length=1, max_length=40)]


class KeptIn(Strict):
    clause_id: Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z0-9]{3}-\d{3}$")]
    level: Annotated[int, Field(ge=1, le=3)]


class ResultIn(Strict):
    note: Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)] = ""


class OutcomeIn(Strict):
    """The loop closed, at notification."""

    kept: list[KeptIn] = Field([], max_length=60)
    offers: Annotated[int, Field(ge=0, le=10_000)]
    unsuccessful: bool = False
    blocking_clause: Annotated[str, StringConstraints(pattern=r"^(CEC-[A-Z0-9]{3}-\d{3})?$")] = ""
    """The clause cited in a « sans suite » or an « infructueux »."""
    contract: Line = ""
    """DECP uid, when there is one."""
