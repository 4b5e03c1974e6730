"""Each hostile file of the tests, read as the product reads it: its sentence, seconds (process included), memory.

`python -m tests.bench.hostile`. Targets: each refused with its own sentence, ≤ 5 s, ≤ 300 MiB. Then what may still be
read: 500 pages, and a file just below every bound.
"""

import asyncio
import random
import time
from collections.abc import Callable

from app.documents import bounded
from app.documents.analysis.actions import READ, READING
from app.documents.budget import MOST_LETTERS, MOST_PARAGRAPHS
from app.documents.refused import SENTENCES, Refused
from tests.bench.analyse import dossier
from tests.documents.heavy import HEAVY
from tests.documents.hostile import HOSTILE, with_body


async def cost(content: bytes) -> tuple[str, float, float]:
    """Why it is refused, seconds, mebibytes."""
    start = time.perf_counter()
    try:
        said, _ = await bounded.run("tests.documents.watched:task", {"name": "x", "task": READ}, content, READING)
    except Refused as refusal:  # killed at a limit of the process: nothing was said of its memory
        return refusal.code, time.perf_counter() - start, READING.memory / 1024**2
    return said["refused_as"], time.perf_counter() - start, said["peak"] / 1024


def heaviest() -> bytes:
    """As many paragraphs and letters as are read, one sign of each outside the first 65,536 of Unicode."""
    noise = random.Random(1)  # noqa: S311
    told = "Le titulaire l’exécute 😀 " * ((MOST_LETTERS // MOST_PARAGRAPHS - 40) // 25)
    paragraphs = (f"<w:p><w:r><w:t>{told}{noise.randbytes(8).hex()}</w:t></w:r></w:p>" for _ in range(59_000))
    return with_body("".join(paragraphs))


async def main() -> None:
    found: list[tuple[float, float, str]] = []
    wrong: list[str] = []
    files: dict[str, tuple[Callable[[], bytes], str]] = {
        **HOSTILE,
        **{name: (lambda build=build: build(100), code) for name, (build, code) in HEAVY.items()},
    }
    print(f"{'file':45} {'KiB':>6} {'s':>5} {'MiB':>4}  answer")
    for name, (build, code) in files.items():
        content = build()
        refused, seconds, memory = await cost(content)
        wrong += [name] if refused != code else []
        found.append((seconds, memory, name))
        print(f"{name:45} {len(content) // 1024:6} {seconds:5.2f} {memory:4.0f}  {SENTENCES.get(refused, 'opened')}")
    slowest, hungriest = max(found), max(found, key=lambda one: one[1])
    print(f"{len(found)} files: slowest {slowest[0]:.2f} s ({slowest[2]})  (target ≤ 5)")
    print(f"  heaviest {hungriest[1]:.0f} MiB ({hungriest[2]})  (target ≤ 300)")
    assert not wrong, wrong
    for name, content in {"500 pages": dossier(500), "a file just below every bound": heaviest()}.items():
        refused, seconds, memory = await cost(content)
        print(f"{name}: {refused or 'read'}, {seconds:.2f} s, {memory:.0f} MiB")


if __name__ == "__main__":
    asyncio.run(main())
