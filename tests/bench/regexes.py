"""The time of each regular expression of the application on 50 kB chosen to hurt it: `python -m tests.bench.regexes`.

Only the standard library's `re` can be slow; Pydantic's patterns run in linear time.
"""

import ast
import importlib
import re
import sys
import time
from collections.abc import Iterator
from typing import Final

from app.documents.detecting.sections import LONGEST
from app.settings import ROOT

SIZE: Final = 50_000
CUT: Final = {"app.documents.detecting": LONGEST}
"""What is never given more than this: a passage of a file is cut before it is judged."""
LIMIT: Final = 0.05
"""Seconds of processor, on an idle machine."""
_COMMON: Final = (
    "a",
    " ",
    "0",
    "-",
    ".",
    ",",
    "a ",
    "1 ",
    "é",
    "A",
    "{{ ",
    "<a ",
    "\n",
    "\t",
    "'",
    "’",
    "«",
    "(",
    "L.2",
    "% ",
)
_CALLS: Final = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


def patterns() -> dict[str, tuple[re.Pattern[str], int]]:
    """Every literal pattern of `app/`, every one that a module made at import, and the longest text it reads."""
    found: dict[str, tuple[re.Pattern[str], int]] = {}
    for path in sorted((ROOT / "app").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        size = next((cut for start, cut in CUT.items() if name.startswith(start)), SIZE)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if pattern := _literal(node):
                found[pattern.pattern] = (pattern, size)
        if name not in {"app.__main__", "app.__init__"}:
            module = importlib.import_module(name.removesuffix(".__init__"))
            for value in vars(module).values():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found.setdefault(value.pattern, (value, size))
    return found


def _literal(node: ast.AST) -> re.Pattern[str] | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS):
        return None
    if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
        return None
    try:
        text = ast.literal_eval(node.args[0])
        return re.compile(text) if isinstance(text, str) else None
    except (ValueError, TypeError, re.error):
        return None


def hurting(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Long runs of what the pattern itself names, with an end that it cannot accept."""
    words = set(re.findall(r"[A-Za-zÀ-ÿ]{1,6}|[^\w\s\\]", pattern.pattern))
    for seed in (*_COMMON, *sorted(words)[:20]):
        yield (seed * (size // len(seed)))[:size] + "\x01"


def seconds(pattern: re.Pattern[str], longest: int, limit: float) -> float:
    """The worst time of a search; small inputs first, so that a hopeless pattern is told at once."""
    worst = 0.0
    for size in (longest // 10, longest):
        for text in hurting(pattern, size):
            started = time.process_time()
            pattern.search(text)
            worst = max(worst, time.process_time() - started)
            if worst > limit:
                return worst
    return worst


def slow(limit: float, share: int = 1) -> dict[str, float]:
    timed = {text: seconds(pattern, size // share, limit) for text, (pattern, size) in patterns().items()}
    return {text: worst for text, worst in timed.items() if worst > limit}


if __name__ == "__main__":
    over = slow(LIMIT)
    for text, worst in sorted(over.items(), key=lambda one: -one[1]):
        print(f"{worst * 1000:8.0f} ms  {text[:100]!r}")
    print(f"{len(patterns())} patterns, {len(over)} over {LIMIT * 1000:.0f} ms")
    sys.exit(bool(over))
