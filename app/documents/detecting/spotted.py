"""A risk as the rules spot it, before the library and the texts of law are put beside it."""

from dataclasses import dataclass

from app.documents.detecting.results import RiskKind
from app.documents.detecting.sayings import SAYINGS, Saying
from app.documents.detecting.sections import Line


@dataclass(frozen=True, slots=True)
class Spotted:
    kind: RiskKind
    line: Line
    start: int
    end: int
    saying: Saying
    levers: tuple[str, ...] = ()


def spot(
    kind: RiskKind,
    line: Line,
    span: tuple[int, int] | None = None,
    saying: Saying | None = None,
    levers: tuple[str, ...] = (),
) -> Spotted:
    """The words of the span, or the whole passage."""
    start, end = span or (0, len(line.text))
    return Spotted(kind, line, start, end, saying or SAYINGS[kind], levers)
