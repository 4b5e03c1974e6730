"""What an operator may set, from the environment (`CLAUSIER_*`) or a `.env` file."""

from functools import lru_cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

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
    secret_key: str = ""
    """Encrypts the secrets that must be read again (code applications); empty: a key made once in `var`."""
    smtp_host: str = ""
    """The mail server; empty: letters are files of `var/outbox/`, for one's own machine."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = "Clausier <ne-pas-repondre@clausier.example>"
    webhook_loopback: bool = False
    """Let webhooks call this very machine, in the clear: for tests only, refused on a site that others reach."""
    mail_return: str = ""
    """Where letters that cannot be delivered come back (envelope sender); empty: the address of `mail_from`."""
    companies_url: str = "https://recherche-entreprises.api.gouv.fr"
    """The open register of firms and administrations; empty: SIRET numbers are not looked up."""
    proconnect_url: str = ""
    """ProConnect’s issuer, like https://auth.agentconnect.gouv.fr/api/v2; empty: no ProConnect button."""
    proconnect_client_id: str = ""
    proconnect_client_secret: str = ""
    proconnect_algorithm: Literal["RS256", "ES256", "HS256"] = "RS256"
    """What was declared at registration for the signature of the tokens."""
    worker: bool = True
    """Run the background jobs inside the server; false where `python -m app work` runs beside it."""
    demo: bool = False
    """Let anybody enter as the invented people of `python -m app demo`: on one's own machine only."""
    limits: float = Field(default=1, gt=0)
    """Multiplies what every caller may ask (`app.web.quota`): 10 behind a proxy that counts by itself."""
    mcp: bool = True
    """Serve the tools of the Model Context Protocol at `/mcp`."""
    database_wait: float = Field(default=2, gt=0, le=60)
    """Seconds that a request waits for the database, all its statements together, before it answers 503."""
    documents_at_once: int = Field(default=2, ge=1, le=64)
    """How many DOCX are composed at the same time in one process."""
    metrics_token: str = ""
    """The bearer that may read /metrics; empty: this machine only."""


@lru_cache
def get_settings() -> Settings:
    return Settings()


_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1", ""})
_KNOWN_PASSWORDS: Final = frozenset({"", "clausier", "postgres", "password", "changeme", "secret"})
_SHORT: Final = 24


def danger(settings: Settings) -> str:
    """Why this configuration must not be served, in one sentence; empty when nothing is wrong.

    An address that others reach is held to more than a machine at home: TLS, a database password, a real secret.
    """
    public = urlsplit(settings.public_url)
    if public.scheme not in {"http", "https"} or not public.hostname:
        return f"CLAUSIER_PUBLIC_URL n’est pas une adresse web : {settings.public_url!r}."
    if settings.metrics_token and len(settings.metrics_token) < _SHORT:
        return f"CLAUSIER_METRICS_TOKEN est trop court : {_SHORT} caractères au moins."
    if public.hostname in _LOCAL:
        return ""
    return _danger_to_others(settings)


def _danger_to_others(settings: Settings) -> str:
    """The same, for an address that others reach."""
    public, base = urlsplit(settings.public_url), urlsplit(settings.database_url)
    if settings.demo:
        return "CLAUSIER_DEMO ouvre tous les comptes fictifs sans secret : seulement sur cette machine (127.0.0.1)."
    if settings.webhook_loopback:
        return "CLAUSIER_WEBHOOK_LOOPBACK laisse les webhooks appeler cette machine : pour les tests seulement."
    if public.scheme != "https":
        return "CLAUSIER_PUBLIC_URL doit commencer par https:// : sans TLS, les sessions se volent."
    if base.hostname not in _LOCAL and (base.password or "") in _KNOWN_PASSWORDS:
        return "DATABASE_URL n’a pas de mot de passe sérieux pour une base jointe par le réseau."
    return ""
