"""From the bytes that somebody sent to the pieces that they hold: runs in a bounded process."""

from collections.abc import Mapping
from typing import Any

from app.documents.analysis.pieces import Piece, to_wire
from app.documents.analysis.read_docx import read_docx
from app.documents.analysis.read_odt import read_odt
from app.documents.intake import look
from app.documents.refused import Refused


def read_pieces(content: bytes, name: str) -> tuple[str, list[Piece], tuple[str, ...]]:
    """The kind of file, its pieces, and the entries of a ZIP that are not read."""
    found = look(content, name)
    pieces = [read_docx(one) if one.kind == "docx" else read_odt(one) for one in found.documents]
    if not any(piece.passages for piece in pieces):
        raise Refused("no-text")
    return found.kind, pieces, found.unread


def read(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """For `bounded.run`."""
    kind, pieces, unread = read_pieces(content, asked["name"])
    return {"kind": kind, "pieces": [to_wire(piece) for piece in pieces], "unread": list(unread)}, b""
