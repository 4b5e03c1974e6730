"""Content negotiation (RFC 9110, section 12.5.1): the media type that the reader prefers among ours."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from app.web.problems import Problem, describe

JSON: Final = "application/json"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
JSON_LD: Final = "application/ld+json"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotAcceptable(Problem):
    status, type, title = HTTPStatus.NOT_ACCEPTABLE, "/problems/format", "Format indisponible"


describe(
    NotAcceptable,
    "L’en-tête « Accept » ne nomme aucun des formats de cette adresse. Le détail donne ceux qui existent.",
)


def media_type_of(accept: str, offered: Sequence[str]) -> str:
    """The offered type with the best quality, the first one where the header is silent; else `NotAcceptable`."""
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0]

    def quality(kind: str) -> tuple[float, int]:
        """The most specific range decides; at equal quality a type asked by name goes before a wildcard."""
        matches = [(precise, q) for wanted, q in ranges if (precise := _precision(wanted, kind)) >= 0]
        precise, q = max(matches, default=(-1, 0.0))
        return q, precise

    best = max(offered, key=quality)  # the first of equals
    if quality(best)[0] <= 0:
        raise NotAcceptable(f"Formats disponibles ici : {', '.join(offered)}.")
    return best


def _parsed(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality if quality == quality else 0.0  # noqa: PLR0124 (« q=nan » is not a quality)


def _precision(wanted: str, kind: str) -> int:
    """2 for the very type, 1 for its family, 0 for anything, -1 for another."""
    if wanted == kind:
        return 2
    if wanted == kind.partition("/")[0] + "/*":
        return 1
    return 0 if wanted == "*/*" else -1
