"""Rows of the charter room as the API answers them."""

from collections.abc import Iterable

from app.accounts.models import Organisation
from app.charter.models import CharterAdhesion
from app.charter.rules import KIND_LABELS
from app.charter.schemas import AdhesionOut, AskedLine, SignatoryOut
from app.web.csv_table import table


def adhesion_out(row: CharterAdhesion) -> AdhesionOut:
    return AdhesionOut.model_validate(row, from_attributes=True)


def asked_line(row: CharterAdhesion, organisation: Organisation, by: str) -> AskedLine:
    return AskedLine(
        **adhesion_out(row).model_dump(),
        organisation=organisation.name,
        siret=organisation.siret,
        kind=organisation.kind,
        department=organisation.department,
        verification=organisation.verification,
        asked_by=by,
    )


def signatory_out(row: CharterAdhesion, organisation: Organisation) -> SignatoryOut:
    return SignatoryOut(
        organisation=organisation.name,
        siret=organisation.siret,
        kind=organisation.kind,
        department=organisation.department,
        charter_version=row.charter_version,
        since=row.decided_at or row.asked_at,
    )


def register_csv(signatories: Iterable[SignatoryOut]) -> bytes:
    head = ("organisme", "siret", "type", "departement", "version_de_la_charte", "signataire_depuis")
    rows = [
        (
            one.organisation,
            one.siret,
            KIND_LABELS.get(one.kind, one.kind),
            one.department,
            one.charter_version,
            one.since.date().isoformat(),
        )
        for one in signatories
    ]
    return table(head, rows)
