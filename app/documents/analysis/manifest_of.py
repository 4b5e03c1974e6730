"""What we wrote into a file about its clauses, read back."""

import re
from collections.abc import Iterator

from lxml import etree

from app.documents.analysis.pieces import Written
from app.documents.analysis.streaming import events
from app.documents.archive import Archive
from app.documents.xml import MANIFEST


def manifest_of(archive: Archive) -> Iterator[Written]:
    """What we wrote into the file about its clauses."""
    for name in archive.names:
        if not re.fullmatch(r"customXml/item\d+\.xml", name) or MANIFEST.encode() not in next(
            archive.chunks(name), b""
        ):
            continue
        for _, element in events(archive.chunks(name), "end"):
            if element.tag == f"{{{MANIFEST}}}clause":
                yield _written(element)


def _written(element: etree._Element) -> Written:
    version = element.get("version", "")
    return Written(
        id=element.get("id", "")[:16],
        version=int(version) if version.isdigit() and len(version) < 6 else 0,  # noqa: PLR2004 (a version is small)
        wording=element.get("wording", ""),
        values={child.get("name", ""): child.text or "" for child in element.iterchildren(f"{{{MANIFEST}}}value")},
        blanks=tuple(child.get("name", "") for child in element.iterchildren(f"{{{MANIFEST}}}blank")),
        lot=element.get("lot", ""),
        weight=element.get("weight", ""),
        reason=element.get("reason", ""),
    )
