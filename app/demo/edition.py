"""The editorial room: messages of readers, a change being written, another waiting for its two readings."""

from typing import Final

from sqlalchemy import select

from app.accounts.rules import PlatformRoleName
from app.demo.world import World
from app.library.edition.models import ClauseProposal, ClauseReading
from app.library.edition.rules import FeedbackStatus, Part, ProposalStatus, Verdict
from app.library.models import ClauseVersion
from app.library.models_feedback import ClauseFeedback
from app.library.queries import shelf

_BEFORE: Final = b"notice_days: 15"
_AFTER: Final = b"notice_days: 20"
_MESSAGES: Final = (
    ("wording", "La phrase sur la preuve trimestrielle peut se lire de deux façons."),
    ("market", "Dans notre département, deux ateliers seulement tiennent ce niveau."),
    ("law", "Le renvoi au CCAG est-il encore le bon depuis la dernière version ?"),
    ("wording", "Pourrait-on dire « chaque trimestre civil » ?"),
)


def _feedback(world: World) -> list[ClauseFeedback]:
    clauses = sorted(shelf().clauses)
    rows = []
    for rank, (subject, message) in enumerate(_MESSAGES):
        ident = world.pick(clauses)
        answered = rank == 0
        rows.append(
            ClauseFeedback(
                clause_id=ident,
                version=shelf().clauses[ident].version,
                subject=subject,
                message=message,
                at=world.moment(world.day(40, 3)),
                status=FeedbackStatus.ANSWERED if answered else FeedbackStatus.RECEIVED,
                answer="Merci : la prochaine version précisera la période." if answered else "",
                handled_at=world.moment(world.day(2, 1)) if answered else None,
                handled_by=world.team[PlatformRoleName.EDITOR].id if answered else None,
            )
        )
    return rows


async def fill(world: World) -> str:
    asked = select(ClauseVersion).order_by(ClauseVersion.clause_id, ClauseVersion.number)
    known = [row for row in await world.session.scalars(asked) if _BEFORE in row.source]
    author = world.team[PlatformRoleName.EDITOR]
    proposals = [
        ClauseProposal(
            clause_id=row.clause_id,
            base_version=row.number,
            path=row.path,
            source=row.source.replace(_BEFORE, _AFTER),
            kind="wording",
            reason="Vingt jours de mise en demeure, comme le demandent plusieurs acheteurs (exemple fictif).",
            status=status,
            author_id=author.id,
            created_at=world.moment(world.day(30, 12)),
            updated_at=world.moment(world.day(10, 4)),
            submitted_at=world.moment(world.day(3, 1)) if status is ProposalStatus.REVIEW else None,
        )
        for row, status in zip(
            world.random.sample(known, 3),
            (ProposalStatus.DRAFT, ProposalStatus.REVIEW, ProposalStatus.REVIEW),
            strict=True,
        )
    ]
    await world.keep(*proposals, *_feedback(world))
    reader = world.team[PlatformRoleName.LEGAL_REVIEWER]
    await world.keep(
        ClauseReading(
            proposal_id=proposals[-1].id,
            revision=1,
            part=Part.LEGAL,
            verdict=Verdict.APPROVED,
            reader_id=reader.id,
            at=world.moment(world.day(1, 1)),
        )
    )
    return f"{len(proposals)} propositions de clauses"
