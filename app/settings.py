"""What an operator may set, from the environment (`CLAUSIER_*`) or a `.env` file."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT: Final = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="CLAUSIER_", env_file=".env", extra="ignore")

    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    """Any PostgreSQL of version 15 or later; empty: the embedded one, in `var`."""
    var: Path = ROOT / "var"
    """Where the embedded database lives."""
    clauses: Path = ROOT / "clauses"
    """The content: law, charter, clauses, skeletons."""
    frontend: Path = ROOT / "frontend" / "dist"
    """The built web app."""
    public_url: str = "http://127.0.0.1:8000"
    """The address that users see, for feeds and permanent links."""
    publisher: str = ""
    """Who publishes this site, for the legal notice (LCEN); empty: said to be missing."""
    host_provider: str = ""
    """Who hosts it, for the same page."""
    contact: str = ""
    """An e-mail address for help and accessibility."""
    worker: bool = True
    """Run the background jobs inside the server; false where `python -m app work` runs beside it."""
    limits: float = Field(default=1, gt=0)
    """Multiplies what every caller may ask (`app.web.quota`): 10 behind a proxy that counts by itself."""
    documents_at_once: int = Field(default=2, ge=1, le=64)
    """How many DOCX are composed at the same time in one process."""


@lru_cache
def get_settings() -> Settings:
    return Settings()
