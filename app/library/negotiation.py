"""Content negotiation (RFC 9110, section 12.5.1): the media type that the reader prefers among ours."""

from collections.abc import Sequence


def media_type_of(accept: str, offered: Sequence[str]) -> str:
    """The offered type with the best quality; the first one where the header is silent or names none of ours."""
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()]

    def quality(kind: str) -> tuple[float, int]:
        """The most specific range decides; at equal quality a type asked by name goes before a wildcard."""
        matches = [(precise, q) for wanted, q in ranges if (precise := _precision(wanted, kind)) >= 0]
        precise, q = max(matches, default=(-1, 0.0))
        return q, precise

    best = max(offered, key=quality)  # the first of equals
    return best if quality(best)[0] > 0 else offered[0]


def _parsed(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality


def _precision(wanted: str, kind: str) -> int:
    """2 for the very type, 1 for its family, 0 for anything, -1 for another."""
    if wanted == kind:
        return 2
    if wanted == kind.partition("/")[0] + "/*":
        return 1
    return 0 if wanted == "*/*" else -1
