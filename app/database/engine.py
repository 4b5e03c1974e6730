"""The engine, and the one transaction of a request."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase


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


def connect(url: str) -> AsyncEngine:
    """An engine whose statements end after 30 s and whose lost connections are replaced silently."""
    return create_async_engine(
        make_url(psycopg_url(url)),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=5,
        pool_timeout=5,
        connect_args={"options": "-c statement_timeout=30000 -c lock_timeout=5000 -c timezone=UTC"},
    )


def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False)


async def _session_of_request(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions() as session, session.begin():
        yield session


# scope="function": the commit happens before the answer leaves (style, section 9, trap 5).
DbSession = Annotated[AsyncSession, Depends(_session_of_request, scope="function")]
