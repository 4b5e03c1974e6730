"""From what was found to what is said: places, summary, coverage map, duties. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from app.documents.analysis.detected import Detected, ForeignRisk, ForeignRole, as_clause, likeness
from app.documents.analysis.own import OwnClause
from app.documents.analysis.pieces import Piece, Written
from app.documents.analysis.proposals import Near, choices, near, proposals
from app.documents.analysis.schemas import (
    AnalysedLeverOut,
    AnalysisResultOut,
    CoverageCellOut,
    CoverageOut,
    CoverageRowOut,
    NeighbourOut,
    OwnClauseOut,
    ParagraphOut,
    RiskOut,
    RoleOut,
    SegmentOut,
    VerdictOut,
)
from app.documents.passages import Passage
from app.law.facts import Law
from app.law.purchase import Purchase
from app.law.rules import BasketClause, Report, check
from app.law.schemas import ReportOut
from app.law.vocabulary import KIND_LABELS
from app.library.checked import checked_clause
from app.library.shelf import Shelf
from app.library.vocabularies import Lever
from app.text.typography import NBSP, french

NOTICE: Final = (
    "Cette analyse signale, elle ne juge pas : ce n’est pas un avis juridique. Un passage peut lui échapper, "
    "ou être signalé à tort."
)
STATE_LABELS: Final = {
    "current": "À jour",
    "edited": "Modifiée",
    "stale": "Périmée",
    "withdrawn": "Retirée",
    "unknown": "Inconnue",
}
_AROUND: Final = 160
_EXCERPT: Final = 320


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """A piece with what was found in it."""

    piece: Piece
    own: tuple[OwnClause, ...]


def where(passage: Passage) -> ParagraphOut:
    titles = [*passage.heading_path, *([passage.text] if passage.heading_level else [])]
    return ParagraphOut(
        piece=passage.piece_name,
        part=passage.part.partition("/")[0],
        section=" › ".join(shorten(title, 90) for title in titles),
        paragraph=passage.index + 1,
    )


def shorten(text: str, limit: int) -> str:
    plain = " ".join(text.split(" "))
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def result(
    read: Sequence[ReadPiece], detected: Detected, shelf: Shelf, purchase: Purchase | None, law: Law
) -> AnalysisResultOut:
    own = [_own(found.piece, one) for found in read for one in found.own]
    roles = [_role(role, shelf) for role in detected.roles]
    close = near(roles)
    findings = [_finding(str(number), risk, shelf, close) for number, risk in enumerate(detected.risks, 1)]
    report = check(purchase, basket(read, detected), law) if purchase else None
    return AnalysisResultOut(
        summary=summary(own, roles, len(findings), report),
        own=own,
        roles=roles,
        findings=findings,
        coverage=coverage(read, detected, shelf),
        duties=_duties(report) if report else None,
        proposals=proposals(report, purchase, shelf) if report and purchase else [],
        notice=french(NOTICE),
    )


def _duties(report: Report) -> ReportOut:
    """Duties and charter: what the words themselves are worth is among the findings of the file."""
    kept = replace(report, findings=tuple(found for found in report.findings if found.origin != "rule"))
    return ReportOut.model_validate(kept)


def _own(piece: Piece, one: OwnClause) -> OwnClauseOut:
    passages = piece.passages[one.place.start : one.place.end]
    written = next((w for w in piece.written if w.id == one.place.clause_id), Written(one.place.clause_id, 0, ""))
    record = one.clause.record if one.clause else None
    return OwnClauseOut(
        clause_id=one.place.clause_id,
        title=record.title if record else one.place.clause_id,
        kind=str(record.kind) if record else "",
        state=one.state,
        state_label=STATE_LABELS[one.state],
        edited=one.edited,
        version=one.version,
        current_version=one.clause.version if one.clause else None,
        wording=one.wording,
        anchor=one.place.anchor,
        where=where(passages[0]),
        last_paragraph=passages[-1].index + 1,
        sentence=one.sentence,
        excerpt=shorten(" ".join(p.text for p in passages if not p.heading_level) or passages[0].text, _EXCERPT),
        difference=[SegmentOut.model_validate(segment) for segment in one.difference],
        changes=[SegmentOut.model_validate(segment) for segment in one.changes],
        reasons=list(one.reasons),
        values={name: str(value) for name, value in one.kept.values.items()},
        blank=list(one.kept.blank),
        out_of_bounds=[french(sentence) for sentence in one.kept.refused.values()],
        lot=written.lot,
        weight=written.weight,
        reason=written.reason,
        levers=list(record.levers) if record else [],
        replaced_by=list(one.replaced_by),
        upgradable=piece.kind == "docx" and bool(one.upgrade),
    )


def _role(found: ForeignRole, shelf: Shelf) -> RoleOut:
    role = found.role
    return RoleOut(
        where=where(found.passage),
        excerpt=shorten(role.text, _EXCERPT),
        kind=role.kind,
        kind_label=KIND_LABELS[role.kind],
        levers=list(role.levers),
        families=[role.family],
        neighbours=[
            NeighbourOut(clause_id=near.clause, title=near.title, likeness=likeness(near.similarity))
            for near in role.neighbours
            if shelf.clause(near.clause)
        ],
        confidence=role.certainty,
        weak=found.weak,
    )


def _finding(ident: str, found: ForeignRisk, shelf: Shelf, close: Near) -> RiskOut:
    risk, text, at = found.risk, found.passage.text, where(found.passage)
    offered = choices([*risk.clauses, *close.get((at.piece, at.section), ())], shelf)
    fix = next((one for one in offered if one.clause_id in risk.clauses), None)
    before, after = text[: risk.start], text[risk.end :]
    return RiskOut(
        id=ident,
        kind=risk.kind,
        label=risk.label,
        severity=risk.severity,
        where=at,
        start=risk.start,
        end=risk.end,
        before=before if len(before) <= _AROUND else "…" + before[-_AROUND:],
        words=text[risk.start : risk.end],
        after=after if len(after) <= _AROUND else after[:_AROUND] + "…",
        sentence=french(risk.why),
        advice=french(risk.advice),
        article=risk.article,
        article_confidence=risk.confidence,
        confidence=risk.certainty,
        clause_id=fix.clause_id if fix else "",
        clause_title=fix.title if fix else "",
        choices=offered,
    )


def is_good(one: OwnClause | OwnClauseOut) -> bool:
    return one.state == "current"


def summary(own: Sequence[OwnClauseOut], roles: Sequence[RoleOut], findings: int, report: Report | None) -> VerdictOut:
    good = sum(map(is_good, own)) + sum(not role.weak for role in roles)
    weak = len(own) + len(roles) - good
    missing = sum(f.origin == "law" and f.status == "missing" for f in report.findings) if report else None
    counts = [] if missing is None else [_count(missing, "obligation non couverte", "obligations non couvertes")]
    counts += [_count(weak, "clause fragile", "clauses fragiles"), _count(good, "bonne", "bonnes")]
    sentence = ", ".join(counts) + "."
    return VerdictOut(sentence=sentence, missing=missing, weak=weak, good=good, findings=findings)


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'aucune'}{NBSP}{one if number < 2 else many}"  # noqa: PLR2004 (French: zero and one)


def basket(read: Sequence[ReadPiece], detected: Detected) -> list[BasketClause]:
    """What the file holds, as the check sees a selection: our clauses with the file's words, and others' passages."""
    texts: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, tuple[OwnClause, str]] = {}
    for found in read:
        for one in found.own:
            if one.clause is None:
                continue
            passages = found.piece.passages[one.place.start : one.place.end]
            texts[one.clause.id] += [passage.text for passage in passages]
            weight = next((w.weight for w in found.piece.written if w.id == one.clause.id and w.weight), "")
            seen.setdefault(one.clause.id, (one, weight))
    ours = [
        checked_clause(one.clause.record, one.version or 0, "\n\n".join(texts[ident]), weight=_decimal(weight))
        for ident, (one, weight) in seen.items()
        if one.clause
    ]
    return ours + [as_clause(role) for role in detected.roles]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def coverage(read: Sequence[ReadPiece], detected: Detected, shelf: Shelf) -> CoverageOut:
    """Which section of which piece works on which lever, and how well."""
    cells: dict[tuple[str, str], dict[str, CoverageCellOut]] = {}
    marks: list[tuple[Passage, Sequence[str], bool]] = [
        (found.piece.passages[one.place.start], one.clause.record.levers, is_good(one))
        for found in read
        for one in found.own
        if one.clause
    ]
    marks += [(role.passage, role.role.levers, not role.weak) for role in detected.roles]
    order = {found.piece.name: number for number, found in enumerate(read)}
    for passage, levers, good in sorted(marks, key=lambda mark: (order[mark[0].piece_name], mark[0].index)):
        row = cells.setdefault((passage.piece_name, _section(passage)), {})
        for lever in levers:
            _mark(row, lever, passage.index + 1, good=good)
    labels = shelf.words.levers
    used = {lever for row in cells.values() for lever in row}
    return CoverageOut(
        levers=_levers(labels, used),
        absent=_levers(labels, set(labels) - used),
        rows=[
            CoverageRowOut(piece=piece, section=section, cells=list(row.values()))
            for (piece, section), row in cells.items()
            if row
        ],
    )


def _levers(labels: Mapping[str, Lever], codes: Iterable[str]) -> list[AnalysedLeverOut]:
    kept = set(codes)
    return [AnalysedLeverOut(code=code, label=lever.label) for code, lever in labels.items() if code in kept]


def _section(passage: Passage) -> str:
    """The outermost title above, or the passage's own when it is one."""
    if passage.heading_path:
        return shorten(passage.heading_path[0], 90)
    return shorten(passage.text, 90) if passage.heading_level else "Avant le premier titre"


def _mark(row: dict[str, CoverageCellOut], lever: str, paragraph: int, *, good: bool) -> None:
    cell = row.setdefault(lever, CoverageCellOut(lever=lever, good=0, weak=0, paragraphs=[]))
    cell.paragraphs.append(paragraph)
    if good:
        cell.good += 1
    else:
        cell.weak += 1
