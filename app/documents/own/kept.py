"""What a file of the buyer says about itself once it holds our clauses: the manifest, a title, a language."""

from typing import Any, Final

from lxml import etree

from app.documents.manifest import FORMAT_ID, custom_properties
from app.documents.own.opened import Opened, parse
from app.documents.template.build import STORE_ID

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_VT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_CUSTOM: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES: Final = "docProps/custom.xml"
_CORE: Final = "docProps/core.xml"
_ROOT: Final = "_rels/.rels"


def keep_manifest(opened: Opened, asked: dict[str, Any]) -> None:
    """The list of clauses as a custom XML part, and as properties, which LibreOffice keeps."""
    number = next(i for i in range(1, 1000) if f"customXml/item{i}.xml" not in opened.archive)
    opened.default_xml()
    opened.added[f"customXml/item{number}.xml"] = asked["manifest"].encode()
    opened.added[f"customXml/itemProps{number}.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{STORE_ID}"><ds:schemaRefs>'
        '<ds:schemaRef ds:uri="urn:clausier:manifest:1"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    opened.added[f"customXml/_rels/item{number}.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
    ).encode()
    opened.typed(
        f"customXml/itemProps{number}.xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    depth = opened.main.count("/")
    opened.relate(opened.relations, f"{_OFFICE}/relationships/customXml", f"{'../' * depth}customXml/item{number}.xml")
    _properties(opened, asked["rows"])


def _properties(opened: Opened, rows: dict[str, str]) -> None:
    if _PROPERTIES not in opened.archive:
        opened.added[_PROPERTIES] = custom_properties(rows).encode()
        opened.typed(_PROPERTIES, "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        opened.relate(_links(opened), f"{_OFFICE}/relationships/custom-properties", _PROPERTIES)
        return
    root = parse(opened.archive.read(_PROPERTIES))
    known = {each.get("name", "").casefold() for each in root}
    last = max((int(each.get("pid", "1")) for each in root if each.get("pid", "").isdecimal()), default=1)
    for name, value in rows.items():
        if name.casefold() in known:
            continue
        last += 1
        made = etree.SubElement(root, _CUSTOM + "property", fmtid=FORMAT_ID, pid=str(last), name=name)
        etree.SubElement(made, _VT + "lpwstr").text = value
    opened.trees[_PROPERTIES] = root


def _links(opened: Opened) -> etree._Element:
    if _ROOT not in opened.trees:
        opened.trees[_ROOT] = parse(opened.archive.read(_ROOT))
    return opened.trees[_ROOT]


def name_document(opened: Opened, title: str) -> None:
    """Gives the file a title and a language when it has none."""
    if _CORE not in opened.archive:
        return
    root = parse(opened.archive.read(_CORE))
    for tag, value in (("title", title[:250]), ("language", "fr-FR")):
        found = root.find(_DC + tag)
        if found is None:
            found = etree.SubElement(root, _DC + tag)
        if not (found.text or "").strip():
            found.text = value
    opened.trees[_CORE] = root
