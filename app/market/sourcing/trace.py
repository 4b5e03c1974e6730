"""The trace report of a sourcing: who was told what, when; as a DOCX, and its annex as CSV. Pure."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.documents.compose import write
from app.documents.content import Article, Block, Document, Fact, Paragraph, Table
from app.documents.pieces import Written
from app.library.values import long_date
from app.market.sourcing.rules import PARIS
from app.text.typography import french
from app.web.cells import safe_cell


@dataclass(frozen=True, slots=True)
class TraceLine:
    seq: int
    at: datetime
    who: str
    label: str
    hash: str


@dataclass(frozen=True, slots=True)
class Trace:
    ident: int
    title: str
    buyer: str
    need: str
    closes_at: datetime | None
    versions: Sequence[tuple[int, datetime, str, str]]
    """Number, moment, reason, SHA-256."""
    told: Sequence[tuple[str, str, str, datetime]]
    """Name, SIRET, stratum, moment."""
    matched: int
    seed: str
    asked: Sequence[tuple[str, datetime, str, str]]
    lines: Sequence[TraceLine]
    whole: bool


def said(moment: datetime) -> str:
    """To the second, in Paris."""
    here = moment.astimezone(PARIS)
    return f"{long_date(here.date())}, {here:%H:%M:%S}"


def _article(number: int, key: str, title: str, *blocks: Block) -> Article:
    return Article(key=key, title=title, number=str(number), level=1, blocks=blocks)


def _table(caption: str, columns: tuple[str, ...], widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]) -> Block:
    if not rows:
        return Paragraph(("Aucun élément.",))
    return Table(caption, columns, widths, tuple(tuple((french(cell),) for cell in row) for row in rows))


def report(trace: Trace) -> bytes:
    versions = [(str(n), said(at), reason or "Publication", digest) for n, at, reason, digest in trace.versions]
    told = [(name, siret, stratum, said(at)) for name, siret, stratum, at in trace.told]
    asked = [(by, said(at), text, answer or "Sans réponse") for by, at, text, answer in trace.asked]
    lines = [(str(one.seq), said(one.at), one.who, one.label) for one in trace.lines]
    drawn = f"{len(trace.told)} entreprises prévenues sur {trace.matched}. Graine du tirage : {trace.seed}."
    chain = "La chaîne des empreintes est intacte." if trace.whole else "La chaîne des empreintes est rompue."
    return write(
        Document(
            piece=Written.ANNEXE,
            title="Rapport de traçabilité du sourçage",
            object=french(trace.title),
            buyer=(trace.buyer,),
            kind="Code de la commande publique, articles R. 2111-1 et R. 2111-2",
            reference=f"Sourçage n° {trace.ident}",
            facts=(
                Fact("Clôture", (said(trace.closes_at) if trace.closes_at else "non fixée",)),
                Fact("Heures", ("Heure de Paris",)),
            ),
            articles=(
                _article(1, "besoin", "Le besoin publié", Paragraph((french(trace.need),))),
                _article(2, "versions", "Ce qui a été dit, et quand", _table(
                    "Versions publiées", ("Version", "Instant", "Motif", "Empreinte SHA-256"), (1, 3, 3, 4), versions)),
                _article(3, "prevenues", "Qui a été prévenu", Paragraph((french(drawn),)), _table(
                    "Entreprises prévenues", ("Entreprise", "SIRET", "Strate", "Instant"), (4, 3, 3, 3), told)),
                _article(4, "questions", "Questions et réponses publiées à tous", _table(
                    "Questions", ("Qui", "Instant", "Question", "Réponse"), (2, 2, 4, 4), asked)),
                _article(5, "journal", "Journal", Paragraph((chain,)), _table(
                    "Lignes du journal", ("N°", "Instant", "Qui", "Acte"), (1, 3, 3, 4), lines)),
            ),
            mention=french(f"Sourçage n° {trace.ident}. L’annexe CSV porte les empreintes de chaque ligne."),
            landscape=True,
        )
    )  # fmt: skip


def annex(trace: Trace) -> str:
    """One line per line of the journal; a cell that a spreadsheet would run as a formula is quoted."""
    made = io.StringIO()
    sheet = csv.writer(made, delimiter=";", lineterminator="\r\n")
    sheet.writerow(("numero", "instant", "qui", "acte", "empreinte"))
    for one in trace.lines:
        sheet.writerow(map(safe_cell, (one.seq, one.at.isoformat(), one.who, one.label, one.hash)))
    return "\ufeff" + made.getvalue()
