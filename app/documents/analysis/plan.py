"""Which paragraphs of a file a correction changes, before any XML: upgrades, insertions, comments. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

from app.documents.analysis.compare import LineKind, is_lot_line, written
from app.documents.analysis.insertion import blocks_for
from app.documents.analysis.own import OwnClause
from app.documents.analysis.pieces import Piece
from app.documents.analysis.schemas import AnalysisResultOut, InsertionIn, OwnClauseOut, RiskOut
from app.documents.passages import Passage
from app.law.vocabulary import Confidence
from app.library.blocks import blocks_of
from app.library.record import ClauseRecord
from app.text.typography import french

_CLOSE: Final = 0.35
"""Two paragraphs that share less are one removed and one added, not one changed."""
TABLE_CHANGED: Final = "Le tableau de cette clause a changé de forme : reprenez-le depuis la fiche de la clause."


@dataclass(slots=True)
class Plan:
    """The edits of one piece, as `correct` takes them."""

    texts: dict[int, str] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    inserted: list[tuple[int, bool, list[dict[str, Any]]]] = field(default_factory=list)
    comments: list[tuple[int, int, int, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.deleted or self.inserted or self.comments)

    def wire(self) -> dict[str, Any]:
        return {
            "texts": self.texts,
            "deleted": self.deleted,
            "inserted": self.inserted,
            "comments": self.comments,
        }


def upgrade(plan: Plan, piece: Piece, one: OwnClause) -> None:
    """Brings a stale clause to its current version: the file's values are kept, what the buyer edited is replaced."""
    passages = [passage for passage in piece.passages[one.place.start : one.place.end] if not is_lot_line(passage.text)]
    new = list(one.upgrade)
    if not passages[0].heading_level and passages[0].text != new[0][1]:
        new = new[1:]  # a wording pasted without its title
    _cells(plan, passages, new)
    flow = [passage for passage in passages if "/" not in passage.part]
    like = _looks(flow)
    waiting: list[tuple[LineKind, str]] = []
    anchor = passages[0].index
    for passage, line in _aligned(flow, [line for line in new if line[0] != "cell"]):
        if passage is None and line is not None:
            waiting.append(line)
            continue
        if waiting:
            plan.inserted.append((anchor, False, blocks_for(waiting, like)))
            waiting = []
        if passage is not None:
            anchor = passage.index
            if line is None:
                plan.deleted.append(passage.index)
            elif passage.text != line[1]:
                plan.texts[passage.index] = line[1]
    if waiting:
        plan.inserted.append((anchor, False, blocks_for(waiting, like)))


def _cells(plan: Plan, passages: Sequence[Passage], new: Sequence[tuple[LineKind, str]]) -> None:
    """Cell by cell while the table keeps its shape."""
    old = [passage for passage in passages if "/" in passage.part]
    cells = [text for kind, text in new if kind == "cell"]
    if len(old) != len(cells):
        plan.comments.append((passages[0].index, 0, 0, french(TABLE_CHANGED)))
        return
    for passage, text in zip(old, cells, strict=True):
        if passage.text != text:
            plan.texts[passage.index] = text


def _aligned(
    old: Sequence[Passage], new: Sequence[tuple[LineKind, str]]
) -> Iterator[tuple[Passage | None, tuple[LineKind, str] | None]]:
    """Paragraphs beside their new form, in order: the pairing that keeps the most words (a clause has few)."""
    likeness = [[SequenceMatcher(None, p.text, text, autojunk=False).ratio() for _, text in new] for p in old]
    kept = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair = likeness[i][j] + kept[i + 1][j + 1] if likeness[i][j] >= _CLOSE else 0.0
            kept[i][j] = max(pair, kept[i + 1][j], kept[i][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        paired = i < len(old) and j < len(new) and likeness[i][j] >= _CLOSE
        if paired and kept[i][j] == likeness[i][j] + kept[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or kept[i][j] == kept[i + 1][j]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _looks(passages: Iterable[Passage]) -> dict[str, int]:
    """A paragraph of each kind, for the looks of those to insert."""
    found: dict[str, int] = {}
    for passage in passages:
        if "/" not in passage.part and passage.part == "document":
            found.setdefault(_kind(passage), passage.index)
    return found


def _kind(passage: Passage) -> LineKind:
    style = passage.style.lower()
    if passage.heading_level:
        return "heading"
    if "bullet" in style or "puce" in style:
        return "bullet"
    return "number" if "number" in style or "num" in style else "paragraph"


def insert(plan: Plan, piece: Piece, record: ClauseRecord, wanted: InsertionIn, values: Mapping[str, str]) -> None:
    """A clause of the library after a paragraph or in its place, with its values, in the looks of what is above."""
    wording = _wording(record, wanted.wording, piece.name)
    above = [passage for passage in piece.passages if passage.index < wanted.after][::-1]
    like = _looks(above)
    if "heading" not in like:
        like.pop("heading", None)
    made: list[dict[str, Any]] = []
    text = written(record, wording, values)
    made += blocks_for(text[:1], like)
    flow = iter(text[1:])
    for block in blocks_of(wording):
        count = sum(1 for part in block.texts if part)
        part = [next(flow) for _ in range(count)]
        if block.kind == "table":
            width = len(block.rows[0])
            cells = iter([cell for _, cell in part])
            rows = [[next(cells) if cell else "" for cell in row] for row in block.rows]
            made.append({"kind": "table", "rows": [row[:width] for row in rows]})
        else:
            made += blocks_for(part, {"paragraph": like["paragraph"]} if "paragraph" in like else {})
    plan.inserted.append((wanted.after - 1, True, made))
    if wanted.replace:
        _strike(plan, piece, wanted.after - 1)


def _strike(plan: Plan, piece: Piece, number: int) -> None:
    """A cell keeps its paragraph, emptied: a table cell cannot be without one."""
    passage = next(passage for passage in piece.passages if passage.index == number)
    if "/" in passage.part:
        plan.texts[number] = ""
    elif number not in plan.deleted:
        plan.deleted.append(number)


def _wording(record: ClauseRecord, asked: str, piece_name: str) -> str:
    """The wording asked for, else the one of the piece that the file's name says, else the first."""
    wordings = {str(key): text for key, text in record.wordings.items()}
    name = piece_name.upper()
    return (
        wordings.get(asked)
        or next((text for key, text in wordings.items() if key in name), "")
        or next(iter(wordings.values()))
    )


def comment(plans: Mapping[str, Plan], found: AnalysisResultOut) -> None:
    """What was found, as comments beside the words."""
    for one in found.own:
        if one.state != "current" and one.where.part == "document" and one.where.piece in plans:
            plans[one.where.piece].comments.append((one.where.paragraph - 1, 0, 0, _about(one)))
    for risk in found.findings:
        if risk.where.part == "document" and risk.where.piece in plans:
            plans[risk.where.piece].comments.append((risk.where.paragraph - 1, risk.start, risk.end, _warning(risk)))


def _about(one: OwnClauseOut) -> str:
    said = [f"{one.clause_id} – {one.title}", one.sentence, *one.reasons]
    if one.replaced_by:
        said.append(f"Clause qui la remplace : {', '.join(one.replaced_by)}")
    return french("\n".join(said))


def _warning(risk: RiskOut) -> str:
    said = [f"{risk.label} ({risk.confidence})", risk.sentence, risk.advice]
    if risk.article:
        doubt = "" if risk.article_confidence is Confidence.VERIFIED else ", référence à vérifier"
        said.append(f"Texte : {risk.article}{doubt}")
    if risk.clause_id:
        said.append(f"Clause proposée : {risk.clause_id} – {risk.clause_title}")
    return french("\n".join(said))
