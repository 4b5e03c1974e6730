"""Work on a file that somebody sent, in a process of its own: little memory, little time, no file, nothing left behind.

The child is a fresh interpreter that imports the task's module and nothing of the web or the database.
`await run("app.documents.intake:look_at_template", {}, content)` answers what the task returned, or raises `Refused`.
"""

import asyncio
import json
import os
import resource
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from app.documents.refused import Refused

_ROOT: Final = Path(__file__).resolve().parents[2]
_HEAD: Final = struct.Struct("<QQ")
_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    memory: int = 512 * _MIB
    """Of the address space; what is really used stays well below."""
    cpu: int = 10
    """Seconds of processor."""
    wall: float = 60.0
    """Seconds on the clock, for a machine that does much else."""


STANDARD: Final = Limits()


async def run(
    task: str, asked: Mapping[str, Any], content: bytes, limits: Limits = STANDARD
) -> tuple[dict[str, Any], bytes]:
    """Calls `module:function(asked, content)` in a bounded process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.documents.bounded", task, str(limits.memory), str(limits.cpu)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        # One arena: glibc would reserve 64 MiB of address space per thread.
        env={"PATH": os.environ.get("PATH", ""), "MALLOC_ARENA_MAX": "1", "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"},
    )
    try:
        async with asyncio.timeout(limits.wall):
            answer, _ = await process.communicate(packed(asked, content))
    except TimeoutError as error:
        raise Refused("too-heavy") from error
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode or len(answer) < _HEAD.size:
        raise Refused("too-heavy")
    said, made = _unpacked(answer)
    if "refused" in said:
        raise Refused(said["refused"], said.get("where", ""))
    return said, made


def packed(said: Mapping[str, Any], content: bytes) -> bytes:
    head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return _HEAD.pack(len(head), len(content)) + head + content


def _unpacked(data: bytes) -> tuple[dict[str, Any], bytes]:
    head, body = _HEAD.unpack_from(data)
    start = _HEAD.size + head
    said: dict[str, Any] = json.loads(data[_HEAD.size : start])
    return said, data[start : start + body]


def _bind(memory: int, cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _child(task: str, memory: int, cpu: int) -> None:
    """What the process does: read its order, work, answer, end."""
    _bind(memory, cpu)
    module, _, name = task.partition(":")
    try:
        work = getattr(import_module(module), name)
        os.chdir("/")
        asked, content = _unpacked(sys.stdin.buffer.read())
        said, made = work(asked, content)
        answer = packed(said, made)
    except Refused as refusal:
        answer = packed({"refused": refusal.code, "where": refusal.where}, b"")
    except (MemoryError, RecursionError):
        answer = packed({"refused": "too-heavy"}, b"")
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
