"""A ZIP that somebody sent: its directory is checked before anything is inflated, and inflating is counted.

`zipfile` alone accepts duplicate names, overlapping entries, a file hidden in front, and reads a directory of any size.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from app.documents.budget import MOST_INFLATED, Budget
from app.documents.package import Part
from app.documents.refused import Refused

LARGEST: Final = 25 * 1024 * 1024
MOST_ENTRIES: Final = 2000
LARGEST_PART: Final = 100 * 1024 * 1024
MOST_RATIO: Final = 100
_RATIO_FROM: Final = 1024 * 1024
"""A small part may be very regular; the ratio says something from a mebibyte on."""
_CHUNK: Final = 256 * 1024
"""Expat 2.5 reads a long attribute again from its start at each chunk: few chunks, then."""
_END: Final = struct.Struct("<4s4H2LH")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DIRECTORY_LINE: Final = 46
_LONGEST_NAME: Final = 240
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
    OverflowError,
    KeyError,
    OSError,
)


class Archive:
    """A checked ZIP. `read` and `chunks` refuse what inflates past its limits."""

    def __init__(self, content: bytes, budget: Budget | None = None) -> None:
        self.content = content
        self.budget = budget or Budget()
        _check_end(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise Refused("damaged") from error
        self.entries = [info for info in self._zip.infolist() if not info.is_dir()]
        _check_names(self._zip.infolist())
        self.budget.declare(_size(self.entries))
        _check_places(content, self._zip.infolist(), self._zip.start_dir)
        self._infos = {info.filename: info for info in self.entries}

    @property
    def names(self) -> list[str]:
        return [info.filename for info in self.entries]

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """Of a part once inflated, as the directory says."""
        return self._infos[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, inflated bit by bit; `Refused` when its bytes are not what the directory said."""
        try:
            with self._zip.open(self._infos[name]) as entry:
                while chunk := entry.read(_CHUNK):
                    self.budget.inflate(len(chunk))
                    yield chunk
        except _BROKEN as error:
            raise Refused("damaged") from error

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def part(self, name: str) -> Part:
        """The entry as it stands, still compressed: copied without being read."""
        info = self._infos[name]
        head = _LOCAL.unpack_from(self.content, info.header_offset)
        start = info.header_offset + _LOCAL.size + head[9] + head[10]
        data = self.content[start : start + info.compress_size]
        return Part(info.filename.encode(), info.compress_type, data, info.file_size, info.CRC)


def _check_end(content: bytes) -> None:
    """The directory's own place and length: nothing before the first entry, nothing after the end."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if at < 0 or at + _END.size > len(content):
        raise Refused("damaged")
    _, disk, first, here, total, length, offset, comment = _END.unpack_from(content, at)
    if disk or first or here != total:
        raise Refused("damaged")
    if total > MOST_ENTRIES or length > MOST_ENTRIES * (_DIRECTORY_LINE + _LONGEST_NAME):
        raise Refused("many-entries")
    if at + _END.size + comment != len(content) or offset + length != at:
        raise Refused("polyglot")


def _check_names(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        name = info.orig_filename
        parts = PurePosixPath(name).parts
        unsafe = "\\" in name or ":" in name or name.startswith("/") or ".." in parts or len(name) > _LONGEST_NAME
        if unsafe or not name or any(ord(letter) < 32 for letter in name):  # noqa: PLR2004 (control characters)
            raise Refused("unsafe-name")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refused("symlink")
        if name.casefold() in seen:
            raise Refused("duplicate")
        seen.add(name.casefold())


def _size(infos: list[zipfile.ZipInfo]) -> int:
    """Of the entries once inflated, each within its own bounds."""
    total = 0
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise Refused("encrypted")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("method")
        total += info.file_size
        regular = info.file_size > _RATIO_FROM and info.file_size > MOST_RATIO * max(1, info.compress_size)
        if regular or info.file_size > LARGEST_PART or total > MOST_INFLATED:
            raise Refused("bomb")
    return total


def _check_places(content: bytes, infos: list[zipfile.ZipInfo], directory: int) -> None:
    """Entries follow each other: two that share bytes are one bomb counted twice (CVE-2024-0450)."""
    free = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < free:
            raise Refused("overlap")
        if info.header_offset + _LOCAL.size > directory:
            raise Refused("damaged")
        head = _LOCAL.unpack_from(content, info.header_offset)
        if head[0] != b"PK\x03\x04":
            raise Refused("damaged")
        if not free and info.header_offset:
            raise Refused("polyglot")
        free = info.header_offset + _LOCAL.size + head[9] + head[10] + info.compress_size
        if free > directory:
            raise Refused("damaged")
