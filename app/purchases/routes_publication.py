"""The publication codes and the AGEC declaration over HTTP: public, nothing is stored."""

from fastapi import APIRouter, Request

from app.law.facts import Law
from app.law.findings import BasketClause
from app.law.purchase import Purchase
from app.law.routes import LawOf
from app.library.queries import LibraryNotReady
from app.purchases import agec, publication_files
from app.purchases.baskets import basket_of
from app.purchases.publication import LotCodes, publication_codes
from app.purchases.publication_checks import contradictions
from app.purchases.publication_lists import FIELDS
from app.purchases.schemas_publication import (
    AgecDeclarationIn,
    AgecDeclarationOut,
    AgecRatesOut,
    CodedOut,
    FieldCodesOut,
    LotCodesOut,
    OptionOut,
    PublicationFilesOut,
    PublicationIn,
    PublicationOut,
)
from app.web.problems import Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Publication"])


@router.post(
    "/publication-codes",
    responses=problems(Invalid, LibraryNotReady),
    summary="Les codes à publier (DECP, eForms, OCDS) déduits d’une sélection, avec leur raison",
)
async def derive_publication_codes(request: Request, asked: PublicationIn, law: LawOf) -> PublicationOut:
    """Every code names the clauses that cause it; an override needs a reason, and contradictions are listed."""
    purchase = asked.purchase.described(law)
    basket = await basket_of(request, asked.items)
    lots = publication_codes(basket, [override.as_override for override in asked.overrides])
    text = law.texts["arrete-2022-12-22"]
    return PublicationOut(
        lots=[_lot(lot, basket, duty_in_force=_duty_in_force(purchase, law)) for lot in lots],
        files=PublicationFilesOut(
            decp=publication_files.decp(purchase, lots),
            eforms=publication_files.eforms(lots),
            ocds=publication_files.ocds(lots),
        ),
        source=text.title,
        article=text.article,
    )


def _duty_in_force(purchase: Purchase, law: Law) -> bool:
    since = law.duty("env-performance-condition").in_force_from
    return since is not None and purchase.launch_date >= since and not purchase.defence


def _lot(lot: LotCodes, basket: list[BasketClause], *, duty_in_force: bool) -> LotCodesOut:
    found = contradictions(lot, basket, duty_in_force=duty_in_force)
    return LotCodesOut(
        lot=lot.lot,
        fields=[
            FieldCodesOut(
                field=entry.field,
                standard=FIELDS[entry.field].standard,
                label=FIELDS[entry.field].label,
                technical=FIELDS[entry.field].technical,
                codes=list(entry.codes),
                derived=[CodedOut.model_validate(coded) for coded in entry.derived],
                overridden=entry.override is not None,
                reason=entry.override.reason if entry.override else "",
                contradictions=[one.message for one in found if one.field == entry.field],
                options=[OptionOut(code=code, label=label) for code, label in FIELDS[entry.field].codes.items()],
            )
            for entry in lot.fields
        ],
        descriptions=dict(lot.descriptions),
    )


@router.post(
    "/agec-declarations",
    responses=problems(Invalid),
    summary="La déclaration annuelle des biens réemployés ou recyclés, au format de data.gouv.fr",
)
async def make_agec_declaration(asked: AgecDeclarationIn, law: LawOf) -> AgecDeclarationOut:
    """An amount that is not given stays blank in the file, never zero."""
    labels = {category.number: category.label for category in law.targets.agec}
    lines = tuple(
        agec.Line(labels[line.category], line.total, line.reused, line.donated, line.recycled, line.comment)
        for line in asked.lines
    )
    declaration = agec.Declaration(asked.year, asked.siret, asked.name, lines)
    text = law.texts["arrete-2025-01-13"]
    return AgecDeclarationOut(
        file_name=f"declaration-agec_{asked.siret}_{asked.year}.csv",
        csv=agec.table(declaration),
        blank=agec.left_blank(lines),
        rates=[AgecRatesOut.model_validate(agec.rates(line)) for line in lines],
        due=f"{asked.year + 1}-06-30",
        source=text.article,
    )
