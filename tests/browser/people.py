"""People for the browser tests: a page that is already somebody, by a session put in the server's own database."""

import os
from hashlib import sha256
from typing import Final

from playwright.sync_api import Page
from sqlalchemy import create_engine, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.accounts.models import Membership, Organisation, Person, PlatformRole
from app.accounts.models_access import UserSession
from app.accounts.rules import ABSOLUTE, OrganisationKind, PlatformRoleName, Role, Verification
from app.accounts.sessions import now
from app.accounts.tokens import hash_of, new_token
from app.database.engine import psycopg_url
from app.library.models import ClauseVersion, LibraryGeneration
from tests.accounts.people import siret_for

BUYER: Final = "Commune de Bellerive"


def enter(  # noqa: PLR0913 (each is a fact about the person)
    page: Page,
    site: str,
    server_url: str,
    *,
    name: str = "Anne",
    role: Role = Role.WRITER,
    organisation: str = BUYER,
    kind: OrganisationKind = OrganisationKind.LOCAL_AUTHORITY,
    platform: PlatformRoleName | None = None,
) -> None:
    """The same name in the same organisation is the same person."""
    address = make_url(psycopg_url(server_url)).set(database=f"clausier_browser_{os.getpid()}")
    engine, token = create_engine(address), new_token()
    with Session(engine) as session, session.begin():
        org = _organisation(session, organisation, kind)
        person = _person(session, f"{name}.o{org.id}@exemple.test".lower(), name)
        session.merge(Membership(person_id=person.id, organisation_id=org.id, role=role, version=1))
        if platform:
            session.merge(PlatformRole(person_id=person.id, role=platform))
        moment = now()
        session.add(
            UserSession(
                token_hash=hash_of(token),
                person_id=person.id,
                organisation_id=org.id,
                method="passkey",
                strong=True,
                proved_at=moment,
                expires_at=moment + ABSOLUTE,
            )
        )
    engine.dispose()
    page.context.add_cookies([{"name": "session", "value": token, "url": site, "httpOnly": True, "sameSite": "Lax"}])


def _organisation(session: Session, name: str, kind: OrganisationKind) -> Organisation:
    found = session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        siret = siret_for(20_000 + sum(map(ord, name)))
        found = Organisation(siret=siret, kind=kind, name=name, department="69", verification=Verification.VERIFIED)
        session.add(found)
        session.flush()
    return found


def _person(session: Session, email: str, name: str) -> Person:
    found = session.scalar(select(Person).where(Person.email == email))
    if found is None:
        found = Person(email=email, given_name=name, family_name="Martin", email_verified_at=now())
        session.add(found)
        session.flush()
    return found


def organisation_id(server_url: str, name: str = BUYER) -> int:
    """`enter` writes it in the address of its people: « anne.o12@exemple.test »."""
    address = make_url(psycopg_url(server_url)).set(database=f"clausier_browser_{os.getpid()}")
    engine = create_engine(address)
    with Session(engine) as session:
        found = session.scalars(select(Organisation.id).where(Organisation.name == name)).one()
    engine.dispose()
    return found


def publish_again(server_url: str, ident: str, said: str = "", instead: str = "") -> None:
    """A second version of a clause, as a later load would make it; `instead` takes the place of `said`."""
    address = make_url(psycopg_url(server_url)).set(database=f"clausier_browser_{os.getpid()}")
    engine = create_engine(address)
    with Session(engine) as session, session.begin():
        first = session.get_one(ClauseVersion, (ident, 1))
        texts = {
            piece: text.replace(said, instead) if said else text for piece, text in first.record["wordings"].items()
        }
        record = {**first.record, "why": first.record["why"] + " Texte relu.", "wordings": texts}
        session.add(
            ClauseVersion(
                clause_id=ident,
                number=2,
                content_hash=sha256(ident.encode()).hexdigest(),
                record=record,
                source=first.source,
                path=first.path,
                published_at=now(),
            )
        )
        session.execute(update(LibraryGeneration).values(number=LibraryGeneration.number + 1))
    engine.dispose()
