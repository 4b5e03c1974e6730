"""What `python -m app demo` sets, fills and starts beside the server."""

from pathlib import Path
from threading import Thread
from typing import Final

import uvicorn
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.fake_proconnect import CLIENT_ID, CLIENT_SECRET, Fake
from app.demo.fill import fill
from app.law.routes import today_in_paris
from app.library.load import load
from app.library.queries import refresh
from app.settings import Settings

PROCONNECT_PORT: Final = 8099
_FOLDER: Final = "demo"


def issuer(proconnect_port: int) -> str:
    return f"http://127.0.0.1:{proconnect_port}/api/v2"


def settings_for(settings: Settings, host: str, port: int, proconnect_port: int = PROCONNECT_PORT) -> Settings:
    """A database of its own, no register to ask about invented numbers, the fake ProConnect, the doors open."""
    own: dict[str, object] = {
        "demo": True,
        "var": Path(settings.var) / _FOLDER,
        "companies_url": "",
        "proconnect_url": issuer(proconnect_port),
        "proconnect_client_id": CLIENT_ID,
        "proconnect_client_secret": CLIENT_SECRET,
    }
    if "public_url" not in settings.model_fields_set:
        own["public_url"] = f"http://{host}:{port}"
    return settings.model_copy(update=own)


async def prepare(session: AsyncSession, settings: Settings) -> str:
    """Clauses, then the region; a sentence per room."""
    lines = [str(await load(session, settings.clauses))]
    await refresh(session, settings.clauses)
    return "\n".join(lines + await fill(session, settings, today=today_in_paris(), proconnect=settings.proconnect_url))


def start_proconnect(port: int) -> None:
    """The fake, on the loopback, until the process ends."""
    config = uvicorn.Config(
        Fake(issuer(port)).app(), host="127.0.0.1", port=port, log_level="warning", access_log=False
    )
    Thread(target=uvicorn.Server(config).run, name="fake-proconnect", daemon=True).start()
