"""The planted world, furnished with the objects of the open rooms: each unsafe route has something to change.

What a contract alone cannot guess (a file of the right form, a number that exists) is in `_bodies`.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from app.accounts.rules import OrganisationKind
from app.accounts.sessions import now
from tests.access.bodies import sent
from tests.access.census import Census, routes_of
from tests.access.planted import API, World, done, published_by
from tests.accounts.people import Door, make_organisation, sign_in, siret_for
from tests.documents.hostile import good
from tests.documents.test_analysis_api import analysed
from tests.market.sourcing_makers import answer_to
from tests.network.test_referents import listed
from tests.network.test_talk import QUESTION


@dataclass
class Place:
    app: FastAPI
    client: httpx.AsyncClient
    world: World
    doors: dict[str, Door]
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    plan: dict[str, Any] = field(default_factory=dict)
    line: int = 0

    def door(self, row: Census) -> Door:
        if row.guard.platform:
            return self.doors[min(row.guard.platform).value]
        return self.world.firm if row.guard.side == "firm" else self.world.buyer

    def body(self, row: Census) -> dict[str, Any]:
        own = self.bodies.get(row.name, {})
        guessed = {} if own.keys() & {"json", "files"} else sent(self.app.openapi(), row.method, row.path)
        return guessed | own

    async def ask(self, row: Census, door: Door | None = None, **headers: str) -> httpx.Response:
        given = self.body(row)
        door = given.pop("door", door) or self.door(row)
        values = self.world.values(row.path) | given.pop("values", {})
        for start, ident in self.world.inner.items():
            if row.path.startswith(start):
                values[start.rsplit("{", 1)[1].rstrip("}")] = ident
        own = given.pop("headers", {}) | {name.replace("_", "-"): value for name, value in headers.items()}
        address = row.address(values)
        return await door.request(row.method, address, headers=own, **given)


def unsafe(app: FastAPI) -> list[Census]:
    return [row for row in routes_of(app) if row.method != "GET"]


async def plant_more(here: Place) -> None:
    world, door, editor = here.world, here.world.buyer, here.doors["editor"]
    rows = {row.name: row for row in unsafe(here.app)}
    clause = await editor.post(f"{API}/edition/proposals", json={"clause": "CEC-MOB-003"})
    said = await here.client.post(f"{API}/clauses/CEC-MOB-001/feedback", json={"message": "À revoir, je crois."})
    question = done(await door.post(f"{API}/network/questions", json=QUESTION))
    helped = await door.post(f"{API}/network/questions/{question['id']}/answers", json={"text": "Par pesée."})
    plan = "Intitulé;Code CPV;Montant estimé (€ HT);Date de lancement;Département\r\nChaises;39160000;120000;T2 2027;69"
    here.plan = {"files": {"file": ("plan.csv", plan.encode())}}
    sheet = done(await door.post(f"{API}/purchase-plans", **here.plan))
    here.line = sheet["lines"][0]["number"]
    here.bodies["PUT /api/v1/charter/agec-rates/{category}/{tier}/{kind}"] = {
        "values": {"category": "3", "tier": "2024", "kind": "reuse"}
    }
    # Written once for the whole database: a second planting finds it there.
    await here.ask(rows["PUT /api/v1/charter/agec-rates/{category}/{tier}/{kind}"])
    kept = await door.post(f"{API}/kept-tenders", **await tender(here))
    file_id = world.places[f"{API}/purchases/{{ident}}"]
    world.places |= {
        f"{API}/edition/proposals": str(done(clause)["id"]),
        f"{API}/edition/feedback": str(done(said)["id"]),
        f"{API}/network/questions": str(question["id"]),
        f"{API}/network/answers": str(done(helped)["id"]),
        f"{API}/network/events": str(done(await here.ask(rows["POST /api/v1/network/events"]))["id"]),
        f"{API}/network/schemes": str(done(await here.ask(rows["POST /api/v1/network/schemes"]))["id"]),
        f"{API}/network/referents": str((await listed(here.client, f"Repete{world.buyer_org.id}"))[1]),
        f"{API}/purchase-plans": str(sheet["id"]),
        f"{API}/kept-tenders": str(done(kept)["id"]),
        f"{API}/purchases/with-template": file_id,
    }
    here.bodies |= await _bodies(here, file_id)


async def tender(here: Place) -> dict[str, Any]:
    made = await analysed(here.client, ("CCTP.docx", good()))
    return {"data": {"analysis": made["id"]}, "files": [("files", ("CCTP.docx", good()))]}


async def _bodies(here: Place, file_id: str) -> dict[str, dict[str, Any]]:
    door, client, org = here.world.buyer, here.client, here.world.buyer_org
    closed = done(await door.post(f"{API}/purchases", json={}))
    done(await door.post(f"{API}/purchases/{closed['id']}/archive", headers={"If-Match": f'"{closed["version"]}"'}))
    controls = done(await door.get(f"{API}/purchases/{file_id}/follow-up"))["checks"]
    key, recorded = controls[1]["key"], controls[0]["records"][0]["id"]
    yesterday = str(now().date() - timedelta(days=2))
    words = {"CCTP": "Chaque année, {{ part_reemploi }} des meubles viennent de la ressourcerie du canton."}
    hook = {"name": "Deux fois", "url": "https://crochet.exemple.test/deux", "events": ["charter.accepted"]}
    newcomer = await sign_in(client, organisation=await make_organisation(client), name="Nouvelle")
    house = await sign_in(client, role="administrator", organisation=await make_organisation(client))
    firm = await sign_in(client, organisation=await make_organisation(client, kind=OrganisationKind.FIRM))
    bought = ("decp.json", published_by(org), "application/json")
    return {
        "POST /api/v1/charter/adhesions": {"door": house},
        "POST /api/v1/firms": {"door": firm},
        "POST /api/v1/organisations": {
            "door": newcomer,
            "json": {"siret": siret_for(88_000 + org.id), "kind": "local_authority", "name": "Ville"},
        },
        "POST /api/v1/webhooks": {"json": hook},
        "POST /api/v1/edition/proposals": {"json": {"family": "mobilier"}},
        "POST /api/v1/purchase-plans": here.plan,
        "POST /api/v1/purchase-plans/{ident}/programmes": {"json": {"lines": [here.line]}},
        "POST /api/v1/purchase-plans/{ident}/lines/{number}/sourcing": {"values": {"number": str(here.line)}},
        "POST /api/v1/kept-tenders": await tender(here),
        "POST /api/v1/past-contracts": {"files": {"file": bought}},
        "POST /api/v1/check-documents": {
            "data": {"check": str(recorded)},
            "files": {"file": ("bilan.pdf", b"%PDF-1.7\nbilan\n%%EOF\n", "application/pdf")},
        },
        "POST /api/v1/purchases/{ident}/checks": {
            "json": {"key": key, "result": "conform", "done_on": yesterday, "note": "Vu sur place"}
        },
        "PUT /api/v1/clauses/{ident}/overlay": {"json": {"parent_version": 1, "wordings": words, "defaults": {}}},
        "PUT /api/v1/network/spaces/{code}": {"values": {"code": "acheteurs-publics"}},
        "PUT /api/v1/published-sourcings/{ident}/answer": {"json": answer_to("Encore")},
        "POST /api/v1/purchases/{ident}/restore": {"values": {"ident": str(closed["id"])}},
    }
