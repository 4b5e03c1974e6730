"""The OpenAPI document, completed: what every route may answer, who may call it, and the examples that are run.

Docstrings are for whoever reads the code: they are taken out. What a reader of the API sees is French, from
`summary`, `Field(description=…)` and docs/api-examples.yaml.
"""

from collections.abc import Callable, Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from app.web.contract_examples import add_examples, read_examples
from app.web.problems import MEDIA_TYPE, BodyTooLarge, Problem, ProblemOut, UnknownParameter
from app.web.quota import TooManyRequests

Document = dict[str, Any]
_METHODS: Final = ("get", "put", "post", "patch", "delete", "head", "options")
_PROBLEM: Final = {"$ref": "#/components/schemas/ProblemOut"}
TAGS: Final = {
    "Bibliothèque": "Chercher, lire et comparer les clauses.",
    "Données ouvertes": "La bibliothèque en fichiers, en flux et en catalogue.",
    "Droit": "Ce que la loi impose, avec source, date et niveau de confiance.",
    "Conseil": "Du projet d’achat au code CPV et aux clauses.",
    "Achats": "Vérifier une sélection de clauses.",
    "Documents": "Composer et relire les pièces du dossier.",
    "Comptes": "Créer un compte, se connecter, se déconnecter.",
    "Mon compte": "Profil, second facteur, sessions, clés d’API, données personnelles.",
    "Organisations": "Organisations par SIRET, membres et invitations.",
    "Administration": "Comptes, rôles et état, pour l’équipe de la plateforme.",
    "Exploitation": "État du service et site.",
    "Erreurs": "Ce que veulent dire les réponses d’erreur.",
}
_TITLES: Final = {
    400: "Requête refusée",
    401: "Connexion nécessaire",
    403: "Action non permise",
    404: "Introuvable",
    409: "Conflit avec l’état actuel",
    412: "Version dépassée",
    422: "Champs à corriger",
    428: "En-tête « If-Match » nécessaire",
    503: "Service occupé ou pas encore prêt",
}
_ALWAYS: Final[tuple[type[Problem], ...]] = (UnknownParameter, TooManyRequests)
_HEADERS: Final = {
    "RateLimit-Policy": 'Le quota et sa fenêtre en secondes, par exemple « "reads";q=600;w=60 »',
    "RateLimit": 'Ce qu’il reste et dans combien de secondes tout est rendu, par exemple « "reads";r=599;t=1 »',
}
Guards = Callable[[APIRoute], tuple[bool, bool]]
"""Of a route: whether it reads a session or a key, and whether it demands one."""


def no_guard(_: APIRoute) -> tuple[bool, bool]:
    return False, False


def calls_of(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """Every function that a route depends on, at any depth."""
    for inner in dependant.dependencies:
        if inner.call:
            yield inner.call
        yield from calls_of(inner)


def install(app: FastAPI, examples: Path, guards: Guards = no_guard) -> None:
    """`app.openapi()` gives the completed document, made once."""

    def openapi() -> Document:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(app, examples, guards)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def routes_of(app: FastAPI) -> dict[tuple[str, str], APIRoute]:
    """(method, path) → route, for the routes of the contract; included routers are nested since FastAPI 0.130."""
    found: dict[tuple[str, str], APIRoute] = {}
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and route.include_in_schema:
            found |= {(method.lower(), context.path_format or ""): route for method in context.methods or ()}
    return found


def _complete(app: FastAPI, examples: Path, guards: Guards) -> Document:
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=app.description,
        routes=app.routes,
        license_info=app.license_info,
        servers=[{"url": "/", "description": "Ce site"}],
        separate_input_output_schemas=app.separate_input_output_schemas,
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.setdefault("ProblemOut", ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}"))
    for name, schema in schemas["ProblemOut"].pop("$defs", {}).items():
        schemas.setdefault(name, schema)
    document["components"]["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()
    }
    document["components"]["securitySchemes"] = {
        "cle": {"type": "http", "scheme": "bearer", "description": "Une clé d’API d’une organisation"},
        "session": {"type": "apiKey", "in": "cookie", "name": "__Host-session", "description": "Une session ouverte"},
    }
    routes = routes_of(app)
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                _finish(item[method], routes.get((method, path)), guards)
    for schema in schemas.values():
        schema.pop("description", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    used = {tag for _, operation in operations(document) for tag in operation.get("tags", ())}
    document["tags"] = [{"name": name, "description": text} for name, text in TAGS.items() if name in used]
    document["tags"] += [{"name": name} for name in sorted(used - TAGS.keys())]
    document["externalDocs"] = {"url": "/api", "description": "La documentation de cette API"}
    add_examples(document, read_examples(examples))
    return document


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, Document]]:
    """« GET /api/v1/clauses » and its operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def _finish(operation: Document, route: APIRoute | None, guards: Guards) -> None:
    if route is not None and operation.get("description") == cleandoc(route.endpoint.__doc__ or ""):
        del operation["description"]
    answers = operation["responses"]
    for problem in _ALWAYS:
        answers.setdefault(str(int(problem.status)), {"description": problem.title})
    if "requestBody" in operation:
        answers.setdefault(str(int(BodyTooLarge.status)), {"description": BodyTooLarge.title})
        answers.setdefault("422", {"description": ""})
    reads_session, demands = guards(route) if route is not None else (False, False)
    if reads_session:
        operation["security"] = [{"cle": []}, {"session": []}, *([] if demands else [{}])]
        for status in ("401", "403"):
            answers.setdefault(status, {"description": ""})
    if route is not None and _uses_database(route):
        answers.setdefault("503", {"description": ""})
    for status, answer in list(answers.items()):
        if not status.isdigit() or int(status) < 400:  # noqa: PLR2004
            _announce(answer)
            continue
        title = answer.get("description") or ""
        english = title in {"", "Validation Error"}
        answers[status] = {
            "description": _TITLES.get(int(status), "Erreur") if english else title,
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
    operation["responses"] = dict(sorted(answers.items()))
    if "429" in operation["responses"]:
        operation["responses"]["429"]["headers"] = {
            "Retry-After": {"description": "Secondes à attendre", "schema": {"type": "integer"}}
        }


def _announce(answer: Document) -> None:
    if answer.get("description") in {"", "Successful Response", None}:
        answer["description"] = "Réussite"
    answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS} | answer.get(
        "headers", {}
    )


def _uses_database(route: APIRoute) -> bool:
    """The shelf and the database may both be missing while the service starts."""
    return any(call.__module__.startswith("app.") for call in (route.endpoint, *calls_of(route.dependant)))
