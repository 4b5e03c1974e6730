"""What two of the buyers published before, as an imported file of contracts."""

from decimal import Decimal
from hashlib import sha256
from typing import Final

from app.accounts.models import Organisation
from app.demo.subjects import SUBJECTS
from app.demo.world import World
from app.purchases.models_past import PastContract, PastImport

_CONTRACTS: Final = 60
_BUYERS: Final = 2
_DAYS: Final = 1300


def _contract(world: World, buyer: Organisation, made: PastImport, number: int) -> PastContract:
    subject = world.pick(SUBJECTS)
    ago = _DAYS * number // _CONTRACTS + 20
    # Clauses have become more usual: that is what « identifier l’existant » shows.
    chance = 0.65 - 0.45 * ago / _DAYS
    said = world.chance(0.92)
    return PastContract(
        organisation_id=buyer.id,
        import_id=made.id,
        buyer=buyer.siret,
        ident=f"{made.id}FICTIF{number:03d}",
        title=world.pick(subject.titles),
        cpv=subject.cpv,
        notified_on=world.day(ago, ago),
        amount=Decimal(world.random.randint(*subject.amounts) * 1000),
        clause=world.chance(chance) if said else None,
        criterion=world.chance(chance + 0.1) if said else None,
        concession=False,
    )


async def fill(world: World) -> str:
    for buyer in world.buyers[:_BUYERS]:
        made = PastImport(
            organisation_id=buyer.id,
            file_name="marches-fictifs.json",
            sha256=sha256(f"{buyer.siret} demonstration".encode()).hexdigest(),
            contracts=_CONTRACTS,
            others=3,
            at=world.moment(world.day(90, 30)),
            by=world.people[buyer.id][0].id,
        )
        await world.keep(made)
        await world.keep(*(_contract(world, buyer, made, number) for number in range(_CONTRACTS)))
    return f"{_BUYERS * _CONTRACTS} marchés publiés auparavant"
