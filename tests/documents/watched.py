"""What a bounded process cost: the task runs as it is, and the memory that its process held at most is said with it.

Imports nothing but the task, so that the figure is the product's own.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from app.documents.bounded import packed
from app.documents.refused import Refused


def task(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """For `bounded.run`: `asked["task"]` is `module:function`."""
    module, _, name = asked["task"].partition(":")
    refused = ""
    try:
        packed(*getattr(import_module(module), name)(asked, content))
    except Refused as refusal:
        refused = refusal.code
    except (MemoryError, RecursionError):
        refused = "too-heavy"
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line.split()[1] for line in status.split("\n") if line.startswith("VmHWM"))
    return {"refused_as": refused, "peak": int(peak)}, b""
