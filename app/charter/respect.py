"""« Respecter » : a saved file judged by the modalities of the charter, with the exceptions that people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.charter import queries
from app.charter.models import CharterException
from app.documents import queries as documents
from app.law.conditions import Case
from app.law.facts import Law
from app.law.findings import Finding
from app.law.rules_charter import charter_findings
from app.purchases.checking import basket_clauses
from app.purchases.drafts import draft_of, items_in, lots_in, purchase_in
from app.purchases.models import PurchaseFile

Sessions = async_sessionmaker[AsyncSession]


@dataclass(frozen=True, slots=True)
class Respected:
    """A file and its modalities; no finding while the purchase is not described (an object, a date)."""

    file: PurchaseFile
    findings: tuple[Finding, ...]
    exceptions: tuple[CharterException, ...]

    def count(self, *statuses: str) -> int:
        return sum(found.status in statuses for found in self.findings)


async def judged(session: AsyncSession, sessions: Sessions, files: Sequence[PurchaseFile], law: Law) -> list[Respected]:
    exceptions = await queries.exceptions_of(session, [file.id for file in files])
    return [await _one(sessions, file, law, exceptions.get(file.id, [])) for file in files]


async def _one(sessions: Sessions, file: PurchaseFile, law: Law, exceptions: list[CharterException]) -> Respected:
    draft = draft_of(file.draft)
    asked = purchase_in(draft)
    if asked is None:
        return Respected(file, (), tuple(exceptions))
    known = {family.code for family in law.families}
    kept = asked.model_copy(update={"families": [code for code in asked.families if code in known]})
    purchase = kept.described(law)
    lots = [lot.as_lot for lot in lots_in(draft)]
    chosen = await documents.selection(sessions, items_in(draft), lots, organisation=file.organisation_id)
    basket = [each for clause in chosen.clauses for each in basket_clauses(clause, law, purchase.launch_date)]
    said = {**draft.justifications, **{row.modality: row.reason for row in exceptions}}
    findings = charter_findings(Case(purchase, law), law.charter, basket, said)
    return Respected(file, tuple(findings), tuple(exceptions))
