"""The attestation of a path: who, which modules, when, on one page. A self-study record, and it says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from app.documents.paper import grid, paper, text
from app.documents.xml import paragraph, run
from app.library.values import long_date
from app.network.rules import PASSING
from app.network.training import Module
from app.text.typography import NBSP

_PARIS: Final = ZoneInfo("Europe/Paris")
_APART: Final = '<w:spacing w:before="160" w:after="60"/>'


@dataclass(frozen=True, slots=True)
class Learner:
    name: str
    organisation: str


def hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest} minutes"
    return f"{whole}{NBSP}h{NBSP}{rest:02d}" if rest else f"{whole}{NBSP}h"


def reference(learner: int, path: str, days: Mapping[str, datetime]) -> str:
    """The same attestation has the same reference, whenever it is made again."""
    told = "|".join(f"{code}:{day.isoformat()}" for code, day in sorted(days.items()))
    return sha256(f"{learner}|{path}|{told}".encode()).hexdigest()[:12].upper()


def attestation(
    learner: Learner, path: str, modules: Sequence[Module], days: Mapping[str, datetime], number: str
) -> bytes:
    """The DOCX; `days`: module → when it was passed."""
    last = max(days[module.code] for module in modules).astimezone(_PARIS).date()
    total = sum(module.minutes for module in modules)
    rows = [
        [module.title, hours(module.minutes), long_date(days[module.code].astimezone(_PARIS).date())]
        for module in modules
    ]
    whose = f"{learner.name}, {learner.organisation}," if learner.organisation else learner.name
    body = [
        text("Attestation de suivi de formation", "Title"),
        text(path, "Subtitle"),
        text(
            f"Clausier atteste que {whose} a suivi en ligne les {len(modules)} modules de ce parcours, d’une durée "
            f"totale indicative de {hours(total)}, et a répondu juste à au moins {PASSING}{NBSP}% des questions de "
            f"chacun. Le parcours est terminé depuis le {long_date(last)}."
        ),
        grid("Modules suivis", ["Module", "Durée indicative", "Réussi le"], [52, 20, 28], rows),
        paragraph(run(f"Référence{NBSP}: {number}"), "", _APART),
        text(
            "Cette attestation constate un apprentissage en autonomie, dont les réponses sont corrigées par le "
            "service sans contrôle d’identité pendant l’épreuve. Elle ne vaut ni diplôme ni certification.",
            "Note",
        ),
    ]
    return paper(f"Attestation – {path}", learner.name, body, head="Clausier – Se former", mark="attestation")
