"""Drafts as the Assistant keeps them, for the tests of saved files."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.actors import Member
from app.accounts.models import Membership, Organisation, Person
from tests.accounts.people import Door


def item(clause_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "clauseId": clause_id,
        "version": 1,
        "title": "",
        "piece": "CCAP",
        "kind": "performance_condition",
        "values": {},
        "blank": [],
        "lots": [],
        "weight": "",
        "reason": "",
        "origin": "chosen",
        "overlay": False,
        **changes,
    }


def draft(*, amount: str = "120 000", launch_date: str = "2027-03-01", **changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "purchase": {
            "object": "Mobilier scolaire",
            "cpv": [{"code": "39160000", "label": "Mobilier scolaire"}],
            "nature": "supplies",
            "amount": amount,
            "amountUnknown": False,
            "launchDate": launch_date,
            "procedure": "adapted",
            "buyerKind": "local_authority",
            "population": "",
            "annualPurchases": "",
            "fleetSize": "",
            "floorArea": "",
            "durationMonths": "24",
            "defence": False,
            "families": ["mobilier"],
        },
        "described": True,
        "ambition": 1,
        "items": [],
        "refused": [],
        "justifications": {},
        "criteria": [],
        "lots": [],
        "reached": 3,
        "output": {
            "pieces": ["CCAP"],
            "title": "",
            "buyerName": "",
            "reference": "",
            "ccag": "",
            "formats": ["docx"],
            "perLot": False,
            "contractStart": "",
        },
        "codes": [],
        **changes,
    }


def purchase_body() -> dict[str, Any]:
    """The purchase of `draft` as `/documents` takes it."""
    return {"object": "Mobilier scolaire", "cpv": ["39160000"], "nature": "supplies", "launch_date": "2027-03-01"}


async def member_of(session: AsyncSession, door: Door) -> Member:
    """The actor that this door is."""
    person = await session.get_one(Person, door.person_id)
    organisation = await session.get_one(Organisation, door.organisation_id)
    held = await session.get_one(Membership, (door.person_id, door.organisation_id))
    return Member(person, frozenset(), organisation, held.role, None, None)
