"""A document joined to a control: what it is, by its first bytes, or why it is refused. Pure.

Run it through `bounded.run("app.purchases.proofs:guard", …)`: a hostile file may cost memory or time.
"""

from collections.abc import Mapping
from typing import Any, Final

from app.documents.intake import look
from app.documents.refused import Refused

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 20
"""Documents of one control."""
MEDIA: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
_STARTS: Final = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
REFUSED: Final = "Joignez un PDF, une image PNG ou JPEG, un DOCX ou un ODT."
_OTHER_KINDS: Final = frozenset({"not-a-document", "spreadsheet", "slides", "rtf", "flat-xml", "strict"})


def guard(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, str], bytes]:
    """For `bounded.run`: the kind of the file; raises `Refused`."""
    del asked
    for kind, start in _STARTS.items():
        if content.startswith(start):
            return {"kind": kind}, b""
    return {"kind": look(content, zips=False).kind}, b""


def sentence(refusal: Refused) -> str:
    """The guard of tenders speaks of what it can read; here more is taken."""
    return REFUSED if refusal.code in _OTHER_KINDS else refusal.sentence


def safe_name(name: str, kind: str) -> str:
    """What the person called the file, without a path, with the extension of what it is."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "document"
    kept = "".join(sign if sign.isprintable() and sign not in '"<>|:*?' else "_" for sign in stem)
    return f"{kept.strip()[:120] or 'document'}.{kind}"
