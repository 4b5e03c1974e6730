"""Accounts made and recovered by mail. Every answer is the same whether the address is known or not."""

from fastapi import APIRouter, Depends, Request, Response, status
from sqlalchemy import select

from app.accounts import letters
from app.accounts.attempts import count_both
from app.accounts.entering import enter_or_ask
from app.accounts.hashing import hash_passphrase
from app.accounts.history import note
from app.accounts.invitations import accept_waiting
from app.accounts.links import LIVES, make_link, page, use_link
from app.accounts.models import Person
from app.accounts.origin import require_same_origin, settings_of
from app.accounts.passphrases import fault_of
from app.accounts.refusals import AlreadyThere, CrossSite, LinkOver, TooManyAttempts
from app.accounts.routes_session import session_out
from app.accounts.schemas import SessionOut
from app.accounts.schemas_sign_in import EmailIn, NewPassphraseIn, Sent, SignUpIn
from app.accounts.sessions import close_others, now
from app.database.engine import DbSession
from app.outbound.mail import write
from app.web.problems import FieldError, Invalid, problems

router = APIRouter(prefix="/api/v1", tags=["Comptes"])
FROM_HERE = [Depends(require_same_origin)]
SENT = Sent(detail="Un message vient de partir à cette adresse : ouvrez le lien qu’il contient.")


def require_passphrase(passphrase: str, *about: str) -> None:
    if fault := fault_of(passphrase, about):
        raise Invalid(fault, [FieldError(pointer="/passphrase", detail=fault)])


async def _known(session: DbSession, email: str) -> Person | None:
    return (await session.execute(select(Person).where(Person.email == email))).scalar_one_or_none()


@router.post(
    "/sign-up",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=FROM_HERE,
    responses=problems(CrossSite, Invalid, TooManyAttempts),
    summary="Demander un compte : un lien part à l’adresse",
)
async def ask_account(request: Request, session: DbSession, asked: EmailIn) -> Sent:
    await count_both(request, "sign_up", asked.email, "mail_network")
    settings = settings_of(request)
    link = await make_link(session, settings, "sign_up", asked.email)
    letter = letters.confirm_address(link, LIVES["sign_up"])
    if await _known(session, asked.email):
        letter = letters.already_known(page(settings, "/connexion"), page(settings, "/mot-de-passe-oublie"))
    await write(session, asked.email, letter)
    return SENT


@router.post(
    "/sign-up/complete",
    status_code=status.HTTP_201_CREATED,
    dependencies=FROM_HERE,
    responses=problems(LinkOver, AlreadyThere, CrossSite, Invalid),
    summary="Créer le compte avec le lien reçu",
)
async def make_account(request: Request, response: Response, session: DbSession, asked: SignUpIn) -> SessionOut:
    link = await use_link(session, asked.token, "sign_up", "operator")
    require_passphrase(asked.passphrase, link.email.split("@")[0], asked.given_name, asked.family_name)
    person = await session.get(Person, link.person_id) if link.person_id else await _known(session, link.email)
    if person is not None and link.purpose == "sign_up":
        raise AlreadyThere("Cette adresse a déjà un compte : connectez-vous.")
    if person is None:
        person = Person(email=link.email)
        session.add(person)
    person.given_name, person.family_name = asked.given_name, asked.family_name
    person.password_hash, person.email_verified_at = await hash_passphrase(asked.passphrase), now()
    await session.flush()
    note(session, request, "account_created", person_id=person.id)
    await accept_waiting(session, request, person)
    actor = await enter_or_ask(session, request, response, person, method="passphrase")
    return await session_out(session, request, actor, awaits="" if actor else "second_factor")


@router.post(
    "/passphrase/reset",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=FROM_HERE,
    responses=problems(CrossSite, Invalid, TooManyAttempts),
    summary="Demander une nouvelle phrase de passe : un lien part à l’adresse",
)
async def ask_reset(request: Request, session: DbSession, asked: EmailIn) -> Sent:
    await count_both(request, "reset", asked.email, "mail_network")
    settings = settings_of(request)
    person = await _known(session, asked.email)
    link = await make_link(session, settings, "reset", asked.email, person.id if person else None)
    letter = letters.no_account(page(settings, "/creer-un-compte"))
    if person is not None:
        letter = letters.new_passphrase(link, LIVES["reset"])
        note(session, request, "passphrase_reset_asked", person_id=person.id)
    await write(session, asked.email, letter)
    return SENT


@router.post(
    "/passphrase/reset/complete",
    dependencies=FROM_HERE,
    responses=problems(LinkOver, CrossSite, Invalid),
    summary="Choisir la nouvelle phrase de passe avec le lien reçu",
)
async def reset(request: Request, response: Response, session: DbSession, asked: NewPassphraseIn) -> SessionOut:
    """Closes every session; a second factor, if there is one, is still asked."""
    link = await use_link(session, asked.token, "reset")
    person = await session.get(Person, link.person_id) if link.person_id else None
    if person is None or person.email != link.email or person.suspended_at:
        raise LinkOver("Ce lien a déjà servi ou a expiré : demandez-en un autre.")
    require_passphrase(asked.passphrase, link.email.split("@")[0], person.given_name, person.family_name)
    person.password_hash, person.email_verified_at = await hash_passphrase(asked.passphrase), now()
    await close_others(session, person.id, keep=None)
    note(session, request, "passphrase_set", person_id=person.id)
    reset_page = page(settings_of(request), "/mot-de-passe-oublie")
    await write(session, link.email, letters.passphrase_changed(reset_page))
    actor = await enter_or_ask(session, request, response, person, method="passphrase")
    return await session_out(session, request, actor, awaits="" if actor else "second_factor")
