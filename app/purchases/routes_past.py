"""« Identifier l’existant » over HTTP: an organisation imports what it published, and sees its past."""

import csv
import io
from datetime import date
from hashlib import sha256
from typing import Annotated, Final

from anyio import to_thread
from fastapi import APIRouter, File, Query, Response, UploadFile, status
from sqlalchemy import Integer, cast, extract, select, tuple_

from app.accounts import audit
from app.accounts.actors import BuyerReader, BuyerWriter, Member
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.purchases import past_actions as actions
from app.purchases import shown
from app.purchases.models_past import PastContract, PastImport
from app.purchases.past import LARGEST, Unreadable, read
from app.purchases.past_summary import Share, Summary, finding, summarise
from app.purchases.routes_files import Cursor, Limit, before_of
from app.purchases.schemas_past import (
    PastContractOut,
    PastContractPage,
    PastImportOut,
    PastImportPage,
    PastShareOut,
    PastSummaryOut,
)
from app.text.typography import french
from app.web.cells import safe_cell
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import BodyTooLarge, FieldError, Invalid, NotFound, describe, problems

router = APIRouter(prefix="/api/v1/past-contracts", tags=["Mes dossiers"])
READS: Final = problems(NotSignedIn, Forbidden)
_NO_FAMILY: Final = "Sans famille (CPV absent ou hors familles)"
_NOTES: Final = (
    "La part compte les contrats qui déclarent quelque chose : un contrat sans déclaration n’est pas un « non ».",
    "Le format de 2019 ne demandait pas les considérations environnementales : ses contrats sont « non déclarés ».",
    "La famille est déduite du code CPV. Le montant est celui de la notification initiale, hors taxes.",
)


class PastRefused(Invalid):
    type, title = "/problems/decp", "Fichier DECP refusé"


describe(
    PastRefused,
    "Le fichier n’est pas importé : rien n’a changé. La liste « errors » dit quelles lignes sont à corriger.",
)


def _import_out(made: PastImport, names: shown.Names, member: Member) -> PastImportOut:
    return PastImportOut(
        id=made.id,
        file_name=made.file_name,
        contracts=made.contracts,
        others=made.others,
        at=made.at,
        by=shown.person(made.by, names),
        may=["delete"] if shown.writes(member) else [],
    )


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, Forbidden, CrossSite, PastRefused, BodyTooLarge, KeyReused),
    summary="Importer les données essentielles publiées par mon organisation (JSON, formats 2019 et 2022)",
)
async def import_contracts(
    session: DbSession,
    member: BuyerWriter,
    once: Once,
    file: Annotated[UploadFile, File(description="Un fichier DECP en JSON, 20 Mio au plus")],
) -> PastImportOut:
    """All or nothing; a contract that is already there is replaced. Those of other buyers are left aside."""
    content = await file.read(LARGEST + 1)
    siren = member.organisation.siret[:9]
    try:
        found = await to_thread.run_sync(read, content, siren)
    except Unreadable as error:
        raise _refused(error.sentences) from error
    if not found.contracts:
        others = f" {found.others} contrats d’autres acheteurs ont été lus." if found.others else ""
        raise _refused([f"Aucun contrat de ce fichier n’est de votre organisation (SIREN {siren}).{others}"])
    name = _name(file.filename or "")

    async def make() -> PastImportOut:
        made = await actions.keep(session, member, found, name, content)
        return _import_out(made, await shown.names_for(session, [made.by]), member)

    return await once(
        f"{len(content)} {sha256(content).hexdigest()}", PastImportOut, make, salt=str(member.organisation.id)
    )


def _name(given: str) -> str:
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:200] or "decp.json"


def _refused(sentences: tuple[str, ...] | list[str]) -> PastRefused:
    errors = [FieldError(pointer="/file", detail=french(sentence)) for sentence in sentences]
    return PastRefused(f"{errors[0].detail} Rien n’a été importé.", errors)


@router.get("/summary", responses=READS, summary="La part de contrats avec clause ou critère, par année et famille")
async def read_summary(session: DbSession, member: BuyerReader) -> PastSummaryOut:
    found = summarise(await actions.counted(session, member.organisation.id), actions.family_code)
    labels = actions.family_labels()
    return PastSummaryOut(
        finding=finding(found),
        notes=[french(note) for note in _NOTES],
        total=_share(found.total, labels),
        years=[_share(one, labels) for one in found.years],
        families=[_share(one, labels) for one in found.families],
        cells=[_share(one, labels) for one in found.cells],
        may=["import"] if shown.writes(member) else [],
    )


def _share(one: Share, labels: dict[str, str]) -> PastShareOut:
    family = None if one.family is None else labels.get(one.family, _NO_FAMILY)
    label = " · ".join(filter(None, (family, str(one.year or "")))) or "Ensemble"
    return PastShareOut(
        year=one.year,
        family=one.family,
        label=label,
        contracts=one.contracts,
        declared=one.declared,
        with_clause=one.with_clause,
        with_criterion=one.with_criterion,
        with_either=one.with_either,
        share=one.share,
        amount=one.amount,
    )


@router.get("/summary.csv", response_class=Response, responses=READS, summary="Le même tableau, en CSV")
async def download_summary(session: DbSession, member: BuyerReader) -> Response:
    found = summarise(await actions.counted(session, member.organisation.id), actions.family_code)
    headers = {"Content-Disposition": 'attachment; filename="existant.csv"', "Cache-Control": "no-store"}
    return Response(_table(found), media_type="text/csv; charset=utf-8", headers=headers)


def _table(found: Summary) -> str:
    labels = actions.family_labels()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        (
            "annee",
            "famille",
            "contrats",
            "declares",
            "avec_clause",
            "avec_critere",
            "avec_l_un_ou_l_autre",
            "part",
            "montant",
        )
    )
    for one in found.cells:
        family = labels.get(one.family or "", _NO_FAMILY)
        figures = (one.contracts, one.declared, one.with_clause, one.with_criterion, one.with_either)
        blank = ("" if value is None else f"{value:f}" for value in (one.share, one.amount))
        writer.writerow(map(safe_cell, (one.year, family, *figures, *blank)))
    return out.getvalue()


@router.get("", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les contrats importés")
async def list_contracts(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    member: BuyerReader,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    family: Annotated[str, Query(max_length=60, description="Code de famille, ou « aucune »")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> PastContractPage:
    asked = select(PastContract).where(PastContract.organisation_id == member.organisation.id)
    if year is not None:
        asked = asked.where(cast(extract("year", PastContract.notified_on), Integer) == year)
    if family:
        asked = asked.where(
            PastContract.cpv.in_(await actions.codes_of_family(session, member.organisation.id, family))
        )
    if cursor is not None:
        asked = asked.where(tuple_(PastContract.notified_on, PastContract.id) < _after(cursor))
    ordered = asked.order_by(PastContract.notified_on.desc(), PastContract.id.desc()).limit(limit + 1)
    rows = (await session.execute(ordered)).scalars().all()
    labels = actions.family_labels()
    last = rows[limit - 1] if len(rows) > limit else None
    return PastContractPage(
        items=[_contract(row, labels) for row in rows[:limit]],
        next=cursor_of(last.notified_on.isoformat(), last.id) if last else None,
    )


def _after(cursor: str) -> tuple[date, int]:
    day, ident = key_of(cursor, 2)
    try:
        when = date.fromisoformat(day)
    except (TypeError, ValueError) as error:
        raise BadCursor from error
    if not isinstance(ident, int) or isinstance(ident, bool) or not 0 < ident < 2**63:
        raise BadCursor
    return when, ident


def _contract(row: PastContract, labels: dict[str, str]) -> PastContractOut:
    return PastContractOut(
        id=row.id,
        ident=row.ident,
        title=row.title,
        cpv=row.cpv,
        family=labels.get(actions.family_code(row.cpv), ""),
        notified_on=row.notified_on,
        amount=row.amount,
        clause=row.clause,
        criterion=row.criterion,
        concession=row.concession,
    )


@router.get("/imports", responses=problems(NotSignedIn, Forbidden, BadCursor), summary="Les imports faits")
async def list_imports(
    session: DbSession, member: BuyerReader, limit: Limit = 20, cursor: Cursor = None
) -> PastImportPage:
    asked = select(PastImport).where(PastImport.organisation_id == member.organisation.id)
    before = before_of(cursor)
    if before is not None:
        asked = asked.where(PastImport.id < min(before, 2**31 - 1))
    rows = (await session.execute(asked.order_by(PastImport.id.desc()).limit(limit + 1))).scalars().all()
    names = await shown.names_for(session, (row.by for row in rows))
    return PastImportPage(
        items=[_import_out(row, names, member) for row in rows[:limit]],
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.delete(
    "/imports/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, Forbidden, CrossSite, NotFound),
    summary="Retirer un import et les contrats qu’il a apportés",
)
async def delete_import(session: DbSession, member: BuyerWriter, ident: Ident) -> None:
    made = await session.get(PastImport, ident, with_for_update=True)
    if made is None or made.organisation_id != member.organisation.id:
        raise NotFound("Cet import n’existe pas, ou n’est pas de votre organisation.")
    await session.delete(made)
    audit.record(session, member, "past.removed", made, {"contracts": made.contracts})
