"""Every router of the network room, for `app/main.py`."""

from typing import Final

from fastapi import APIRouter

from app.network import (
    models_calendar,  # noqa: F401 (its tables)
    routes_experience,
    routes_progress,
    routes_talk,
    routes_training,
)

routers: Final[list[APIRouter]] = [
    routes_progress.router,
    routes_training.router,
    routes_talk.router,
    routes_experience.router,
]
