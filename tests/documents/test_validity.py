import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from app.law.vocabulary import Piece
from tests.documents.accessibility import barriers
from tests.documents.made import files, job, of_family
from tests.documents.validity import faults, schema


@lru_cache
def good() -> bytes:
    return files(job(of_family("mobilier")))[Piece.CCAP]


def broken(part: str, change: Callable[[str], str]) -> bytes:
    """The good file with one part changed; the change must change something."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                changed = change(content)
                assert changed != content
                content = changed
            if content:
                target.writestr(name, content)
    return made.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


DOCUMENT, SETTINGS = "word/document.xml", "word/settings.xml"
DELETED = '<w:p><w:del w:id="9001" w:author="x"><w:r><w:t>a</w:t></w:r></w:del></w:p>'
INSERTED = '<w:p><w:ins w:id="9001"{}><w:r><w:t>a</w:t></w:r></w:ins></w:p>'
Change = Callable[[str], str]
BODY = "<w:body>"
COVER = '<w:pStyle w:val="CoverKind"/>'
ZOOM = '<w:zoom w:percent="100"/>'


def inside(xml: str) -> Change:
    """The XML put first in the body."""
    return swap(BODY, BODY + xml)


def same_control_ids(text: str) -> str:
    first, second = re.findall(r'<w:id w:val="(\d+)"', text)[:2]
    return text.replace(second, first, 1)


BROKEN: dict[str, tuple[str, Change, str]] = {
    "cell without paragraph": (DOCUMENT, swap("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"), "cells"),
    "control id twice": (DOCUMENT, same_control_ids, "controls"),
    "control without content": (DOCUMENT, inside('<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr></w:sdt>'), "controls"),
    "tag of 80 characters": (DOCUMENT, swap('<w:tag w:val="', '<w:tag w:val="' + "x" * 80), "controls"),
    "undefined style": (DOCUMENT, swap('w:val="CoverKind"', 'w:val="Inconnu"'), "styles"),
    "undefined numbering": (DOCUMENT, swap('<w:numId w:val="10"/>', '<w:numId w:val="99"/>'), "numbering"),
    "bookmark without end": (DOCUMENT, swap('<w:bookmarkEnd w:id="1"/>', ""), "bookmarks"),
    "bookmark name twice": (DOCUMENT, swap('w:name="art_definitions"', 'w:name="art_objet"'), "bookmarks"),
    "reference to nothing": (DOCUMENT, swap("REF art_penalites_tableau", "REF art_absent"), "targets"),
    "unknown relationship": (DOCUMENT, swap('r:id="rId4"', 'r:id="rId99"'), "relationship_ids"),
    "text inside a deletion": (DOCUMENT, inside(DELETED), "revisions"),
    "insertion without author": (DOCUMENT, inside(INSERTED.format("")), "revisions"),
    "revision id twice": (DOCUMENT, inside(INSERTED.format(' w:author="x"') * 2), "revisions"),
    "field never ended": (DOCUMENT, swap('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""), "fields"),
    "space lost": (DOCUMENT, swap('<w:t xml:space="preserve">Tableau </w:t>', "<w:t>Tableau </w:t>"), "spaces"),
    "zoom without percent": (SETTINGS, swap(ZOOM, "<w:zoom/>"), "settings"),
    "part missing": ("word/theme/theme1.xml", lambda _: "", "parts"),
    "no content type": ("[Content_Types].xml", swap("/word/styles.xml", "/word/autre.xml"), "content_types"),
    "title twice": ("docProps/core.xml", swap("<dc:title>", "<dc:title>x</dc:title><dc:title>"), "properties"),
}
SCHEMA: dict[str, tuple[str, Change]] = {
    "properties out of order": (DOCUMENT, inside(f"<w:p><w:r><w:t>x</w:t></w:r><w:pPr>{COVER}</w:pPr></w:p>")),
    "unknown element": (DOCUMENT, inside("<w:bidon/>")),
    "bad alignment": (DOCUMENT, swap(COVER, f'{COVER}<w:jc w:val="milieu"/>')),
    "run outside a paragraph": (DOCUMENT, inside("<w:r><w:t>x</w:t></w:r>")),
    "settings out of order": (
        SETTINGS,
        lambda text: text.replace(ZOOM, "").replace("</w:settings>", f"{ZOOM}</w:settings>"),
    ),
}
BARRIERS: dict[str, tuple[str, Change, str]] = {
    "no default language": ("word/styles.xml", swap('<w:lang w:val="fr-FR"', '<w:lang w:val="en-US"'), "language"),
    "no document language": ("docProps/core.xml", swap("<dc:language>fr-FR</dc:language>", ""), "language"),
    "no title": ("docProps/core.xml", lambda text: re.sub("<dc:title>.*?<", "<dc:title><", text), "title"),
    "heading jump": (DOCUMENT, swap('w:val="Heading2"', 'w:val="Heading3"'), "heading_order"),
    "table without header": (DOCUMENT, swap("<w:tblHeader/>", ""), "table_headers"),
    "empty paragraph": (DOCUMENT, inside("<w:p/>"), "empty_paragraphs"),
    "typed bullet": (DOCUMENT, inside("<w:p><w:r><w:t>- a</w:t></w:r></w:p>"), "lists"),
}


def test_a_good_file_has_no_fault(tmp_path: Path) -> None:
    assert faults(good()) == {}
    assert barriers(good()) == {}
    assert schema(good(), tmp_path) == []


@pytest.mark.parametrize("defect", BROKEN)
def test_our_own_check_sees(defect: str) -> None:
    part, change, check = BROKEN[defect]
    assert check in faults(broken(part, change))


@pytest.mark.parametrize("defect", SCHEMA)
def test_the_schema_sees(defect: str, tmp_path: Path) -> None:
    part, change = SCHEMA[defect]
    assert schema(broken(part, change), tmp_path) != []


@pytest.mark.parametrize("defect", BARRIERS)
def test_the_accessibility_check_sees(defect: str) -> None:
    part, change, check = BARRIERS[defect]
    assert check in barriers(broken(part, change))
