"""The spaces over HTTP: listed for all; set, and their moderators appointed, by an administrator of the platform."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response, status
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import audit
from app.accounts.actors import PlatformAdmin, Visitor
from app.accounts.models import Person
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.rules import PlatformRoleName
from app.accounts.schemas import Ident
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.network import talking
from app.network.models import NetworkModerator, NetworkQuestion
from app.network.models_people import NetworkSpace
from app.network.rules import Shown
from app.network.schemas_people import AppointIn, ModeratorOut, ModeratorsOut, SpaceIn
from app.network.schemas_talk import SpaceOut, SpacePage
from app.network.spaces import Space, Spaces
from app.outbound.mail import Letter, write
from app.web.etag import IfMatch, PreconditionRequired, VersionMismatch, require_version, tagged
from app.web.problems import FieldError, Invalid, NotFound, problems
from app.web.site import address_of

router = APIRouter(prefix="/api/v1/network/spaces", tags=["Réseau et formation"])
READS: Final = problems(NotSignedIn, Forbidden, NotFound)
CHANGES: Final = READS | problems(CrossSite, Invalid)
SpaceCode = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]


@router.get("", summary="Les espaces d’échange")
async def list_spaces(session: DbSession, visitor: Visitor, spaces: Spaces) -> SpacePage:
    asked = select(NetworkQuestion.space, func.count()).where(NetworkQuestion.state == Shown.VISIBLE)
    counts = dict(iter(await session.execute(asked.group_by(NetworkQuestion.space))))
    mine = await talking.moderated(session, visitor, list(spaces))
    manages = visitor is not None and visitor.strong and visitor.is_platform(PlatformRoleName.PLATFORM_ADMIN)
    return SpacePage(
        items=[SpaceOut(**one.model_dump(), questions=counts.get(one.code, 0)) for one in spaces.values()],
        moderates=sorted(mine),
        may=["manage"] * manages,
    )


def _known(spaces: dict[str, Space], code: str) -> Space:
    if code not in spaces:
        raise NotFound(f"L’espace {code} n’existe pas.")
    return spaces[code]


@router.put(
    "/{code}", responses=CHANGES | problems(PreconditionRequired, VersionMismatch), summary="Modifier un espace"
)
async def change_space(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response,
    session: DbSession,
    actor: PlatformAdmin,
    spaces: Spaces,
    code: SpaceCode,
    asked: SpaceIn,
    if_match: IfMatch = None,
) -> SpaceOut:
    """The version of a space that nobody changed yet is 0."""
    require_version(if_match, _known(spaces, code).version)
    row = await session.get(NetworkSpace, code)
    values = {**asked.model_dump(), "by": actor.person.id, "updated_at": now()}
    if row is None:
        row = NetworkSpace(code=code, **values)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    await session.flush()
    tagged(response, row.version)
    audit.record(session, actor, "network.space_changed", ("network_space", code), {"open": row.open})
    counted = select(func.count()).where(NetworkQuestion.space == code, NetworkQuestion.state == Shown.VISIBLE)
    made = Space.model_validate({name: getattr(row, name) for name in Space.model_fields})
    return SpaceOut(**made.model_dump(), questions=await session.scalar(counted) or 0)


async def _moderators(session: AsyncSession, code: str) -> ModeratorsOut:
    asked = (
        select(Person, NetworkModerator.at)
        .join(NetworkModerator, NetworkModerator.person_id == Person.id)
        .where(NetworkModerator.space == code, Person.erased_at.is_(None))
        .order_by(Person.family_name, Person.id)
    )
    return ModeratorsOut(
        space=code,
        items=[
            ModeratorOut(person_id=person.id, name=person.name, email=person.email or "", since=at)
            for person, at in await session.execute(asked)
        ],
    )


@router.get("/{code}/moderators", responses=READS, summary="Les modérateurs d’un espace")
async def list_moderators(
    response: Response, session: DbSession, actor: PlatformAdmin, spaces: Spaces, code: SpaceCode
) -> ModeratorsOut:
    del actor
    response.headers["Cache-Control"] = "private, no-store"
    return await _moderators(session, _known(spaces, code).code)


@router.post(
    "/{code}/moderators", status_code=status.HTTP_201_CREATED, responses=CHANGES, summary="Nommer un modérateur"
)
async def appoint(  # noqa: PLR0913, PLR0917 (who names whom where)
    request: Request, session: DbSession, actor: PlatformAdmin, spaces: Spaces, code: SpaceCode, asked: AppointIn
) -> ModeratorsOut:
    """Named twice, a moderator stays one and gets no second letter."""
    space = _known(spaces, code)
    person = await session.scalar(
        select(Person).where(Person.email == asked.email, Person.suspended_at.is_(None), Person.erased_at.is_(None))
    )
    if person is None:
        said = "Aucun compte n’a cette adresse : la personne crée d’abord le sien."
        raise Invalid(said, [FieldError(pointer="/email", detail=said)])
    if await session.get(NetworkModerator, (code, person.id)) is None:
        session.add(NetworkModerator(space=code, person_id=person.id, at=now()))
        await session.flush()
        audit.record(session, actor, "network.moderator_named", ("network_space", code), {"person": person.id})
        text = (
            f"Bonjour,\n\nVous êtes maintenant modérateur de l’espace « {space.title} ».\nLes messages à examiner : "
            f"{address_of(request)}/communaute/moderation\n\nClausier, l’outil des clauses d’économie circulaire\n"
        )
        await write(session, asked.email, Letter("Vous êtes modérateur d’un espace", text))
    return await _moderators(session, code)


@router.delete("/{code}/moderators/{ident}", responses=CHANGES, summary="Retirer un modérateur")
async def dismiss(
    session: DbSession, actor: PlatformAdmin, spaces: Spaces, code: SpaceCode, ident: Ident
) -> ModeratorsOut:
    _known(spaces, code)
    mine = (NetworkModerator.space == code, NetworkModerator.person_id == ident)
    await session.execute(delete(NetworkModerator).where(*mine))
    audit.record(session, actor, "network.moderator_dismissed", ("network_space", code), {"person": ident})
    return await _moderators(session, code)
