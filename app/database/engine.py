"""The engine, and the one transaction of a request."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Depends, Request
from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from app.database.patience import WAIT, creator


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def psycopg_url(url: str) -> str:
    """The same address spoken by psycopg 3, whatever driver it named (postgres://, postgresql+asyncpg://…)."""
    scheme, _, rest = url.partition("://")
    if not rest or not scheme.startswith("postgres"):
        raise ValueError(f"DATABASE_URL doit commencer par postgresql:// (reçu : {scheme!r}).")
    return "postgresql+psycopg://" + rest


_SERVER: Final = {
    # One statement of a request reads a page or writes a file: past 5 s it is a mistake, and holds a core and locks.
    "statement_timeout": "5s",
    # Two writers of one row wait for each other in milliseconds; a table locked longer is a migration: refuse, retry.
    "lock_timeout": "2s",
    # A process killed or frozen between two statements frees its locks. Not less: a piece becomes a PDF in up to 60 s
    # (app/documents/bounded.py) while the request that asked for it holds its transaction.
    "idle_in_transaction_session_timeout": "90s",
    "timezone": "UTC",
}
_JOBS: Final = _SERVER | {
    "statement_timeout": "10min",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "0",
}
"""Jobs and commands purge, load and fill: nobody waits for their answer."""
_NETWORK: Final = {
    "connect_timeout": 2,  # the least that libpq knows
    # What is sent and never acknowledged (a machine gone, a rule of a firewall) is given up, not resent for 15 min.
    "tcp_user_timeout": 3000,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}


def connect(url: str, *, for_requests: bool = False, wait: float = WAIT) -> AsyncEngine:
    """An engine whose lost connections are replaced silently; for requests, one that never makes them wait long."""
    server = _SERVER if for_requests else _JOBS
    options = " ".join(f"-c {name}={value}" for name, value in server.items())
    return create_async_engine(
        make_url(psycopg_url(url)),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=5,
        # A full pool means that others wait already: with `WAIT`, three seconds at most in all.
        pool_timeout=0.8 if for_requests else 30,
        connect_args={
            "options": options,
            "async_creator_fn": creator(wait if for_requests else 3600),
            **_NETWORK,
        },
    )


def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)


async def _session_of_request(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions() as session:
        try:
            yield session
        except BaseException:
            await session.rollback()
            raise
        # Not `session.begin()`: a reader of the session may have rolled back a lost database, and read on in memory.
        await session.commit()


# scope="function": the commit happens before the answer leaves (style, section 9, trap 5).
DbSession = Annotated[AsyncSession, Depends(_session_of_request, scope="function")]
