"""Who calls: the types that a route puts in its signature. A route without one is public, and that shows.

`Visitor` (somebody or nobody), `Signed`, `OrgReader` < `OrgWriter` < `OrgAdmin` (and the same for buyers or firms
only), `Editor`, `LegalReviewer`, `PlatformAdmin`; `Fresh*` also want a proof of identity of less than 15 minutes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.accounts import rules
from app.accounts.authentication import identify, identify_key
from app.accounts.models import Organisation, Person
from app.accounts.models_access import ApiKey, UserSession
from app.accounts.origin import SAFE, require_csrf
from app.accounts.refusals import (
    BadKey,
    Forbidden,
    NoOrganisation,
    NotSignedIn,
    ProofTooOld,
    SecondFactorMissing,
)
from app.accounts.rules import PlatformRoleName, Role
from app.accounts.sessions import now, token_of
from app.database.engine import DbSession

Side = Literal["any", "buyer", "firm"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, by a session or by a key of their organisation."""

    person: Person
    platform: frozenset[PlatformRoleName]
    organisation: Organisation | None
    """The active one."""
    role: Role | None
    session: UserSession | None
    key: ApiKey | None

    @property
    def account(self) -> str:
        """Whose idempotency keys these are."""
        return f"k{self.key.id}" if self.key else f"p{self.person.id}"

    @property
    def strong(self) -> bool:
        return self.session is not None and self.session.strong

    def is_platform(self, role: PlatformRoleName) -> bool:
        return role in self.platform


@dataclass(frozen=True, slots=True)
class Member(Actor):
    """The same, acting for an organisation."""

    organisation: Organisation
    role: Role


@dataclass(frozen=True, slots=True)
class BrowserActor(Actor):
    """The same, in a browser: never a key."""

    session: UserSession


def _key_of(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


async def _visitor(request: Request, session: DbSession) -> Actor | None:
    """Somebody or nobody. While the database is down, what needs nobody goes on: see `_signed` for the rest."""
    try:
        return await _known(request, session)
    except (OperationalError, PoolTimeout) as error:
        await session.rollback()
        request.state.unknown_visitor = error
        return None


async def _known(request: Request, session: DbSession) -> Actor | None:
    """A key decides alone: with one, cookies are not even read."""
    if key := _key_of(request):
        found = await identify_key(session, request, key)
        if found is None:
            raise BadKey("Cette clé d’API est inconnue, expirée ou révoquée.")
        if not rules.scopes_allow(found.key.scopes, request.url.path, safe=request.method in SAFE):
            raise Forbidden("La portée de cette clé ne couvre pas cette action.")
        role = rules.lower_of(found.role, rules.role_of_scopes(found.key.scopes))
        return Actor(found.person, frozenset(), found.organisation, role, None, found.key)
    token = token_of(request)
    known = await identify(session, token) if token else None
    if known is None:
        return None
    if request.method not in SAFE:
        require_csrf(request, token)
    return Actor(known.person, known.platform, known.organisation, known.role, known.session, None)


Visitor = Annotated[Actor | None, Depends(_visitor)]


def require_known(request: Request) -> None:
    """Nobody is told that they are signed out because the database is silent: the trouble itself is answered."""
    error: Exception | None = getattr(request.state, "unknown_visitor", None)
    if error is not None:
        raise error


async def _signed(request: Request, visitor: Visitor) -> Actor:
    if visitor is None:
        require_known(request)
        raise NotSignedIn("Connectez-vous pour continuer.", headers={"WWW-Authenticate": "Bearer"})
    return visitor


Signed = Annotated[Actor, Depends(_signed)]


async def _browser(actor: Signed) -> BrowserActor:
    if actor.session is None:
        raise Forbidden("Cette action se fait depuis une session, pas avec une clé d’API.")
    return BrowserActor(actor.person, actor.platform, actor.organisation, actor.role, actor.session, None)


SignedInBrowser = Annotated[BrowserActor, Depends(_browser)]
"""For what a key must never do: one's account, second factors, keys."""


async def _fresh(actor: SignedInBrowser) -> BrowserActor:
    if not rules.is_fresh(actor.session.proved_at, now=now()):
        raise ProofTooOld("Confirmez votre identité : votre dernière preuve date de plus de quinze minutes.")
    return actor


FreshlySigned = Annotated[BrowserActor, Depends(_fresh)]


def _require_second_factor(actor: Actor) -> None:
    if not actor.strong:
        raise SecondFactorMissing("Ce rôle demande un second facteur : ajoutez-le dans « Mon compte ».")


def _member(wanted: Role, side: Side = "any") -> Callable[[Actor], Awaitable[Member]]:
    async def member(actor: Signed) -> Member:
        if actor.organisation is None or actor.role is None:
            raise NoOrganisation("Choisissez ou rejoignez une organisation dans « Mon organisation ».")
        if side != "any" and actor.organisation.is_firm != (side == "firm"):
            raise Forbidden(
                "Cette action est réservée aux entreprises."
                if side == "firm"
                else "Cette action est réservée aux acheteurs publics."
            )
        if not rules.at_least(actor.role, wanted):
            raise Forbidden("Votre rôle dans l’organisation ne permet pas cette action.")
        if wanted is Role.ADMINISTRATOR:
            _require_second_factor(actor)
        return Member(actor.person, actor.platform, actor.organisation, actor.role, actor.session, actor.key)

    return member


OrgReader = Annotated[Member, Depends(_member(Role.READER))]
OrgWriter = Annotated[Member, Depends(_member(Role.WRITER))]
OrgAdmin = Annotated[Member, Depends(_member(Role.ADMINISTRATOR))]
BuyerReader = Annotated[Member, Depends(_member(Role.READER, "buyer"))]
BuyerWriter = Annotated[Member, Depends(_member(Role.WRITER, "buyer"))]
BuyerAdmin = Annotated[Member, Depends(_member(Role.ADMINISTRATOR, "buyer"))]
FirmReader = Annotated[Member, Depends(_member(Role.READER, "firm"))]
FirmWriter = Annotated[Member, Depends(_member(Role.WRITER, "firm"))]
FirmAdmin = Annotated[Member, Depends(_member(Role.ADMINISTRATOR, "firm"))]


def _platform(*wanted: PlatformRoleName) -> Callable[[Actor], Awaitable[Actor]]:
    async def platform(actor: Signed) -> Actor:
        if actor.platform.isdisjoint(wanted):
            raise Forbidden("Cette action est réservée à l’équipe de la plateforme.")
        _require_second_factor(actor)
        return actor

    return platform


Editor = Annotated[Actor, Depends(_platform(PlatformRoleName.EDITOR))]
LegalReviewer = Annotated[Actor, Depends(_platform(PlatformRoleName.LEGAL_REVIEWER))]
PlatformAdmin = Annotated[Actor, Depends(_platform(PlatformRoleName.PLATFORM_ADMIN))]
EditorialTeam = Annotated[Actor, Depends(_platform(PlatformRoleName.EDITOR, PlatformRoleName.LEGAL_REVIEWER))]
"""Either of the two."""
