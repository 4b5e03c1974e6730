"""The dates of a procedure, in the order that they must keep. Pure.

No legal delay is checked here: each depends on the procedure, and none is stated without its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.documents.follow_up import after


class Milestone(StrEnum):
    """In their order."""

    LAUNCH = "launch"
    QUESTIONS = "questions"
    ANSWERS = "answers"
    OFFERS = "offers"
    AWARD = "award"
    NOTIFICATION = "notification"
    START = "start"
    END = "end"


LABELS: Final = {
    Milestone.LAUNCH: "Lancement de la consultation",
    Milestone.QUESTIONS: "Fin des questions des candidats",
    Milestone.ANSWERS: "Dernières réponses aux questions",
    Milestone.OFFERS: "Remise des offres",
    Milestone.AWARD: "Attribution",
    Milestone.NOTIFICATION: "Notification du marché",
    Milestone.START: "Début de l’exécution",
    Milestone.END: "Fin du marché",
}
HINTS: Final = {
    Milestone.LAUNCH: "Envoi de l’avis, ou des demandes de devis.",
    Milestone.QUESTIONS: "Dernier jour pour poser une question.",
    Milestone.ANSWERS: "Dernier jour pour répondre à tous les candidats.",
    Milestone.OFFERS: "Jour de la date limite.",
    Milestone.AWARD: "Décision qui choisit l’offre.",
    Milestone.NOTIFICATION: "Réception du marché par le titulaire.",
    Milestone.START: "Les contrôles de l’exécution se comptent à partir de ce jour.",
    Milestone.END: "Reconductions comprises si elles sont décidées.",
}
_LATE_START: Final = 12
"""Months between the launch and the start past which one of the two looks mistyped."""


@dataclass(frozen=True, slots=True)
class Conflict:
    milestone: Milestone
    sentence: str


def short(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def conflicts(dates: Mapping[Milestone, date]) -> list[Conflict]:
    """Dates that come before one that they must follow: each is told once, beside the later step."""
    found = []
    known = [(step, dates[step]) for step in Milestone if step in dates]
    for place, (step, day) in enumerate(known):
        earlier = [(other, when) for other, when in known[:place] if when > day]
        if earlier:
            other, when = earlier[-1]
            said = f"« {LABELS[step]} » ({short(day)}) précède « {LABELS[other]} » ({short(when)})."
            found.append(Conflict(step, said))
    start, end = dates.get(Milestone.START), dates.get(Milestone.END)
    if start and end and start == end:
        found.append(Conflict(Milestone.END, "Le marché finit le jour où il commence : vérifiez les deux dates."))
    return found


def remarks(dates: Mapping[Milestone, date], *, launch: date | None, months: int | None) -> list[str]:
    """What does not forbid anything and deserves a look. `launch` and `months`: what the description says."""
    found = []
    entered = dates.get(Milestone.LAUNCH)
    if launch and entered and launch != entered:
        found.append(
            f"La description annonce un lancement le {short(launch)}, le calendrier le {short(entered)} : "
            "les obligations sont calculées sur la description."
        )
    start, end = dates.get(Milestone.START), dates.get(Milestone.END)
    if start and end and months and abs((end - after(start, months)).days) > 31:  # noqa: PLR2004 (a month of ease)
        found.append(f"La description annonce {months} mois de marché : les deux dates disent une autre durée.")
    if entered and start and start > after(entered, _LATE_START):
        found.append("Plus d’un an sépare le lancement du début de l’exécution : vérifiez l’année.")
    return found


def end_of_contract(dates: Mapping[Milestone, date], months: int | None) -> date | None:
    """The end as entered, else the start and the duration; None without a start."""
    start = dates.get(Milestone.START)
    if Milestone.END in dates:
        return dates[Milestone.END]
    return after(start, months) if start and months else None


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the calendar."""

    key: str
    label: str
    day: date
    milestone: bool


def steps(dates: Mapping[Milestone, date], others: Mapping[str, tuple[str, date]]) -> list[Step]:
    """Every dated line, in the order of days; on the same day, in the order of the procedure, then free steps."""
    known = [Step(step, LABELS[step], dates[step], milestone=True) for step in Milestone if step in dates]
    free = [Step(key, label, day, milestone=False) for key, (label, day) in others.items()]
    return sorted([*known, *free], key=lambda step: step.day)


def next_step(lines: list[Step], *, today: date) -> Step | None:
    return next((line for line in lines if line.day >= today), None)
