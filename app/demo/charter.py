"""The charter signed by some of the buyers, one demand waiting, exceptions of files."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy.ext.asyncio import async_sessionmaker

from app.accounts.models import Organisation
from app.accounts.rules import PlatformRoleName
from app.charter import queries
from app.charter.models import CharterAdhesion, CharterException, CharterFigure, SpaserPublication
from app.charter.respect import judged
from app.charter.rules import AdhesionState
from app.demo.world import World

_SIGNED: Final = 0.45
_REASONS: Final = (
    "Deux entreprises seulement répondent à ce niveau dans le département.",
    "Le marché précédent a été déclaré infructueux à ce taux.",
    "Le besoin est ponctuel et ne revient pas avant cinq ans.",
)


def _adhesion(world: World, buyer: Organisation, version: int, state: AdhesionState) -> CharterAdhesion:
    asked = world.day(640, 40) if state is not AdhesionState.ASKED else world.day(20, 2)
    people = world.people[buyer.id]
    decided = state is not AdhesionState.ASKED
    row = CharterAdhesion(
        organisation_id=buyer.id,
        charter_version=version,
        state=state,
        deliberation=f"{asked.year}-{world.random.randint(10, 140):03d}",
        deliberated_on=asked - timedelta(days=15),
        asked_at=world.moment(asked),
        asked_by=people[0].id,
        decided_at=world.moment(asked + timedelta(days=9)) if decided else None,
        decided_by=world.team[PlatformRoleName.PLATFORM_ADMIN].id if decided else None,
        reason="La délibération jointe ne nomme pas la charte." if state is AdhesionState.REFUSED else "",
    )
    if state is AdhesionState.WITHDRAWN:
        row.withdrawn_at, row.withdrawn_by = world.moment(world.day(30, 5)), people[0].id
        row.withdrawal = "Fusion avec la communauté de communes."
    return row


async def _exceptions(world: World) -> list[CharterException]:
    """Some files have one, on a modality that the file does not meet."""
    sessions = async_sessionmaker(world.session.bind, expire_on_commit=False)
    files = [file for file in world.files if world.chance(0.12)]
    return [
        CharterException(
            file_id=respected.file.id,
            modality=world.pick(unmet),
            reason=world.pick(_REASONS),
            at=respected.file.updated_at,
            by=respected.file.updated_by,
        )
        for respected in await judged(world.session, sessions, files, world.law)
        if (unmet := [found.rule for found in respected.findings if found.status == "missing"])
    ]


_TYPICAL: Final = {
    "referents": (1, 2), "offreurs": (1, 4), "titulaires": (0, 3), "reemploi": (2, 18), "dechets": (1, 12),
    "bilans": (0, 1), "partagees": (0, 5),
}  # fmt: skip
"""Figure of an indicator that nothing measures → its usual range over a quarter."""
_AGEC: Final = (1, 2, 5, 6, 9)


def _figure(world: World, buyer: Organisation, code: str, period: str, value: int) -> CharterFigure:
    return CharterFigure(
        organisation_id=buyer.id,
        code=code,
        period=period,
        value=Decimal(value),
        at=world.moment(world.day(60, 3)),
        by=world.people[buyer.id][0].id,
    )


def _quarters(world: World) -> list[str]:
    """The eight that are over, the latest last."""
    now = world.today.year * 4 + (world.today.month - 1) // 3
    return [f"{number // 4}-T{number % 4 + 1}" for number in range(now - 8, now)]


def _figures(world: World, buyer: Organisation) -> list[CharterFigure]:
    """Quarters and years as an organisation declares them, with a few that it never declared."""
    rows = [
        _figure(world, buyer, code, period, world.random.randint(*usual))
        for code, usual in _TYPICAL.items()
        for period in _quarters(world)
        if world.chance(0.85)
    ]
    for year in range(world.today.year - 2, world.today.year + 1):
        for number in _AGEC:
            total = world.random.randint(20, 240) * 1000
            parts = {"total": 100, "reused": world.random.randint(4, 30), "recycled": world.random.randint(5, 28)}
            rows += [
                _figure(world, buyer, f"agec-{number}-{name}", str(year), total * part // 100)
                for name, part in parts.items()
            ]
        contracts, amount = world.random.randint(40, 90), world.random.randint(3, 9) * 1_000_000
        shares = {"": 100, "-env": world.random.randint(45, 80), "-circulaires": world.random.randint(20, 45)}
        shares["-sociaux"] = world.random.randint(15, 40)
        for name, part in shares.items():
            rows.append(_figure(world, buyer, f"spaser-contrats{name}", str(year), contracts * part // 100))
            rows.append(_figure(world, buyer, f"spaser-montant{name}", str(year), amount * part // 100))
    return rows


async def fill(world: World) -> str:
    charter = world.law.charter
    version = (await queries.current_version(world.session, charter)).number
    rows: list[Any] = [_adhesion(world, world.buyers[0], version, AdhesionState.ACCEPTED)]
    others = world.buyers[1:]
    signing = others[: max(1, int(len(others) * _SIGNED))]
    states = {1: AdhesionState.ASKED, 4: AdhesionState.ASKED, 6: AdhesionState.REFUSED, 9: AdhesionState.WITHDRAWN}
    rows += [
        _adhesion(world, buyer, version, states.get(rank, AdhesionState.ACCEPTED)) for rank, buyer in enumerate(signing)
    ]
    rows += await _exceptions(world)
    for buyer in world.buyers[:8]:
        rows += _figures(world, buyer)
    rows.append(
        SpaserPublication(
            organisation_id=world.buyers[1].id,
            first_year=world.today.year - 1,
            at=world.moment(world.day(40, 3)),
            by=world.people[world.buyers[1].id][0].id,
        )
    )
    await world.keep(*rows)
    accepted = sum(isinstance(row, CharterAdhesion) and row.state is AdhesionState.ACCEPTED for row in rows)
    return f"{accepted} signataires de la charte"
