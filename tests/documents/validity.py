"""Is a DOCX valid? The schema through openxml-audit (the SDK's data), the references through our own checks.

Each check is a function of a `Package` that returns sentences; `faults` runs them all. `test_validity.py` breaks a good
file in every way that shared/domain/docx.md lists in its section 3, and expects the right check to bite.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Package:
    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.names = archive.namelist()
            self.raw = {name: archive.read(name) for name in self.names}
        self.xml = {name: etree.fromstring(raw) for name, raw in self.raw.items() if name.endswith((".xml", ".rels"))}

    @property
    def document(self) -> etree._Element:
        return self.xml["word/document.xml"]

    def values(self, part: str, tag: str, attribute: str = "val") -> list[str]:
        return [e.get(W + attribute, "") for e in self.xml[part].iter(W + tag)] if part in self.xml else []

    def texts(self) -> Iterator[str]:
        return (name for name in self.names if re.fullmatch(r"word/(document|header\d+|footer\d+|comments)\.xml", name))

    def relations(self) -> Iterator[tuple[str, str, str]]:
        """(source part, id, target part) of every internal relationship."""
        for name in self.names:
            if not name.endswith(".rels"):
                continue
            folder = PurePosixPath(name).parent.parent
            source = str(folder / PurePosixPath(name).stem) if PurePosixPath(name).stem != ".rels" else ""
            for link in self.xml[name].iter(REL + "Relationship"):
                if link.get("TargetMode") != "External":
                    yield source, link.get("Id", ""), _resolved(folder, link.get("Target", ""))


def _resolved(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = []
    for step in (PurePosixPath(target) if target.startswith("/") else folder / target).parts:
        if step == "..":
            steps.pop()
        elif step not in {".", "/"}:
            steps.append(step)
    return "/".join(steps)


def parts(package: Package) -> Iterator[str]:
    for source, ident, target in package.relations():
        if target not in package.raw:
            yield f"{source} : {ident} vise {target}, absent"
    for name, count in Counter(package.names).items():
        if count > 1:
            yield f"{name} : deux entrées du même nom"


def content_types(package: Package) -> Iterator[str]:
    types = package.xml["[Content_Types].xml"]
    overrides = {e.get("PartName", "").lstrip("/") for e in types.iter(TYPES + "Override")}
    defaults = {e.get("Extension", "") for e in types.iter(TYPES + "Default")}
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml") and name not in overrides:
            yield f"{name} : sans type propre"
        if name not in overrides and name.rpartition(".")[2] not in defaults and name != "[Content_Types].xml":
            yield f"{name} : sans type"


def relationship_ids(package: Package) -> Iterator[str]:
    known = {(source, ident) for source, ident, _ in package.relations()}
    for name in package.texts():
        for element in package.xml[name].iter():
            for attribute in ("id", "embed", "link"):
                ident = element.get(R + attribute)
                if ident and (name, ident) not in known:
                    yield f"{name} : {ident} n’est pas une relation"


def styles(package: Package) -> Iterator[str]:
    known = {e.get(W + "styleId") for e in package.xml["word/styles.xml"].iter(W + "style")}
    for part in [*package.texts(), "word/styles.xml", "word/numbering.xml"]:
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for value in package.values(part, tag):
                if value not in known:
                    yield f"{part} : style {value} non défini"


def numbering(package: Package) -> Iterator[str]:
    root = package.xml["word/numbering.xml"]
    abstract = set(package.values("word/numbering.xml", "abstractNum", "abstractNumId"))
    known = {e.get(W + "numId") for e in root.iter(W + "num")}
    for number in root.iter(W + "num"):
        link = number.find(W + "abstractNumId")
        if link is None or link.get(W + "val") not in abstract:
            yield f"numérotation {number.get(W + 'numId')} : modèle absent"
    for part in [*package.texts(), "word/styles.xml"]:
        for value in package.values(part, "numId"):
            if value not in known:
                yield f"{part} : numérotation {value} non définie"


def bookmarks(package: Package) -> Iterator[str]:
    for part in package.texts():
        starts = package.values(part, "bookmarkStart", "id")
        names = package.values(part, "bookmarkStart", "name")
        if Counter(starts) != Counter(package.values(part, "bookmarkEnd", "id")):
            yield f"{part} : signet ouvert sans fin, ou l’inverse"
        for what, counts in (("identifiant", Counter(starts)), ("nom", Counter(names))):
            yield from (f"{part} : {what} de signet {v} répété" for v, n in counts.items() if n > 1)
        yield from (f"{part} : nom de signet {n}" for n in names if not re.fullmatch(r"[A-Za-z_]\w{0,39}", n))


def targets(package: Package) -> Iterator[str]:
    known = set(package.values("word/document.xml", "bookmarkStart", "name"))
    cited = package.values("word/document.xml", "hyperlink", "anchor")
    for instruction in package.document.iter(W + "instrText"):
        cited += re.findall(r"^ *(?:PAGE)?REF (\w+)", instruction.text or "")
    yield from (f"renvoi vers {name}, absent" for name in cited if name not in known)


def fields(package: Package) -> Iterator[str]:
    for part in package.texts():
        depth = 0
        for mark in package.values(part, "fldChar", "fldCharType"):
            depth += {"begin": 1, "end": -1}.get(mark, 0)
            if depth < 0:
                yield f"{part} : champ fermé sans être ouvert"
        if depth > 0:
            yield f"{part} : champ jamais fermé"


def controls(package: Package) -> Iterator[str]:
    idents: Counter[str] = Counter()
    for sdt in package.document.iter(W + "sdt"):
        properties = sdt.find(W + "sdtPr")
        if sdt.find(W + "sdtContent") is None:
            yield "contrôle sans contenu"
        ident = properties.find(W + "id") if properties is not None else None
        idents[ident.get(W + "val", "") if ident is not None else ""] += 1
        for tag in ("tag", "alias"):
            found = properties.find(W + tag) if properties is not None else None
            if found is not None and len(found.get(W + "val", "")) > 64:
                yield f"contrôle : {tag} de plus de 64 caractères"
    yield from (f"contrôle {ident} : identifiant répété" for ident, count in idents.items() if count > 1)


def spaces(package: Package) -> Iterator[str]:
    for part in package.texts():
        for text in package.xml[part].iter(W + "t", W + "delText", W + "instrText"):
            if text.text and text.text != text.text.strip() and text.get(SPACE) != "preserve":
                yield f"{part} : espace perdue dans « {text.text} »"


def cells(package: Package) -> Iterator[str]:
    for cell in package.document.iter(W + "tc"):
        if len(cell) == 0 or cell[-1].tag != W + "p":
            yield "cellule sans paragraphe final"


def revisions(package: Package) -> Iterator[str]:
    idents: Counter[str] = Counter()
    for revision in package.document.iter(W + "ins", W + "del"):
        idents[revision.get(W + "id", "")] += 1
        if not revision.get(W + "author"):
            yield "révision sans auteur"
        if revision.tag == W + "del" and next(revision.iter(W + "t"), None) is not None:
            yield "w:t dans w:del"
    yield from (f"révision {ident} : identifiant répété" for ident, count in idents.items() if count > 1)


def settings(package: Package) -> Iterator[str]:
    """python-docx's own base fails here: the transitional schema requires a percentage (docx.md, section 0)."""
    for zoom in package.xml["word/settings.xml"].iter(W + "zoom"):
        if not zoom.get(W + "percent"):
            yield "zoom sans pourcentage"


def properties(package: Package) -> Iterator[str]:
    core = package.xml["docProps/core.xml"]
    for tag, count in Counter(child.tag for child in core).items():
        if count > 1:
            yield f"{tag} deux fois"


CHECKS: Final[tuple[Callable[[Package], Iterator[str]], ...]] = (
    parts,
    content_types,
    relationship_ids,
    styles,
    numbering,
    bookmarks,
    targets,
    fields,
    controls,
    spaces,
    cells,
    revisions,
    settings,
    properties,
)


def schema(content: bytes, folder: Path) -> list[str]:
    """What the Open XML schemas and semantic rules say."""
    path = folder / "checked.docx"
    path.write_bytes(content)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path)
    return [f"{error.part_uri if hasattr(error, 'part_uri') else ''} {error}" for error in result.errors]


def faults(content: bytes) -> dict[str, list[str]]:
    """Name of each own check that bites → its sentences."""
    package = Package(content)
    found = {check.__name__: list(check(package)) for check in CHECKS}
    return {name: sentences for name, sentences in found.items() if sentences}
