"""The charter signed by some of the buyers, one demand waiting, exceptions of files."""

from datetime import timedelta
from typing import Any, Final

from app.accounts.models import Organisation
from app.accounts.rules import PlatformRoleName
from app.charter import queries
from app.charter.models import CharterAdhesion, CharterException
from app.charter.rules import AdhesionState
from app.demo.world import World
from app.purchases.models import PurchaseFile

_SIGNED: Final = 0.45
_REASONS: Final = (
    "Deux entreprises seulement répondent à ce niveau dans le département.",
    "Le marché précédent a été déclaré infructueux à ce taux.",
    "Le besoin est ponctuel et inférieur à 5 000 €.",
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


def _exception(world: World, file: PurchaseFile, modality: str) -> CharterException:
    return CharterException(
        file_id=file.id, modality=modality, reason=world.pick(_REASONS), at=file.updated_at, by=file.updated_by
    )


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
    modalities = [modality.id for commitment in charter.commitments for modality in commitment.modalities]
    rows += [_exception(world, file, world.pick(modalities)) for file in world.files if world.chance(0.12)]
    await world.keep(*rows)
    accepted = sum(isinstance(row, CharterAdhesion) and row.state is AdhesionState.ACCEPTED for row in rows)
    return f"{accepted} signataires de la charte"
