"""Places in an organisation: invitations sent by mail, requests to join that its administrators answer."""

from fastapi import APIRouter, Depends, Request, Response, status
from sqlalchemy import func, select

from app.accounts import audit, invitations, letters
from app.accounts.actors import OrgAdmin, SignedInBrowser
from app.accounts.attempts import count_attempt
from app.accounts.entering import enter_or_ask
from app.accounts.hashing import hash_passphrase
from app.accounts.history import note
from app.accounts.idempotency import Once
from app.accounts.models import Invitation, JoinRequest, Organisation, Person
from app.accounts.origin import require_same_origin
from app.accounts.refusals import (
    AlreadyThere,
    CrossSite,
    KeyReused,
    LinkOver,
    NotSignedIn,
    SecondFactorMissing,
    TooManyAttempts,
)
from app.accounts.routes_organisations import own
from app.accounts.routes_session import session_out
from app.accounts.routes_sign_up import require_passphrase
from app.accounts.schemas import Ident, SessionOut
from app.accounts.schemas_organisations import (
    AcceptIn,
    InvitationIn,
    InvitationOut,
    InvitationRead,
    Invitations,
    JoinAnswerIn,
    JoinRequestOut,
    JoinRequests,
    NewcomerIn,
)
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.outbound.mail import write
from app.web.problems import Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Organisations"])


def _invitation(row: Invitation) -> InvitationOut:
    return InvitationOut(
        id=row.id,
        email=row.email,
        role=row.role,
        created_at=row.created_at,
        expires_at=row.expires_at,
        may=["revoke"],
    )


@router.get(
    "/organisations/{ident}/invitations",
    responses=problems(NotSignedIn, SecondFactorMissing, NotFound),
    summary="Les invitations en attente",
)
async def list_invitations(session: DbSession, member: OrgAdmin, ident: Ident) -> Invitations:
    own(member, ident)
    asked = (
        select(Invitation)
        .where(
            Invitation.organisation_id == ident,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
        )
        .order_by(Invitation.id.desc())
        .limit(500)
    )
    return Invitations(items=[_invitation(row) for row in (await session.execute(asked)).scalars()])


@router.post(
    "/organisations/{ident}/invitations",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        NotSignedIn, SecondFactorMissing, CrossSite, NotFound, Invalid, AlreadyThere, KeyReused, TooManyAttempts
    ),
    summary="Inviter une personne par message",
)
async def invite(  # noqa: PLR0913, PLR0917 (what a creation names)
    request: Request, session: DbSession, member: OrgAdmin, once: Once, ident: Ident, asked: InvitationIn
) -> InvitationOut:
    own(member, ident)
    await count_attempt(request, "invite", str(ident))

    async def make() -> InvitationOut:
        return _invitation(await invitations.invite(session, request, member, asked.email, asked.role))

    return await once(asked, InvitationOut, make)


@router.delete(
    "/organisations/{ident}/invitations/{invitation_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, SecondFactorMissing, CrossSite, NotFound),
    summary="Annuler une invitation",
)
async def revoke_invitation(
    request: Request, session: DbSession, member: OrgAdmin, ident: Ident, invitation_id: Ident
) -> None:
    own(member, ident)
    row = await session.get(Invitation, invitation_id, with_for_update=True)
    if row is None or row.organisation_id != ident:
        raise NotFound("Cette invitation n’existe pas.")
    if row.accepted_at is None and row.revoked_at is None:
        row.revoked_at = now()
        note(session, request, "invitation_revoked", person_id=member.person.id, organisation_id=ident)
        audit.record(session, member, "invitation.revoked", row)


@router.post(
    "/invitations/read",
    dependencies=[Depends(require_same_origin)],
    responses=problems(LinkOver, CrossSite, Invalid),
    summary="Ce que propose une invitation",
)
async def read_invitation(session: DbSession, asked: AcceptIn) -> InvitationRead:
    invitation, organisation = await invitations.living(session, asked.token)
    known = await session.scalar(select(func.count()).where(Person.email == invitation.email))
    return InvitationRead(
        organisation=organisation.name,
        siret=organisation.siret,
        email=invitation.email,
        role=invitation.role,
        has_account=bool(known),
    )


@router.post(
    "/invitations/accept",
    responses=problems(NotSignedIn, LinkOver, CrossSite, Invalid),
    summary="Accepter une invitation avec mon compte",
)
async def accept_invitation(
    request: Request, session: DbSession, actor: SignedInBrowser, asked: AcceptIn
) -> SessionOut:
    """The account that is signed in takes the place, whatever its address: the letter is the proof."""
    invitation, organisation = await invitations.living(session, asked.token)
    await invitations.accept(session, request, actor.person, invitation)
    actor.session.organisation_id = organisation.id
    await session.flush()
    return await session_out(session, request, actor, active=organisation.id)


@router.post(
    "/invitations/newcomer",
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(require_same_origin)],
    responses=problems(LinkOver, AlreadyThere, CrossSite, Invalid),
    summary="Créer mon compte avec une invitation",
)
async def accept_as_newcomer(request: Request, response: Response, session: DbSession, asked: NewcomerIn) -> SessionOut:
    invitation, _ = await invitations.living(session, asked.token)
    if await session.scalar(select(func.count()).where(Person.email == invitation.email)):
        raise AlreadyThere("Cette adresse a déjà un compte : connectez-vous, puis rouvrez le lien.")
    require_passphrase(asked.passphrase, invitation.email.split("@")[0], asked.given_name, asked.family_name)
    person = Person(
        email=invitation.email,
        given_name=asked.given_name,
        family_name=asked.family_name,
        password_hash=await hash_passphrase(asked.passphrase),
        email_verified_at=now(),
    )
    session.add(person)
    await session.flush()
    note(session, request, "account_created", person_id=person.id)
    await invitations.accept_waiting(session, request, person)
    actor = await enter_or_ask(session, request, response, person, method="passphrase")
    return await session_out(session, request, actor)


# --- Requests to join ----------------------------------------------------------------------------


@router.get(
    "/organisations/{ident}/requests",
    responses=problems(NotSignedIn, SecondFactorMissing, NotFound),
    summary="Les demandes de rejoindre l’organisation",
)
async def list_requests(session: DbSession, member: OrgAdmin, ident: Ident) -> JoinRequests:
    own(member, ident)
    asked = (
        select(JoinRequest, Person)
        .join(Person, Person.id == JoinRequest.person_id)
        .where(JoinRequest.organisation_id == ident, JoinRequest.answered_at.is_(None))
        .order_by(JoinRequest.id)
        .limit(500)
    )
    items = [
        JoinRequestOut(id=row.id, person=person.name, email=person.email or "", created_at=row.created_at)
        for row, person in (await session.execute(asked)).all()
    ]
    return JoinRequests(items=items)


@router.post(
    "/organisations/{ident}/requests/{request_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotSignedIn, SecondFactorMissing, CrossSite, NotFound, AlreadyThere, Invalid),
    summary="Répondre à une demande de rejoindre l’organisation",
)
async def answer_request(  # noqa: PLR0913, PLR0917 (what a answer names)
    request: Request, session: DbSession, member: OrgAdmin, ident: Ident, request_id: Ident, asked: JoinAnswerIn
) -> None:
    own(member, ident)
    row = await session.get(JoinRequest, request_id, with_for_update=True)
    if row is None or row.organisation_id != ident:
        raise NotFound("Cette demande n’existe pas.")
    if row.answered_at:
        raise AlreadyThere("Cette demande a déjà reçu une réponse.")
    row.answered_at, row.accepted = now(), asked.accept
    person = await session.get_one(Person, row.person_id)
    if asked.accept:
        await invitations.join(session, request, person, ident, asked.role)
    audit.record(session, member, "join.answered", row, {"accept": asked.accept, "role": asked.role})
    organisation: Organisation = member.organisation
    if person.email:
        await write(session, person.email, letters.joined(organisation.name, accepted=asked.accept))
