"""An analysis from the bytes to the result, for 100 and 500 pages: seconds, linearity, memory.

`python -m tests.bench.analyse`. A page is 12 paragraphs and some 450 words: the corpus's extracts and clauses of the
library, with headings and tables, so that everything there is to find is found. The route itself is called, database
included, as the page calls it. Targets: 100 pages under 5 s, 500 under 60 s, time per paragraph at 500 ≤ 1.5 × at 100;
the bounded process that reads the file ≤ 300 MiB. Hostile files: `tests.bench.hostile`.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from itertools import cycle

from app.database import embedded
from app.database.engine import connect, sessions
from app.database.migrate import migrate
from app.documents import bounded
from app.documents.analysis import actions
from app.library import queries as library
from app.library.load import load
from app.settings import ROOT
from tests.conftest import database
from tests.documents.hostile import document, rebuilt
from tests.documents.made import records

PARAGRAPHS_PER_PAGE = 12


def _texts() -> Iterator[str]:
    """Foreign sentences and clauses of ours, in turn, each article under its number."""
    foreign = sorted((ROOT / "tests" / "documents" / "corpus").rglob("*.md"))
    own = [record for record in records().values() if record.wordings]
    for article, (path, record) in enumerate(zip(cycle(foreign), cycle(own), strict=False), 1):
        yield f"Article {article} – {record.title}"
        lines = path.read_text(encoding="utf-8").split("\n")
        yield from (line.partition(" <<")[0] for line in lines if len(line) > 40)
        yield f"{article}.1 Dispositions relatives à l’exécution"
        yield from (part for part in next(iter(record.wordings.values())).split("\n\n") if part)


def dossier(pages: int) -> bytes:
    made: list[str] = []
    source = _texts()
    while len(made) < pages * PARAGRAPHS_PER_PAGE:
        text = next(source).replace("&", "&amp;").replace("<", "&lt;")
        style = "Heading1" if text.startswith("Article ") else "Normal"
        body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
        made.append(f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>" if len(made) % 40 == 39 else body)
    return rebuilt({"word/document.xml": document("".join(made)), "customXml/item1.xml": b"<none/>"})


async def measure(url: str, pages: int, rounds: int) -> tuple[float, float, int]:
    """Median seconds of the whole and of the reading alone, and how many paragraphs."""
    engine = connect(url)
    with_sessions = sessions(engine)
    content = dossier(pages)
    whole: list[float] = []
    reading: list[float] = []
    count = 0
    for _ in range(rounds):
        start = time.perf_counter()
        received = await actions.read([("dce.docx", content)])
        reading.append(time.perf_counter() - start)
        secret = await actions.begin(with_sessions, ROOT / "clauses", received, None)
        if received.paragraphs > actions.AT_ONCE:
            await actions.analyse(with_sessions, ROOT / "clauses", actions.store.key_of(secret))
        whole.append(time.perf_counter() - start)
        count = received.paragraphs
    await engine.dispose()
    return statistics.median(whole), statistics.median(reading), count


async def peak(content: bytes) -> float:
    """Mebibytes of the process that reads."""
    asked = {"name": "x", "task": actions.READ}
    said, _ = await bounded.run("tests.documents.watched:task", asked, content, actions.READING)
    return float(said["peak"]) / 1024


async def main(url: str) -> None:
    engine = connect(url)
    async with sessions(engine)() as session, session.begin():
        await load(session, ROOT / "clauses")
    async with sessions(engine)() as session:
        shelf = await library.refresh(session, ROOT / "clauses")
    start = time.perf_counter()
    actions.words_of(shelf)
    actions.known_by(shelf)
    print(f"library learnt once per generation: {time.perf_counter() - start:.2f} s")
    await engine.dispose()
    found = {}
    for pages, rounds in ((100, 3), (500, 2)):
        seconds, reading, count = found[pages] = await measure(url, pages, rounds)
        print(f"{pages} pages, {count} paragraphs: {seconds:.2f} s (reading in its process {reading:.2f} s)")
    per = {pages: seconds / count for pages, (seconds, _, count) in found.items()}
    print(f"time per paragraph, 500 / 100 pages: {per[500] / per[100]:.2f}  (target ≤ 1.5)")
    print(f"memory of the reading process, 500 pages: {await peak(dossier(500)):.0f} MiB  (target ≤ 300)")


if __name__ == "__main__":
    for address in database(embedded.start(ROOT / ".state" / "postgres"), "clausier_bench_analyse"):
        migrate(address)
        asyncio.run(main(address))
