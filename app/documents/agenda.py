"""The follow-up of a contract: what is checked, by whom, when; as sheets to fill in and as a calendar to import."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from icalendar import Alarm, Calendar, Event

from app.documents.content import ChosenClause
from app.documents.context import SEMICOLON, Context
from app.documents.follow_up import UNKNOWN_MONTHS, Rhythm, after, end_of, rhythms
from app.documents.tables import STAGES
from app.documents.xlsx import Cell, Column, Sheet
from app.library.record import ClauseRecord
from app.library.values import long_date
from app.text.typography import NBSP

_STATES: Final = ("À venir", "Reçu", "Conforme", "Non conforme", "Sans objet")
_REPORT: Final = "Valeur prévue, valeur obtenue et écart, par engagement"
_EVERY_MONTH: Final = 28
"""The last day that every month has: a rule of repetition would skip the others."""
MOST_DATES: Final = 60
"""Dates listed for one control: a weekly one over four years would bury the others; the calendar repeats them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to do, once or again and again."""

    key: str
    rhythm: Rhythm
    title: str
    clause: str
    place: str
    what: str
    who: str
    how: str


def duties_of_all(start: date, months: int | None) -> Iterator[Entry]:
    """What the CCAP asks of every contract (article « Organisation du suivi »)."""
    first = after(start, min(12, months or UNKNOWN_MONTHS))
    named = Rhythm("once", "dans les quinze jours", start + timedelta(days=15))
    report = Rhythm("12m", "quinze jours avant la revue", first - timedelta(days=15), 12)
    review = Rhythm("12m", "chaque année", first, 12)
    for key, rhythm, title, what, who, how in (
        ("contacts", named, "Désigner les interlocuteurs du suivi", "Deux noms", "Acheteur et titulaire", "Par écrit"),
        ("report", report, "Recevoir le bilan des engagements", _REPORT, "Titulaire", "Fichier réutilisable"),
        ("review", review, "Tenir la revue des engagements", "Relevé de décisions", "Acheteur et titulaire", "Réunion"),
    ):
        yield Entry(key, rhythm, title, "", "CCAP", what, who, how)


def entries(context: Context) -> list[Entry]:
    """Every dated control of the contract, in the order of the basket."""
    start, months = context.job.contract_start, context.job.purchase.duration_months
    if start is None:
        return []
    found = list(duties_of_all(start, months))
    for clause in context.job.clauses:
        control = clause.record.control
        if control is None:
            continue
        known = controls_of(clause.record, start, months)
        found += [
            Entry(f"{clause.record.id}/{'+'.join(clause.lots)}/{rhythm.key}", rhythm, _title(context, clause),
                  clause.tag, context.place(clause), proofs_of(clause.record), control.who, control.how)
            for rhythm in known
        ]  # fmt: skip
    return found


def _title(context: Context, clause: ChosenClause) -> str:
    lots = context.job.lot_names(clause)
    return f"{clause.title} ({lots})" if lots else clause.title


def controls_of(record: ClauseRecord, start: date, months: int | None) -> list[Rhythm]:
    """When a clause is controlled: as its record says, and at the end when a proof is due then."""
    known = rhythms(record.control.when, start, months) if record.control else []
    if months and any(e.stage == "fin" for e in record.evidence) and all(r.key != "end" for r in known):
        known.append(Rhythm("end", "à la fin du marché", after(start, months)))
    return known


def proofs_of(record: ClauseRecord) -> str:
    """What the holder gives: the proofs of the performance, else all."""
    proofs = [e for e in record.evidence if e.stage in {"execution", "fin"}] or record.evidence
    return SEMICOLON.join(f"{e.what} ({STAGES[e.stage]})" for e in proofs) or "Constat de l’acheteur"


def follow_up_sheets(context: Context) -> list[Sheet]:
    made = [_about(context), _clauses(context)]
    dated = entries(context)
    return [*made, _dates(context, dated)] if dated else made


def _about(context: Context) -> Sheet:
    job = context.job
    start, months = job.contract_start, job.purchase.duration_months
    dates = f"Comptées depuis le {long_date(start)}" if start else "Sans date de début du marché, aucune n’est calculée"
    if start and not months:
        dates += ", sur douze mois faute de durée connue"
    rows = (
        ("Marché", job.title.strip() or job.purchase.object),
        ("Acheteur", job.buyer_name or "à compléter"),
        ("Référence", job.reference or "à compléter"),
        *((("Lot", job.lot.name),) if job.lot else ()),
        ("Dates", f"{dates}. Un contrôle lié à un événement, comme une livraison, n’en a pas."),
        ("États", f"{', '.join(_STATES)}{NBSP}: à choisir dans la liste."),
        ("Licence des textes", "Bibliothèque Clausier, Licence Ouverte 2.0 (Etalab)."),
    )
    return Sheet("Mode d’emploi", (Column("Rubrique", 26), Column("Contenu", 90)), rows)


def _clauses(context: Context) -> Sheet:
    columns = (
        Column("Clause", 15),
        Column("Objet", 22),
        Column("Articles", 15),
        Column("Preuves attendues", 30),
        Column("Qui contrôle", 18),
        Column("Quand", 18),
        Column("Comment", 28),
        Column("En cas de manquement", 26),
        Column("État", 11, "choice", _STATES),
        Column("Remarques", 22, "text"),
    )
    rows: list[tuple[Cell, ...]] = []
    for clause in context.job.clauses:
        control, penalty = clause.record.control, clause.record.penalty
        if control is None:
            continue
        sanction = f"{penalty.basis}. Plafond{NBSP}: {penalty.cap}" if penalty else "Sans pénalité propre"
        rows.append((clause.tag, _title(context, clause), context.place(clause), proofs_of(clause.record),
                     control.who, control.when, control.how, sanction, "", ""))  # fmt: skip
    if not rows:
        rows = [("—", "Aucune clause retenue n’appelle de suivi", *("—",) * 8)]
    return Sheet("Suivi des clauses", columns, tuple(rows))


def _dates(context: Context, dated: list[Entry]) -> Sheet:
    job = context.job
    end = end_of(job.contract_start or job.purchase.launch_date, job.purchase.duration_months)
    columns = (
        Column("Date", 11),
        Column("À faire", 32),
        Column("Clause", 15),
        Column("Preuve attendue", 36),
        Column("Qui", 22),
        Column("Rythme", 16),
        Column("État", 12, "choice", _STATES),
        Column("Remis le", 12, "date"),
        Column("Remarques", 24, "text"),
    )
    rows = [
        (day, entry.title, entry.clause or "CCAP", entry.what, entry.who, entry.rhythm.label, "", "", "")
        for entry in dated
        for place, day in enumerate(entry.rhythm.dates(end))
        if place < MOST_DATES
    ]
    return Sheet("Échéances", columns, tuple(sorted(rows, key=lambda row: (row[0], row[1], row[2]))))


def calendar(context: Context) -> bytes:
    """The dated controls as all-day events; an event keeps its UID when the file is made again with other dates."""
    job = context.job
    made = Calendar()
    made.add("prodid", "-//Clausier//Suivi des clauses//FR")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Suivi : {job.title.strip() or job.purchase.object}")
    start = job.contract_start or job.purchase.launch_date
    end = end_of(start, job.purchase.duration_months)
    for entry in entries(context):
        if entry.rhythm.first <= end:
            made.add_component(_event(context, entry, end))
    return bytes(made.to_ical())


def _uid(context: Context, entry: Entry) -> str:
    """From the contract and the control, never from a date: importing again moves the event instead of doubling it."""
    job = context.job
    contract = job.reference.strip() or job.purchase.object
    lot = job.lot.number if job.lot else ""
    return f"{sha256(f'{job.buyer_name}|{contract}|{lot}|{entry.key}'.encode()).hexdigest()[:32]}@clausier"


def _event(context: Context, entry: Entry, end: date) -> Event:
    job, rhythm = context.job, entry.rhythm
    event = Event()
    event.add("uid", _uid(context, entry))
    # Not the clock: the same request gives the same bytes.
    event.add("dtstamp", datetime.combine(job.purchase.launch_date, time(), UTC))
    event.add("dtstart", rhythm.first)
    event.add("dtend", rhythm.first + timedelta(days=1))
    if rhythm.months and max(rhythm.first.day, rhythm.day) > _EVERY_MONTH:
        event.add("rdate", list(rhythm.dates(end))[1:])
    elif rhythm.months == 12:  # noqa: PLR2004 (months of a year)
        event.add("rrule", {"freq": "yearly", "until": end})
    elif rhythm.months:
        event.add("rrule", {"freq": "monthly", "interval": rhythm.months, "until": end})
    elif rhythm.days:
        event.add("rrule", {"freq": "daily", "interval": rhythm.days, "until": end})
    event.add("summary", entry.title)
    lines = [f"Preuve : {entry.what}", f"Qui : {entry.who}", f"Comment : {entry.how}", f"Articles : {entry.place}"]
    event.add("description", "\n".join([*lines, *([f"Clause : {entry.clause}"] if entry.clause else [])]))
    event.add("categories", ["Suivi environnemental"])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event
