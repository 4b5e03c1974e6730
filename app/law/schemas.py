"""What the law room reads and answers over HTTP. `PurchaseIn` is the purchase of every other room too."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.law.facts import Law, Severity, Strength
from app.law.families import with_families
from app.law.findings import FindingStatus, Origin
from app.law.purchase import Buyer, Purchase
from app.law.vocabulary import BuyerKind, Confidence, Nature
from app.text.typography import french
from app.web.problems import FieldError, Invalid
from app.web.strict import Strict as Strict  # noqa: PLC0414 (the rooms above take it from here)

MOST_EUROS: Final = 1_000_000_000_000
French = Annotated[str, AfterValidator(french)]
"""A sentence put together from parts, with the no-break spaces that French wants."""
_CPV: Final = re.compile(r"^(\d{7,8})(?:-\d)?$")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class FromFacts(BaseModel):
    model_config = ConfigDict(from_attributes=True)


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("Ce texte contient des caractères invisibles qui ne sont pas admis.")
    return text


def _launch(when: date) -> date:
    if not date(2019, 1, 1) <= when <= date(2040, 12, 31):
        raise ValueError("La date de lancement se situe entre 2019 et 2040.")
    return when


def normalised_cpv(code: object) -> object:
    """Eight digits: a check digit is dropped, the leading zero that DECP files lose is put back."""
    if not isinstance(code, str):
        return code
    match = _CPV.match("".join(code.split()))
    if match is None:
        raise ValueError("Un code CPV a huit chiffres, par exemple 39160000 ou 39160000-1.")
    return match.group(1).zfill(8)


CpvCode = Annotated[str, BeforeValidator(normalised_cpv)]
Euros = Annotated[Decimal, Field(ge=0, le=MOST_EUROS, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=100_000_000)]


class BuyerIn(Strict):
    kind: BuyerKind | None = None
    population: Count | None = None
    annual_purchases: Euros | None = None
    """Euros excluding VAT per year."""
    fleet_size: Count | None = None


class PurchaseIn(Strict):
    """A purchase; what is left out is « not known yet », and makes duties depend rather than vanish."""

    object: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500), AfterValidator(_printable)
    ]
    cpv: Annotated[list[CpvCode], Field(max_length=20)] = []  # noqa: RUF012 (Pydantic copies it)
    nature: Nature | None = None
    estimated_value: Euros | None = None
    """Euros excluding VAT, whole contract."""
    launch_date: Annotated[date, AfterValidator(_launch)]
    procedure: Literal["none", "adapted", "formal"] | None = None
    buyer: BuyerIn = BuyerIn()
    floor_area: Annotated[Decimal, Field(ge=0, le=100_000_000, allow_inf_nan=False)] | None = None
    duration_months: Annotated[int, Field(ge=1, le=600)] | None = None
    defence: bool = False
    families: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=22)] = []  # noqa: RUF012 (Pydantic copies it)

    def described(self, law: Law, pointer: str = "/purchase") -> Purchase:
        """The purchase with its families resolved; raises `Invalid` for a family that does not exist."""
        known = {family.code for family in law.families}
        wrong = [
            FieldError(pointer=f"{pointer}/families/{i}", detail=f"La famille « {code} » n’existe pas.")
            for i, code in enumerate(self.families)
            if code not in known
        ]
        if wrong:
            raise Invalid("Une famille n’existe pas.", wrong)
        buyer = self.buyer
        purchase = Purchase(
            object=self.object,
            launch_date=self.launch_date,
            cpv=tuple(dict.fromkeys(self.cpv)),
            nature=self.nature,
            estimated_value=self.estimated_value,
            procedure=self.procedure,
            buyer=Buyer(buyer.kind, buyer.population, buyer.annual_purchases, buyer.fleet_size),
            floor_area=self.floor_area,
            duration_months=self.duration_months,
            defence=self.defence,
            families=tuple(dict.fromkeys(self.families)),
        )
        return with_families(purchase, law.families)


class AssessIn(Strict):
    purchase: PurchaseIn


class TextOut(FromFacts):
    id: str
    title: str
    article: str
    says: str
    row: str
    evidence: str
    confidence: Confidence
    in_force_from: date | None
    in_force_to: date | None
    references: list[str]
    note: str


class TextPage(BaseModel):
    items: list[TextOut]


class DutyOut(BaseModel):
    code: str
    row: str
    rule: str
    title: str
    strength: Strength
    article: str
    source: str
    in_force_from: date | None
    in_force_to: date | None
    confidence: Confidence
    action: str
    exemptions: str
    outside: bool
    """Met by an act of the buyer, not by a clause."""
    derogable: bool
    """A written justification covers it."""
    texts: list[TextOut]


class DutyPage(BaseModel):
    items: list[DutyOut]


class OutcomeOut(FromFacts):
    condition: str
    strength: Strength
    applies: bool


class AssessedDutyOut(FromFacts):
    code: str
    title: str
    strength: Strength
    applicability: Literal["applies", "depends", "not_applicable"]
    reason: str
    outcomes: list[OutcomeOut]
    source: str
    article: str
    in_force_from: date | None
    in_force_to: date | None
    confidence: Confidence
    action: str
    texts: list[str]
    exemptions: str
    row: str


class FamilyOut(FromFacts):
    code: str
    label: str
    reason: str


class AssessmentOut(BaseModel):
    duties: list[AssessedDutyOut]
    families: list[FamilyOut]


class FindingOut(FromFacts):
    rule: str
    origin: Origin
    status: FindingStatus
    severity: Severity
    title: str
    message: French
    why: French
    clauses: list[str]
    suggestion: French
    source: str
    article: str
    in_force_from: date | None
    confidence: Confidence
    duty: str | None
    justified: bool


class SummaryOut(FromFacts):
    covered: int
    missing: int
    depends: int
    warnings: int
    reminders: int
    blocking: int
    not_applicable: int
    sentence: str


class ReportOut(FromFacts):
    findings: list[FindingOut]
    summary: SummaryOut
