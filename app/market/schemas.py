"""Firms over HTTP: the directory, a firm's page, its territory and statuses."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.accounts.schemas import Strict
from app.accounts.schemas_sign_in import Email
from app.market.places import LONGEST_RADIUS, REGIONS, departments
from app.market.rules import ContactMode, CoverageKind


def _department(code: str) -> str:
    if code not in departments():
        raise ValueError("Ce n’est pas un code de département.")
    return code


Department = Annotated[str, StringConstraints(max_length=3), AfterValidator(_department)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9*][a-z0-9-]*$", max_length=32)]
Cpv = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
ClauseId = Annotated[str, StringConstraints(pattern=r"^CEC-[A-Z]{3}-\d{3}$")]
Line = Annotated[str, StringConstraints(max_length=150, min_length=2)]
Paragraph = Annotated[str, StringConstraints(max_length=4000)]
Site = Annotated[str, StringConstraints(max_length=200, pattern=r"^(https?://[^\s<>\"]+)?$")]
Phone = Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9+ .()-]*$")]
StatusCode = Literal["ess", "siae", "ea"]


class CoverageIn(Strict):
    kind: CoverageKind
    code: Annotated[str, StringConstraints(max_length=5)] = ""
    """A region, a department or a commune (INSEE); empty for the country, and for a radius around the seat."""
    radius_km: Annotated[int, Field(ge=0, le=LONGEST_RADIUS)] = 0

    def fault(self) -> str:
        """Why this line is no territory, or nothing."""
        known = {
            CoverageKind.COUNTRY: self.code in {"", "FR"},
            CoverageKind.REGION: self.code in REGIONS,
            CoverageKind.DEPARTMENT: self.code in departments(),
            CoverageKind.COMMUNE: len(self.code) == 5 and self.code[:2].isalnum() and self.code[2:].isdigit(),  # noqa: PLR2004
            CoverageKind.RADIUS: self.radius_km > 0 and (not self.code or self.code in departments()),
        }
        if known[self.kind]:
            return ""
        return "Indiquez un rayon en kilomètres." if self.kind is CoverageKind.RADIUS else "Ce code n’est pas connu."


class FirmIn(Strict):
    description: Paragraph = ""
    website: Site = ""
    declared_statuses: Annotated[list[StatusCode], Field(max_length=3)] = Field(default_factory=list)
    contact: ContactMode = ContactMode.PLATFORM
    contact_email: Email | Literal[""] = ""
    contact_phone: Phone = ""
    listed: bool = True
    coverages: Annotated[list[CoverageIn], Field(max_length=120)] = Field(default_factory=list)


class CoverageOut(BaseModel):
    kind: CoverageKind
    code: str
    name: str
    radius_km: int


class StatusOut(BaseModel):
    code: StatusCode
    label: str
    source: Literal["official", "declared"]
    at: datetime | None
    """When the register said it."""


class OfficialOut(BaseModel):
    """What the public register says, and when it was read."""

    address: str
    department: str
    department_name: str
    naf: str
    category: str
    headcount: str
    verification: str
    read_at: datetime | None
    closed_at: datetime | None
    source: str
    """Which register; empty for an invented firm, that none has read."""
    fictitious: bool


class ProofOut(BaseModel):
    id: int
    title: str
    issuer: str
    number: str
    issued_on: date | None
    expires_on: date | None
    expired: bool
    verified_at: datetime | None
    file_name: str
    version: int


class CapabilityOut(BaseModel):
    clause_id: str
    clause_version: int
    title: str
    answer: str
    level: int
    value: float | None
    variable: str
    unit: str
    delay_months: int
    note: str
    territories: list[str]
    proof_id: int | None
    declared_until: date | None
    valid_until: date | None
    expired: bool
    verified: bool
    """By a proof that the platform's team checked and that is in date."""
    version: int


class OfferOut(BaseModel):
    id: int
    siret: str
    firm: str
    kind: str
    title: str
    description: str
    families: list[str]
    levers: list[str]
    cpv: list[str]
    valid_until: date | None
    direction: str
    quantity: float | None
    unit: str
    condition: str
    place: str
    department: str
    available_from: date | None
    available_until: date | None
    responsibility: str
    current: bool
    version: int


class FirmOut(BaseModel):
    siret: str
    siren: str
    name: str
    official: OfficialOut
    description: str
    website: str
    statuses: list[StatusOut]
    contact: ContactMode
    contact_email: str
    contact_phone: str
    listed: bool
    families: list[str]
    levers: list[str]
    coverages: list[CoverageOut]
    departments: list[str]
    """Reached; « FR » alone for the whole country."""
    offers: list[OfferOut]
    capabilities: list[CapabilityOut]
    proofs: list[ProofOut]
    completeness: int
    to_do: list[str]
    updated_at: datetime
    version: int
    may: list[str]


class FirmQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200, description="Mots du nom, de l’activité ou des offres ; SIRET ou SIREN")
    family: Code | Literal[""] = ""
    lever: Annotated[list[Code], Field(max_length=15)] = []
    department: Annotated[list[Department], Field(max_length=13)] = []
    status: Annotated[list[StatusCode], Field(max_length=3)] = Field(default_factory=list)
    proof: bool = Field(False, description="Seulement avec une preuve en cours de validité")
    size: Literal["", "PME", "ETI", "GE"] = ""
    cpv: Annotated[str, StringConstraints(pattern=r"^(\d{8})?$")] = ""
    clause: Annotated[list[ClauseId], Field(max_length=10)] = []
    level: int = Field(1, ge=1, le=3)


class FirmListQuery(FirmQuery):
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=300)


class FirmSummary(BaseModel):
    siret: str
    name: str
    department: str
    department_name: str
    description: str
    families: list[str]
    levers: list[str]
    statuses: list[StatusOut]
    proof: bool
    reasons: list[str]


class FirmPage(BaseModel):
    items: list[FirmSummary]
    next: str | None


class CountOut(BaseModel):
    number: int
    how: Literal["exact", "at_least"]


class FacetOut(BaseModel):
    code: str
    label: str
    count: int


class FirmFacets(BaseModel):
    """Counted over the first thousands of firms: `count.how` says when that is not all of them."""

    count: CountOut
    levers: list[FacetOut]
    statuses: list[FacetOut]


class DepartmentFirms(BaseModel):
    code: str
    name: str
    firms: int
    capped: bool


class FirmMap(BaseModel):
    items: list[DepartmentFirms]


class DepartmentOut(BaseModel):
    code: str
    name: str
    region: str
    region_name: str
    latitude: float
    longitude: float


class Places(BaseModel):
    items: list[DepartmentOut]


class FirmInvitationIn(Strict):
    email: Email


class Said(BaseModel):
    detail: str
