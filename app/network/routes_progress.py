"""My progress, that of my organisation, the attestation."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response

from app.accounts import queries as accounts
from app.accounts.actors import Actor, Signed
from app.accounts.refusals import CrossSite, Forbidden, NotSignedIn
from app.accounts.rules import Role
from app.database.engine import DbSession
from app.documents.compose import File
from app.documents.convert import ConversionFailed, NoConverter, converted
from app.documents.pieces import MEDIA
from app.network import attestation, progress, rules
from app.network.queries import trained_share
from app.network.refusals import PathUnfinished
from app.network.routes_training import Code
from app.network.schemas_progress import AnswersIn, LearnerOut, ModuleResultOut, PathOut, TeamOut, TrainingOut
from app.network.training import Audience, read_modules
from app.web.problems import Busy, FieldError, Invalid, NotFound, problems

router = APIRouter(prefix="/api/v1/network/progress", tags=["Réseau et formation"])
READS: Final = problems(NotSignedIn, Forbidden)


@router.get("", responses=READS, summary="Ma progression, et celle de mon organisation")
async def read_progress(request: Request, response: Response, session: DbSession, actor: Signed) -> TrainingOut:
    root = request.app.state.settings.clauses
    results = await progress.results_of(session, actor.person.id)
    passed = {code for code, row in results.items() if row.passed_at}
    paths = []
    for audience, title in progress.PATHS.items():
        codes = [module.code for module in progress.path_of(root, audience)]
        done = rules.finished(codes, passed)
        paths.append(
            PathOut(audience=audience, title=title, modules=codes, passed=len(passed & set(codes)), finished=done)
        )
    response.headers["Cache-Control"] = "private, no-cache"
    return TrainingOut(
        results=[ModuleResultOut.model_validate(row, from_attributes=True) for row in results.values()],
        paths=paths,
        team=await _team(request, session, actor),
    )


async def _team(request: Request, session: DbSession, actor: Actor) -> TeamOut | None:
    organisation = actor.organisation
    if organisation is None or organisation.is_firm:
        return None
    root = request.app.state.settings.clauses
    codes = {module.code for module in progress.path_of(root, "acheteurs")}
    share = await trained_share(session, organisation.id, root)
    people: list[LearnerOut] = []
    if actor.role is Role.ADMINISTRATOR:
        known = await progress.buyers_progress(session, organisation.id)
        names = await accounts.names_of(session, list(known))
        people = [
            LearnerOut(name=names[ident], passed=len(codes & set(done)), finished=rules.finished(codes, done))
            for ident, done in known.items()
        ]
    return TeamOut(
        organisation=organisation.name,
        trained=share.trained,
        buyers=share.buyers,
        percent=share.percent,
        minutes=share.minutes,
        modules=len(codes),
        people=sorted(people, key=lambda one: one.name),
    )


@router.put(
    "/{code}",
    responses=READS | problems(CrossSite, NotFound, Invalid),
    summary="Rendre les réponses d’un module ; le meilleur résultat est gardé",
)
async def answer_module(
    request: Request, session: DbSession, actor: Signed, code: Code, asked: AnswersIn
) -> ModuleResultOut:
    """Sent twice, the same answers leave the same result."""
    module = next((m for m in read_modules(request.app.state.settings.clauses) if m.code == code), None)
    if module is None:
        raise NotFound(f"Le module {code} n’existe pas.")
    if len(asked.choices) != len(module.quiz):
        said = f"Ce module pose {len(module.quiz)} questions : donnez une réponse à chacune."
        raise Invalid(said, [FieldError(pointer="/choices", detail=said)])
    row = await progress.record(session, actor.person.id, module, progress.marks(module, asked.choices))
    return ModuleResultOut.model_validate(row, from_attributes=True)


@router.get(
    "/attestations/{audience}",
    response_class=Response,
    responses={
        200: {"content": {MEDIA["docx"]: {}, MEDIA["pdf"]: {}}},
        **READS,
        **problems(PathUnfinished, NoConverter, ConversionFailed, Busy),
    },
    summary="L’attestation d’un parcours terminé, en DOCX ou en PDF",
)
async def make_attestation(
    request: Request,
    session: DbSession,
    actor: Signed,
    audience: Audience,
    form: Annotated[Literal["docx", "pdf"], Query(alias="format")] = "docx",
) -> Response:
    modules = progress.path_of(request.app.state.settings.clauses, audience)
    results = await progress.results_of(session, actor.person.id)
    days = {code: row.passed_at for code, row in results.items() if row.passed_at}
    if not rules.finished([module.code for module in modules], days):
        left = sum(module.code not in days for module in modules)
        raise PathUnfinished(f"Il reste {left} module(s) à réussir dans ce parcours.")
    path = progress.PATHS[audience]
    kept = {module.code: days[module.code] for module in modules}
    learner = attestation.Learner(actor.person.name, actor.organisation.name if actor.organisation else "")
    number = attestation.reference(actor.person.id, audience, kept)
    made = attestation.attestation(learner, path, modules, kept, number)
    file = await converted(request.app, File(f"attestation-{audience}.{form}", made, "pdf" if form == "pdf" else ""))
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
    return Response(file.content, media_type=MEDIA[form], headers=headers)
