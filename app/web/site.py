"""Who runs this site: what the compulsory pages (LCEN) must say and only the operator knows."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from app.settings import Settings


def address_of(request: Request) -> str:
    """The public address of this site, without a final slash."""
    settings: Settings = request.app.state.settings
    return settings.public_url.rstrip("/")


router = APIRouter(prefix="/api/v1", tags=["Exploitation"])


class SiteOut(BaseModel):
    """An empty text means that the operator has not said it yet."""

    publisher: str
    host_provider: str
    contact: str
    public_url: str


@router.get("/site", summary="L’éditeur, l’hébergeur et le contact du site")
async def read_site(request: Request) -> SiteOut:
    settings: Settings = request.app.state.settings
    return SiteOut(
        publisher=settings.publisher,
        host_provider=settings.host_provider,
        contact=settings.contact,
        public_url=settings.public_url,
    )
