"""The parts of a workbook that hold no row: types, relationships, properties, cell formats."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.documents.manifest import DECLARATION, core_properties, custom_properties
from app.documents.template.build import THEME
from app.documents.xml import attribute

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEETML: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_EDGE: Final = "".join(
    f'<{side} style="thin"><color rgb="FF9CA3AF"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_WRAP: Final = '<alignment vertical="top" wrapText="1"/>'


def _format(font: int = 0, fill: int = 0, number: int = 0, *, locked: bool = True) -> str:
    lock = "" if locked else '<protection locked="0"/>'
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="1" xfId="0" applyFont="1" applyFill="1" '
        f'applyNumberFormat="1" applyBorder="1" applyAlignment="1" applyProtection="1">{_WRAP}{lock}</xf>'
    )


STYLES: Final = (
    f'{DECLARATION}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="10"/><color rgb="FF1A1A1A"/><name val="Arial"/><family val="2"/></font>'
    '<font><b/><sz val="10"/><color rgb="FF14532D"/><name val="Arial"/><family val="2"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EFE7"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF9DB"/></patternFill></fill></fills>'
    f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{_EDGE}<diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    f"{_format(font=1, fill=2)}{_format()}{_format(fill=3, locked=False)}{_format(fill=3, number=4, locked=False)}"
    f"{_format(number=164)}{_format(fill=3, number=164, locked=False)}</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _relationships(links: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="rId{i}" Type="{kind}" Target="{to}"/>' for i, (kind, to) in enumerate(links, 1))
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _types(sheets: int) -> str:
    named = {
        "xl/workbook.xml": f"{_SHEETML}.sheet.main+xml",
        **{f"xl/worksheets/sheet{i}.xml": f"{_SHEETML}.worksheet+xml" for i in range(1, sheets + 1)},
        "xl/styles.xml": f"{_SHEETML}.styles+xml",
        "xl/sharedStrings.xml": f"{_SHEETML}.sharedStrings+xml",
        "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    rows = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in named.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _workbook(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{attribute(name)}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1)
    )
    # Print_Titles repeats the header row on paper; ColumnTitle is the name by which screen readers announce it.
    defined = "".join(
        f'<definedName name="{label}" localSheetId="{i}">\'{attribute(name)}\'!{area}</definedName>'
        for label, area in (("_xlnm.Print_Titles", "$1:$1"), ("ColumnTitle", "$A$1"))
        for i, name in enumerate(names)
    )
    return (
        f'{DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
        "<bookViews><workbookView/></bookViews>"
        f"<sheets>{sheets}</sheets><definedNames>{defined}</definedNames></workbook>"
    )


def shared_strings(texts: Sequence[str]) -> str:
    """The texts of all sheets, escaped already, each once."""
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    return f'{DECLARATION}<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{items}</sst>'


def fixed_parts(title: str, creator: str, names: Sequence[str], properties: Mapping[str, str]) -> dict[str, str]:
    link = f"{_OFFICE}/relationships"
    sheets = [(f"{link}/worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)]
    return {
        "[Content_Types].xml": _types(len(names)),
        "_rels/.rels": _relationships(
            (
                (f"{link}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{link}/extended-properties", "docProps/app.xml"),
                (f"{link}/custom-properties", "docProps/custom.xml"),
            )
        ),
        "xl/workbook.xml": _workbook(names),
        "xl/_rels/workbook.xml.rels": _relationships(
            [
                *sheets,
                (f"{link}/styles", "styles.xml"),
                (f"{link}/sharedStrings", "sharedStrings.xml"),
                (f"{link}/theme", "theme/theme1.xml"),
            ]
        ),
        "xl/theme/theme1.xml": DECLARATION + THEME.read_text(encoding="utf-8").strip(),
        "docProps/core.xml": core_properties(title, creator),
        "docProps/app.xml": (
            f'{DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Clausier</Application>'
            "</Properties>"
        ),
        "docProps/custom.xml": custom_properties(properties),
    }
