"""The clause record: what one file of `clauses/library/` says, checked on the way in.

The JSON schema of `clauses/schema/clause.json` is generated from `ClauseRecord`; the linter (`lint.py`) adds what a
schema cannot say. Fields follow shared/domain/clause-record.md, section 5.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from app.law.vocabulary import Kind, Nature, Piece, Status
from app.text.typography import french

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(french)]
Words = Annotated[str, AfterValidator(french)]
"""A text that may be empty."""
ClauseId = Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z]{3}-\d{3}$")]
VariableName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Commitment = Annotated[str, StringConstraints(pattern=r"^C\d{1,2}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
CpvPrefix = Annotated[str, StringConstraints(pattern=r"^\d{2,8}$")]
RequirementKey = Annotated[str, StringConstraints(pattern=r"^[a-z-]+\.[a-z0-9-]+$")]
LawTarget = Annotated[
    str,
    StringConstraints(
        pattern=r"^(agec-\d{1,2}-(reuse|recycled)|fleet-(low|very_low)-"
        r"(state|local_authority|public_establishment|contracting_entity))$"
    ),
]
"""A rate that the law has programmed: `agec-1-reuse` (category and rate), `fleet-low-state` (fleet and buyer)."""
Number = Annotated[
    Decimal,
    PlainSerializer(lambda d: int(d) if d == d.to_integral_value() else float(d), return_type=int | float),
    WithJsonSchema({"type": "number"}),
]
"""Exact inside, a plain number in JSON."""
Stage = Literal["candidature", "offre", "execution", "fin"]
"""When a proof is due: with the candidature, with the offer, during performance, at the end."""


class Strict(BaseModel):
    # A field with a default is always present in an answer: the generated types say so.
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Variable(Strict):
    """A blank of the wording: typed, bounded, with the default of this rung."""

    label: Text
    type: Literal["percentage", "integer", "decimal", "amount", "days", "months", "years", "date", "text", "choice"]
    unit: str = ""
    """Shown after the value; empty for a date, a text or a choice. `amount` is in euros excluding VAT."""
    min: Number | None = None
    max: Number | None = None
    default: Number | date | str | None = None
    choices: list[Text] = []
    max_length: int = 400
    required: bool = True
    help: Words = ""

    @model_validator(mode="before")
    @classmethod
    def _default_has_the_type(cls, given: Any) -> Any:  # noqa: ANN401 (whatever the file says)
        """A default read back from JSON is a text again: give it the type of the variable."""
        if not isinstance(given, dict) or not isinstance(given.get("default"), str):
            return given
        if given.get("type") == "date":
            return given | {"default": date.fromisoformat(given["default"])}
        if given.get("type") == "choice":
            return given | {"default": french(given["default"].strip())}
        return given

    @model_validator(mode="after")
    def _bounds_fit_the_type(self) -> Self:
        if self.numeric and (self.min is None or self.max is None):
            raise ValueError("une variable numérique a un minimum et un maximum")
        if self.type == "choice" and len(self.choices) < 2:  # noqa: PLR2004
            raise ValueError("un choix a au moins deux valeurs")
        return self

    @property
    def numeric(self) -> bool:
        return self.type in {"percentage", "integer", "decimal", "amount", "days", "months", "years"}


class LegalBasis(Strict):
    text: Code
    """An id of clauses/law/texts.yaml."""
    relation: Literal["imposes", "satisfies", "supports"]


class Baseline(Strict):
    """What the law already requires without this clause; `text` null where no text sets anything."""

    statement: Text
    text: Code | None = None
    value: Number | None = None
    unit: str = ""
    variable: VariableName | None = None
    """The variable that is compared with the figure of the law."""
    target: LawTarget | None = None
    """Where that figure and the next ones are, in clauses/law/targets.yaml (`app/library/standing.py`)."""
    overtaken_by: Code | None = None
    """A duty of clauses/law/duties.yaml that, once in force, asks for all that the clause asks."""

    @model_validator(mode="after")
    def _variable_and_target_together(self) -> Self:
        if (self.variable is None) != (self.target is None):
            raise ValueError("la variable comparée et la cible de la loi vont ensemble")
        return self


class Gain(Strict):
    """What the clause adds to the baseline: `none` is shown as « ne fait que rappeler la loi »."""

    degree: Literal["none", "small", "real"]
    reason: Text


class Link(Strict):
    """Why the requirement is tied to the subject matter (CCP, art. L. 2112-3)."""

    stage: Literal["conception", "production", "transport", "utilisation", "entretien", "fin-de-vie"]
    reason: Text


class Evidence(Strict):
    what: Text
    stage: Stage
    equivalents: Text
    """Which other proofs are accepted: any appropriate means, always."""
    burden: Literal[1, 2, 3] = 1


class Control(Strict):
    who: Text
    when: Text
    how: Text


class Penalty(Strict):
    """The sanction of a performance condition; its wording stands in the body."""

    basis: Text
    notice_days: int = Field(ge=0, le=90)
    """Days of formal notice before it is applied."""
    cap: Text


class Scoring(Strict):
    """The kit of an award criterion."""

    question: Text
    answer_form: Text
    formula: Literal["proportional_more", "proportional_less", "steps"]
    scale_max: int = 10
    weight_min: int = Field(ge=1, le=100)
    weight_max: int = Field(ge=1, le=100)
    weight_default: int = Field(ge=1, le=100)
    steps: list[Text] = []
    example: Text
    rewards_excess: bool = False
    """Only what goes beyond a requirement of the same key is scored, so that nothing is both required and scored."""


class CcagHook(Strict):
    ccag: Literal["FCS", "PI", "TIC", "TRAVAUX", "MOE", "MI"]
    article: Text
    subject: Text
    derogates: bool = False


class Relations(Strict):
    requires: list[ClauseId] = []
    excludes: list[ClauseId] = []
    replaces: list[ClauseId] = []
    pairs_with: list[ClauseId] = []
    softer: list[ClauseId] = []
    stronger: list[ClauseId] = []


class Market(Strict):
    availability: Literal["common", "limited", "rare"]
    note: Text


class Source(Strict):
    title: Text
    publisher: Text
    use: Literal["adapted", "inspired", "own"] = "inspired"


class Change(Strict):
    date: date
    kind: Literal["creation", "law", "norm", "market", "wording", "error"]
    reason: Text


class Cpv(Strict):
    include: list[CpvPrefix] = []
    """CPV branches without check digit, two to eight digits; empty means any code."""
    exclude: list[CpvPrefix] = []


class ClauseRecord(Strict):
    """One publishable clause: front matter and wordings, one wording per piece it goes into."""

    id: ClauseId
    title: Text
    plain_title: Text
    """The same for an elected member: twelve words at most, no jargon."""
    summary: Text
    kind: Kind
    alternative_kinds: list[Kind] = []
    level: Literal[1, 2, 3]
    families: list[Code] = Field(min_length=1)
    """The first one is the home of the clause."""
    levers: list[Code] = Field(min_length=1)
    natures: list[Nature] = Field(min_length=1)
    environmental: bool = True
    social: bool = False
    status: Status = Status.ACTIVE
    cpv: Cpv
    requirement: RequirementKey
    """What is required, `family.object`: the same key required and scored is a double use."""
    variables: dict[VariableName, Variable] = {}
    legal: list[LegalBasis] = []
    duties: list[Code] = []
    """Duties (clauses/law/duties.yaml) that the clause helps to meet."""
    baseline: Baseline
    gain: Gain
    link_to_subject: Link
    evidence: list[Evidence] = []
    labels: list[Code] = []
    """Ids of clauses/labels.yaml named by the wording, always with « ou équivalent »."""
    control: Control | None = None
    penalty: Penalty | None = None
    scoring: Scoring | None = None
    ccag: list[CcagHook] = []
    why: Text
    watch_points: list[Text] = Field(min_length=1)
    not_when: list[Text] = Field(min_length=1)
    charter: list[Commitment] = []
    """Commitments of the charter that the clause serves (clauses/charter/charter.yaml)."""
    relations: Relations = Relations()
    market: Market
    definitions: list[Code] = []
    """Ids of clauses/glossary.yaml, inserted once per document."""
    sources: list[Source] = Field(min_length=1)
    legal_check: date
    next_review: date
    changelog: list[Change] = Field(min_length=1)
    wordings: dict[Piece, Text]
    """The text per piece, from the `# PIECE` sections of the file's body."""

    @property
    def family(self) -> str:
        return self.families[0]

    @property
    def pieces(self) -> list[Piece]:
        return list(self.wordings)
