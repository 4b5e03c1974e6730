"""Files that nobody sends by accident, each with the reason for which it must be refused. Built here, never stored."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from app.documents.package import Part, package
from app.documents.template.styles import W
from app.law.vocabulary import Piece
from tests.documents.made import chosen, files, job, records

RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEBIBYTE: Final = 1024 * 1024
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


@lru_cache(maxsize=1)
def good() -> bytes:
    """A CCTP of ours."""
    return files(job((chosen(records()["CEC-MOB-001"]),)))[Piece.CCTP]


def rebuilt(changes: dict[str, bytes | None], content: bytes | None = None, *, stored: bool = False) -> bytes:
    """A good file with parts replaced, added or (None) removed."""
    made = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(content or good())) as old, zipfile.ZipFile(made, "w", method) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()


def document(inside: str, before: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>'
    return (head + inside + "</w:body></w:document>").encode()


def with_body(inside: str, before: str = "") -> bytes:
    return rebuilt({"word/document.xml": document(inside, before)})


def with_relation(kind: str, target: str, *, external: bool = True, part: str = "document") -> bytes:
    mode = ' TargetMode="External"' if external else ""
    name = f"word/_rels/{part}.xml.rels"
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        rels = archive.read(name) if name in archive.namelist() else empty
    added = f'<Relationship Id="rId999" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'
    return rebuilt({name: rels.replace(b"</Relationships>", added.encode())})


def with_type(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return rebuilt({"[Content_Types].xml": archive.read("[Content_Types].xml").replace(old, new)})


def entries(*named: tuple[str, bytes], symlink: bool = False) -> bytes:
    """A good file with entries that `zipfile` would not let pass: any name, any double."""
    parts = [Part.of(name, content) for name, content in named]
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        made = package([*(Part.of(name, archive.read(name)) for name in archive.namelist()), *parts])
    if symlink:
        at = made.rfind(b"PK\x01\x02")
        mode = struct.pack("<L", (stat.S_IFLNK | 0o777) << 16)
        made = made[: at + 38] + mode + made[at + 42 :]
    return made


def lying_size() -> bytes:
    """The directory says little, the stream holds much."""
    body = document("<w:p/>" * 200_000)
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        parts = [
            Part(b"word/document.xml", 8, zlib.compress(body, 9)[2:-4], 500, zlib.crc32(body))
            if name == "word/document.xml"
            else Part.of(name, archive.read(name))
            for name in archive.namelist()
        ]
    return package(parts)


def wrong_sum() -> bytes:
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        named = {name: Part.of(name, archive.read(name)) for name in archive.namelist()}
    part = named["word/document.xml"]
    named["word/document.xml"] = Part(part.name, part.method, part.data, part.size, part.crc ^ 1)
    return package(named.values())


def overlapping() -> bytes:
    """Two directory lines lead to the same bytes."""
    made = package([Part.of("a.docx", good()), Part.of("b.docx", good())])
    first = made.find(b"PK\x01\x02")
    second = made.find(b"PK\x01\x02", first + 4)
    return made[: second + 42] + made[first + 42 : first + 46] + made[second + 46 :]


def encrypted_entry() -> bytes:
    made = bytearray(good())
    at = made.find(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


def ole(*, encrypted: bool) -> bytes:
    name = "EncryptedPackage" if encrypted else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.encode("utf-16-le") + bytes(4000)


def odt(content: str, *, kind: str = "text", manifest: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        spaces = f'xmlns:manifest="{_ODF}:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{manifest}</manifest:manifest>")
    return made.getvalue()


def folder(*named: tuple[str, bytes]) -> bytes:
    return package(Part.stored(name, content) for name, content in named)


def bzip2() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", b"x")
    return made.getvalue()


def field(instruction: str) -> str:
    """An instruction cut over several runs, as Word cuts them."""
    runs = "".join(f"<w:r><w:instrText>{letter}</w:instrText></w:r>" for letter in instruction)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{mark.format('begin')}{runs}{mark.format('end')}</w:p>"


LAUGHS: Final = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)

HOSTILE: Final[dict[str, tuple[Callable[[], Any], str]]] = {
    "an empty file": (lambda: b"", "empty"),
    "a text": (lambda: b"Bonjour " * 100, "not-a-document"),
    "a PDF": (lambda: b"%PDF-1.7\n" + bytes(500), "pdf"),
    "a rich text": (lambda: rb"{\rtf1 Bonjour}", "rtf"),
    "a flat XML document": (lambda: b"<?xml version='1.0'?><pkg:package/>", "flat-xml"),
    "an old .doc": (lambda: ole(encrypted=False), "old-word"),
    "an encrypted DOCX": (lambda: ole(encrypted=True), "encrypted"),
    "an encrypted entry": (encrypted_entry, "encrypted"),
    "an encrypted ODT": (
        lambda: odt("x", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        "encrypted",
    ),
    "a zip bomb of 190 MiB": (lambda: rebuilt({"word/media/a.bin": bytes(190 * MEBIBYTE)}), "bomb"),
    "a bomb of paragraphs": (lambda: with_body("<w:p/>" * 3_000_000), "bomb"),
    "a size that lies": (lying_size, "damaged"),
    "a bomb inside a ZIP of pieces": (
        lambda: folder(("CCTP.docx", rebuilt({"word/media/a.bin": bytes(150 * MEBIBYTE)}))),
        "bomb",
    ),
    "a nested ZIP": (lambda: folder(("a.zip", folder(("b.docx", good())))), "nested"),
    "a ZIP named docx inside a ZIP": (lambda: folder(("a.docx", folder(("b.docx", good())))), "not-a-document"),
    "a hundred thousand entries": (lambda: folder(*((f"{n}", b"") for n in range(60_000))), "many-entries"),
    "3,000 entries": (lambda: folder(*((f"{n}.txt", b"") for n in range(3000))), "many-entries"),
    "a ZIP without a document": (lambda: folder(("photo.jpg", b"x")), "no-document"),
    "41 documents": (lambda: folder(*((f"{n}.odt", odt("<a/>")) for n in range(41))), "many-pieces"),
    "a path that climbs": (lambda: entries(("../../etc/passwd", b"x")), "unsafe-name"),
    "an absolute path": (lambda: entries(("/etc/passwd", b"x")), "unsafe-name"),
    "a Windows path": (lambda: entries(("C:\\evil", b"x")), "unsafe-name"),
    "a symbolic link": (lambda: entries(("word/link", b"/etc/passwd"), symlink=True), "symlink"),
    "a double part": (lambda: entries(("word/document.xml", b"<a/>")), "duplicate"),
    "a double part in capitals": (lambda: entries(("WORD/Document.xml", b"<a/>")), "duplicate"),
    "overlapping entries": (overlapping, "overlap"),
    "a program in front of a ZIP": (lambda: b"MZ" + bytes(512) + good(), "polyglot"),
    "bytes after the end": (lambda: good() + b"<script>", "polyglot"),
    "a truncated file": (lambda: good()[: len(good()) // 2], "damaged"),
    "a wrong check sum": (wrong_sum, "damaged"),
    "a missing document": (lambda: rebuilt({"word/document.xml": None}), "damaged"),
    "missing relations": (lambda: rebuilt({"_rels/.rels": None}), "damaged"),
    "broken XML": (lambda: rebuilt({"word/document.xml": b"<w:document>"}), "damaged"),
    "an unknown encoding": (
        lambda: rebuilt({"word/document.xml": b'<?xml version="1.0" encoding="klingon"?><a/>'}),
        "damaged",
    ),
    "a billion laughs": (lambda: with_body("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS + "]>"), "entities"),
    "an external entity": (
        lambda: with_body(
            "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        ),
        "entities",
    ),
    "a doctype in UTF-16": (
        lambda: rebuilt(
            {"word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}
        ),
        "entities",
    ),
    "20,000 nested tables (a 205 kB file)": (lambda: with_body("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), "too-deep"),
    "a text of 12 MiB": (lambda: _noisy("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"), "huge-text"),
    "an attribute of 12 MiB": (lambda: _noisy('<w:p w:rsidR="', '"/>'), "huge-text"),
    "two billion columns": (
        lambda: with_body(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        ),
        "too-wide",
    ),
    "a style sheet": (lambda: with_body("<w:p/>", '<?xml-stylesheet href="http://x.invalid"?>'), "external"),
    "a document with macros": (
        lambda: with_type(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"),
        "macros",
    ),
    "a hidden vbaProject": (lambda: entries(("word/vbaProject.bin", ole(encrypted=False))), "macros"),
    "an OLE object": (lambda: entries(("word/embeddings/oleObject1.bin", ole(encrypted=False))), "ole"),
    "a linked OLE object": (lambda: with_relation("oleObject", "file://x/y"), "ole"),
    "an ActiveX control": (lambda: with_relation("control", "activeX/activeX1.xml", external=False), "activex"),
    "a remote template": (
        lambda: with_relation("attachedTemplate", "http://x.invalid/t.dotm", part="settings"),
        "external-template",
    ),
    "a remote image": (lambda: with_relation("image", "http://x.invalid/p.png"), "external"),
    "a sub-document": (lambda: with_relation("subDocument", "file:///x"), "external"),
    "an HTML chunk": (lambda: with_body('<w:altChunk r:id="rId1"/>'), "foreign-chunk"),
    "a DDE field cut over runs": (lambda: with_body(field("DDEAUTO c:\\\\cmd.exe")), "field"),
    "an INCLUDETEXT field": (lambda: with_body(field(' INCLUDETEXT "http://x.invalid/a"')), "field"),
    "a simple LINK field": (lambda: with_body('<w:p><w:fldSimple w:instr=" LINK Excel.Sheet"/></w:p>'), "field"),
    "a workbook": (lambda: with_type(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"), "spreadsheet"),
    "slides": (lambda: with_type(b"wordprocessingml.document.main", b"presentationml.presentation.main"), "slides"),
    "an entry compressed by bzip2": (bzip2, "method"),
    "an ODS": (lambda: odt("<a/>", kind="spreadsheet"), "spreadsheet"),
    "an ODT with macros": (
        lambda: package(
            [Part.stored("mimetype", b"application/vnd.oasis.opendocument.text")]
            + [Part.of(name, b"<a/>") for name in ("content.xml", "Basic/script.xml")]
        ),
        "macros",
    ),
    "an ODT with laughs": (lambda: odt(LAUGHS + "]><a>&j;</a>"), "entities"),
    "an ODT without content": (
        lambda: package([Part.stored("mimetype", b"application/vnd.oasis.opendocument.text")]),
        "damaged",
    ),
    "a strict DOCX": (
        lambda: rebuilt(
            {"_rels/.rels": _rels("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument")}
        ),
        "strict",
    ),
    "more than 25 MiB": (lambda: rebuilt({"word/media/a.bin": bytes(25 * MEBIBYTE)}, stored=True), "too-big"),
}


def _rels(kind: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f'<Relationship Id="rId1" Type="{kind}" Target="word/document.xml"/>'
    return f'<Relationships xmlns="{space}">{link}</Relationships>'.encode()


def _noisy(before: str, after: str) -> bytes:
    """Twelve mebibytes in one piece, not regular enough to betray themselves by their ratio."""
    state, letters = 1, bytearray()
    while len(letters) < 12 * MEBIBYTE:
        state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        letters += f"{state:08x}".encode() * 8
    return with_body(before + letters.decode() + after)


def mutations(count: int) -> Iterator[bytes]:
    """A good file with a few bytes flipped, always the same ones."""
    state = 7
    for _ in range(count):
        changed = bytearray(good())
        for _ in range(12):
            state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
            changed[state % len(changed)] ^= 1 + (state >> 8) % 255
        yield bytes(changed)
