"""The guard of every file that somebody sends: what it is, or the reason why it is not opened. Pure.

Run it through `bounded.run("app.documents.intake:look", …)`: a hostile file may still cost memory or time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.documents.archive import LARGEST, Archive
from app.documents.budget import Budget
from app.documents.markup import scan, walk
from app.documents.refused import Refused

Kind = Literal["docx", "odt", "zip"]
MOST_PIECES: Final = 40
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_ODT: Final = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_HARMFUL: Final = {
    "oleObject": "ole",
    "control": "activex",
    "activeXControlBinary": "activex",
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "attachedTemplate": "external-template",
    "subDocument": "external",
    "frame": "external",
    "aFChunk": "foreign-chunk",
    "webextension": "external",
}
_ARCHIVES: Final = (".zip", ".7z", ".rar", ".tar", ".gz", ".jar")
_DOCUMENTS: Final = (".docx", ".odt", ".dotx", ".ott")
_OLD: Final = (".doc", ".docm", ".dotm", ".dot")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be read."""

    name: str
    kind: Literal["docx", "odt"]
    archive: Archive


@dataclass(frozen=True, slots=True)
class Intake:
    kind: Kind
    documents: tuple[Document, ...]
    unread: tuple[str, ...] = ()
    """Entries of a ZIP that are no document: said, never opened."""


def look(content: bytes, name: str = "", *, zips: bool = True, budget: Budget | None = None) -> Intake:
    """What the file is; raises `Refused`. `budget`: of the ZIP that it comes from."""
    archive = _opened(content, budget)
    kind = _kind(archive)
    if kind == "zip":
        if not zips:
            raise Refused("not-a-document")
        return _pieces(archive)
    return Intake(kind, (Document(name, kind, archive),))


def look_at_template(_: object, content: bytes) -> tuple[dict[str, str], bytes]:
    """For `bounded.run`: whether a buyer's DOCX may be opened as a template."""
    if look(content, zips=False).kind != "docx":
        raise Refused("not-a-document")
    return {"kind": "docx"}, b""


def _opened(content: bytes, budget: Budget | None) -> Archive:
    """By its first bytes, never by its name."""
    if not content:
        raise Refused("empty")
    if len(content) > LARGEST:
        raise Refused("too-big")
    if content.startswith(_OLE):
        raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old-word")
    if content.startswith(b"%PDF"):
        raise Refused("pdf")
    if content.startswith(b"{\\rtf"):
        raise Refused("rtf")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        raise Refused("flat-xml")
    if not content.startswith(_ZIP):
        raise Refused("polyglot" if b"PK\x05\x06" in content and _ZIP in content else "not-a-document")
    return Archive(content, budget)


def _kind(archive: Archive) -> Kind:
    if _TYPES in archive:
        _check_package(archive)
        return "docx"
    if "mimetype" in archive:
        _check_odf(archive)
        return "odt"
    return "zip"


def _check_package(archive: Archive) -> None:
    types = archive.read(_TYPES)
    if b"macroEnabled" in types or any(
        name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in archive.names
    ):
        raise Refused("macros")
    if b"activeX" in types:
        raise Refused("activex")
    if not any(main in types for main in _MAIN):
        raise Refused(
            "spreadsheet" if b"spreadsheetml" in types else "slides" if b"presentationml" in types else "damaged"
        )
    for name in sorted(archive.names, key=lambda one: not one.endswith(".rels")):
        if name.endswith(".rels"):
            scan(archive.chunks(name), archive.budget)
            _check_relations(archive.chunks(name))
    if main_part(archive) not in archive:
        raise Refused("damaged")
    for name in archive.names:
        if name.endswith((".xml", ".vml")):
            scan(archive.chunks(name), archive.budget)
        elif name.endswith(".bin") and next(archive.chunks(name), b"").startswith(_OLE):
            raise Refused("ole")


def main_part(archive: Archive) -> str:
    """The document's own part, where the package says it is."""
    name = "_rels/.rels"
    if name not in archive:
        raise Refused("damaged")
    for kind, target, _ in _relations(archive.chunks(name)):
        if kind.startswith(_STRICT):
            raise Refused("strict")
        if kind.endswith("/officeDocument"):
            return target.lstrip("/")
    raise Refused("damaged")


def _relations(chunks: Iterable[bytes]) -> list[tuple[str, str, str]]:
    """Type, target and mode of each relationship; read as XML, since a comment may hold what looks like one."""
    found: list[tuple[str, str, str]] = []

    def start(name: str, said: Mapping[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            found.append((said.get("Type", ""), said.get("Target", ""), said.get("TargetMode", "")))

    walk(chunks, start)
    return found


def _check_relations(chunks: Iterable[bytes]) -> None:
    for kind, _, mode in _relations(chunks):
        name = kind.rpartition("/")[2]
        if name in _HARMFUL:
            raise Refused(_HARMFUL[name])
        # A link is text that a reader may click; anything else that is outside would be fetched at opening.
        if mode == "External" and name != "hyperlink":
            raise Refused("external")


def _check_odf(archive: Archive) -> None:
    kind = archive.read("mimetype").strip()
    if kind not in _ODT:
        raise Refused(
            "spreadsheet" if b"spreadsheet" in kind else "slides" if b"presentation" in kind else "not-a-document"
        )
    manifest = "META-INF/manifest.xml"
    if manifest in archive:
        # An encrypted ODT is an ordinary ZIP whose parts are noise: its manifest says so.
        scan(archive.chunks(manifest), archive.budget)
        if b"encryption-data" in archive.read(manifest):
            raise Refused("encrypted")
    if "content.xml" not in archive:
        raise Refused("damaged")
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        raise Refused("macros")
    for name in archive.names:
        if name.endswith(".xml"):
            scan(archive.chunks(name), archive.budget)
        elif next(archive.chunks(name), b"").startswith(_OLE):
            raise Refused("ole")


def _pieces(archive: Archive) -> Intake:
    documents: list[Document] = []
    unread: list[str] = []
    for name in archive.names:
        low = name.lower()
        if low.startswith("__macosx/") or low.rpartition("/")[2].startswith((".", "~$")):
            continue
        if low.endswith(_ARCHIVES):
            raise Refused("nested", name)
        if not low.endswith((*_DOCUMENTS, *_OLD)):
            unread.append(name)
            continue
        try:
            found = look(archive.read(name), name, zips=False, budget=archive.budget)
        except Refused as refusal:
            raise Refused(refusal.code, name) from refusal
        documents += found.documents
        if len(documents) > MOST_PIECES:
            raise Refused("many-pieces")
    if not documents:
        raise Refused("no-document")
    return Intake("zip", tuple(documents), tuple(unread))
