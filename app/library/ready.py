"""Answers made once per generation of the library, then sent as bytes before any routing, parsing or SQL."""

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from starlette.requests import Request
from starlette.types import Scope

from app.web.etag import CACHE_CONTROL, Page, is_known, repr_digest

VARY: Final = "Accept, Accept-Encoding"
_MOST_BYTES: Final = 64 * 1024 * 1024
_WORTH_COMPRESSING: Final = 1024
RawHeaders = list[tuple[bytes, bytes]]


class Ready:
    """One answer in its two forms, plain and compressed, each with its own strong ETag (RFC 9110, section 8.8.3)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plain = (self._headers(page.etag, page.body), page.body)
        self._compressed: tuple[RawHeaders, bytes] | None = None

    def _headers(self, etag: str, body: bytes, encoding: str = "") -> RawHeaders:
        named = (
            {
                "content-type": self.page.media_type,
                "content-length": str(len(body)),
                "etag": etag,
                "cache-control": CACHE_CONTROL,
                "vary": VARY,
                "repr-digest": repr_digest(body),
            }
            | dict(self.page.headers)
            | ({"content-encoding": encoding} if encoding else {})
        )
        return [(name.encode(), value.encode("latin-1")) for name, value in named.items()]

    @property
    def compressed(self) -> tuple[RawHeaders, bytes]:
        """Made for the first reader who asks for it."""
        if len(self.page.body) < _WORTH_COMPRESSING:
            return self.plain
        if self._compressed is None:
            body = gzip.compress(self.page.body, compresslevel=6, mtime=0)
            self._compressed = self._headers(self.page.etag[:-1] + '-gz"', body, "gzip"), body
        return self._compressed

    def response(self, request: Request) -> tuple[int, RawHeaders, bytes]:
        """Status, headers and body for a request: 304 when it already holds this form."""
        headers, body = self.compressed if "gzip" in request.headers.get("accept-encoding", "") else self.plain
        etag = next(value for name, value in headers if name == b"etag")
        known = request.headers.get("if-none-match")
        if known and is_known(etag.decode("latin-1"), known):
            return 304, [(n, v) for n, v in headers if n in {b"etag", b"cache-control", b"vary"}], b""
        return 200, list(headers), body


class ReadyPages:
    """Answers kept until there are 64 MiB of them; the least recently used leave first."""

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._ready: OrderedDict[Hashable, Ready] = OrderedDict()
        self._most = most
        self._held = 0

    def get(self, key: Hashable) -> Ready | None:
        ready = self._ready.get(key)
        if ready is not None:
            self._ready.move_to_end(key)
        return ready

    def keep(self, key: Hashable, page: Page) -> Ready:
        if key not in self._ready:
            self._ready[key] = Ready(page)
            self._held += len(page.body)
            while self._held > self._most and len(self._ready) > 1:
                _, gone = self._ready.popitem(last=False)
                self._held -= len(gone.page.body)
        return self._ready[key]


def key_of(scope: Scope) -> Hashable:
    """The address and what the reader accepts, byte for byte: two spellings of one query are two answers."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["path"], scope["query_string"], accept
