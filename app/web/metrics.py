"""What the process counts, for Prometheus: by route template, never by path, so that no identifier becomes a label."""

import hmac
import os
from typing import Final

from fastapi import APIRouter, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from starlette.responses import Response
from starlette.types import Scope

from app.web.problems import NotFound

REQUESTS: Final = Counter("clausier_requests_total", "Answers sent", ["method", "route", "status"])
SECONDS: Final = Histogram(
    "clausier_request_seconds",
    "Time to the last byte",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REFUSED: Final = Counter("clausier_refused_total", "Requests refused by the shedder", ["budget"])

router = APIRouter(include_in_schema=False)


def route_of(scope: Scope) -> str:
    """The template of the route that answered; the fast door and the web app have no template."""
    route = scope.get("route")
    template = getattr(route, "path", None)
    return str(template) if template else "(other)"


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus' text. With `CLAUSIER_METRICS_TOKEN`, only to its bearer; without, only to this machine."""
    token = request.app.state.settings.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    local = request.client is not None and request.client.host in {"127.0.0.1", "::1"}
    if not (hmac.compare_digest(given.encode(), token.encode()) if token else local):
        raise NotFound("Cette adresse n’existe pas.")
    return Response(generate_latest(_counted()), media_type=CONTENT_TYPE_LATEST)


def _counted() -> CollectorRegistry:
    """The counters of this process; with several (`serve --processes`), of all of them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
