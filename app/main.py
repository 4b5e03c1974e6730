"""The whole application: the only file that knows every room."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.gzip import GZipMiddleware

from app.accounts import actors, notices, retention, webhooks
from app.accounts import routes as account_routes
from app.accounts.organisations import jobs as organisation_jobs
from app.accounts.quota import key_holder
from app.charter import pages as charter_pages
from app.charter import routes as charter_routes
from app.charter import routes_progress as progress_routes
from app.charter import routes_public as dashboard_routes
from app.charter import routes_respect as respect_routes
from app.charter import routes_tracking as tracking_routes
from app.charter.figures import LARGEST_PROOF as LARGEST_CHARTER_PROOF
from app.database import engine as database
from app.database.migrate import schema_is_new, schema_is_old
from app.database.patience import PatientRequests
from app.demo import presence as demo
from app.demo import routes as demo_routes
from app.documents import routes as document_routes
from app.documents import routes_lifecycle as life_cycle_routes
from app.documents.analysis import routes as analysis_routes
from app.documents.analysis.jobs import jobs as analysis_jobs
from app.documents.archive import LARGEST
from app.documents.own import routes as own_template_routes
from app.documents.single import clause_docx
from app.law import routes as law_routes
from app.library import public as library_pages
from app.library import queries as library
from app.library import routes as library_routes
from app.library import routes_advice as library_advice
from app.library import routes_feedback as library_feedback
from app.library import routes_open as library_open
from app.library import routes_reading as library_reading
from app.library import routes_versions as library_versions
from app.library.edition import routes as edition_routes
from app.library.edition import routes_queue as edition_queue
from app.library.fast import FastReads
from app.library.jobs import jobs as library_jobs
from app.library.overlays import routes as overlay_routes
from app.market import room as market
from app.market.files import LARGEST as LARGEST_PROOF
from app.mcp import room as mcp_room
from app.network import pages as network_pages
from app.network import room as network
from app.outbound import deliveries, jobs, mail, rescue
from app.purchases import alerting as file_alerts
from app.purchases import change_letters, past, proofs
from app.purchases import routes as purchase_routes
from app.purchases import routes_awards as award_routes
from app.purchases import routes_files as file_routes
from app.purchases import routes_follow_up as follow_up_routes
from app.purchases import routes_kept as kept_routes
from app.purchases import routes_past as past_routes
from app.purchases import routes_proofs as proof_routes
from app.purchases import routes_publication as publication_routes
from app.purchases import routes_shares as share_routes
from app.purchases import routes_spending as spending_routes
from app.purchases import routes_timeline as timeline_routes
from app.purchases import routes_trace as trace_routes
from app.purchases.bin import jobs as bin_jobs
from app.registries.companies import Companies
from app.registries.proconnect import ProConnect
from app.settings import ROOT, Settings, get_settings
from app.web import (
    accessibility,
    contract,
    health,
    metrics,
    problem_pages,
    problems,
    reference_page,
    security_txt,
    site,
    spa,
)
from app.web.headers import Headers
from app.web.limits import ONE_MEBIBYTE, BodyLimit
from app.web.logs import Observed
from app.web.parameters import refuse_unknown_parameters
from app.web.quota import RateLimits
from app.web.shedding import Shedder

DESCRIPTION = (
    "Clauses d’économie circulaire pour les marchés publics : bibliothèque, obligations, recommandations, "
    "vérification et pièces DOCX. Lecture libre, sans clé. Textes des clauses sous Licence Ouverte 2.0."
)


RECEIVED = {
    "/api/v1/analyses": LARGEST,
    "/api/v1/documents/with-template": LARGEST,
    "/api/v1/purchases/with-template": LARGEST,
    "/api/v1/proofs": LARGEST_PROOF,
    "/api/v1/capabilities/import": LARGEST_PROOF,
    "/api/v1/purchase-plans": LARGEST_PROOF,
    "/api/v1/check-documents": proofs.LARGEST,
    "/api/v1/kept-tenders": LARGEST,
    "/api/v1/past-contracts": past.LARGEST,
    "/api/v1/charter/proofs": LARGEST_CHARTER_PROOF,
}
"""Start of the address of what takes files → the size of the largest."""

JOBS = jobs.unconnected()
JOBS.add_tasks_from(library_jobs, namespace="library")
JOBS.add_tasks_from(analysis_jobs, namespace="documents")
JOBS.add_tasks_from(mail.jobs, namespace="mail")
JOBS.add_tasks_from(deliveries.jobs, namespace="webhooks")
JOBS.add_tasks_from(notices.jobs, namespace="notices")
JOBS.add_tasks_from(rescue.jobs, namespace="rescue")
JOBS.add_tasks_from(webhooks.jobs, namespace="webhook_letters")
JOBS.add_tasks_from(organisation_jobs, namespace="accounts")
JOBS.add_tasks_from(retention.jobs, namespace="retention")
JOBS.add_tasks_from(bin_jobs, namespace="purchases")
JOBS.add_tasks_from(file_alerts.jobs, namespace="files")
JOBS.add_tasks_from(change_letters.jobs, namespace="change_letters")
for namespace, blueprint in market.jobs.items():
    JOBS.add_tasks_from(blueprint, namespace=namespace)


async def run_jobs(app: FastAPI, grace: float = 10) -> None:
    """The worker of this application's database, with connections of its own: its statements may take minutes."""
    state = app.state
    engine = database.connect(state.database_url)
    sessions = database.sessions(engine)
    context = {"sessions": sessions, "clauses": state.settings.clauses, "settings": state.settings}
    try:
        await jobs.work(JOBS, state.database_url, context, grace)
    finally:
        await engine.dispose()


def _tools(app: FastAPI) -> AbstractAsyncContextManager[None]:
    return mcp_room.running(app) if hasattr(app.state, "mcp") else nullcontext()


async def _is_fictitious(app: FastAPI) -> bool:
    """Once: invented data comes into an empty database, before the server starts. A silent database shows nothing."""
    try:
        async with app.state.sessions() as session:
            return await demo.is_fictitious(session)
    except SQLAlchemyError:
        return False


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.fictitious = await _is_fictitious(app)
    worker = asyncio.create_task(run_jobs(app, grace=4)) if app.state.settings.worker else None
    try:
        async with library.follow(app.state.sessions, app.state.settings.clauses), _tools(app):
            yield
    finally:
        if worker:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
        await app.state.engine.dispose()


def create_app(settings: Settings | None = None, *, database_url: str | None = None) -> FastAPI:
    """The application on the given database (or the one of the settings)."""
    settings = settings or get_settings()
    app = FastAPI(
        title="Clausier",
        version="1.0.0",
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        license_info={"name": "Licence Ouverte 2.0 (contenus), EUPL-1.2 (code)"},
    )
    app.state.settings = settings
    app.state.fictitious = False
    app.state.database_url = database_url or settings.database_url
    app.state.engine = database.connect(app.state.database_url, for_requests=True, wait=settings.database_wait)
    app.state.sessions = database.sessions(app.state.engine)
    app.state.companies = Companies(settings.companies_url)
    app.state.proconnect = ProConnect(
        settings.proconnect_url,
        settings.proconnect_client_id,
        settings.proconnect_client_secret,
        settings.proconnect_algorithm,
    )
    app.state.readiness = [library.readiness]
    app.state.read_only = library.is_read_only
    app.state.needs = [schema_is_old]
    app.state.watches = [schema_is_new, jobs.lateness]
    app.state.clause_docx = clause_docx
    problems.install(app)
    for room in rooms():
        app.include_router(room, dependencies=[Depends(refuse_unknown_parameters)])
    contract.install(app, ROOT / "docs" / "api-examples.yaml", guards)
    if settings.mcp and mcp_room.is_installed():
        mcp_room.install(app)
    spa.install(app, settings.frontend, pages())
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(BodyLimit, larger={start: size + ONE_MEBIBYTE for start, size in RECEIVED.items()})
    app.add_middleware(Shedder)
    app.add_middleware(FastReads)
    app.add_middleware(RateLimits, key_holder=key_holder(app.state.sessions), scale=settings.limits)
    app.add_middleware(PatientRequests, wait=settings.database_wait)
    app.add_middleware(Observed)
    app.add_middleware(Headers, over_tls=settings.public_url.startswith("https://"), read_only=library.is_read_only)
    return app


def guards(route: APIRoute) -> tuple[bool, bool]:
    """Whether a route reads a session or a key, and whether it demands one: its signature says so."""
    names = {call.__name__ for call in contract.calls_of(route.dependant) if call.__module__ == actors.__name__}
    return "_visitor" in names, "_signed" in names


def rooms() -> list[APIRouter]:
    return [
        problem_pages.router,
        health.router,
        metrics.router,
        site.router,
        security_txt.router,
        *account_routes.routers,
        demo_routes.router,
        accessibility.router,
        law_routes.router,
        library_routes.router,
        library_reading.router,
        library_versions.router,
        library_open.router,
        library_feedback.router,
        library_advice.router,
        overlay_routes.router,
        edition_routes.router,
        edition_queue.router,
        document_routes.router,
        own_template_routes.router,
        analysis_routes.router,
        life_cycle_routes.router,
        purchase_routes.router,
        award_routes.router,
        *network.routers,
        publication_routes.router,
        file_routes.router,
        charter_routes.router,
        respect_routes.router,
        progress_routes.router,
        tracking_routes.router,
        dashboard_routes.router,
        trace_routes.router,
        share_routes.router,
        *market.routers,
        kept_routes.router,
        past_routes.router,
        timeline_routes.router,
        follow_up_routes.router,
        proof_routes.router,
        spending_routes.router,
    ]


def pages() -> list[tuple[str, spa.Renderer]]:
    return [
        *library_pages.pages(),
        *charter_pages.pages(),
        *network_pages.pages(),
        *problem_pages.pages(),
        *reference_page.pages(),
    ]
