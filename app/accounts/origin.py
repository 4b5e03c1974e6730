"""Where a request comes from: our own pages, another site, which network."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection, Request

from app.accounts.refusals import CrossSite
from app.accounts.tokens import csrf_of, same
from app.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def settings_of(request: HTTPConnection) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _allowed(origin: str, request: Request) -> bool:
    ours = urlsplit(settings_of(request).public_url)
    if origin == f"{ours.scheme}://{ours.netloc}":
        return True
    # On a developer's machine the port of `make run PORT=…` is whatever it is: the page must be its own host.
    theirs = urlsplit(origin)
    return ours.hostname in _LOOPBACK and theirs.hostname in _LOOPBACK and theirs.netloc == request.url.netloc


def require_same_origin(request: Request) -> None:
    """Refuses what a page of another site sent (Origin and Fetch Metadata, both)."""
    origin = request.headers.get("origin", "")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"} or not _allowed(origin, request):
        raise CrossSite("Cette demande ne vient pas d’une page de ce site.")


def require_csrf(request: Request, token: str) -> None:
    """For whatever changes something and is authenticated by a cookie."""
    require_same_origin(request)
    if not same(request.headers.get(CSRF_HEADER, ""), csrf_of(token)):
        raise CrossSite("Le jeton de la page manque ou n’est plus le bon : rechargez la page.")


def ip_prefix(request: HTTPConnection) -> str:
    """The network only (/24 or /48): enough to recognise one's own connection, too little to be followed."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return ":".join(address.exploded.split(":")[:3]) + "::/48"
    return ".".join(str(address).split(".")[:3]) + ".0/24"


def user_agent(request: HTTPConnection) -> str:
    raw = request.headers.get("user-agent", "")[:200]
    return "".join(c if c.isprintable() else " " for c in raw)
