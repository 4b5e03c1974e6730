"""The pieces that are filled in a spreadsheet: the candidate's answers, the prices, the buyer's follow-up."""

import re
from collections.abc import Iterator
from typing import Final

from app.documents.agenda import calendar, follow_up_sheets
from app.documents.content import ChosenClause
from app.documents.context import Context, facts_of
from app.documents.job import CompositionJob
from app.documents.manifest import clause_rows
from app.documents.outline import Outlines
from app.documents.pieces import LABELS, Format, Written
from app.documents.tables_offer import asked, offered
from app.documents.xlsx import Answer, Cell, Column, Sheet, Workbook, workbook
from app.law.vocabulary import Kind, Piece
from app.library.blocks import blocks_of
from app.text.fold import fold

_WAITING: Final = re.compile(r"à remplir( par le candidat)?\.?", re.IGNORECASE)
_LINES: Final = 15
"""Lines to fill in under a table that the wording leaves open."""
_PRICE: Final = re.compile(r"\b(prix|valeur|credit|part|cout|an apres|ans apres)\b")
_JOINED: Final = ("Oui", "Non", "Sans objet")


def sheet(piece: Written, form: Format, job: CompositionJob, outlines: Outlines) -> bytes:
    """The XLSX or the ICS of a piece."""
    context = Context(job, outlines, piece, facts_of(job))
    if form == "ics":
        return calendar(context)
    made = {Written.CRT: _answers, Written.BPU: _prices, Written.SUIVI: follow_up_sheets}[piece](context)
    wording = Piece.CRT if piece is Written.CRT else Piece.BPU if piece is Written.BPU else None
    used = [(c, str(wording or "SUIVI")) for c in job.clauses if wording is None or wording in c.record.wordings]
    title = f"{LABELS[piece]} – {' '.join((job.title.strip() or job.purchase.object).split())}"
    return workbook(Workbook(title, job.buyer_name, tuple(made), clause_rows(piece, used)))


def _about(context: Context, *lines: tuple[str, str]) -> Sheet:
    """The first sheet says what the file is and how to fill it in."""
    job = context.job
    rows = [
        ("Marché", job.title.strip() or job.purchase.object),
        ("Acheteur", job.buyer_name or "à compléter par l’acheteur"),
        ("Référence", job.reference or "à compléter par l’acheteur"),
        *((("Lot", job.lot.name),) if job.lot else ()),
        *lines,
        ("Où écrire", "Dans les cellules à fond clair, sous les titres « (à remplir) ». Les autres sont protégées."),
        ("Licence des textes", "Bibliothèque Clausier, Licence Ouverte 2.0 (Etalab)."),
    ]
    return Sheet("Mode d’emploi", (Column("Rubrique", 26), Column("Contenu", 90)), tuple(rows), protected=True)


def _lot_column(context: Context) -> tuple[Column, ...]:
    return (Column("Lot", 18),) if any(clause.lots for clause in context.job.clauses) else ()


def _lot_cell(context: Context, clause: ChosenClause) -> tuple[Cell, ...]:
    if not _lot_column(context):
        return ()
    return (context.job.lot_names(clause) or "Tous les lots",)


def _answers(context: Context) -> list[Sheet]:
    columns = (
        Column("N°", 5),
        *_lot_column(context),
        Column("Question ou exigence", 42),
        Column("Réponse du candidat", 38, "text"),
        Column("Preuve à joindre", 34),
        Column("Preuve jointe", 12, "choice", _JOINED),
        Column("Nom du fichier joint", 18, "text"),
        Column("Notation", 11),
    )
    rows = []
    for number, (clause, question, scored) in enumerate(asked(context), 1):
        proof = offered(clause) or "Tout document qui établit la réponse"
        rows.append((number, *_lot_cell(context, clause), question, "", proof, "", "", scored))
    about = _about(
        context,
        (
            "Objet",
            "Le candidat répond aux questions et joint les preuves. Ses réponses l’engagent si l’offre est retenue.",
        ),
        ("Réponse chiffrée", "Elle s’écrit avec son unité. Une réponse vide ne reçoit aucun point."),
        ("Label cité", "Il s’entend « ou équivalent » : nommez la preuve équivalente que vous joignez."),
    )
    who = ("Dénomination du candidat ou du groupement", "SIRET", "Interlocuteur environnemental, courriel")
    identity = Sheet(
        "Candidat",
        (Column("Renseignement", 44), Column("Réponse du candidat", 60, "text")),
        tuple((line, "") for line in who),
        protected=True,
    )
    questions = [Sheet("Réponses", columns, tuple(rows), protected=True)] if rows else []
    return [about, identity, *questions, *_details(context, Piece.CRT)]


def _details(context: Context, wording: Piece) -> Iterator[Sheet]:
    """The tables of the wordings that have columns of their own: a sheet each."""
    for clause in context.job.clauses:
        tables = [b.rows for b in blocks_of(clause.record.wordings.get(wording, "")) if b.kind == "table"]
        for head, *rows in tables:
            if wording is Piece.BPU and _is_plain(head):
                continue
            lots = f" {context.job.lot_names(clause)}" if clause.lots else ""
            yield _detail(f"{clause.record.id.removeprefix('CEC-')}{lots} {clause.title}", clause, head, rows)


def _detail(name: str, clause: ChosenClause, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Sheet:
    lines = [tuple(_cell(clause, cell) for cell in (*row, *[""] * len(head))[: len(head)]) for row in rows]
    if not any("" in line for line in lines):
        head = (*head, "Réponse du candidat")
        lines = [(*line, "") for line in lines]
    open_ended = any(not line[0] for line in lines) or len(lines) == 1
    lines += [("",) * len(head)] * (_LINES - len(lines) if open_ended else 0)
    columns = tuple(
        Column(clause.filled(title), max(14, min(44, 120 // len(head))), _answer(head, lines, place))
        for place, title in enumerate(head)
    )
    return Sheet(name, columns, tuple(lines), protected=True)


def _answer(head: tuple[str, ...], lines: list[tuple[str, ...]], place: int) -> Answer:
    if all(line[place] for line in lines):
        return ""
    priced = any("prix" in fold(title) for title in head)
    return "number" if priced and _PRICE.search(fold(head[place])) else "text"


def _cell(clause: ChosenClause, text: str) -> str:
    return "" if _WAITING.fullmatch(text.strip()) else clause.filled(text)


def _is_plain(head: tuple[str, ...]) -> bool:
    """Whether the lines have one price each, and go into the common sheet."""
    return all(
        fold(title) in {"ligne", "designation", "unite", "prestation"} or "prix" in fold(title) for title in head
    ) and (sum("prix" in fold(title) for title in head) <= 1)


def _price_lines(clause: ChosenClause) -> Iterator[tuple[str, str, str]]:
    """(code, designation, unit) of the lines of a clause that have one price."""
    for block in blocks_of(clause.record.wordings.get(Piece.BPU, "")):
        if block.kind != "table" or not _is_plain(block.rows[0]):
            continue
        titles = [fold(title) for title in block.rows[0]]
        for row in block.rows[1:]:
            cells = dict(zip(titles, row, strict=False))
            named = cells.get("designation") or cells.get("ligne") or cells.get("prestation") or ""
            code = cells.get("ligne", "") if "designation" in cells else ""
            yield code, clause.filled(named), clause.filled(cells.get("unite", ""))


def _prices(context: Context) -> list[Sheet]:
    columns = (
        Column("N°", 5),
        *_lot_column(context),
        Column("Clause", 15),
        Column("Repère", 10),
        Column("Désignation", 46),
        Column("Unité", 16),
        Column("Prix unitaire en euros hors taxes", 18, "number"),
        Column("Observations du candidat", 28, "text"),
    )
    lines = [(clause, line) for clause in context.job.clauses for line in _price_lines(clause)]
    rows = tuple(
        (number, *_lot_cell(context, clause), clause.tag, code or "—", named, unit or "—", "", "")
        for number, (clause, (code, named, unit)) in enumerate(lines, 1)
    )
    details = list(_details(context, Piece.BPU))
    objet = (
        "Ces lignes complètent le bordereau des prix. Elles donnent un prix à ce que les clauses retenues demandent."
    )
    if not rows and not details:
        objet = "Aucune clause retenue n’ajoute de ligne au bordereau des prix."
    about = _about(context, ("Objet", objet), *_notes(context))
    return [about, *([Sheet("Lignes de prix", columns, rows, protected=True)] if rows else []), *details]


def _notes(context: Context) -> Iterator[tuple[str, str]]:
    """What a wording says around its table."""
    for clause in context.job.clauses:
        texts = [b.items for b in blocks_of(clause.record.wordings.get(Piece.BPU, "")) if b.kind != "table"]
        if texts:
            said = " ".join(clause.filled(text) for items in texts for text in items)
            kind = "" if clause.record.kind is Kind.PRICE else f" ({clause.title})"
            yield f"{clause.record.id}{kind}", said
