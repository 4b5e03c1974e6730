"""Argon2id, a few at a time: 46 MiB and about 100 ms each, so that a crowd at the door does not fill the memory."""

import asyncio
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.passphrases import normalised

_HASHER: Final = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
AT_ONCE: Final = 2
_slots: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def _slot() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _slots:
        _slots.clear()  # a process serves from one loop; tests make several, one after the other
        _slots[loop] = asyncio.Semaphore(AT_ONCE)
    return _slots[loop]


async def hash_passphrase(passphrase: str) -> str:
    async with _slot():
        return await asyncio.to_thread(_HASHER.hash, normalised(passphrase))


@lru_cache
def _nobodys() -> str:
    return _HASHER.hash("personne n’a cette phrase")


def _verify(known: str | None, passphrase: str) -> bool:
    try:
        return _HASHER.verify(known or _nobodys(), normalised(passphrase)) and known is not None
    except (VerificationError, InvalidHashError):
        return False


async def matches(known: str | None, passphrase: str) -> bool:
    """Whether it is the passphrase of this hash; takes the same time when there is no such account."""
    async with _slot():
        return await asyncio.to_thread(_verify, known, passphrase)
