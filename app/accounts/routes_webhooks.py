"""Webhooks: the addresses of an organisation's own systems, what was sent to them, and sending it again."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, status
from sqlalchemy import select

from app.accounts import audit, webhooks
from app.accounts.actors import OrgReader, OrgWriter
from app.accounts.idempotency import Once
from app.accounts.origin import settings_of
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NoOrganisation, NotSignedIn
from app.accounts.rules import Role, at_least
from app.accounts.schemas import Ident
from app.accounts.schemas_webhooks import (
    DeliveryOut,
    DeliveryPage,
    WebhookChange,
    WebhookEventOut,
    WebhookIn,
    WebhookMade,
    WebhookOut,
    Webhooks,
)
from app.database import sealing
from app.database.engine import DbSession
from app.outbound import deliveries
from app.outbound.announce import try_out
from app.outbound.models import Webhook, WebhookDelivery
from app.outbound.rules import EVENTS
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import Invalid, NotFound, Problem, describe, problems

router = APIRouter(prefix="/api/v1/webhooks", tags=["Webhooks"])
GUARDED = (NotSignedIn, Forbidden, NoOrganisation, CrossSite)
Big = Annotated[int, Path(ge=1, le=9_223_372_036_854_775_807)]


class WebhookStopped(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/webhook-arrete", "Webhook arrêté ou envoi en cours"


describe(
    WebhookStopped,
    "On n’envoie rien à un webhook arrêté : rétablissez-le d’abord. Un envoi en cours finit seul.",
)


@router.get("", responses=problems(NotSignedIn, Forbidden, NoOrganisation), summary="Les webhooks de l’organisation")
async def list_webhooks(session: DbSession, member: OrgReader) -> Webhooks:
    """Ten at most: one page. `choices`: the events that one may ask for."""
    asked = select(Webhook).where(Webhook.organisation_id == member.organisation.id).order_by(Webhook.id)
    rows = (await session.scalars(asked)).all()
    choices = [
        WebhookEventOut(code=code, label=one.label, told=one.told, data=one.data) for code, one in EVENTS.items()
    ]
    adds = at_least(member.role, Role.WRITER) and len(rows) < webhooks.MOST
    return Webhooks(items=[webhooks.out(row, member) for row in rows], choices=choices, may=["add"] if adds else [])


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*GUARDED, Invalid, KeyReused),
    summary="Ajouter un webhook ; le secret n’est montré qu’ici",
)
async def add_webhook(
    request: Request, session: DbSession, member: OrgWriter, once: Once, asked: WebhookIn
) -> WebhookMade:
    settings = settings_of(request)

    async def make() -> WebhookOut:
        return webhooks.out(await webhooks.add(session, member, settings, asked), member)

    made = await once(asked, WebhookOut, make)
    # The kept answer has no secret: it is read again from its sealed column.
    row = await webhooks.own(session, member, made.id)
    return WebhookMade(**made.model_dump(), secret=sealing.unseal(settings, row.sealed_secret))


@router.get("/{ident}", responses=problems(NotSignedIn, Forbidden, NoOrganisation, NotFound), summary="Un webhook")
async def read_webhook(session: DbSession, response: Response, member: OrgReader, ident: Ident) -> WebhookOut:
    row = await webhooks.own(session, member, ident)
    tagged(response, row.version)
    return webhooks.out(row, member)


@router.put(
    "/{ident}",
    responses=problems(*GUARDED, NotFound, Invalid, PreconditionRequired, VersionMismatch),
    summary="Changer l’adresse, les événements, arrêter ou rétablir",
)
async def change_webhook(  # noqa: PLR0913, PLR0917 (FastAPI's parameters)
    request: Request,
    response: Response,
    session: DbSession,
    member: OrgWriter,
    ident: Ident,
    asked: WebhookChange,
    if_match: IfMatch = None,
) -> WebhookOut:
    row = await webhooks.own(session, member, ident, lock=True)
    require_version(if_match, row.version)
    await webhooks.change(session, member, settings_of(request), row, asked)
    tagged(response, row.version)
    return webhooks.out(row, member)


@router.delete(
    "/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*GUARDED, NotFound),
    summary="Retirer un webhook et la trace de ses envois",
)
async def remove_webhook(session: DbSession, member: OrgWriter, ident: Ident) -> None:
    row = await webhooks.own(session, member, ident, lock=True)
    audit.record(session, member, "webhook.removed", row)
    await session.delete(row)


@router.post(
    "/{ident}/rotation",
    responses=problems(*GUARDED, NotFound, PreconditionRequired, VersionMismatch),
    summary="Changer le secret ; l’ancien signe encore vingt-quatre heures",
)
async def rotate_secret(  # noqa: PLR0913, PLR0917 (FastAPI's parameters)
    request: Request, response: Response, session: DbSession, member: OrgWriter, ident: Ident, if_match: IfMatch = None
) -> WebhookMade:
    """`If-Match` keeps a demand sent twice from rotating twice."""
    row = await webhooks.own(session, member, ident, lock=True)
    require_version(if_match, row.version)
    secret = await webhooks.rotate(session, member, settings_of(request), row)
    tagged(response, row.version)
    return WebhookMade(**webhooks.out(row, member).model_dump(), secret=secret)


@router.post(
    "/{ident}/test",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(*GUARDED, NotFound, WebhookStopped, KeyReused),
    summary="Envoyer un message d’essai",
)
async def send_test(session: DbSession, member: OrgWriter, once: Once, ident: Ident) -> DeliveryOut:
    row = await webhooks.own(session, member, ident)

    async def make() -> DeliveryOut:
        if row.ended is not None:
            raise WebhookStopped("Ce webhook est arrêté : rétablissez-le d’abord.")
        made = await session.get_one(WebhookDelivery, await try_out(session, row.id))
        return webhooks.delivery_out(made, row, member)

    return await once(str(ident), DeliveryOut, make)


@router.get(
    "/{ident}/deliveries",
    responses=problems(NotSignedIn, Forbidden, NoOrganisation, NotFound, BadCursor),
    summary="Les envois d’un webhook, les derniers d’abord",
)
async def list_deliveries(
    session: DbSession,
    member: OrgReader,
    ident: Ident,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
) -> DeliveryPage:
    webhook = await webhooks.own(session, member, ident)
    asked = select(WebhookDelivery).where(WebhookDelivery.webhook_id == ident).order_by(WebhookDelivery.id.desc())
    if cursor:
        [before] = key_of(cursor, 1)
        if not isinstance(before, int) or not 0 < before < 2**63:
            raise BadCursor
        asked = asked.where(WebhookDelivery.id < before)
    rows = (await session.scalars(asked.limit(limit + 1))).all()
    return DeliveryPage(
        items=[webhooks.delivery_out(row, webhook, member) for row in rows[:limit]],
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
    )


@router.post(
    "/{ident}/deliveries/{delivery}/resend",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(*GUARDED, NotFound, WebhookStopped),
    summary="Renvoyer un message, sous le même identifiant",
)
async def resend(session: DbSession, member: OrgWriter, ident: Ident, delivery: Big) -> DeliveryOut:
    """Asked twice, sent once: while it is on its way, it is not sent again."""
    webhook = await webhooks.own(session, member, ident)
    row = await session.get(WebhookDelivery, delivery, with_for_update=True)
    if row is None or row.webhook_id != ident:
        raise NotFound("Cet envoi n’existe pas.")
    if "resend" not in webhooks.delivery_out(row, webhook, member).may:
        raise WebhookStopped("Ce webhook est arrêté, ou l’envoi est encore en cours.")
    await deliveries.resend(session, row)
    return webhooks.delivery_out(row, webhook, member)
