"""A TCP proxy that can be cut, slowed, or made to swallow what it receives: the network between two machines."""

import asyncio
import threading
from contextlib import suppress
from typing import Literal

from tests.faults.cluster import free_port

Mode = Literal["up", "down", "slow", "hole"]


class Proxy:
    """up: as if it were not there. down: refused. slow: what the server says is late. hole: nothing comes back."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = free_port()
        self.delay = 0.0
        self.mode: Mode = "up"
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._pipes: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.set("up")

    def set(self, mode: Mode, delay: float = 0) -> None:
        asyncio.run_coroutine_threadsafe(self._set(mode, delay), self._loop).result(10)

    async def _set(self, mode: Mode, delay: float) -> None:
        self.mode, self.delay = mode, delay
        if mode == "down" and self._server:
            self._server.close()
            self._server = None
            for pipe in self._pipes:
                pipe.cancel()
        elif mode != "down" and not self._server:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._pipes.add(task)
        try:
            there, here = await asyncio.open_connection("127.0.0.1", self.target)
            await asyncio.gather(self._pipe(reader, here, late=False), self._pipe(there, writer, late=True))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._pipes.discard(task)
            writer.transport.abort()
            with suppress(UnboundLocalError):
                here.transport.abort()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, late: bool) -> None:
        while data := await reader.read(65536):
            if self.mode == "hole":
                continue
            if late and self.mode == "slow":
                await asyncio.sleep(self.delay)
            writer.write(data)
            await writer.drain()
        if self.mode != "hole":
            raise ConnectionResetError

    def close(self) -> None:
        self.set("down")
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
