"""The draft of the Assistant (frontend/src/purchases/draft.ts): its shape, and what it says as a purchase and a basket.

Everything is kept as it was typed: an amount that cannot be read yet is « not known », never a refusal to save.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from app.documents.schemas import BasketItemIn, Line, LotIn, Lots, Typed
from app.law.catalogue import get_law
from app.law.families import family_of
from app.law.schemas import MOST_EUROS, BuyerIn, PurchaseIn
from app.library import queries as library
from app.library.record import Variable
from app.web.strict import Strict

Code = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]
ClauseId = Annotated[Line, Field(min_length=1, max_length=16)]
Name = Annotated[Line, Field(max_length=60)]
Texts = Annotated[list[Name], Field(max_length=60)]


class _Camel(Strict):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, validate_by_name=True)


class DraftCpv(_Camel):
    code: Code
    label: Line = ""


class DraftPurchase(_Camel):
    object: Annotated[Typed, Field(max_length=2000)] = ""
    cpv: Annotated[list[DraftCpv], Field(max_length=20, default_factory=list)]
    nature: Name = ""
    amount: Name = ""
    amount_unknown: bool = False
    launch_date: Name = ""
    procedure: Name = ""
    buyer_kind: Name = ""
    population: Name = ""
    annual_purchases: Name = ""
    fleet_size: Name = ""
    floor_area: Name = ""
    duration_months: Name = ""
    defence: bool = False
    families: Annotated[Texts, Field(default_factory=list)]


class DraftItem(_Camel):
    clause_id: ClauseId
    version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    title: Line = ""
    piece: Name = ""
    kind: Name = ""
    values: Annotated[dict[Name, Typed], Field(max_length=60, default_factory=dict)]
    blank: Annotated[Texts, Field(default_factory=list)]
    lots: Annotated[list[Annotated[Line, Field(max_length=20)]], Field(max_length=50, default_factory=list)]
    weight: Name = ""
    reason: Typed = ""
    origin: Literal["proposed", "chosen"] = "chosen"
    overlay: bool = False


def _each_once(items: list[DraftItem]) -> list[DraftItem]:
    if len({item.clause_id for item in items}) < len(items):
        raise ValueError("Une clause figure deux fois dans la sélection.")
    return items


class DraftCriterion(_Camel):
    label: Line = ""
    weight: Name = ""


class DraftCode(_Camel):
    field: Name
    lot: Name | None = None
    codes: Annotated[Texts, Field(default_factory=list)]
    reason: Typed = ""


class DraftOutput(_Camel):
    pieces: Annotated[Texts, Field(default_factory=lambda: ["RC", "CCAP", "CCTP", "AE", "CRT", "BPU", "ANNEXE"])]
    title: Annotated[Typed, Field(max_length=2000)] = ""
    buyer_name: Line = ""
    reference: Line = ""
    ccag: Name = ""
    formats: Annotated[Texts, Field(default_factory=lambda: ["docx", "xlsx"])]
    per_lot: bool = False
    contract_start: Name = ""


class DraftIn(_Camel):
    """The whole draft; what is left out takes the value of an empty one."""

    format: Literal[1] = 1
    purchase: DraftPurchase = Field(default_factory=lambda: DraftPurchase.model_validate({}))
    described: bool = False
    ambition: Literal[1, 2, 3] = 1
    items: Annotated[list[DraftItem], Field(max_length=400, default_factory=list), AfterValidator(_each_once)]
    refused: Annotated[list[ClauseId], Field(max_length=2000, default_factory=list)]
    justifications: Annotated[
        dict[Annotated[Line, Field(max_length=80)], Typed], Field(max_length=200, default_factory=dict)
    ]
    criteria: Annotated[list[DraftCriterion], Field(max_length=20, default_factory=list)]
    lots: Lots
    reached: Annotated[int, Field(ge=1, le=6)] = 1
    output: DraftOutput = Field(default_factory=lambda: DraftOutput.model_validate({}))
    codes: Annotated[list[DraftCode], Field(max_length=400, default_factory=list)]

    def kept(self) -> dict[str, Any]:
        """As it is stored and sent back."""
        return self.model_dump(mode="json", by_alias=True)


def draft_of(stored: Mapping[str, Any]) -> DraftIn:
    return DraftIn.model_validate(stored)


_SPACES: Final = re.compile(r"[\s\u00a0\u202f']")
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def number_of(typed: str) -> Decimal | None:
    """« 120 000,50 » as a number, or None: the same reading as `parseNumber` of the screens."""
    text = _SPACES.sub("", typed).removesuffix("€").removesuffix("%").replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def date_of(typed: str) -> date | None:
    """« 2026-12-1 » as three boxes give it."""
    match = _DATE.fullmatch(typed.strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def amount_of(purchase: DraftPurchase) -> Decimal | None:
    found = None if purchase.amount_unknown else number_of(purchase.amount)
    return found if found is not None and 0 <= found <= MOST_EUROS else None


def families_of(purchase: DraftPurchase) -> list[str]:
    """What the buyer chose, else what the CPV codes say."""
    families = get_law().families
    known = {family.code for family in families}
    if chosen := [code for code in dict.fromkeys(purchase.families) if code in known]:
        return chosen
    found = (family_of(entry.code, families) for entry in purchase.cpv)
    return list(dict.fromkeys(family.code for family in found if family))


def pinned(draft: DraftIn) -> DraftIn:
    """The same, each clause with its version: an alert compares what was chosen with what the library has become."""
    shelf = library.shelf()
    items = [
        item.model_copy(update={"version": clause.version})
        if item.version is None and (clause := shelf.clause(item.clause_id))
        else item
        for item in draft.items
    ]
    return draft.model_copy(update={"items": items})


def purchase_in(draft: DraftIn) -> PurchaseIn | None:
    """The purchase as the law room takes it, or None while it lacks what the law needs (an object, a date)."""
    asked = draft.purchase
    raw: dict[str, Any] = {
        "object": asked.object,
        "cpv": [entry.code for entry in asked.cpv],
        "nature": _chosen(asked.nature),
        "estimated_value": amount_of(asked),
        "launch_date": date_of(asked.launch_date),
        "procedure": _chosen(asked.procedure),
        "floor_area": number_of(asked.floor_area),
        "duration_months": _whole(asked.duration_months),
        "defence": asked.defence,
        "families": asked.families,
    }
    buyer = {
        "kind": _chosen(asked.buyer_kind),
        "population": _whole(asked.population),
        "annual_purchases": number_of(asked.annual_purchases),
        "fleet_size": _whole(asked.fleet_size),
    }
    try:
        return PurchaseIn.model_validate({**raw, "buyer": BuyerIn.model_validate(buyer)})
    except ValidationError:
        return None


def _chosen(code: str) -> str | None:
    return code if code not in {"", "inconnu"} else None


def _whole(typed: str) -> int | None:
    found = number_of(typed)
    return int(found) if found is not None and found == found.to_integral_value() else None


def items_in(draft: DraftIn) -> list[BasketItemIn]:
    """The basket as the documents room takes it: each clause in the version that the file holds."""
    known = {lot.number for lot in draft.lots}
    return [_item(item, known) for item in draft.items]


def _item(item: DraftItem, lots: set[str]) -> BasketItemIn:
    clause = library.shelf().clause(item.clause_id)
    variables = clause.record.variables if clause else {}
    return BasketItemIn(
        clause_id=item.clause_id,
        version=item.version,
        values={name: _value(variables.get(name), typed) for name, typed in item.values.items()},
        blank=item.blank,
        lots=[number for number in item.lots if number in lots],
        weight=_percent(item.weight),
        reason=item.reason,
        overlay=item.overlay,
    )


def _percent(typed: str) -> Decimal | None:
    found = number_of(typed)
    rounded = None if found is None or found > 100 else round(found, 2)  # noqa: PLR2004 (percent)
    return rounded if rounded is not None and rounded > 0 else None


def _value(variable: Variable | None, typed: str) -> str | None:
    """A number as the screens read it; what cannot be read stays as typed, and is refused in words at the export."""
    text = typed.strip()
    if not text:
        return None
    if variable is not None and variable.numeric and (found := number_of(text)) is not None:
        return f"{found:f}"
    if variable is not None and variable.type == "date" and (day := date_of(text)):
        return day.isoformat()
    return text


def lots_in(draft: DraftIn) -> list[LotIn]:
    return list(draft.lots)
