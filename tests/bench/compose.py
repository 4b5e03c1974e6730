"""Composition of a CCTP of 60 and 300 clauses: ours, a floor, and docxtpl, same text, same run.

`python -m tests.bench.compose`. The floor is the same document joined from ready XML strings and zipped by `zipfile` at
level 6: no choice, no value, no numbering. docxtpl gets its texts with their values already in place. The rounds
alternate, so that a noisy neighbour disturbs all three. Targets: ≤ 2.5 × the floor; ≥ 8 × (60) and 6 × (300) faster
than docxtpl.
"""

import gc
import io
import resource
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from app.documents.assemble import documents
from app.documents.compose import compose
from app.documents.content import Article, ChosenClause, ClauseBlock, Document, Items, headings, plain
from app.documents.job import CompositionJob
from app.documents.pieces import Written
from app.documents.template.build import BASE
from app.documents.template.styles import W
from app.documents.xml import field, paragraph, run
from app.law.vocabulary import Piece
from app.library.blocks import VARIABLE, blocks_of
from tests.documents.made import chosen, job, records
from tests.documents.validity import Package

ROUNDS = {60: 25, 300: 11}
STYLES = (
    "TOC1",
    "TOC2",
    "",
    "ListBullet",
    "ListNumber",
    "Heading1",
    "Heading2",
    "CoverBuyer",
    "CoverKind",
    "Title",
    "Subtitle",
    "Mention",
)


def basket(count: int) -> tuple[ChosenClause, ...]:
    """Real clauses of the library that the CCTP takes, without tables, repeated under other ids up to `count`."""
    suitable = [
        record
        for record in records().values()
        if Piece.CCTP in record.wordings and all(b.kind != "table" for b in blocks_of(record.wordings[Piece.CCTP]))
    ]
    kept = []
    for index in range(count):
        record = suitable[index % len(suitable)]
        only = {Piece.CCTP: record.wordings[Piece.CCTP]}
        changes = {"id": f"CEC-BEN-{index:03d}", "wordings": only, "control": None, "penalty": None, "definitions": []}
        kept.append(chosen(record.model_copy(update=changes)))
    return tuple(kept)


def floor(content: bytes) -> Callable[[], bytes]:
    """The same parts, the body as a list of ready strings."""
    package = Package(content)
    pieces = package.raw["word/document.xml"].decode().split("</w:p>")
    ready = [piece + "</w:p>" for piece in pieces[:-1]] + pieces[-1:]
    others = {name: raw for name, raw in package.raw.items() if name != "word/document.xml"}

    def run() -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr("word/document.xml", "".join(ready).encode())
            for name, raw in others.items():
                archive.writestr(name, raw)
        return made.getvalue()

    return run


def _contents_line() -> str:
    line = "<w:r><w:t>{{ p.number }}</w:t><w:tab/><w:t>{{ p.text }}</w:t><w:tab/></w:r>"
    page = field("PAGEREF {{ p.anchor }} \\h", run("–"))
    return f'<w:hyperlink w:anchor="{{{{ p.anchor }}}}" w:history="1">{line}{page}</w:hyperlink>'


def _heading() -> str:
    mark = '<w:bookmarkStart w:id="{{ p.id }}" w:name="{{ p.anchor }}"/>'
    return f'{mark}<w:r><w:t>{{{{ p.text }}}}</w:t></w:r><w:bookmarkEnd w:id="{{{{ p.id }}}}"/>'


def _tag(code: str) -> str:
    return f"<w:p><w:r><w:t>{{%p {code} %}}</w:t></w:r></w:p>"


def template(folder: Path) -> Path:
    """A docxtpl template: one loop over the paragraphs, one branch per style."""
    branches = "".join(
        _tag(f'{"elif" if i else "if"} p.style == "{style}"') + LOOKS.get(style, paragraph(run("{{ p.text }}"), style))
        for i, style in enumerate(STYLES)
    )
    body = f"{_tag('for p in paragraphs')}{branches}{_tag('endif')}{_tag('endfor')}"
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    path = folder / "template.docx"
    with zipfile.ZipFile(BASE) as base, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in base.namelist():
            archive.writestr(name, xml if name == "word/document.xml" else base.read(name))
    return path


LOOKS = {
    **{f"TOC{level}": paragraph(_contents_line(), f"TOC{level}") for level in (1, 2)},
    **{f"Heading{level}": paragraph(_heading(), f"Heading{level}") for level in (1, 2)},
}
"""What the contents and the headings need in order to work: links, page fields, bookmarks."""


def _clause(block: ClauseBlock) -> list[dict[str, str]]:
    styles = {"paragraph": "", "bullets": "ListBullet", "numbers": "ListNumber"}
    values = block.clause.shown
    return [
        {"style": styles[part.kind], "text": VARIABLE.sub(lambda found: values[found[1]] or "", text)}
        for part in blocks_of(block.clause.record.wordings[block.wording])
        for text in part.items
    ]


def paragraphs(document: Document) -> list[dict[str, str]]:
    """The text of a document as docxtpl is given it; the facts of the title page are left to us alone."""
    rows = [
        {"style": "CoverBuyer", "text": plain(document.buyer)},
        {"style": "CoverKind", "text": document.kind},
        {"style": "Title", "text": document.title},
        {"style": "Subtitle", "text": document.object},
        {"style": "Mention", "text": document.mention},
    ]
    entries = [
        {"text": entry.title, "number": _number(entry), "anchor": f"h_{index}", "id": str(index)}
        for index, entry in enumerate(headings(document.articles))
    ]
    rows += [row | {"style": f"TOC{1 + row['number'].count('.')}"} for row in entries]
    for entry, row in zip(headings(document.articles), entries, strict=True):
        rows.append(row | {"style": f"Heading{entry.level}"})
        if isinstance(entry, ClauseBlock):
            rows += _clause(entry)
        else:
            rows += _article(entry)
    return rows


def _number(entry: Article | ClauseBlock) -> str:
    return f"Article {entry.number}" if entry.level == 1 else entry.number


def _article(article: Article) -> list[dict[str, str]]:
    rows = []
    for block in article.blocks:
        if isinstance(block, Items):
            rows += [{"style": "ListBullet", "text": plain(item)} for item in block.items]
        else:
            rows.append({"style": "", "text": plain(block.text)})  # type: ignore[union-attr]
    return rows


def text_of(content: bytes, *, ours: bool) -> str:
    """Every paragraph's text; ours without the title page’s facts and « Sommaire », which it lacks."""
    w = f"{{{W}}}"
    kept = []
    for element in Package(content).document.iter(w + "p"):
        style = element.find(f"{w}pPr/{w}pStyle")
        name = style.get(w + "val", "") if style is not None else ""
        if not (ours and name in {"TOCHeading", "CoverFact"}):
            kept.append("".join(t.text or "" for t in element.iter(w + "t")))
    return "\n".join(kept)


def _docxtpl(path: Path, document_of: Callable[[], Document]) -> Callable[[], bytes]:
    def run() -> bytes:
        made = io.BytesIO()
        opened = DocxTemplate(path)
        opened.render({"paragraphs": paragraphs(document_of())}, autoescape=True)
        opened.save(made)
        return made.getvalue()

    return run


def measure(runners: dict[str, Callable[[], bytes]], rounds: int) -> dict[str, float]:
    """Median CPU milliseconds of each, in alternate rounds, after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in runners}
    gc.collect()
    gc.freeze()  # the library that the process holds is not walked through at each collection
    for number in range(rounds + 1):
        for name, write in runners.items():
            start = time.process_time()
            write()
            if number:
                times[name].append((time.process_time() - start) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def bench(count: int, folder: Path) -> None:
    made: CompositionJob = replace(job(basket(count)), pieces=(Written.CCTP,))
    content = compose(made)
    document = documents(made)[0]
    runners: dict[str, Any] = {
        "floor": floor(content),
        "clausier": lambda: compose(made),
        "docxtpl": _docxtpl(template(folder), lambda: document),
    }
    theirs = text_of(runners["docxtpl"](), ours=False)
    assert text_of(content, ours=True) == theirs, "the two documents do not say the same"
    found = measure(runners, ROUNDS[count])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        compose(made)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{count} clauses, {len(theirs.split())} words, {len(content) // 1024} KiB")
    for name, milliseconds in found.items():
        print(f"  {name:<10} {milliseconds:8.2f} ms CPU")
    print(f"  clausier / floor   {found['clausier'] / found['floor']:.2f}  (target ≤ 2.5)")
    print(f"  docxtpl / clausier {found['docxtpl'] / found['clausier']:.1f}  (target ≥ {8 if count < 300 else 6})")
    print(f"  peak memory after 200 more: + {grown} KiB  (target: flat)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        for size in ROUNDS:
            bench(size, Path(scratch))
