"""A document as the XML of its body: strings joined once, no XML object in between (docx.md, section 2)."""

from collections.abc import Iterable
from functools import cached_property
from zlib import crc32

from app.documents.content import (
    Article,
    Blank,
    Block,
    ChosenClause,
    ClauseBlock,
    Document,
    Inlines,
    Items,
    Paragraph,
    Ref,
    Table,
    Value,
    headings,
)
from app.documents.fragments import LANDSCAPE, PORTRAIT, fragment
from app.documents.manifest import DECLARATION
from app.documents.pieces import Written
from app.documents.template.styles import FIRST_LIST, W
from app.documents.xml import AFTER_TABLE, KEEP_NEXT, escape, field, paragraph, run, spread, table
from app.text.typography import NBSP

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENTS_DEPTH = 2
_SHORT_CONTENTS = 9


class Body:
    """The body of one document being written; `content`, then `lists`, are the result."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = LANDSCAPE if document.landscape else PORTRAIT
        self.entries = list(headings(document.articles))
        self.numbers = {entry.key: entry.number for entry in self.entries}
        self.anchors = {entry.key: _anchor(entry) for entry in self.entries}
        self.lists = 0
        self.bookmarks = 0
        self.tables = 0
        self.controls: set[int] = set()
        self.values: dict[str, dict[str, str]] = {}

    @cached_property
    def content(self) -> bytes:
        """The document part; `lists` counts once it is written.

        In bytes piece by piece: the wordings are kept so, and one long string would be copied at two bytes a letter.
        """
        head = f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{_R}"><w:body>'
        return b"".join([head.encode(), *self._parts(), self._end().encode()])

    def _parts(self) -> list[bytes]:
        parts = ["".join(self._cover()).encode(), self._contents().encode()]
        # A short table of contents leaves room for the first articles under it.
        apart = sum(entry.level <= _CONTENTS_DEPTH for entry in self.entries) > _SHORT_CONTENTS
        for position, article in enumerate(self.document.articles):
            self._article(article, parts, first=apart and position == 0)
        return parts

    def _end(self) -> str:
        size = 'w:w="16838" w:h="11906" w:orient="landscape"' if self.document.landscape else 'w:w="11906" w:h="16838"'
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
            f'<w:footerReference w:type="default" r:id="rId5"/><w:pgSz {size}/>'
            '<w:pgMar w:top="1304" w:right="1134" w:bottom="1247" w:left="1134" w:header="567" '
            'w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
        )

    def _cover(self) -> Iterable[str]:
        document = self.document
        yield paragraph(self.runs(document.buyer), "CoverBuyer")
        yield paragraph(run(document.kind), "CoverKind")
        yield paragraph(run(document.title), "Title")
        yield paragraph(run(shorten(document.object, 400)), "Subtitle")
        for fact in document.facts:
            yield paragraph(run(f"{fact.label}\t") + self.runs(fact.value), "CoverFact")
        yield paragraph(run(document.mention), "Mention")

    def _contents(self) -> str:
        """The table of contents, filled in; the field is marked stale so that Word works out the pages again."""
        shown = [entry for entry in self.entries if entry.level <= _CONTENTS_DEPTH]
        lines = [_contents_line(entry, self.anchors[entry.key]) for entry in shown]
        start, end = f'<w:p><w:pPr><w:pStyle w:val="TOC{shown[0].level}"/></w:pPr>', "</w:p>"
        lines[0] = lines[0].replace(start, start + _CONTENTS_START, 1)
        lines[-1] = lines[-1].removesuffix(end) + _CONTENTS_END + end
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{self._control("sommaire")}"/><w:docPartObj>'
            '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>'
            f"{paragraph(run('Sommaire'), 'TOCHeading')}{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def _article(self, article: Article, parts: list[bytes], *, first: bool = False) -> None:
        parts.append(self._heading(article, page_break=first).encode())
        blocks = article.blocks
        for place, block in enumerate(blocks):
            lead_in = KEEP_NEXT if isinstance(blocks[place + 1] if place + 1 < len(blocks) else None, Table) else ""
            after = AFTER_TABLE if place and isinstance(blocks[place - 1], Table) else ""
            parts.append(self._block(block, lead_in + after).encode())
        for child in article.children:
            if isinstance(child, Article):
                self._article(child, parts)
            else:
                self._clause(child, parts)

    def _heading(self, entry: Article | ClauseBlock, *, page_break: bool = False) -> str:
        self.bookmarks += 1
        extra = "<w:pageBreakBefore/>" if page_break else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Heading{entry.level}"/>{extra}</w:pPr><w:bookmarkStart '
            f'w:id="{self.bookmarks}" w:name="{self.anchors[entry.key]}"/>{run(entry.title)}'
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/></w:p>'
        )

    def _bookmark(self, name: str) -> tuple[str, str]:
        self.bookmarks += 1
        ident = self.bookmarks
        return f'<w:bookmarkStart w:id="{ident}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{ident}"/>'

    def _control(self, name: str) -> int:
        """An id for a content control: from its name, so that it never changes, and unique in the file."""
        ident = crc32(name.encode()) & 0x7FFFFFFF or 1
        while ident in self.controls:
            ident = ident % 0x7FFFFFFF + 1
        self.controls.add(ident)
        return ident

    def _clause(self, block: ClauseBlock, parts: list[bytes]) -> None:
        """The clause in a content control and a bookmark: LibreOffice keeps the alias and the bookmark, not the tag."""
        clause = block.clause
        found = fragment(clause, block.wording, self.width)
        start, end = self._bookmark("clause" + self.anchors[block.key].removeprefix("art"))
        lot = self._lots(clause)
        head = (
            f'<w:sdt><w:sdtPr><w:alias w:val="{clause.tag}"/><w:tag w:val="{clause.tag}"/>'
            f'<w:id w:val="{self._control(block.key)}"/></w:sdtPr><w:sdtContent>{start}{self._heading(block)}{lot}'
        )
        wording = found.written(self._values(clause), FIRST_LIST + self.lists)
        parts += (head.encode(), wording, f"{end}</w:sdtContent></w:sdt>".encode())
        self.lists += found.lists

    def _lots(self, clause: ChosenClause) -> str:
        """Which lots a clause bears on, when it does not bear on all."""
        if not clause.lots:
            return ""
        names = ", ".join(self.document.lots.get(number, number) for number in clause.lots)
        word = "Lot concerné" if len(clause.lots) == 1 else "Lots concernés"
        return paragraph(run(f"{word}{NBSP}: ") + run(names, "Value"), "Note")

    def _values(self, clause: ChosenClause) -> dict[str, str]:
        known = self.values.get(clause.key)
        if known is None:
            known = self.values[clause.key] = {
                name: run(clause.blank(name), "Blank") if value is None else run(value, "Value")
                for name, value in clause.shown.items()
            }
        return known

    def _block(self, block: Block, extra: str) -> str:
        if isinstance(block, Paragraph):
            return paragraph(self.runs(block.text), block.style, extra)
        return self._items(block, extra.removeprefix(KEEP_NEXT)) if isinstance(block, Items) else self._table(block)

    def _items(self, items: Items, air: str) -> str:
        """`air`: what stands before the first item, after a table."""
        style, number = "ListBullet", ""
        if items.ordered:
            style = "ListNumber"
            number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{FIRST_LIST + self.lists}"/></w:numPr>'
            self.lists += 1
        return "".join(
            paragraph(self.runs(item), style, number + ("" if place else air)) for place, item in enumerate(items.items)
        )

    def _table(self, block: Table) -> str:
        self.tables += 1
        number = field("SEQ Tableau \\* ARABIC", run(str(self.tables)))
        caption = paragraph(f"{run('Tableau ')}{number}{run(f' – {block.caption}')}", "Caption")
        rows = [[self.runs(cell) for cell in row] for row in block.rows]
        head = [run(column) for column in block.columns]
        return caption + table(head, spread(block.widths, self.width), rows, description=block.caption)

    def runs(self, text: Inlines) -> str:
        return "".join(
            run(part)
            if isinstance(part, str)
            else run(part.text, "Value")
            if isinstance(part, Value)
            else run(f"[{part.text}]", "Blank")
            if isinstance(part, Blank)
            else self._reference(part)
            for part in text
        )

    def _reference(self, ref: Ref) -> str:
        """The number of a first-level heading holds the word « Article » itself; the others need it written."""
        number = self.numbers[ref.target]
        first = "." not in number
        word = "" if first or ref.bare else run(f"article{NBSP}")
        shown = run(f"Article {number}" if first else number)
        return word + field(f"REF {self.anchors[ref.target]} \\r \\h", shown)


_CONTENTS_START = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


_CONTENTS_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _contents_line(entry: Article | ClauseBlock, anchor: str) -> str:
    """A heading in the contents: one string, since a document has as many as it has clauses."""
    number = f"Article {entry.number}" if entry.level == 1 else entry.number
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr><w:hyperlink w:anchor="{anchor}" w:history="1">'
        f'<w:r><w:t>{number}</w:t><w:tab/><w:t xml:space="preserve">{escape(entry.title)}</w:t><w:tab/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> PAGEREF {anchor} \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>–</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>'
    )


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _anchor(entry: Article | ClauseBlock) -> str:
    """The bookmark of a heading: at most forty letters, digits and underscores."""
    if isinstance(entry, Article):
        return f"art_{entry.key.replace('-', '_')}"
    clause = entry.clause
    return f"art_{clause.record.id.replace('-', '_')}_{clause.occurrence}_{entry.wording}"


_SHORT = {
    Written.AE: "Annexe à l’acte d’engagement",
    Written.CRT: "Cadre de réponse",
    Written.BPU: "Bordereau des prix",
    Written.ANNEXE: "Annexe",
    Written.PREUVES: "Fiche de preuve",
}


def header_xml(document: Document) -> str:
    label = _SHORT.get(document.piece, document.piece)
    left = f"{label} – {shorten(' '.join(document.object.split()), 80)}"
    return f'<w:hdr xmlns:w="{W}">{_edges(document, run(left), run(shorten(document.reference, 40)), "Header")}</w:hdr>'


def footer_xml(document: Document) -> str:
    buyer = "".join(part.text for part in document.buyer if isinstance(part, Value))
    pages = run("Page ") + field("PAGE", run("1")) + run(" / ") + field("NUMPAGES", run("1"))
    return f'<w:ftr xmlns:w="{W}">{_edges(document, run(shorten(buyer, 80)), pages, "Footer")}</w:ftr>'


def _edges(document: Document, left: str, right: str, style: str) -> str:
    width = LANDSCAPE if document.landscape else PORTRAIT
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    return paragraph(f"{left}<w:r><w:tab/></w:r>{right}", style, tabs)
