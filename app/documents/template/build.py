"""Builds `base.docx`, the slim template that every document starts from: `python -m app.documents.template.build`."""

from pathlib import Path
from typing import Final

from app.documents.package import Part, package
from app.documents.template.styles import FONT, W, numbering_xml, styles_xml

BASE: Final = Path(__file__).with_name("base.docx")
THEME: Final = BASE.with_name("theme.xml")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STORE_ID: Final = "{6B0F5C1E-5D0B-4C62-9A53-0C1A05E1A7B2}"
"""Names our custom XML part: fixed, so that the same input gives the same bytes."""

_TYPES: Final = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}


def _relationships(*links: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _settings() -> str:
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
        )
    )
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{modern}</w:compat>'
        '<w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _empty_document() -> str:
    return (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Modèle de base de Clausier</w:t></w:r></w:p>'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1247" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _properties() -> dict[str, str]:
    cp = f"{_PACKAGE}/metadata/core-properties"
    return {
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{cp}"/>',
        "docProps/app.xml": (
            f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>Clausier</Application></Properties>'
        ),
        "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
        "customXml/item1.xml": '<manifest xmlns="urn:clausier:manifest:1"/>',
        "customXml/itemProps1.xml": (
            f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{STORE_ID}">'
            '<ds:schemaRefs><ds:schemaRef ds:uri="urn:clausier:manifest:1"/></ds:schemaRefs></ds:datastoreItem>'
        ),
    }


def parts() -> dict[str, str]:
    """Every part of the base, in the order of the package."""
    link = f"{_OFFICE}/relationships"
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{link}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{link}/extended-properties", "docProps/app.xml"),
            (f"{link}/custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": _empty_document(),
        "word/_rels/document.xml.rels": _relationships(
            (f"{link}/styles", "styles.xml"),
            (f"{link}/numbering", "numbering.xml"),
            (f"{link}/settings", "settings.xml"),
            (f"{link}/header", "header1.xml"),
            (f"{link}/footer", "footer1.xml"),
            (f"{link}/customXml", "../customXml/item1.xml"),
            (f"{link}/fontTable", "fontTable.xml"),
            (f"{link}/theme", "theme/theme1.xml"),
        ),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": (
            f'<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/>'
            '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
        ),
        "word/theme/theme1.xml": THEME.read_text(encoding="utf-8").strip(),
        "word/header1.xml": f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>',
        "customXml/_rels/item1.xml.rels": _relationships((f"{link}/customXmlProps", "itemProps1.xml")),
        **_properties(),
    }


def build() -> bytes:
    return package([Part.of(name, (_DECLARATION + xml).encode(), once=True) for name, xml in parts().items()])


if __name__ == "__main__":
    BASE.write_bytes(build())
