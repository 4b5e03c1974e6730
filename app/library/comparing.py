"""Two versions of a clause side by side: as data, and as an HTML document."""

from collections.abc import Iterable
from html import escape

from app.law.vocabulary import PIECE_LABELS, Piece
from app.library.difference import Move, fields_of, rows_of
from app.library.published import PublishedClause
from app.library.schemas_diff import (
    DiffOut,
    DiffSideOut,
    FieldChangeOut,
    RowOut,
    RunOut,
    WordingChangeOut,
)

_MOVES = {"equal": "identique", "changed": "modifié", "added": "ajouté", "removed": "retiré"}


def compare(before: PublishedClause, after: PublishedClause) -> DiffOut:
    old, new = before.record, after.record
    fields = fields_of(old.model_dump(mode="json"), new.model_dump(mode="json"))
    journal = [change for change in new.changelog if change not in old.changelog]
    return DiffOut(
        clause=new.id,
        title=new.title,
        before=DiffSideOut(version=before.version, content_hash=before.content_hash),
        after=DiffSideOut(version=after.version, content_hash=after.content_hash),
        identical=not fields and old.wordings == new.wordings,
        journal=journal,
        fields=[FieldChangeOut.model_validate(change) for change in fields],
        wordings=[_wording(piece, old.wordings, new.wordings) for piece in {**new.wordings, **old.wordings}],
    )


def _wording(piece: Piece, old: dict[Piece, str], new: dict[Piece, str]) -> WordingChangeOut:
    rows = rows_of(old.get(piece, ""), new.get(piece, ""))
    move: Move = "changed" if any(row.move != "equal" for row in rows) else "equal"
    move = "added" if piece not in old else "removed" if piece not in new else move
    return WordingChangeOut(
        piece=piece, label=PIECE_LABELS[piece], move=move, rows=[RowOut.model_validate(row) for row in rows]
    )


def comparison_document(found: DiffOut) -> bytes:
    """Without JavaScript: what went on the left, what came on the right, both marked in words and in tags."""
    heading = f"{found.clause} : version {found.before.version} et version {found.after.version}"
    sides = f'<th scope="col">Version {found.before.version}</th><th scope="col">Version {found.after.version}</th>'
    parts = [
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(heading)}</title></head><body>',
        f"<main><h1>{escape(found.title)}</h1><p>{escape(heading)}</p>",
        "<p>Ces deux versions sont identiques.</p>" if found.identical else "",
        "".join(f"<p>{change.date.strftime('%d/%m/%Y')} : {escape(change.reason)}</p>" for change in found.journal),
    ]
    for wording in found.wordings:
        rows = "".join(f"<tr>{_cells(row.runs)}</tr>" for row in wording.rows)
        parts.append(f"<h2>{wording.label} ({_MOVES[wording.move]})</h2><table><tr>{sides}</tr>{rows}</table>")
    if found.fields:
        rows = "".join(f"<tr><th scope='row'>{escape(c.label)}</th>{_cells(c.runs)}</tr>" for c in found.fields)
        parts.append(f"<h2>Fiche</h2><table><tr><th scope='col'>Champ</th>{sides}</tr>{rows}</table>")
    return "".join([*parts, "</main></body></html>"]).encode()


def _cells(runs: Iterable[RunOut]) -> str:
    left = "".join(_marked(run, "del") for run in runs if run.op != "insert")
    right = "".join(_marked(run, "ins") for run in runs if run.op != "delete")
    return f"<td>{left}</td><td>{right}</td>"


def _marked(run: RunOut, tag: str) -> str:
    text = escape(run.text)
    return text if run.op == "equal" else f"<{tag}>{text}</{tag}>"
