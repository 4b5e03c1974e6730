"""A letter or a report as a DOCX: our own template and its styles, without the title page of a tender's piece."""

import zipfile
from collections.abc import Iterable, Mapping

from app.documents.compose import base_parts
from app.documents.fragments import PORTRAIT
from app.documents.manifest import DECLARATION, core_properties, custom_properties
from app.documents.package import Part, package
from app.documents.template.build import BASE
from app.documents.template.styles import W
from app.documents.xml import field, paragraph, run, spread, table

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES, _RELS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{PORTRAIT}"/></w:tabs>'
BULLET = "ListBullet"


def text(words: str, style: str = "") -> str:
    """A paragraph; « [à compléter] » is shown as what only the reader can write."""
    parts = words.replace("]", "[").split("[")
    runs = "".join(run(f"[{part}]", "Blank") if place % 2 else run(part) for place, part in enumerate(parts))
    return paragraph(runs, style)


def grid(caption: str, head: list[str], widths: list[int], rows: list[list[str]]) -> str:
    cells = [[run(cell) for cell in row] for row in rows]
    made = table([run(one) for one in head], spread(widths, PORTRAIT), cells, description=caption)
    return paragraph(run(caption), "Caption") + made


def paper(  # noqa: PLR0913 (what a file says about itself)
    title: str,
    author: str,
    body: Iterable[str],
    *,
    head: str,
    extra: Mapping[str, bytes] | None = None,
    types: str = "",
    relations: str = "",
    mark: str = "document",
) -> bytes:
    """The DOCX; `extra` parts come with their `types` and `relations` (charts); `mark` says which kind it is."""
    document = (
        f'<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>{"".join(body)}<w:sectPr>'
        '<w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1247" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    pages = run("Page ") + field("PAGE", run("1")) + run(" / ") + field("NUMPAGES", run("1"))
    tab = "<w:r><w:tab/></w:r>"
    foot = paragraph(run(author[:80]) + tab + pages, "Footer", _TABS)
    made = {
        "word/document.xml": document,
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph(run(head), "Header", _TABS)}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{foot}</w:ftr>',
    }
    parts = {name: Part.of(name, (DECLARATION + xml).encode()) for name, xml in made.items()}
    parts["docProps/core.xml"] = Part.of("docProps/core.xml", core_properties(title, author).encode())
    parts["docProps/custom.xml"] = Part.of("docProps/custom.xml", custom_properties({"Clausier": mark}).encode())
    base = dict(base_parts())
    if extra:
        parts[_TYPES] = _with(_TYPES, types, "</Types>")
        parts[_RELS] = _with(_RELS, relations, "</Relationships>")
    added = [Part.of(name, content) for name, content in (extra or {}).items()]
    return package([*(parts.get(name, part) for name, part in base.items()), *added])


def _with(name: str, more: str, end: str) -> Part:
    """A part of the template with a few entries more."""
    with zipfile.ZipFile(BASE) as archive:
        return Part.of(name, archive.read(name).decode().replace(end, more + end).encode())
