"""A tender kept with its analysis: kept, shown, analysed again against the library of the day, erased."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from app.accounts import audit
from app.accounts.actors import Member
from app.accounts.sessions import now
from app.documents.analysis import actions, store
from app.documents.analysis.models import Analysis
from app.law.schemas import PurchaseIn
from app.purchases import shown
from app.purchases.models import PurchaseFile
from app.purchases.models_kept import KeptTender, KeptTenderDocument
from app.purchases.schemas_kept import KeptDocumentOut, KeptForOut, KeptTenderOut, KeptVerdictOut
from app.web.problems import FieldError, Invalid, NotFound

MOST: Final = 100
"""Tenders that one organisation keeps: about 2.5 GB at the very most."""
GONE: Final = "Ce fichier gardé n’existe pas, ou n’est pas de votre organisation."
Received = Sequence[tuple[str, bytes]]


async def tender_of(session: AsyncSession, ident: int, member: Member) -> KeptTender:
    """The row, locked; another organisation's is answered as one that does not exist."""
    asked = select(KeptTender).where(KeptTender.id == ident, KeptTender.organisation_id == member.organisation.id)
    row = (await session.execute(asked.with_for_update())).scalar_one_or_none()
    if row is None:
        raise NotFound(GONE)
    return row


def listed(organisation_id: int, before: int | None, file_id: int | None) -> Select[KeptTender]:
    asked = select(KeptTender).where(KeptTender.organisation_id == organisation_id).order_by(KeptTender.id.desc())
    if file_id is not None:
        asked = asked.where(KeptTender.file_id == file_id)
    return asked if before is None else asked.where(KeptTender.id < before)


async def keep(
    session: AsyncSession, member: Member, analysis: str, received: Received, file: PurchaseFile | None
) -> KeptTender:
    """The files of a finished analysis, with a copy of it that does not expire."""
    row = await store.find_for(session, store.key_of(analysis), member.organisation.id)
    documents = _documents(row, received)
    many = select(func.count()).where(KeptTender.organisation_id == member.organisation.id)
    if (await session.execute(many)).scalar_one() >= MOST:
        raise Invalid(f"Votre organisation garde déjà {MOST} fichiers : effacez-en un pour garder celui-ci.")
    made = KeptTender(
        organisation_id=member.organisation.id,
        file_id=file.id if file else None,
        title=", ".join(document.name for document in documents)[:300],
        analysis=await store.keep_for(session, row, member.organisation.id),
        analysed_at=row.created_at,
        by=member.person.id,
    )
    session.add(made)
    await session.flush()
    for document in documents:
        document.tender_id = made.id
    session.add_all(documents)
    await session.flush()
    await session.refresh(made)
    audit.record(session, member, "tender.kept", made, {"documents": len(documents), "file": made.file_id})
    return made


def _documents(row: Analysis, received: Received) -> list[KeptTenderDocument]:
    """Exactly the files that were analysed, in their order: nothing else is let in by this door."""
    if row.status != "done":
        raise Invalid("L’analyse n’est pas terminée : attendez son résultat pour garder le fichier.")
    contents = {sha256(content).hexdigest(): content for _, content in received}
    known = [file["digest"] for file in row.files]
    if set(contents) != set(known):
        detail = "Ce ne sont pas les fichiers qui ont été analysés : choisissez les mêmes, ou refaites l’analyse."
        raise Invalid(detail, [FieldError(pointer="/files", detail=detail)])
    return [
        KeptTenderDocument(
            name=file["name"],
            kind=file["kind"],
            size=file["size"],
            sha256=file["digest"],
            content=contents[file["digest"]],
        )
        for file in row.files
    ]


async def analysed_again(
    sessions: actions.Sessions, folder: Path, session: AsyncSession, member: Member, row: KeptTender
) -> None:
    """Read again from the files kept, for the same purchase; the analysis before it is erased."""
    asked = select(KeptTenderDocument).where(KeptTenderDocument.tender_id == row.id).order_by(KeptTenderDocument.id)
    documents = (await session.execute(asked.options(undefer(KeptTenderDocument.content)))).scalars().all()
    received = await actions.read([(one.name, one.content) for one in documents])
    before = store.key_of(row.analysis)
    known = (await store.verdicts(session, [before])).get(before)
    purchase = PurchaseIn.model_validate(known[0].asked) if known and known[0].asked else None
    secret = await actions.begin(sessions, folder, received, purchase)
    await store.give(session, store.key_of(secret), member.organisation.id)
    await store.erase(session, before)
    row.analysis, row.analysed_at = secret, now()
    await session.flush()
    audit.record(session, member, "tender.analysed", row, {})


async def erase(session: AsyncSession, member: Member, row: KeptTender) -> None:
    await store.erase(session, store.key_of(row.analysis))
    await session.delete(row)
    audit.record(session, member, "tender.erased", row, {"file": row.file_id})


async def document_of(session: AsyncSession, ident: int, document: int, member: Member) -> KeptTenderDocument:
    asked = (
        select(KeptTenderDocument)
        .join(KeptTender, KeptTender.id == KeptTenderDocument.tender_id)
        .where(KeptTender.id == ident, KeptTenderDocument.id == document)
        .where(KeptTender.organisation_id == member.organisation.id)
        .options(undefer(KeptTenderDocument.content))
    )
    found = (await session.execute(asked)).scalar_one_or_none()
    if found is None:
        raise NotFound(GONE)
    return found


async def tenders_out(session: AsyncSession, member: Member, rows: Sequence[KeptTender]) -> list[KeptTenderOut]:
    """Four statements, whatever the number of rows."""
    idents = [row.id for row in rows]
    asked = select(KeptTenderDocument).where(KeptTenderDocument.tender_id.in_(idents)).order_by(KeptTenderDocument.id)
    documents = (await session.execute(asked)).scalars().all()
    verdicts = await store.verdicts(session, [store.key_of(row.analysis) for row in rows])
    serving = select(PurchaseFile.id, PurchaseFile.title).where(PurchaseFile.id.in_({row.file_id for row in rows}))
    titles = {found.id: found.title for found in await session.execute(serving)}
    names = await shown.names_for(session, [row.by for row in rows])
    return [
        KeptTenderOut(
            id=row.id,
            title=row.title,
            analysis=row.analysis,
            **_state(verdicts.get(store.key_of(row.analysis))),
            analysed_at=row.analysed_at,
            documents=[
                KeptDocumentOut(id=one.id, name=one.name, kind=one.kind, size=one.size)
                for one in documents
                if one.tender_id == row.id
            ],
            file=KeptForOut(id=row.file_id, title=titles[row.file_id]) if row.file_id in titles else None,
            at=row.at,
            by=shown.person(row.by, names),
            may=["analyse", "delete"] if shown.writes(member) else [],
        )
        for row in rows
    ]


def _state(found: tuple[Analysis, Mapping[str, Any] | None] | None) -> dict[str, Any]:
    if found is None:
        return {"status": "failed", "summary": None}
    row, summary = found
    return {"status": store.status_of(row), "summary": KeptVerdictOut(**summary) if summary else None}
