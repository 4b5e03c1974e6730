"""API keys: made for the active organisation, shown once, ended by time, by hand or by leaving."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Request, status
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts import audit, rules
from app.accounts.actors import BrowserActor, FreshlySigned, SignedInBrowser
from app.accounts.history import note
from app.accounts.models import Organisation
from app.accounts.models_access import ApiKey
from app.accounts.refusals import CrossSite, Forbidden, NoOrganisation, NotSignedIn, ProofTooOld
from app.accounts.rules import Role
from app.accounts.schemas import Ident
from app.accounts.schemas_me import ApiKeyIn, ApiKeyMade, ApiKeyOut, ApiKeys, ScopeOut
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_api_key
from app.database.engine import DbSession
from app.web.problems import FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/api-keys", tags=["Mon compte"])

_ROOMS: Final = {
    "dossiers": "les dossiers",
    "charte": "la charte",
    "entreprises": "les entreprises",
    "sourcages": "les sourçages et leurs réponses",
    "reseau": "le réseau",
    "webhooks": "les webhooks",
    "organisation": "l’organisation",
    "compte": "le compte",
}


def label_of(scope: str) -> str:
    room, _, act = scope.rpartition(":")
    verb = "Lire" if act == rules.READ else "Écrire"
    if not room:
        return f"{verb} tout, sauf les sourçages"
    return f"{verb} : {_ROOMS[room]}"


def _out(row: ApiKey, organisation: str) -> ApiKeyOut:
    return ApiKeyOut(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=row.scopes,
        organisation=organisation,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
        used_from=row.used_from,
        may=[] if row.revoked_at or row.expires_at <= now() else ["revoke"],
    )


@router.get("", responses=problems(NotSignedIn), summary="Mes clés d’API, et les portées possibles")
async def list_keys(session: DbSession, actor: SignedInBrowser) -> ApiKeys:
    asked = (
        select(ApiKey, Organisation.name)
        .join(Organisation, Organisation.id == ApiKey.organisation_id)
        .where(ApiKey.person_id == actor.person.id)
        .order_by(ApiKey.id.desc())
        .limit(200)
    )
    rows = (await session.execute(asked)).all()
    scopes = [ScopeOut(code=scope, label=label_of(scope)) for scope in rules.known_scopes()]
    return ApiKeys(items=[_out(row[0], row[1]) for row in rows], scopes=scopes)


def _require_scopes(actor: BrowserActor, asked: ApiKeyIn) -> None:
    unknown = sorted(set(asked.scopes) - set(rules.known_scopes()))
    if unknown:
        said = f"Portée inconnue : {', '.join(unknown)}."
        raise Invalid(said, [FieldError(pointer="/scopes", detail=said)])
    if actor.role is Role.READER and rules.role_of_scopes(asked.scopes) is not Role.READER:
        raise Forbidden("Vous êtes lecteur dans cette organisation : une clé ne peut pas écrire à votre place.")


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotSignedIn, ProofTooOld, NoOrganisation, CrossSite, Invalid),
    summary="Créer une clé d’API pour l’organisation active",
)
async def make_key(request: Request, session: DbSession, actor: FreshlySigned, asked: ApiKeyIn) -> ApiKeyMade:
    """No `Idempotency-Key` here: the answer holds a secret, that we keep nowhere."""
    if actor.organisation is None:
        raise NoOrganisation("Choisissez d’abord une organisation : la clé agit en son nom.")
    _require_scopes(actor, asked)
    key, prefix = new_api_key()
    row = ApiKey(
        person_id=actor.person.id,
        organisation_id=actor.organisation.id,
        name=asked.name,
        prefix=prefix,
        key_hash=hash_of(key),
        scopes=sorted(set(asked.scopes)),
        created_at=now(),
        expires_at=now() + timedelta(days=asked.days),
        used_from="",
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        said = "Une clé de l’organisation porte déjà ce nom."
        raise Invalid(said, [FieldError(pointer="/name", detail=said)]) from error
    org = row.organisation_id
    note(session, request, "key_created", person_id=actor.person.id, organisation_id=org, prefix=prefix)
    audit.record(session, actor, "key.created", row, {"scopes": row.scopes})
    return ApiKeyMade(**_out(row, actor.organisation.name).model_dump(), key=key)


@router.delete(
    "/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, CrossSite, NotFound),
    summary="Révoquer une clé d’API",
)
async def revoke_key(request: Request, session: DbSession, actor: SignedInBrowser, ident: Ident) -> None:
    """One's own, or any of the organisation for its administrator."""
    row = await session.get(ApiKey, ident, with_for_update=True)
    administers = (
        row is not None
        and actor.role is Role.ADMINISTRATOR
        and actor.organisation is not None
        and row.organisation_id == actor.organisation.id
    )
    if row is None or not (row.person_id == actor.person.id or administers):
        raise NotFound("Cette clé n’existe pas.")
    if row.revoked_at is None:
        row.revoked_at = now()
        note(
            session,
            request,
            "key_revoked",
            person_id=row.person_id,
            organisation_id=row.organisation_id,
            prefix=row.prefix,
            by=actor.person.id,
        )
        audit.record(session, actor, "key.revoked", row)
