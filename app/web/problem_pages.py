"""Where the `type` of a problem leads: one page per kind, readable without JavaScript."""

from html import escape
from http import HTTPStatus

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request

from app.web.problems import KNOWN, NotFound, problems
from app.web.spa import RenderedPage, Renderer

router = APIRouter(prefix="/api/v1", tags=["Erreurs"])


class ProblemKind(BaseModel):
    slug: str
    title: str
    explanation: str


class ProblemKinds(BaseModel):
    items: list[ProblemKind]


@router.get("/problems", summary="Les erreurs de l’API et ce qu’elles veulent dire")
async def list_problems() -> ProblemKinds:
    return ProblemKinds(items=[_kind(slug) for slug in sorted(KNOWN)])


@router.get("/problems/{slug}", responses=problems(NotFound), summary="Une erreur de l’API")
async def read_problem(slug: str) -> ProblemKind:
    if slug not in KNOWN:
        raise NotFound("Cette erreur n’est pas connue.")
    return _kind(slug)


def _kind(slug: str) -> ProblemKind:
    title, explanation = KNOWN[slug]
    return ProblemKind(slug=slug, title=title, explanation=explanation)


async def _page(request: Request) -> RenderedPage | None:
    slug = request.url.path.rsplit("/", 1)[-1]
    if slug not in KNOWN:
        return RenderedPage("Page introuvable", "", "<h1>Page introuvable</h1>", status=HTTPStatus.NOT_FOUND)
    title, explanation = KNOWN[slug]
    return RenderedPage(title, explanation, f"<main><h1>{escape(title)}</h1><p>{escape(explanation)}</p></main>")


def pages() -> list[tuple[str, Renderer]]:
    return [(r"/problems/[a-z-]+", _page)]
