"""The files that can be asked for: pieces of the tender and sheets of its life, and the formats each comes in.

A library wording knows seven pieces (`law.vocabulary.Piece`); the follow-up and proof sheets hold no wording.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

Format = Literal["docx", "odt", "pdf", "xlsx", "ics"]
FORMATS: Final[tuple[Format, ...]] = ("docx", "odt", "pdf", "xlsx", "ics")

MEDIA: Final[Mapping[str, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "zip": "application/zip",
}


class Written(StrEnum):
    """In the usual order of a tender."""

    RC = "RC"
    CCAP = "CCAP"
    CCTP = "CCTP"
    AE = "AE"
    CRT = "CRT"
    BPU = "BPU"
    ANNEXE = "ANNEXE"
    SUIVI = "SUIVI"
    PREUVES = "PREUVES"


LABELS: Final[Mapping[Written, str]] = {
    Written.RC: "Règlement de la consultation",
    Written.CCAP: "Cahier des clauses administratives particulières",
    Written.CCTP: "Cahier des clauses techniques particulières",
    Written.AE: "Annexe à l’acte d’engagement : engagements environnementaux",
    Written.CRT: "Cadre de réponse environnemental",
    Written.BPU: "Lignes du bordereau des prix",
    Written.ANNEXE: "Annexe : preuves et suivi",
    Written.SUIVI: "Tableau et agenda de suivi",
    Written.PREUVES: "Fiche de preuve de l’acheteur",
}

_TEXT: Final[tuple[Format, ...]] = ("docx", "odt", "pdf")
_FORMATS_OF: Final[Mapping[Written, tuple[Format, ...]]] = {
    Written.CRT: (*_TEXT, "xlsx"),
    Written.BPU: (*_TEXT, "xlsx"),
    Written.SUIVI: ("xlsx", "ics"),
}
TEXTS: Final = tuple(piece for piece in Written if piece is not Written.SUIVI)
"""Those with a skeleton of articles."""
_PREFERRED: Final[Mapping[Written, Format]] = {Written.BPU: "xlsx", Written.SUIVI: "xlsx"}


def formats_of(piece: Written) -> tuple[Format, ...]:
    return _FORMATS_OF.get(piece, _TEXT)


def formats_asked(piece: Written, asked: tuple[Format, ...]) -> tuple[Format, ...]:
    """The formats asked for in which the piece exists; its usual one when there is none."""
    kept = tuple(form for form in asked if form in formats_of(piece))
    return kept or (_PREFERRED.get(piece, "docx"),)
