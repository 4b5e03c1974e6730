"""Every router of the network room, for `app/main.py`."""

from typing import Final

from fastapi import APIRouter

from app.network import (
    routes_argument,
    routes_events,
    routes_experience,
    routes_funding,
    routes_moderation,
    routes_progress,
    routes_referents,
    routes_spaces,
    routes_talk,
    routes_training,
)

routers: Final[list[APIRouter]] = [
    routes_progress.router,
    routes_training.router,
    routes_spaces.router,
    routes_talk.router,
    routes_moderation.router,
    routes_referents.router,
    routes_experience.router,
    routes_events.router,
    routes_funding.router,
    routes_argument.router,
]
