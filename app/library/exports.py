"""The whole library as files: JSON Lines (every field) and CSV (one row a clause, for a spreadsheet)."""

import csv
import io
import json
from typing import Final

from app.library.published import PublishedClause
from app.library.shelf import Shelf
from app.library.table_schema import FIELDS
from app.web.cells import safe_cell

LICENCE: Final = "Licence Ouverte 2.0 (Etalab)"
COLUMNS: Final = tuple(field["name"] for field in FIELDS)


def jsonl(shelf: Shelf) -> bytes:
    """One line a clause, withdrawn ones included with their status; the record of the file and its version."""
    return "".join(json.dumps(_line(clause), ensure_ascii=False) + "\n" for clause in shelf.clauses.values()).encode()


def _line(clause: PublishedClause) -> dict[str, object]:
    return clause.record.model_dump(mode="json") | {
        "status": clause.status,
        "version": clause.version,
        "content_hash": clause.content_hash,
        "published_at": clause.published_at.isoformat(),
        "licence": LICENCE,
    }


def table(shelf: Shelf) -> bytes:
    """UTF-8 with a byte order mark and semicolons: what a French spreadsheet opens without asking."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for clause in shelf.clauses.values():
        writer.writerow([safe_cell(value) for value in _row(clause)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _row(clause: PublishedClause) -> list[str]:
    record = clause.record
    lists = (record.families, record.levers, record.natures, record.pieces, record.cpv.include, record.duties)
    return [
        record.id, str(clause.version), record.title, record.plain_title, record.summary, record.kind,
        str(record.level), clause.status, *(" ".join(values) for values in lists), " ".join(record.charter),
        record.requirement, record.gain.degree, record.market.availability, record.legal_check.isoformat(),
        record.next_review.isoformat(), clause.content_hash, LICENCE,
    ]  # fmt: skip
