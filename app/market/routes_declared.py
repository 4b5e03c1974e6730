"""Offers (material flows among them) and capabilities of a firm."""

from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile, status
from sqlalchemy import select

from app.accounts import audit
from app.accounts.actors import FirmReader, FirmWriter
from app.accounts.idempotency import Once
from app.accounts.refusals import Forbidden, KeyReused, NotSignedIn
from app.accounts.schemas import Ident
from app.database.engine import DbSession
from app.documents import bounded
from app.documents.analysis.refusals import FileRefused
from app.documents.refused import Refused
from app.library.queries import LibraryNotReady
from app.market import declaring, importing, indexing, queries, shaping
from app.market.actions import NO_PAGE, own_firm
from app.market.models import Firm, Offer
from app.market.refused import UPDATES, WRITES
from app.market.schemas import CapabilityOut, ClauseId, OfferOut
from app.market.schemas_declared import Capabilities, CapabilityIn, ImportOut, OfferIn, OfferPage, OfferQuery
from app.text.fold import fold
from app.web.etag import IfMatch, require_version, tagged
from app.web.paging import BadCursor, cursor_of, key_of
from app.web.problems import FieldError, Invalid, NotFound, UnknownParameter, problems

router = APIRouter(prefix="/api/v1", tags=["Entreprises"])


@router.get(
    "/offers",
    responses=problems(UnknownParameter, BadCursor, Invalid),
    summary="Les offres publiées, dont les gisements de matières offerts ou cherchés",
)
async def list_offers(session: DbSession, asked: Annotated[OfferQuery, Query()]) -> OfferPage:
    today = queries.today()
    wanted = (
        select(Offer, Firm)
        .join(Firm, Firm.organisation_id == Offer.organisation_id)
        .where(Firm.listed, Firm.closed_at.is_(None))
        .where((Offer.valid_until.is_(None)) | (Offer.valid_until >= today))
        .where((Offer.available_until.is_(None)) | (Offer.available_until >= today))
        .order_by(Offer.id.desc())
        .limit(asked.limit + 1)
    )
    if asked.kind:
        wanted = wanted.where(Offer.kind == asked.kind)
    if asked.family:
        wanted = wanted.where(Offer.families.contains([asked.family]))
    if asked.department:
        wanted = wanted.where(Offer.department == asked.department)
    if asked.direction:
        wanted = wanted.where(Offer.direction == asked.direction)
    if asked.cursor is not None:
        (last,) = key_of(asked.cursor, 1)
        if not isinstance(last, int) or not 0 < last < 1 << 31:
            raise BadCursor
        wanted = wanted.where(Offer.id < last)
    rows = (await session.execute(wanted)).all()
    kept = rows[: asked.limit]
    return OfferPage(
        items=[shaping.offer(row, firm, today) for row, firm in kept],
        next=cursor_of(kept[-1][0].id) if len(rows) > asked.limit else None,
    )


@router.post("/offers", status_code=status.HTTP_201_CREATED, responses=problems(*WRITES, KeyReused))
async def make_offer(
    response: Response, session: DbSession, member: FirmWriter, once: Once, asked: OfferIn
) -> OfferOut:
    """Ajouter une offre à ma fiche."""

    async def make() -> OfferOut:
        firm = await own_firm(session, member)
        row = await declaring.make_offer(session, firm, asked)
        await indexing.rebuild(session, firm, today=queries.today())
        audit.record(session, member, "offer.created", row, {"kind": row.kind})
        return shaping.offer(row, firm, queries.today())

    made = await once(asked, OfferOut, make)
    tagged(response, made.version)
    return made


@router.put(
    "/offers/{ident}",
    responses=problems(*UPDATES),
    summary="Modifier une offre de ma fiche",
)
async def change_offer(  # noqa: PLR0913, PLR0917 (what a change names)
    response: Response, session: DbSession, member: FirmWriter, ident: Ident, asked: OfferIn, if_match: IfMatch = None
) -> OfferOut:
    firm = await own_firm(session, member)
    row = await queries.own_offer(session, ident, firm.organisation_id)
    require_version(if_match, row.version)
    declaring.fill_offer(row, asked)
    await indexing.rebuild(session, firm, today=queries.today())
    tagged(response, row.version)
    return shaping.offer(row, firm, queries.today())


@router.delete(
    "/offers/{ident}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*WRITES),
    summary="Retirer une offre de ma fiche",
)
async def remove_offer(session: DbSession, member: FirmWriter, ident: Ident) -> None:
    firm = await own_firm(session, member)
    row = await queries.own_offer(session, ident, firm.organisation_id)
    audit.record(session, member, "offer.removed", row)
    await session.delete(row)
    await indexing.rebuild(session, firm, today=queries.today())


@router.get(
    "/capabilities",
    responses=problems(NotSignedIn, Forbidden, NotFound, LibraryNotReady),
    summary="Les clauses auxquelles mon entreprise déclare pouvoir répondre ou non",
)
async def list_capabilities(session: DbSession, member: FirmReader) -> Capabilities:
    firm = await queries.firm(session, member.organisation.id)
    if firm is None:
        raise NotFound(NO_PAGE)
    proofs = await queries.proofs_of(session, firm.organisation_id)
    rows = await queries.capabilities_of(session, firm.organisation_id)
    return Capabilities(items=[shaping.capability(row, proofs, queries.today()) for row in rows])


@router.get(
    "/capabilities/modele.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}, "description": "Un en-tête et une ligne d’exemple"}},
    summary="Le modèle de fichier à importer",
)
async def capability_template() -> Response:
    return Response(
        ("\ufeff" + importing.EXAMPLE).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="capacites.csv"'},
    )


@router.post(
    "/capabilities/import",
    responses=problems(*WRITES, FileRefused),
    summary="Déclarer ou mettre à jour des capacités depuis un fichier : tout, ou rien si une ligne est fautive",
)
async def import_capabilities(
    session: DbSession,
    member: FirmWriter,
    file: Annotated[UploadFile, File(description="CSV ou XLSX, 2 000 lignes au plus")],
) -> ImportOut:
    firm = await own_firm(session, member)
    try:
        read, _ = await bounded.run("app.market.sheet:read_sheet", {}, await file.read())
    except Refused as refusal:
        raise FileRefused(refusal.sentence, [FieldError(pointer="/file", detail=refusal.sentence)]) from refusal
    proofs = await queries.proofs_of(session, firm.organisation_id)
    named = {fold(p.title): p.id for p in proofs} | {fold(p.number): p.id for p in proofs if p.number}
    lines, errors = importing.parse(read["lines"], named)
    ids = {p.id for p in proofs}
    for line in lines:
        errors += [
            importing.fault(line.number, name, said)
            for name, said in declaring.capability_faults(line.clause_id, line.asked, ids)
        ]
    if errors:
        several = f"{len(errors)} erreurs" if len(errors) > 1 else "Une erreur"
        raise Invalid(f"{several} dans le fichier : rien n’a été enregistré.", errors[:200])
    known = {row.clause_id: row for row in await queries.capabilities_of(session, firm.organisation_id)}
    for line in lines:
        await declaring.declare(session, firm, line.clause_id, line.asked, known.get(line.clause_id))
    await indexing.rebuild(session, firm, today=queries.today())
    audit.record(session, member, "capabilities.imported", ("firm", firm.organisation_id), {"lines": len(lines)})
    changed = sum(line.clause_id in known for line in lines)
    return ImportOut(
        lines=len(lines),
        created=len(lines) - changed,
        changed=changed,
        detail=f"{len(lines)} lignes lues : {len(lines) - changed} capacités ajoutées, {changed} mises à jour.",
    )


@router.put(
    "/capabilities/{clause_id}",
    responses=problems(*UPDATES),
    summary="Dire si mon entreprise peut répondre à une clause, à quel niveau, où et jusqu’à quand",
)
async def declare_capability(  # noqa: PLR0913, PLR0917 (what a declaration names)
    response: Response,
    session: DbSession,
    member: FirmWriter,
    clause_id: ClauseId,
    asked: CapabilityIn,
    if_match: IfMatch = None,
) -> CapabilityOut:
    firm = await own_firm(session, member)
    current = await declaring.current_of(session, firm.organisation_id, clause_id)
    if current is not None:
        require_version(if_match, current.version)
    proofs = await queries.proofs_of(session, firm.organisation_id)
    faults = declaring.capability_faults(clause_id, asked, {p.id for p in proofs})
    if faults:
        raise Invalid(faults[0][1], [FieldError(pointer=f"/{name}", detail=said) for name, said in faults])
    row = await declaring.declare(session, firm, clause_id, asked, current)
    await indexing.rebuild(session, firm, today=queries.today())
    audit.record(session, member, "capability.declared", row, {"clause": clause_id, "answer": row.answer})
    tagged(response, row.version)
    return shaping.capability(row, proofs, queries.today())


@router.delete(
    "/capabilities/{clause_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*WRITES),
    summary="Retirer ma déclaration sur une clause",
)
async def withdraw_capability(session: DbSession, member: FirmWriter, clause_id: ClauseId) -> None:
    firm = await own_firm(session, member)
    row = await declaring.current_of(session, firm.organisation_id, clause_id)
    if row is None:
        raise NotFound("Votre fiche ne dit rien de cette clause.")
    await declaring.withdraw(session, row)
    audit.record(session, member, "capability.withdrawn", row, {"clause": clause_id})
    await indexing.rebuild(session, firm, today=queries.today())
