"""A buyer's house and a firm's, each private sentence of theirs marked: who may read a mark is known beforehand.

`await plant(client)` goes through the doors that people use. A room that takes a new private text plants it here.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import httpx

from app.accounts.rules import OrganisationKind
from app.accounts.sessions import now
from tests.accounts.people import Door, Org, make_organisation, sign_in
from tests.market import sourcing_makers
from tests.market.makers import cover, declare, new_offer
from tests.purchases.makers import draft, item

API: Final = "/api/v1"
PDF: Final = b"%PDF-1.7\n"
OVERLAY: Final = "Chaque année, {{ part_reemploi }} des meubles viennent de la ressourcerie du canton"
YEAR: Final = now().year + 1


@dataclass
class World:
    """Two organisations that keep secrets from everybody else, and where their objects are."""

    buyer_org: Org
    firm_org: Org
    buyer: Door
    firm: Door
    marks: dict[str, str] = field(default_factory=dict)
    """Token → whose: `buyer`, `firm`, `buyers` (a firm’s, for every buyer), `sealed` (a firm’s, until the closing)."""
    places: dict[str, str] = field(default_factory=dict)
    """Start of an address → the identifier of the object planted there."""
    inner: dict[str, str] = field(default_factory=dict)
    """Address of an object inside another one (with its parameters' names) → the identifier of the one planted."""
    feeds: list[str] = field(default_factory=list)

    def mark(self, whose: str, what: str) -> str:
        token = f"canari {what} {secrets.token_hex(4)} fin{secrets.token_hex(4)}"
        self.marks[token] = whose
        return token

    def values(self, path: str) -> dict[str, str]:
        """What fills the parameters of an address."""
        here = {"siret": self.firm_org.siret, "year": str(YEAR), "clause": "CEC-MOB-001", "clause_id": "CEC-MOB-001"}
        here |= {"period": str(YEAR), "code": "formes", "number": "1", "slug": "champs", "dimension": "region"}
        found = [ident for start, ident in self.places.items() if path.startswith(start)]
        return here | {"ident": found[-1] if found else "CEC-MOB-001"}


def done(answer: httpx.Response) -> Any:
    assert answer.status_code in {200, 201, 202}, (answer.request.url, answer.text)
    return answer.json()


async def plant(client: httpx.AsyncClient) -> World:
    buyer_org = await make_organisation(client, name="Ville des Canaris")
    firm_org = await make_organisation(client, name="Volière", kind=OrganisationKind.FIRM, department="35")
    world = World(
        buyer_org,
        firm_org,
        await sign_in(client, role="administrator", organisation=buyer_org),
        await sign_in(client, role="administrator", organisation=firm_org),
    )
    await _file(world)
    await _house(world)
    await _firm(world)
    await _sourcing(world)
    return world


async def _file(world: World) -> None:
    """A purchase file and all that people leave on it."""
    door, mark = world.buyer, lambda what: world.mark("buyer", what)
    items = [item("CEC-MOB-001"), item("CEC-MOB-003", reason=mark("motif du panier"))]
    purchase = draft(items=items)
    purchase["purchase"]["object"] = mark("objet")
    made = done(await door.post(f"{API}/purchases", json={"title": mark("titre"), "draft": purchase}))
    ident = str(made["id"])
    here = f"{API}/purchases/{ident}"
    for start in (f"{API}/purchases/{{ident}}", f"{API}/charter/respect/{{ident}}"):
        world.places[start] = ident
    tag = {"If-Match": f'"{made["version"]}"'}
    comment = {"text": mark("commentaire"), "clause_id": "CEC-MOB-001"}
    said = done(await door.post(f"{here}/comments", json=comment))
    decision = {"clause_id": "CEC-MOB-002", "kind": "refuse", "reason": mark("décision")}
    decided = done(await door.post(f"{here}/decisions", json=decision))
    visa = done(await door.post(f"{here}/approvals", json={"part": "acheteur", "note": mark("visa")}, headers=tag))
    shared = done(await door.post(f"{here}/shares", json={"label": mark("partage")}))
    feed = done(await door.post(f"{here}/feeds"))
    world.feeds.append(feed["address"])
    spent = done(await door.post(f"{here}/spending", json={"year": 2026, "category": 9, "total": 100}))
    step = {"label": mark("étape"), "day": str(now().date() + timedelta(days=30))}
    start = {"start": str(now().date() - timedelta(days=200))}
    done(await door.put(f"{here}/timeline", json={"dates": start, "others": [step]}, headers={"If-Match": '"0"'}))
    key = done(await door.get(f"{here}/follow-up"))["checks"][0]["key"]
    check = {
        "key": key,
        "result": "conform",
        "done_on": str(now().date() - timedelta(days=1)),
        "note": mark("contrôle"),
    }
    record = done(await door.post(f"{here}/checks", json=check))
    joined = await door.post(
        f"{API}/check-documents",
        data={"check": str(record["id"])},
        files={"file": (f"{mark('nom du bilan')}.pdf", PDF + mark("bilan").encode())},
    )
    world.places[f"{API}/check-documents"] = str(done(joined)["id"])
    inside = f"{API}/purchases/{{ident}}"
    for name, row in (
        ("comments/{number}", said), ("decisions/{number}/reason", decided), ("approvals/{number}", visa),
        ("shares/{number}", shared), ("feeds/{feed_id}", feed), ("spending/{line_id}", spent),
        ("checks/{check_id}", record),
    ):  # fmt: skip
        world.inner[f"{inside}/{name}"] = str(row["id"])
    reason = {"reason": f"{mark('exception')} : achat sur catalogue"}
    done(await door.put(f"{API}/charter/respect/{ident}/exceptions/C4-critere", json=reason))


async def _house(world: World) -> None:
    """What the organisation keeps beside its files."""
    door, mark = world.buyer, lambda what: world.mark("buyer", what)
    own = {"parent_version": 1, "wordings": {"CCTP": f"{OVERLAY}, {mark('surcharge')}."}, "defaults": {}}
    done(await door.put(f"{API}/clauses/CEC-MOB-001/overlay", json=own))
    figure = {"value": 40, "note": mark("note du chiffre")}
    ident = done(await door.put(f"{API}/charter/figures/formes/{YEAR}", json=figure))["id"]
    world.places[f"{API}/charter/proofs"] = str(ident)
    name = {"name": f"{mark('nom de la preuve')}.pdf"}
    done(await door.post(f"{API}/charter/proofs/{ident}", content=PDF + mark("preuve").encode(), params=name))
    search = {"subject": "firms", "name": mark("veille"), "query": "family=mobilier"}
    saved = done(await door.post(f"{API}/saved-searches", json=search))
    world.places[f"{API}/saved-searches"] = str(saved["id"])
    plan = {"title": mark("programme"), "families": ["mobilier"], "expected_on": f"{YEAR}-03-15", "status": "draft"}
    world.places[f"{API}/programmes"] = str(done(await door.post(f"{API}/programmes", json=plan))["id"])
    made = done(await door.post(f"{API}/api-keys", json={"name": mark("clé"), "scopes": ["lecture"], "days": 3}))
    world.places[f"{API}/api-keys"] = str(made["id"])
    hook = {"name": mark("abonnement"), "url": "https://crochet.exemple.test/recu", "events": ["charter.accepted"]}
    world.places[f"{API}/webhooks"] = str(done(await door.post(f"{API}/webhooks", json=hook))["id"])
    world.places[f"{API}/organisations"] = str(world.buyer_org.id)
    invited = {"email": f"invite.{secrets.token_hex(3)}@canari.test", "role": "reader"}
    world.marks[invited["email"]] = "buyer"
    here = f"{API}/organisations/{world.buyer_org.id}"
    done(await door.post(f"{here}/invitations", json=invited))
    waiting = done(await door.get(f"{here}/invitations"))["items"]
    world.inner[f"{API}/organisations/{{ident}}/invitations/{{invitation_id}}"] = str(waiting[0]["id"])
    world.inner[f"{API}/organisations/{{ident}}/members/{{person_id}}"] = str(door.person_id)
    file = {"file": (f"{mark('nom du fichier passé')}.json", published_by(world.buyer_org), "application/json")}
    world.places[f"{API}/past-contracts/imports"] = str(
        done(await door.post(f"{API}/past-contracts", files=file))["id"]
    )
    asked = done(await door.post(f"{API}/charter/adhesions", json={"deliberation": mark("délibération")}))
    world.places[f"{API}/charter/adhesions"] = str(asked["id"])
    for mail in (world.buyer.email, world.firm.email):
        world.marks[mail] = "buyer" if mail == world.buyer.email else "firm"


def published_by(org: Org) -> bytes:
    said = {"considerationEnvironnementale": ["Clause environnementale"]}
    one = {"id": "1", "acheteur": {"id": org.siret}, "objet": "Chaises", "codeCPV": "39121200-8", "montant": 1}
    one |= {"dateNotification": "2025-03-01", "considerationsEnvironnementales": said}
    return json.dumps({"marches": {"marche": [one]}}).encode()


async def _firm(world: World) -> None:
    """A page whose contact is not public, an offer, a proof with its file."""
    door, mark = world.firm, lambda what: world.mark("firm", what)
    page = done(await door.post(f"{API}/firms"))
    email = f"{secrets.token_hex(4)}@canari-firme.test"
    world.marks[email] = "firm"
    contact = {"contact": "platform", "contact_email": email}
    done(await cover(door, page, {"kind": "department", "code": "35"}, **contact))
    world.places[f"{API}/offers"] = str((await new_offer(door))["id"])
    proof = done(await door.post(f"{API}/proofs", json={"title": "Attestation", "number": "N 12"}))
    content = PDF + world.mark("buyers", "fichier de preuve").encode()
    file = {"file": (f"{mark('nom du fichier')}.pdf", content)}
    sent = await door.put(f"{API}/proofs/{proof['id']}/file", files=file, headers={"If-Match": f'"{proof["version"]}"'})
    done(sent)
    world.places[f"{API}/proofs"] = str(proof["id"])
    done(await declare(door))


async def _sourcing(world: World) -> None:
    """A draft that nobody else may read, a sourcing under way with a sealed answer."""
    hidden, _ = await sourcing_makers.draft(world.buyer, title=world.mark("buyer", "brouillon de sourçage"))
    world.places[f"{API}/sourcings"] = str(hidden)
    ident = await sourcing_makers.published(world.buyer)
    world.places[f"{API}/published-sourcings"] = world.places[f"{API}/sourcings/{{ident}}/draw"] = str(ident)
    done(await sourcing_makers.answer(world.firm, ident, world.mark("sealed", "réponse")))
