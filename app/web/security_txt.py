"""Where to write about a vulnerability: `/.well-known/security.txt` (RFC 9116)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.settings import Settings
from app.web.etag import Page, serve
from app.web.problems import NotFound
from app.web.site import address_of

ADDRESS: Final = "/.well-known/security.txt"
VALID_FOR: Final = timedelta(days=180)
"""Less than a year (RFC 9116, section 2.5.5); counted from the day of the reading, so that it never lapses."""

router = APIRouter(include_in_schema=False)


def security_txt(contact: str, base: str, today: date) -> bytes:
    """`contact` is one e-mail address, or the address of a form."""
    where = "".join(contact.split())
    where = where if where.startswith(("https://", "mailto:")) else f"mailto:{where}"
    expires = datetime.combine(today + VALID_FOR, time(), UTC)
    lines = [f"Contact: {where}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: fr, en"]
    if base.startswith("https://"):  # the only scheme that the norm allows there
        lines.append(f"Canonical: {base}{ADDRESS}")
    return ("\n".join(lines) + "\n").encode()


@router.get(ADDRESS)
async def read_security_txt(request: Request) -> Response:
    settings: Settings = request.app.state.settings
    if not settings.contact.strip():
        raise NotFound("L’exploitant de ce site n’a pas encore donné d’adresse de contact.")
    body = security_txt(settings.contact, address_of(request), datetime.now(UTC).date())
    return serve(request, Page.of(body, "text/plain; charset=utf-8"))
