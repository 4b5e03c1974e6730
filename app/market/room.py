"""Every router of the market room, for `app/main.py`."""

from typing import Final

from fastapi import APIRouter

from app.market import routes, routes_declared, routes_depth, routes_proofs

routers: Final[list[APIRouter]] = [
    routes.router,
    routes_declared.router,
    routes_proofs.router,
    routes_depth.router,
]
