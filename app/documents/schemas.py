"""What the documents room reads and answers over HTTP. A basket item is the same for every room above."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, StrictFloat, StrictInt, StringConstraints

from app.documents.content import Lot
from app.documents.job import LifeCycleMethod
from app.documents.lifecycle import Post
from app.documents.pieces import Format, Written
from app.documents.rules import Weight
from app.documents.values import ILLEGAL
from app.documents.xml import illegal_character
from app.law.schemas import PurchaseIn, Strict
from app.law.schemas_reference import Figure
from app.web.problems import FieldError

LONGEST: Final = 25_000
"""Characters of a free text of the request."""


def _writable(text: str) -> str:
    if found := illegal_character(text):
        raise ValueError(ILLEGAL.format(found))
    return text


Typed = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_writable)]
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_writable)]
Filled = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(_writable)
]
"""Never blank: a name, a label, a reason."""
Name = Annotated[str, StringConstraints(max_length=60)]
Percent = Annotated[Decimal, Field(gt=0, le=100, allow_inf_nan=False, decimal_places=2)]


Years = Annotated[int, Field(ge=1, le=100)]
Rate = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False, decimal_places=4)]

LotNumber = Annotated[str, StringConstraints(min_length=1, max_length=20), AfterValidator(_writable)]
Given = StrictInt | StrictFloat | Annotated[str, Field(max_length=LONGEST)] | None


class BasketItemIn(Strict):
    """A clause of the basket. A variable left out takes its default; one given empty must be filled or in `blank`."""

    clause_id: Annotated[str, StringConstraints(max_length=16)]
    version: Annotated[int, Field(ge=1)] | None = None
    """None: the current one."""
    values: Annotated[dict[Name, Given], Field(max_length=60, default_factory=dict)]
    blank: Annotated[list[Name], Field(max_length=60, default_factory=list)]
    """Variables left blank on purpose: shown as « [libellé : à compléter] »."""
    lots: Annotated[list[LotNumber], Field(max_length=50, default_factory=list)]
    """Numbers of the lots that it bears on; empty: every lot."""
    weight: Percent | None = None
    """Of an award criterion, in percent of the total mark."""
    reason: Typed = ""
    overlay: bool = False
    """The wording that the caller's organisation made of it, on the version that it names."""


USUAL: Final = tuple(piece for piece in Written if piece not in {Written.SUIVI, Written.PREUVES})
"""What a tender holds; the two sheets that the buyer keeps are asked for by name."""


class CriterionIn(Strict):
    """One of the buyer's other criteria: price, technical value, lead time…"""

    label: Annotated[Line, Field(min_length=1)]
    weight: Percent

    @property
    def as_weight(self) -> Weight:
        return Weight(self.label, self.weight)


class LotIn(Strict):
    """A lot of the consultation; basket items name it by its number."""

    number: LotNumber
    title: Line = ""

    @property
    def as_lot(self) -> Lot:
        return Lot(self.number, self.title)


def _numbered_once(lots: list[LotIn]) -> list[LotIn]:
    if len({lot.number for lot in lots}) < len(lots):
        raise ValueError("Deux lots portent le même numéro.")
    return lots


Lots = Annotated[list[LotIn], Field(max_length=50, default_factory=list), AfterValidator(_numbered_once)]
Items = Annotated[list[BasketItemIn], Field(max_length=400, default_factory=list)]
Justifications = Annotated[
    dict[Annotated[str, StringConstraints(max_length=80)], Typed], Field(max_length=200, default_factory=dict)
]


class LifeCycleMethodIn(Strict):
    """The life-cycle cost that the RC announces, as an annex."""

    period_years: Years
    discount_rate: Rate
    """Percent per year, chosen by the buyer; 0: no discounting. There is no default."""
    posts: Annotated[list[Post], Field(max_length=5, default_factory=list)]
    """Besides the acquisition, which always counts."""
    externalities_method: Annotated[Typed, Field(max_length=2000)] = ""

    @property
    def as_method(self) -> LifeCycleMethod:
        return LifeCycleMethod(self.period_years, self.discount_rate, tuple(self.posts), self.externalities_method)


class DocumentsIn(Strict):
    """What decides the documents; the same request gives the same bytes."""

    purchase: PurchaseIn
    items: Items
    lots: Lots
    for_lots: Annotated[list[LotNumber], Field(max_length=50, default_factory=list)]
    """One set of pieces for each of these lots; empty: one set for the whole consultation."""
    pieces: Annotated[list[Written], Field(min_length=1, max_length=9, default_factory=lambda: list(USUAL))]
    formats: Annotated[list[Format], Field(min_length=1, max_length=5, default_factory=lambda: ["docx", "xlsx"])]
    """A piece comes in each of these that exists for it, in its usual one when none does."""
    title: Annotated[Typed, Field(max_length=2000)] = ""
    buyer_name: Line = ""
    reference: Line = ""
    ccag: Literal["FCS", "PI", "TIC", "TRAVAUX", "MOE", "MI", "none"] | None = None
    """None: the one that such a purchase usually cites; « none »: no CCAG at all."""
    criteria: Annotated[list[CriterionIn], Field(max_length=20, default_factory=list)]
    """The other award criteria; empty: price 50 and technical value the rest."""
    justifications: Justifications
    life_cycle_cost: LifeCycleMethodIn | None = None
    contract_start: date | None = None
    """From when the follow-up counts its dates; needed by the ICS."""


class CriterionOut(BaseModel):
    label: str
    weight: Figure


class HeadingOut(BaseModel):
    level: int
    number: str
    text: str


class PieceOut(BaseModel):
    piece: Written
    label: str
    file: str
    formats: list[Format]
    headings: list[HeadingOut]
    paragraphs: int
    clauses: list[str]


class AddedOut(BaseModel):
    clause_id: str
    title: str
    because: str
    """Id of the clause of the basket that requires it."""
    lots: list[str]


class PreviewOut(BaseModel):
    pieces: list[PieceOut]
    missing: list[FieldError]
    """Why the export would be refused now: nothing when it would pass."""
    criteria: list[CriterionOut]
    """The other award criteria as they would be printed."""
    added: list[AddedOut]
    """Clauses that the basket needs and lacks, added to the pieces."""
    conversions: bool
    """Whether this server can make ODT and PDF."""
