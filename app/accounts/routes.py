"""Every router of the accounts room, for `app/main.py`."""

from typing import Final

from fastapi import APIRouter

from app.accounts import (
    routes_factors,
    routes_history,
    routes_invitations,
    routes_jobs,
    routes_keys,
    routes_letters,
    routes_me,
    routes_members,
    routes_notices,
    routes_organisations,
    routes_personal,
    routes_platform,
    routes_proconnect,
    routes_session,
    routes_sign_in,
    routes_sign_up,
    routes_webhooks,
)

routers: Final[list[APIRouter]] = [
    routes_session.router,
    routes_sign_in.router,
    routes_sign_up.router,
    routes_proconnect.router,
    routes_me.router,
    routes_factors.router,
    routes_keys.router,
    routes_personal.router,
    routes_platform.router,
    routes_organisations.router,
    routes_members.router,
    routes_history.router,
    routes_invitations.router,
    routes_webhooks.router,
    routes_notices.router,
    routes_letters.router,
    routes_jobs.router,
]
