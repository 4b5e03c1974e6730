"""Files that are well formed and made to cost: small to send, long or large to read. Built here, never stored.

`scale` 100 is what somebody would send; the tests read the same at 1, under bounds as small.
"""

import random
from collections.abc import Callable
from typing import Final

from app.documents.template.styles import W
from tests.documents.hostile import document, folder, odt, rebuilt, with_body

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _noise(letters: int) -> str:
    """Letters that do not deflate, always the same: a bomb too regular betrays itself by its ratio."""
    return random.Random(letters).randbytes(letters // 2).hex()  # noqa: S311 (not a secret)


def _many(one: str, count: int, every: int = 100) -> str:
    noise = random.Random(count)  # noqa: S311
    return "".join(one * every + f'<w:r w:rsidR="{noise.randbytes(8).hex()}"/>' for _ in range(max(1, count // every)))


def _said(text: object, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _odt(inside: str) -> bytes:
    spaces = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0"'
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    return odt(f"<office:document-content {spaces}>{body}</office:document-content>")


def _open_bookmarks(scale: int) -> bytes:
    marks = "".join(f'<w:bookmarkStart w:id="{i}" w:name="b{i}"/>' for i in range(200 * scale))
    return with_body(marks + "".join(map(_said, range(590 * scale))))


def _late_ends(scale: int) -> bytes:
    starts = "".join(f'<w:bookmarkStart w:id="{i}" w:name="b{i}"/>' for i in range(600 * scale))
    return with_body(starts + "".join(f'<w:bookmarkEnd w:id="{i}"/>' for i in range(600 * scale)) + _said("x"))


def _long_title(scale: int) -> bytes:
    title = _said(_noise(9000 * scale), '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    return with_body(title + "".join(map(_said, range(300 * scale))))


def _long_style(scale: int) -> bytes:
    style = f'<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{_noise(9000 * scale)}"/></w:style>'
    styled = "".join(_said(i, '<w:pPr><w:pStyle w:val="X"/></w:pPr>') for i in range(300 * scale))
    parts = {"word/styles.xml": f'<w:styles xmlns:w="{W}">{style}</w:styles>'.encode()}
    return rebuilt({**parts, "word/document.xml": document(styled)})


def _relations_in_a_comment(scale: int) -> bytes:
    noise = random.Random(scale)  # noqa: S311
    comment = "".join("<Relationship " * 20 + noise.randbytes(8).hex() for _ in range(250 * scale))
    xml = f'<Relationships xmlns="{_RELATIONS}"><!-- {comment} --></Relationships>'
    return rebuilt({"word/_rels/document.xml.rels": xml.encode()})


def _comment(scale: int) -> bytes:
    noise = random.Random(scale)  # noqa: S311
    return with_body(f"<!-- {''.join('<' * 50 + noise.randbytes(8).hex() for _ in range(3000 * scale))} -->")


def _manifest(scale: int) -> bytes:
    clauses = "".join(f'<clause id="{i}"/>' for i in range(16_000 * scale))
    return rebuilt({"customXml/item1.xml": f'<manifest xmlns="urn:clausier:manifest:1">{clauses}</manifest>'.encode()})


def _pieces(scale: int) -> bytes:
    noise = random.Random(scale)  # noqa: S311
    told = (_said("bonjour " * 6) * 20 + _said(noise.randbytes(150).hex()) for _ in range(30 * scale))
    one = with_body("".join(told))
    return folder(*((f"{number}.docx", one) for number in range(40)))


def _field(scale: int) -> bytes:
    breaks = "\n" * (800 * scale) + _noise(20 * scale)
    lines = f"<w:r><w:instrText>{breaks}</w:instrText></w:r>" * 800
    return with_body(f"<w:p>{lines}</w:p>{_said('x')}")


def _spans(scale: int) -> bytes:
    inside = "".join(f"<text:span>{i}</text:span>" for i in range(4000 * scale))
    return _odt(f"<text:p>{'<text:span>' * 180}{inside}{'</text:span>' * 180}</text:p>")


def _tables(scale: int) -> bytes:
    inside = "".join(map(_said, range(500 * scale)))
    return with_body("<w:tbl><w:tr><w:tc>" * 60 + inside + "</w:tc></w:tr></w:tbl>" * 60)


def _spaces(scale: int) -> bytes:
    spaces = '<text:s text:c="1000"/>' * 1000
    noise = random.Random(scale)  # noqa: S311
    return _odt("".join(f"<text:p>{spaces}{noise.randbytes(450).hex()}</text:p>" for _ in range(5 * scale)))


OPENED: Final = ""
"""Read after all, at little cost."""
HEAVY: Final[dict[str, tuple[Callable[[int], bytes], str]]] = {
    "6 million elements in one paragraph": (
        lambda s: with_body(f"<w:p>{_many('<w:r/>', 60_000 * s)}</w:p>"),
        "too-long",
    ),
    "6 million empty paragraphs": (lambda s: with_body(_many("<w:p/>", 60_000 * s)), "too-long"),
    "6 million attributes": (lambda s: with_body(_many('<w:p a="" b="" c=""/>', 15_000 * s, 25)), "too-long"),
    "20,000 bookmarks that never end": (_open_bookmarks, "too-long"),
    "60,000 bookmarks that end late": (_late_ends, OPENED),
    "a title of 900 kB above 30,000 paragraphs": (_long_title, "too-long"),
    "a style’s name of 900 kB": (_long_style, OPENED),
    "a comment that looks like relations": (_relations_in_a_comment, "huge-text"),
    "a comment of 20 MiB": (_comment, "huge-text"),
    "a manifest of 1.6 million clauses": (_manifest, "too-long"),
    "40 pieces, each below every bound": (_pieces, "too-long"),
    "64 million line breaks in a field": (_field, OPENED),
    "180 nested spans around 400,000": (_spans, OPENED),
    "50,000 paragraphs in 60 nested tables": (_tables, "too-long"),
    "500 million spaces": (_spaces, "too-long"),
}
