"""The library's public addresses, `/clauses` and `/clauses/{id}`, for the shell of the web app."""

from typing import Final

from pydantic import ValidationError
from starlette.requests import Request

from app.library.cpv import codes_in
from app.library.pages import clause_page, missing_page
from app.library.pages_list import library_page
from app.library.pages_reading import families_page, family_page, glossary_page, missing_family
from app.library.queries import LibraryNotReady, shelf
from app.library.reading import defined, whole_family
from app.library.schemas import ClauseQuery
from app.library.search import Request as SearchRequest
from app.web.paging import BadCursor
from app.web.site import address_of
from app.web.spa import RenderedPage, Renderer

_MANY: Final = {"family", "lever", "kind", "piece", "level", "duty", "commitment", "status"}
_ONE: Final = {"q", "cpv", "sort", "cursor"}


async def library(request: Request) -> RenderedPage | None:
    """The list; what the address says wrongly is left out, since a page is always shown."""
    try:
        held = shelf()
    except LibraryNotReady:
        return None
    wanted = _wanted(request)
    try:
        return library_page(wanted, held.index.search(wanted), held)
    except BadCursor:
        first = SearchRequest(wanted.q, wanted.cpv, wanted.filters, wanted.sort, wanted.limit)
        return library_page(first, held.index.search(first), held)


def _wanted(request: Request) -> SearchRequest:
    given: dict[str, object] = {name: request.query_params[name] for name in _ONE if name in request.query_params}
    given |= {name: request.query_params.getlist(name) for name in _MANY if name in request.query_params}
    try:
        asked = ClauseQuery.model_validate(given)
    except ValidationError:
        asked = ClauseQuery(q=str(given.get("q", ""))[:2000])
    code = next(iter(codes_in(asked.cpv)), "")
    return SearchRequest(asked.q, code, asked.filters, asked.sort, 50, asked.cursor)


async def clause(request: Request) -> RenderedPage | None:
    try:
        held = shelf()
    except LibraryNotReady:
        return None
    ident = request.url.path.rsplit("/", 1)[-1]
    found = held.clause(ident)
    return clause_page(found, held, address_of(request)) if found else missing_page(ident)


async def families(request: Request) -> RenderedPage | None:
    del request
    try:
        return families_page(shelf())
    except LibraryNotReady:
        return None


async def family(request: Request) -> RenderedPage | None:
    code = request.url.path.rsplit("/", 1)[-1]
    try:
        held = shelf()
    except LibraryNotReady:
        return None
    found = whole_family(code, held)
    return family_page(found) if found else missing_family(code)


async def glossary(request: Request) -> RenderedPage | None:
    del request
    try:
        return glossary_page(defined(shelf()))
    except LibraryNotReady:
        return None


_READING: Final = ((r"/familles", families), (r"/familles/[a-z-]{1,40}", family), (r"/glossaire", glossary))


def pages() -> list[tuple[str, Renderer]]:
    """Address (a regular expression) → what is shown there without JavaScript."""
    return [(r"/clauses", library), (r"/clauses/CEC-[A-Z]{3}-\d{3}", clause), *_READING]
