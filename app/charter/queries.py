"""What the charter room reads, and what other rooms may ask of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Organisation
from app.charter.models import CharterAdhesion, CharterException, CharterFigure, CharterVersion
from app.charter.rules import OPEN, AdhesionState
from app.law.facts import Charter
from app.law.schemas_reference import CharterOut
from app.web.problems import NotFound

_LOCK: Final = 7_224_431


def _canonical(charter: Charter) -> tuple[dict[str, Any], str]:
    content = CharterOut.model_validate(charter).model_dump(mode="json")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return content, sha256(text.encode()).hexdigest()


async def current_version(session: AsyncSession, charter: Charter) -> CharterVersion:
    """The version of the charter that is in force; a text never seen becomes the next version."""
    content, content_hash = _canonical(charter)
    by_hash = select(CharterVersion).where(CharterVersion.content_hash == content_hash)
    if (known := (await session.execute(by_hash)).scalar_one_or_none()) is not None:
        return known
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    number = (await session.scalar(select(func.max(CharterVersion.number))) or 0) + 1
    await session.execute(
        insert(CharterVersion)
        .values(number=number, content_hash=content_hash, content=content)
        .on_conflict_do_nothing(index_elements=["content_hash"])
    )
    return (await session.execute(by_hash)).scalar_one()


async def versions(session: AsyncSession) -> Sequence[CharterVersion]:
    return (await session.execute(select(CharterVersion).order_by(CharterVersion.number.desc()))).scalars().all()


async def version(session: AsyncSession, number: int) -> CharterVersion:
    found = await session.get(CharterVersion, number)
    if found is None:
        raise NotFound("Cette version de la charte n’existe pas.")
    return found


async def adhesion_of(session: AsyncSession, organisation_id: int) -> CharterAdhesion | None:
    """The open adhesion, else the last one."""
    asked = (
        select(CharterAdhesion)
        .where(CharterAdhesion.organisation_id == organisation_id)
        .order_by(CharterAdhesion.state.in_(OPEN).desc(), CharterAdhesion.id.desc())
        .limit(1)
    )
    return (await session.execute(asked)).scalar_one_or_none()


async def adhesion(session: AsyncSession, ident: int, organisation_id: int | None = None) -> CharterAdhesion:
    """Held for writing; that of another organisation is answered as one that does not exist."""
    asked = select(CharterAdhesion).where(CharterAdhesion.id == ident).with_for_update()
    found = (await session.execute(asked.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None or (organisation_id is not None and found.organisation_id != organisation_id):
        raise NotFound("Cette adhésion n’existe pas.")
    return found


def adhesions_in(state: AdhesionState, after: int | None) -> Select[CharterAdhesion, Organisation]:
    """The oldest first."""
    asked = (
        select(CharterAdhesion, Organisation)
        .join(Organisation, Organisation.id == CharterAdhesion.organisation_id)
        .where(CharterAdhesion.state == state)
    )
    if after is not None:
        asked = asked.where(CharterAdhesion.id > after)
    return asked.order_by(CharterAdhesion.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the register."""

    department: str = ""
    kind: str = ""
    version: int | None = None
    words: str = ""

    def conditions(self, *, without: str = "") -> list[ColumnElement[bool]]:
        """A facet is counted without its own filter."""
        found: list[ColumnElement[bool]] = [CharterAdhesion.state == AdhesionState.ACCEPTED]
        if self.department and without != "department":
            found.append(Organisation.department == self.department)
        if self.kind and without != "kind":
            found.append(Organisation.kind == self.kind)
        if self.version is not None and without != "version":
            found.append(CharterAdhesion.charter_version == self.version)
        found += [Organisation.name.icontains(word, autoescape=True) for word in self.words.split()[:10]]
        return found


def signatories(wanted: Wanted, after: tuple[str, int] | None = None) -> Select[CharterAdhesion, Organisation]:
    asked = (
        select(CharterAdhesion, Organisation)
        .join(Organisation, Organisation.id == CharterAdhesion.organisation_id)
        .where(*wanted.conditions())
    )
    if after is not None:
        name, ident = after
        asked = asked.where((Organisation.name > name) | ((Organisation.name == name) & (CharterAdhesion.id > ident)))
    return asked.order_by(Organisation.name, CharterAdhesion.id)


async def facet(session: AsyncSession, wanted: Wanted, name: str) -> list[tuple[str, int]]:
    column: Any = CharterAdhesion.charter_version if name == "version" else getattr(Organisation, name)
    asked = (
        select(column, func.count())
        .select_from(CharterAdhesion)
        .join(Organisation, Organisation.id == CharterAdhesion.organisation_id)
        .where(*wanted.conditions(without=name))
        .group_by(column)
        .order_by(column)
    )
    return [(str(value), count) for value, count in (await session.execute(asked)).all()]


async def exceptions_of(session: AsyncSession, file_ids: Sequence[int]) -> dict[int, list[CharterException]]:
    """Those that stand, by file."""
    asked = (
        select(CharterException)
        .where(CharterException.file_id.in_(file_ids), CharterException.removed_at.is_(None))
        .order_by(CharterException.id)
    )
    found: dict[int, list[CharterException]] = {}
    for row in (await session.execute(asked)).scalars():
        found.setdefault(row.file_id, []).append(row)
    return found


async def figures(
    session: AsyncSession, organisation_id: int, years: Sequence[int]
) -> dict[tuple[str, str], CharterFigure]:
    """(code, period) → what was declared."""
    asked = select(CharterFigure).where(
        CharterFigure.organisation_id == organisation_id,
        func.left(CharterFigure.period, 4).in_([str(year) for year in years]),
    )
    return {(row.code, row.period): row for row in (await session.execute(asked)).scalars()}


async def figure(session: AsyncSession, ident: int, organisation_id: int) -> CharterFigure:
    found = await session.get(CharterFigure, ident)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("Ce chiffre n’existe pas, ou n’est pas de votre organisation.")
    return found


Figures = Mapping[tuple[str, str], CharterFigure]
