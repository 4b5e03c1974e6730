"""Detection in foreign tender text: pure analysis, no SQL, no clock.

`learn(records, vocabularies, thesaurus)` once per library, then `find(passages, library, today=…)`.
"""

from app.documents.detecting.library import Library, learn
from app.documents.detecting.reading import find
from app.documents.detecting.results import (
    NOTICE,
    RISK_LABELS,
    CoverageRow,
    Neighbour,
    Reading,
    Risk,
    RiskKind,
    Role,
    TouchedDuty,
)

__all__ = [
    "NOTICE",
    "RISK_LABELS",
    "CoverageRow",
    "Library",
    "Neighbour",
    "Reading",
    "Risk",
    "RiskKind",
    "Role",
    "TouchedDuty",
    "find",
    "learn",
]
