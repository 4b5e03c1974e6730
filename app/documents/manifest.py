"""What a file says about itself: its properties, and the clauses it holds with their versions, hashes and values.

The manifest is a custom XML part; the same list stands in `docProps/custom.xml`, which LibreOffice keeps.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from app.documents.content import Article, ChosenClause, ClauseBlock, Document, Value, headings
from app.documents.xml import MANIFEST, attribute, escape

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_TITLE_LIMIT: Final = 250


def _clauses(document: Document) -> Iterator[ClauseBlock]:
    yield from (entry for entry in headings(document.articles) if not isinstance(entry, Article))


def _plain(value: Any) -> str:  # noqa: ANN401 (a value of a JSON body)
    if isinstance(value, str):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def manifest_xml(document: Document) -> str:
    entries = [_entry(block) for block in _clauses(document)]
    return f'{DECLARATION}<manifest xmlns="{MANIFEST}" piece="{document.piece}">{"".join(entries)}</manifest>'


def _entry(block: ClauseBlock) -> str:
    clause, raw = block.clause, block.clause.raw
    values = [
        f'<blank name="{name}"/>'
        if shown is None
        else f'<value name="{name}">{escape(_plain(raw.get(name, shown)))}</value>'
        for name, shown in clause.shown.items()
    ]
    return (
        f'<clause id="{clause.record.id}" version="{clause.version}" hash="{clause.content_hash}" '
        f'wording="{block.wording.value}" article="{block.number}"{_optional(clause)}>{"".join(values)}</clause>'
    )


def _optional(clause: ChosenClause) -> str:
    """What the buyer decided about the clause, when they did."""
    lot = f' lots="{attribute(" ".join(clause.lots))}"' if clause.lots else ""
    weight = f' weight="{clause.weight:f}"' if clause.weight is not None else ""
    reason = f' reason="{attribute(clause.reason)}"' if clause.reason else ""
    own = f' adapted="{clause.tag}+overlay" revision="{clause.overlay}"' if clause.overlay else ""
    return lot + weight + reason + own


def core_xml(document: Document) -> str:
    title = f"{document.title} – {' '.join(document.object.split())}"
    creator = "".join(part.text for part in document.buyer if isinstance(part, Value))
    return core_properties(title, creator)


def core_properties(title: str, creator: str) -> str:
    """Title and language; no date, since the same input must give the same bytes."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{escape(creator or 'Clausier')}</dc:creator>"
        "<dc:description>Textes des clauses sous Licence Ouverte 2.0</dc:description><dc:language>fr-FR</dc:language>"
        f"<dc:title>{escape(title[:_TITLE_LIMIT])}</dc:title></cp:coreProperties>"
    )


def clause_rows(piece: str, clauses: Iterable[tuple[ChosenClause, str]]) -> dict[str, str]:
    """One property per clause, below the 255 characters that Word allows: `CEC-MOB-001@1#1 CCTP` → hash."""
    rows = {"Clausier": MANIFEST, "Pièce": piece}
    for clause, wording in clauses:
        rows[clause.key + " " + wording] = clause.content_hash
    return rows


def custom_xml(document: Document) -> str:
    return custom_properties(clause_rows(document.piece, ((b.clause, b.wording) for b in _clauses(document))))


def custom_properties(rows: Mapping[str, str]) -> str:
    properties = [
        f'<property fmtid="{FORMAT_ID}" pid="{pid}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(rows.items(), 2)
    ]
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{"".join(properties)}</Properties>'
