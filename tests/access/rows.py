"""How many rows each table holds: what a request wrote, without asking which."""

from fastapi import FastAPI
from sqlalchemy import text


async def counts(app: FastAPI) -> dict[str, int]:
    async with app.state.sessions() as session:
        tables = list(await session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))
        asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables)  # noqa: S608 (ours)
        return {row[0]: row[1] for row in await session.execute(text(asked))}
