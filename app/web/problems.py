"""Errors as RFC 9457 problem+json, in French: one class per error, raised where it is known, shown here."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Final, cast

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.web.french import sentence_of
from app.web.headers import READ_ONLY as LOST
from app.web.headers import request_id
from app.web.methods import allowed

MEDIA_TYPE: Final = "application/problem+json"


class FieldError(BaseModel):
    pointer: str
    """A JSON pointer into the body, or `?name` for a query parameter."""
    detail: str


class ProblemOut(BaseModel):
    """The body of every error."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]
    trace_id: str
    """The request's id, to quote when asking for help: the operator's log has the same."""


class Problem(Exception):  # noqa: N818 (the RFC's own word)
    """An error with a status. Subclasses set the three class attributes; `type` is a path that resolves to a page."""

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    type: ClassVar[str] = "/problems/requete"
    title: ClassVar[str] = "Requête refusée"

    def __init__(
        self, detail: str = "", errors: Sequence[FieldError] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail or self.title
        self.errors = list(errors)
        self.headers = dict(headers or {})


class NotFound(Problem):
    status, type, title = HTTPStatus.NOT_FOUND, "/problems/introuvable", "Introuvable"


class UnknownParameter(Problem):
    status, type, title = HTTPStatus.BAD_REQUEST, "/problems/parametre-inconnu", "Paramètre inconnu"


class Invalid(Problem):
    status, type, title = HTTPStatus.UNPROCESSABLE_ENTITY, "/problems/champs", "Champs à corriger"


class Busy(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/occupe", "Service occupé"


class DatabaseDown(Problem):
    status, type, title = HTTPStatus.SERVICE_UNAVAILABLE, "/problems/base", "Base de données injoignable"


class Crash(Problem):
    status, type, title = HTTPStatus.INTERNAL_SERVER_ERROR, "/problems/panne", "Erreur de notre côté"


class BodyTooLarge(Problem):
    status, type, title = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "/problems/trop-gros", "Envoi trop volumineux"


KNOWN: Final[dict[str, tuple[str, str]]] = {}
"""Slug → (title, explanation): the pages `/problems/…`; rooms describe their own with `describe`."""


def describe(problem: type[Problem], explanation: str) -> type[Problem]:
    KNOWN[problem.type.removeprefix("/problems/")] = (problem.title, explanation)
    return problem


for _problem, _explanation in (
    (Problem, "La requête n’a pas pu être traitée telle quelle. Le détail dit pourquoi."),
    (NotFound, "L’adresse ou l’identifiant demandé n’existe pas."),
    (UnknownParameter, "Un paramètre de l’adresse n’est pas connu de cette route. La documentation en donne la liste."),
    (Invalid, "Un ou plusieurs champs ne conviennent pas. La liste « errors » dit lesquels et comment les corriger."),
    (Busy, "Le service traite déjà autant de demandes qu’il le peut. Réessayez après le délai indiqué."),
    (
        DatabaseDown,
        "La base de données ne répond pas. La bibliothèque reste lisible, rien ne s’enregistre. Réessayez bientôt.",
    ),
    (Crash, "Nous n’avons pas su traiter la demande. Rien n’a été enregistré. Donnez la référence à l’assistance."),
    (BodyTooLarge, "Le contenu envoyé dépasse la taille admise."),
):
    describe(_problem, _explanation)


def problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: which problems it may answer."""
    return {
        int(kind.status): {"model": ProblemOut, "description": kind.title, "content": {MEDIA_TYPE: {}}}
        for kind in kinds
    }


def answer(problem: Problem) -> Response:
    body = ProblemOut(
        type=problem.type,
        title=problem.title,
        status=int(problem.status),
        detail=problem.detail,
        errors=problem.errors,
        trace_id=request_id.get(),
    )
    return JSONResponse(
        body.model_dump(), status_code=int(problem.status), headers=problem.headers, media_type=MEDIA_TYPE
    )


def _pointer(location: Sequence[Any]) -> str:
    where, *rest = location or ("body",)
    path = "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in rest)
    return f"?{path}" if where == "query" else f"/{path}"


async def _on_problem(_: Request, error: Exception) -> Response:
    return answer(cast("Problem", error))


async def _on_validation(_: Request, error: Exception) -> Response:
    raw = cast("RequestValidationError", error).errors()
    unknown = [e["loc"][-1] for e in raw if e["type"] == "extra_forbidden" and e["loc"][0] == "query"]
    if unknown:
        return answer(UnknownParameter(f"Paramètre inconnu : {', '.join(map(str, unknown))}."))
    errors = [
        FieldError(pointer=_pointer(e["loc"]), detail=sentence_of(e["type"], e["msg"], e.get("ctx", {}))) for e in raw
    ]
    count = "Un champ est à corriger." if len(errors) == 1 else f"{len(errors)} champs sont à corriger."
    return answer(Invalid(count, errors))


_TITLES: Final = {404: NotFound, 405: Problem, 413: BodyTooLarge}


async def _on_http(request: Request, error: Exception) -> Response:
    known = cast("HTTPException", error)
    kind = _TITLES.get(known.status_code, Problem)
    detail = {404: "Cette adresse n’existe pas.", 405: "Cette méthode n’est pas admise ici."}.get(
        known.status_code, jsonable_encoder(known.detail)
    )
    body = ProblemOut(
        type=kind.type,
        title=kind.title,
        status=known.status_code,
        detail=str(detail),
        errors=[],
        trace_id=request_id.get(),
    )
    headers = dict(known.headers or {})
    if known.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed(request.app, request.url.path) or headers.get("Allow", "GET, HEAD")
    return JSONResponse(body.model_dump(), status_code=known.status_code, headers=headers, media_type=MEDIA_TYPE)


READ_ONLY: Final = {"25006", "25P03"}
"""A base that became a replica, and a transaction ended by the server: PostgreSQL calls them internal errors."""
_DOWN: Final = (
    "La base de données ne répond pas. Réessayez dans un instant : ce qui est affiché reste à l’écran, et une demande "
    "renvoyée avec la même clé « Idempotency-Key » n’est faite qu’une fois."
)


async def _on_database(_: Request, __: Exception) -> Response:
    # The first to be refused is told at once: the follower of the library sees the loss two or three seconds later.
    return answer(DatabaseDown(_DOWN, headers={"Retry-After": "5", LOST: "1"}))


async def _on_full_pool(_: Request, __: Exception) -> Response:
    return answer(Busy("Trop de demandes attendent la base de données.", headers={"Retry-After": "2"}))


async def _on_internal(request: Request, error: Exception) -> Response:
    if getattr(getattr(error, "orig", None), "sqlstate", None) in READ_ONLY:
        return await _on_database(request, error)
    raise error


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(OperationalError, _on_database)
    app.add_exception_handler(InternalError, _on_internal)
    app.add_exception_handler(PoolTimeout, _on_full_pool)
