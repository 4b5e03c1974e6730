"""A local stand-in of the register, that answers what the real one was recorded to answer (2025-11)."""

import json
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.registries.companies import Companies

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recorded.json").read_text(encoding="utf-8"))
KNOWN = RECORDED["results"][0]["matching_etablissements"][0]["siret"]


class Register:
    def __init__(self) -> None:
        self.calls: list[str] = []
        self.next: Response | None = None
        """Answered instead, once or more."""

    async def _search(self, request: Request) -> Response:
        self.calls.append(request.query_params["q"])
        if self.next is not None:
            return self.next
        empty = {**RECORDED, "results": [], "total_results": 0, "total_pages": 0}
        return JSONResponse(RECORDED if request.query_params["q"] == KNOWN else empty)

    def client(self) -> Companies:
        app = Starlette(routes=[Route("/search", self._search)])
        return Companies("http://registre.test", httpx.ASGITransport(app=app))
