"""The law over HTTP: public, read-only, no key. Reference lists are ready-made bytes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.law.assessing import AssessedDuty, assess, strength_in_force
from app.law.catalogue import law_at
from app.law.facts import Duty, Law
from app.law.families import resolve
from app.law.linked import legislation_list
from app.law.schemas import (
    AssessedDutyOut,
    AssessIn,
    AssessmentOut,
    DutyOut,
    DutyPage,
    FamilyOut,
    TextOut,
    TextPage,
)
from app.law.schemas_reference import CharterOut, TargetsOut
from app.web.etag import Page, serve
from app.web.linked import document
from app.web.negotiation import JSON, JSON_LD, NotAcceptable, media_type_of
from app.web.problems import Invalid, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1", tags=["Droit"])

_PARIS: Final = ZoneInfo("Europe/Paris")
_VARY: Final = "Accept, Accept-Encoding"
_APPLICABILITY: Final = ("applies", "depends", "not_applicable")
_STRENGTH: Final = ("binding", "recommended", "programmed")


def clauses_of(request: Request) -> Path:
    folder: Path = request.app.state.settings.clauses
    return folder


def law_of(folder: Annotated[Path, Depends(clauses_of)]) -> Law:
    return law_at(folder)


LawOf = Annotated[Law, Depends(law_of)]
Folder = Annotated[Path, Depends(clauses_of)]


def today_in_paris() -> date:
    return datetime.now(_PARIS).date()


def _duty(duty: Duty, law: Law) -> DutyOut:
    main = law.texts[duty.texts[0]]
    return DutyOut(
        code=duty.code,
        row=duty.row,
        rule=duty.rule,
        title=duty.title,
        strength=strength_in_force(duty),
        article=main.article,
        source=main.title,
        in_force_from=duty.in_force_from,
        in_force_to=duty.in_force_to,
        confidence=duty.confidence,
        action=duty.action,
        exemptions=duty.exemptions,
        outside=duty.outside,
        derogable=duty.derogable,
        texts=[TextOut.model_validate(law.texts[text]) for text in duty.texts],
    )


_LISTS: Final[dict[str, Callable[[Law], BaseModel]]] = {
    "duties": lambda law: DutyPage(items=[_duty(duty, law) for duty in law.duties]),
    "texts": lambda law: TextPage(items=[TextOut.model_validate(text) for text in law.texts.values()]),
    "charter": lambda law: CharterOut.model_validate(law.charter),
    "targets": lambda law: TargetsOut.model_validate(law.targets),
}


@lru_cache
def _page(name: str, folder: Path) -> Page:
    return Page.of(_LISTS[name](law_at(folder)).model_dump_json().encode())


@lru_cache
def _linked_texts(folder: Path, base: str) -> Page:
    return Page.of(document(legislation_list(law_at(folder).texts.values(), base)), JSON_LD)


@router.get("/duties", response_model=DutyPage, summary="Toutes les obligations, avec leurs textes")
async def list_duties(request: Request, folder: Folder) -> Response:
    return serve(request, _page("duties", folder))


@router.get(
    "/texts",
    response_model=TextPage,
    responses=problems(NotAcceptable) | {200: {"content": {JSON_LD: {"schema": {"type": "object"}}}}},
    summary="Les textes de droit, leur confiance et leurs dates",
)
async def list_texts(request: Request, folder: Folder) -> Response:
    """As JSON-LD, each text is a schema.org Legislation."""
    if media_type_of(request.headers.get("accept", ""), (JSON, JSON_LD)) == JSON_LD:
        return serve(request, _linked_texts(folder, address_of(request)), vary=_VARY)
    return serve(request, _page("texts", folder), vary=_VARY)


@router.get("/charter", response_model=CharterOut, summary="La charte : engagements, indicateurs, modalités")
async def read_charter(request: Request, folder: Folder) -> Response:
    return serve(request, _page("charter", folder))


@router.get(
    "/targets", response_model=TargetsOut, summary="Taux de la loi AGEC, seuils et flottes ; un taux absent est nul"
)
async def read_targets(request: Request, folder: Folder) -> Response:
    return serve(request, _page("targets", folder))


def by_relevance(duty: AssessedDuty) -> tuple[int, int]:
    return _APPLICABILITY.index(duty.applicability), _STRENGTH.index(duty.strength)


@router.post(
    "/duties/assess",
    responses=problems(Invalid),
    summary="Les obligations d’un achat, avec la raison de chacune",
)
async def assess_purchase(asked: AssessIn, law: LawOf) -> AssessmentOut:
    """A fact left out makes a duty depend: both outcomes are then given."""
    purchase = asked.purchase.described(law)
    as_given = replace(purchase, families=tuple(asked.purchase.families))
    duties = sorted(assess(purchase, law, today_in_paris()), key=by_relevance)
    return AssessmentOut(
        duties=[AssessedDutyOut.model_validate(duty) for duty in duties],
        families=[FamilyOut.model_validate(family) for family in resolve(as_given, law.families)],
    )
