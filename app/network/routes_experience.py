"""« Utilisée dans… »: what buyers tell of a clause, on its page and to its editors."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, status
from sqlalchemy import or_, select

from app.accounts import audit
from app.accounts import queries as accounts
from app.accounts.actors import Actor, BuyerWriter, Visitor
from app.accounts.idempotency import Once
from app.accounts.refusals import CrossSite, Forbidden, KeyReused, NotSignedIn
from app.accounts.sessions import now
from app.database.engine import DbSession
from app.library import feedback
from app.library.queries import LibraryNotReady, shelf
from app.library.schemas_feedback import FeedbackIn
from app.network import moderation, rules, talking
from app.network.models import ClauseExperience
from app.network.moderation import AppealState, Subject
from app.network.refusals import AlreadyDone
from app.network.routes_talk import Cursor, Limit
from app.network.rules import Shown
from app.network.schemas_experience import ExperienceFigures, ExperienceIn, ExperienceOut, ExperiencePage
from app.network.spaces import Spaces
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, problems
from app.web.quota import MESSAGES, TooManyRequests, draw

router = APIRouter(prefix="/api/v1/network/experiences", tags=["Réseau et formation"])
_LEAST: Final = 10
"""The editors' inbox takes messages of so many letters."""


def _out(
    row: ClauseExperience, organisation: str, *, moderator: bool, appeal: AppealState | None = None
) -> ExperienceOut:
    fields = ExperienceOut.model_fields.keys() - {"organisation", "appeal", "may"}
    return ExperienceOut.model_validate(
        {
            **{name: getattr(row, name) for name in fields},
            "organisation": organisation,
            "appeal": appeal,
            "may": ["moderate"] * moderator,
        }
    )


@router.get("", responses=problems(BadCursor, Invalid), summary="Les retours d’expérience sur une clause")
async def list_experiences(  # noqa: PLR0913, PLR0917 (the filters of a list)
    session: DbSession,
    visitor: Visitor,
    spaces: Spaces,
    clause: Annotated[str, Query(max_length=16)],
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ExperiencePage:
    mine = await talking.moderated(session, visitor, list(spaces))
    about = ClauseExperience.clause_id == clause
    seen = [ClauseExperience.state == Shown.VISIBLE]
    if visitor:
        seen.append(ClauseExperience.by == visitor.person.id)
    asked = select(ClauseExperience).where(about).order_by(ClauseExperience.id.desc()).limit(limit + 1)
    if not _moderates(visitor, mine, spaces):
        asked = asked.where(or_(*seen))
    if cursor is not None:
        (before,) = key_of(cursor, 1)
        if not isinstance(before, int) or not 0 < before < 2**63:
            raise BadCursor
        asked = asked.where(ClauseExperience.id < before)
    rows = list(await session.scalars(asked))
    told = select(ClauseExperience.outcome, ClauseExperience.offers).where(
        about, ClauseExperience.state == Shown.VISIBLE
    )
    counted = (await session.execute(told)).all()
    got = rules.figures([row.outcome for row in counted], [row.offers for row in counted if row.offers is not None])
    orgs = await accounts.organisations(session, [row.organisation_id for row in rows])
    buyer = visitor is not None and visitor.organisation is not None and not visitor.organisation.is_firm
    return ExperiencePage(
        items=[
            _out(
                row,
                orgs[row.organisation_id].name,
                moderator=_moderates(visitor, mine, spaces),
                appeal=await moderation.appeal_state(session, Subject(row, "", row.used_in), visitor),
            )
            for row in rows[:limit]
        ],
        next=cursor_of(rows[limit - 1].id) if len(rows) > limit else None,
        figures=ExperienceFigures(reports=got[0], failed=got[1], median_offers=got[2]) if got else None,
        may=["tell"] if buyer and visitor and visitor.role in {"writer", "administrator"} else [],
    )


def _moderates(actor: Actor | None, mine: set[str], spaces: Spaces) -> bool:
    return actor is not None and moderation.looks_after_all(mine, list(spaces))


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        NotSignedIn, Forbidden, CrossSite, Invalid, KeyReused, AlreadyDone, TooManyRequests, LibraryNotReady
    ),
    summary="Raconter comment une clause s’est passée",
)
async def tell_experience(
    request: Request, session: DbSession, member: BuyerWriter, once: Once, asked: ExperienceIn
) -> ExperienceOut:
    """What it says to change also reaches the editors of the clause, as a message."""
    clause = shelf().clause(asked.clause_id)
    if clause is None:
        said = f"La clause {asked.clause_id} n’existe pas."
        raise Invalid(said, [FieldError(pointer="/clause_id", detail=said)])
    if asked.year > now().year:
        said = "L’année du marché est dans le futur."
        raise Invalid(said, [FieldError(pointer="/year", detail=said)])
    draw(request.scope, MESSAGES)

    async def make() -> ExperienceOut:
        twin = select(ClauseExperience.id).where(
            ClauseExperience.by == member.person.id,
            ClauseExperience.clause_id == clause.id,
            ClauseExperience.used_in == asked.used_in,
        )
        if await session.scalar(twin):
            raise AlreadyDone("Vous avez déjà raconté ce marché pour cette clause.")
        known = await talking.is_known(session, member.person.id)
        row = ClauseExperience(
            **asked.model_dump(),
            clause_version=clause.version,
            state=rules.first_state(f"{asked.kept} {asked.change}", known=known, read_first=False),
            reason="",
            by=member.person.id,
            organisation_id=member.organisation.id,
            at=now(),
        )
        session.add(row)
        await session.flush()
        if len(asked.change) >= _LEAST:
            words = f"Retour d’expérience ({asked.used_in}, {asked.year}) : {asked.change}"
            told = FeedbackIn.model_construct(message=words, subject="other", email="", version=clause.version)
            await feedback.record(session, clause, told, None)
        audit.record(session, member, "network.experience", row, {"clause": clause.id, "outcome": row.outcome})
        return _out(row, member.organisation.name, moderator=False)

    return await once(asked, ExperienceOut, make, salt=str(member.organisation.id))
