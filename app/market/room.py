"""Every router and job of the market room, for `app/main.py`."""

from typing import Final

from fastapi import APIRouter
from procrastinate import Blueprint

from app.market import (
    alerts,
    routes,
    routes_declared,
    routes_depth,
    routes_programmes,
    routes_proofs,
    routes_searches,
    routes_verifying,
    upkeep,
)
from app.market.planning import routes as routes_plans
from app.market.sourcing import notices, routes_buyer, routes_firm, routes_trace, routes_voices
from app.market.sourcing import task as task  # noqa: PLC0414 (imported for the state of « Sourcer » that it gives)

routers: Final[list[APIRouter]] = [
    routes.router,
    routes_declared.router,
    routes_proofs.router,
    routes_depth.router,
    routes_programmes.router,
    routes_plans.router,
    routes_searches.router,
    routes_buyer.router,
    routes_trace.router,
    routes_firm.router,
    routes_voices.router,
    routes_verifying.router,
]
jobs: Final[dict[str, Blueprint]] = {
    "market_alerts": alerts.jobs,
    "market_upkeep": upkeep.jobs,
    "sourcing": notices.jobs,
}
