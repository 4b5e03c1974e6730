"""What firms say of clauses across sourcings: figures from five firms, never a name, for readers and for editors."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path

from app.accounts.actors import Editor
from app.accounts.refusals import Forbidden, NotSignedIn
from app.database.engine import DbSession
from app.library.queries import LibraryNotReady, shelf
from app.market.sourcing import queries, results, rules
from app.market.sourcing.schemas_shown import ClauseVoiceLine, ClauseVoiceOut, ClauseVoices, CountOut
from app.web.problems import NotFound, problems

router = APIRouter(prefix="/api/v1", tags=["Sourçage"])


@router.get(
    "/clause-feedback/{clause}",
    responses=problems(NotFound, LibraryNotReady),
    summary="Ce que les entreprises disent d’une clause, dès cinq entreprises, sans nom",
)
async def read_voice(
    session: DbSession, clause: Annotated[str, Path(pattern=r"^CEC-[A-Z0-9]{3}-\d{3}$")]
) -> ClauseVoiceOut:
    if shelf().clause(clause) is None:
        raise NotFound("Cette clause n’existe pas.")
    spoken = await results.voice_of(session, clause)

    def counts(held: tuple[tuple[str, int], ...], labels: Mapping[Any, str]) -> list[CountOut]:
        said = {str(code): label for code, label in labels.items()}
        return [CountOut(code=code, label=said[code], firms=number) for code, number in held]

    return ClauseVoiceOut(
        clause_id=clause,
        firms=spoken.firms if spoken else None,
        fewest=rules.FEWEST_FOR_FIGURES,
        feasibility=counts(spoken.feasibility, rules.FEASIBILITY_LABELS) if spoken else [],
        cost=counts(spoken.cost, rules.COST_LABELS) if spoken else [],
        blocker=counts(spoken.blocker, rules.BLOCKER_LABELS) if spoken else [],
        months=spoken.months if spoken else None,
    )


@router.get(
    "/clause-voices",
    responses=problems(NotSignedIn, Forbidden, LibraryNotReady),
    summary="Pour la rédaction : les clauses dont les entreprises disent le plus qu’elles ne sont pas faisables",
)
async def list_voices(session: DbSession, editor: Editor) -> ClauseVoices:
    del editor
    lines = []
    for clause_id, firms, blocked, conditional in await queries.voices(session, rules.FEWEST_FOR_FIGURES):
        clause = shelf().clause(clause_id)
        title = clause.record.title if clause else clause_id
        line = ClauseVoiceLine(clause_id=clause_id, title=title, firms=firms, blocked=blocked, conditional=conditional)
        lines.append(line)
    return ClauseVoices(items=lines)
