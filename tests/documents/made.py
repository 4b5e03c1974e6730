"""Jobs for the tests: the real content of `clauses/`, composed for the three purchases of the README."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from app.documents.assemble import documents
from app.documents.compose import write
from app.documents.content import ChosenClause
from app.documents.job import CompositionJob, References
from app.documents.pieces import TEXTS, Written
from app.documents.skeleton import read_ccag, read_skeletons
from app.law.catalogue import law_at
from app.law.purchase import Purchase
from app.law.vocabulary import Nature, Piece
from app.library.files import clause_paths, read_all
from app.library.record import ClauseRecord
from app.library.values import shown
from app.library.vocabularies import read_vocabularies
from app.settings import ROOT

CLAUSES = ROOT / "clauses"
FURNITURE = Purchase(
    object="Fourniture de mobilier scolaire",
    launch_date=date(2026, 12, 1),
    cpv=("39160000",),
    procedure="adapted",
    duration_months=24,
    families=("mobilier",),
)


@lru_cache
def references() -> References:
    law = law_at(CLAUSES)
    glossary = read_vocabularies(CLAUSES).glossary
    duties = {duty.code: duty for duty in law.duties}
    return References(read_skeletons(CLAUSES), read_ccag(CLAUSES), law.texts, duties, glossary)


@lru_cache
def records() -> Mapping[str, ClauseRecord]:
    files, _ = read_all(clause_paths(CLAUSES), CLAUSES)
    return {file.record.id: file.record for file in files}


def chosen(record: ClauseRecord, **changes: Any) -> ChosenClause:
    """The clause with its defaults; `shown={…}` changes some of the printed values."""
    values: dict[str, str | None] = {
        name: shown(variable, variable.default) if variable.default is not None else None
        for name, variable in record.variables.items()
    }
    values |= changes.pop("shown", {})
    digest = sha256("".join(record.wordings.values()).encode()).hexdigest()
    return ChosenClause(record, 1, digest, values, **changes)


def of_family(*families: str) -> tuple[ChosenClause, ...]:
    return tuple(chosen(record) for record in records().values() if record.family in families)


def job(clauses: Sequence[ChosenClause] = (), **changes: Any) -> CompositionJob:
    made = CompositionJob(
        references=references(),
        purchase=FURNITURE,
        clauses=tuple(clauses),
        pieces=TEXTS,
        buyer_name="Commune de Saint-Exemple",
        reference="2026-014",
        ccag="FCS",
    )
    return replace(made, **changes)


def files(made: CompositionJob) -> dict[Written, bytes]:
    return {document.piece: write(document) for document in documents(made)}


def with_wording(record: ClauseRecord, piece: Piece, text: str) -> ClauseRecord:
    return record.model_copy(update={"wordings": {**record.wordings, piece: text}})


DAY = date(2026, 12, 1)
CANTEEN = Purchase("Restauration scolaire", DAY, ("55523100",), Nature.SERVICES, families=("restauration",))
SCHOOL = Purchase("Rénovation d’une école", DAY, ("45214200",), procedure="formal", families=("batiment",))
PURCHASES = {"mobilier": (FURNITURE, "FCS"), "restauration": (CANTEEN, "FCS"), "batiment": (SCHOOL, "TRAVAUX")}
