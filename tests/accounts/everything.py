"""Two people, a buyer and a firm's, who have done all that somebody can do: every table that may hold them does.

`await do_everything(client)` goes through the doors that people use, `tests.access.planted` first.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

import httpx
from sqlalchemy import text as sql

from app.accounts.models import OidcIdentity
from app.accounts.models_access import Passkey
from app.accounts.models_notices import Notice
from app.outbound import bounces
from app.outbound.models import WebhookDelivery
from tests.access.planted import API, World, done, plant
from tests.accounts.people import Door, make_organisation, sign_in
from tests.accounts.post import state, with_totp
from tests.charter.test_tracking import declare as declare_figure
from tests.documents.hostile import good
from tests.documents.test_analysis_api import analysed
from tests.market import sourcing_makers
from tests.network.test_calendar import EVENTS, SCHEMES, event, scheme
from tests.network.test_progress import answers
from tests.network.test_referents import CARD, REFERENTS
from tests.network.test_talk import NETWORK, QUESTION
from tests.purchases.makers import purchase_body

FIRST_NUMBER: Final = 7_654_321
"""The numbers of these people are found in a text by looking for them."""
NAMES: Final = (("Hildegonde", "Nullepart"), ("Théodule", 'D’Ailleurs "dit" L’Autre'))
HIDE: Final = {"act": "hide", "reason": "Ceci est une publicité."}


@dataclass
class Cast:
    world: World
    colleague: Door
    admin: Door
    stranger: Door
    """Somebody of another house, who reads and moderates."""

    @property
    def people(self) -> tuple[Door, Door]:
        return self.world.buyer, self.world.firm


async def do_everything(client: httpx.AsyncClient) -> Cast:
    async with state(client).sessions() as session, session.begin():
        asked = sql("SELECT setval(pg_get_serial_sequence('person', 'id'), :first)")
        await session.execute(asked, {"first": FIRST_NUMBER})
    world = await plant(client)
    house = await make_organisation(client, name="Autre maison")
    cast = Cast(
        world,
        await sign_in(client, role="administrator", organisation=world.buyer_org, name="Collegue"),
        await sign_in(client, role="platform_admin", name="Gardien"),
        await sign_in(client, role="administrator", organisation=house, name="Voisin"),
    )
    for door, (given, family) in zip(cast.people, NAMES, strict=True):
        read = await door.get(f"{API}/me")
        names = {"given_name": given, "family_name": family}
        done(await door.patch(f"{API}/me", json=names, headers={"If-Match": read.headers["ETag"]}))
    roles = {"roles": ["editor", "legal_reviewer", "platform_admin"]}
    done(await cast.admin.put(f"{API}/platform/people/{world.buyer.person_id}/roles", json=roles))
    await _account(client, cast)
    await _files(client, cast)
    await _market(cast)
    await _charter(cast)
    await _edition(client, cast)
    await _talk(cast)
    await _network(client, cast)
    await _letters(client, cast)
    return cast


def on(row: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{row["version"]}"'}


async def _account(client: httpx.AsyncClient, cast: Cast) -> None:
    """Factors, another address, another organisation. A passkey and ProConnect need a device and a provider: here
    only their rows, as `tests/browser/test_accounts.py` and `test_proconnect.py` make them.
    """
    door = cast.world.buyer
    await with_totp(door)
    done(await door.post(f"{API}/me/email", json={"email": f"nouvelle.{door.email}"}))
    target = await make_organisation(client, name="Maison à rejoindre")
    await sign_in(client, role="administrator", organisation=target)
    done(await door.post(f"{API}/organisations/join", json={"siret": target.siret}))
    place = {"email": door.email, "role": "reader"}
    stranger = cast.stranger
    done(await stranger.post(f"{API}/organisations/{stranger.organisation_id}/invitations", json=place))
    done(await door.post(f"{API}/passphrase/reset", json={"email": door.email}))
    done(await door.put(f"{API}/me/notices", json={"paces": {"file": "none"}}))
    async with state(client).sessions() as session, session.begin():
        key = {"credential_id": b"clef", "public_key": b"clef", "sign_count": 0, "transports": [], "name": "Clé"}
        session.add(Passkey(person_id=door.person_id, **key))
        session.add(OidcIdentity(person_id=door.person_id, issuer="https://p.test", subject="sujet-hildegonde"))
        await bounces.refused(session, door.email, "550 5.1.1 inconnu", no_such=True)


async def _files(client: httpx.AsyncClient, cast: Cast) -> None:
    door, ident = cast.world.buyer, cast.world.places[f"{API}/purchases/{{ident}}"]
    here = f"{API}/purchases/{ident}"
    (said, *_) = done(await door.get(f"{here}/comments"))["items"]
    done(await door.put(f"{here}/comments/{said['id']}", json={"resolved": True}, headers=on(said)))
    file = done(await door.get(here))
    body = {"purchase": purchase_body(), "items": [{"clause_id": "CEC-MOB-001"}], "pieces": ["CCAP"], "title": "Tables"}
    made = await door.post(f"{here}/exports", json=body, headers=on(file))
    assert made.status_code == 200, made.text
    analysis = await analysed(client, ("CCTP.docx", good()))
    kept = {"data": {"analysis": analysis["id"]}, "files": [("files", ("CCTP.docx", good()))]}
    done(await door.post(f"{API}/kept-tenders", **kept))
    plan = "Intitulé;Code CPV;Date de lancement\r\nMobilier scolaire;39160000-1;2027-04-01\r\n".encode()
    done(await door.post(f"{API}/purchase-plans", files={"file": ("plan.csv", plan)}))
    # The answers that are kept to be sent again: hers, and a colleague's that names her.
    comment = {"text": "Une seule fois", "clause_id": "CEC-MOB-001"}
    done(await door.post(f"{here}/comments", json=comment, headers={"Idempotency-Key": "une-seule-fois"}))
    made = done(await cast.colleague.post(f"{here}/copy", json={}, headers={"Idempotency-Key": "copie-une-fois"}))
    assert made["id"]


async def _market(cast: Cast) -> None:
    """The firm's contact is the person; the buyer invites a firm and answers a question."""
    firm, buyer = cast.world.firm, cast.world.buyer
    page = f"{API}/firms/{cast.world.firm_org.siret}"
    contact = {"contact": "public", "contact_email": firm.email, "contact_phone": "02 99 00 00 01"}
    read = await firm.get(page)
    body = {"coverages": [{"kind": "department", "code": "35"}]} | contact
    done(await firm.put(page, json=body, headers={"If-Match": read.headers["ETag"]}))
    done(await buyer.post(f"{API}/firm-invitations", json={"email": "atelier@exemple.test"}))
    search = {"subject": "programmes", "name": "Veille", "query": "family=mobilier"}
    done(await firm.post(f"{API}/saved-searches", json=search))
    await sourcing_makers.draft(buyer, title="Un autre sourçage")


async def _charter(cast: Cast) -> None:
    door, stranger = cast.world.buyer, cast.stranger
    ident = cast.world.places[f"{API}/charter/adhesions"]
    done(await cast.admin.post(f"{API}/charter/adhesions/{ident}/decision", json={"accept": True}, headers=_V1))
    asked = done(await stranger.post(f"{API}/charter/adhesions", json={"deliberation": "2026-12"}))
    path = f"{API}/charter/adhesions/{asked['id']}"
    done(await door.post(f"{path}/decision", json={"accept": True}, headers=on(asked)))
    left = {"reason": "Fusion de communes"}
    done(await door.post(f"{API}/charter/adhesions/{ident}/withdrawal", json=left, headers=_V2))
    file = cast.world.places[f"{API}/charter/respect/{{ident}}"]
    done(await door.delete(f"{API}/charter/respect/{file}/exceptions/C4-critere"))
    await declare_figure(door, "spaser-contrats", "2026", 40)
    done(await door.put(f"{API}/charter/spaser/2026/publication"))
    rates = done(await door.get(f"{API}/charter/agec-rates"))["items"]
    rate = [one for one in rates if one["version"] is None][-1]
    written = {"value": 20, "source": "Annexe du décret, ligne 9"}
    done(await door.put(f"{API}/charter/agec-rates/{rate['category']}/{rate['tier']}/{rate['kind']}", json=written))


_V1: Final = {"If-Match": '"1"'}
_V2: Final = {"If-Match": '"2"'}


async def _edition(client: httpx.AsyncClient, cast: Cast) -> None:
    """Writes a proposal, reads a colleague's, answers a reader."""
    door, base = cast.world.buyer, f"{API}/edition/proposals"
    own = done(await door.post(base, json={"clause": "CEC-TEX-002"}))
    assert (await door.put(f"{base}/{own['id']}/pen")).status_code == 204
    author = await sign_in(client, role="editor", name="Autrice")
    other = done(await author.post(base, json={"clause": "CEC-TEX-004"}))
    text = {"source": other["source"], "kind": "wording", "reason": "Le délai de remise était trop court."}
    other = done(await author.put(f"{base}/{other['id']}", json=text, headers=on(other)))
    other = done(await author.post(f"{base}/{other['id']}/submission", headers=on(other)))
    verdict = {"part": "legal", "verdict": "returned", "note": "Citez l’article."}
    done(await door.post(f"{base}/{other['id']}/readings", json=verdict, headers=on(other)))
    message = {"subject": "law", "message": "L’article cité a été modifié au printemps.", "email": door.email}
    sent = done(await door.post(f"{API}/clauses/CEC-MOB-001/feedback", json=message))
    answer = {"status": "answered", "answer": "Merci."}
    done(await door.put(f"{API}/edition/feedback/{sent['id']}", json=answer, headers=_V1))


async def _talk(cast: Cast) -> None:
    """Asks, answers, reports, is hidden, contests, hides others."""
    door, stranger, admin = cast.world.buyer, cast.stranger, cast.admin
    mine = done(await door.post(f"{NETWORK}/questions", json=QUESTION))
    theirs = done(await stranger.post(f"{NETWORK}/questions", json=QUESTION | {"title": "Et le compost ?"}))
    done(await door.post(f"{NETWORK}/questions/{theirs['id']}/answers", json={"text": "Chaque semaine."}))
    done(await door.put(f"{NETWORK}/questions/{theirs['id']}/follow", json={"follow": True}))
    done(await door.put(f"{NETWORK}/questions/{theirs['id']}/report", json={"code": "wrong", "note": "Faux"}))
    done(await door.put(f"{NETWORK}/questions/{theirs['id']}/moderation", json=HIDE))
    space = next(one for one in done(await door.get(f"{NETWORK}/spaces"))["items"] if one["code"] == "biodechets")
    body = {name: space[name] for name in ("title", "text", "rank", "read_first", "open")}
    done(await door.put(f"{NETWORK}/spaces/biodechets", json=body, headers=on(space)))
    done(await door.post(f"{NETWORK}/spaces/biodechets/moderators", json={"email": stranger.email}))
    done(await admin.post(f"{NETWORK}/spaces/biodechets/moderators", json={"email": door.email}))
    done(await stranger.put(f"{NETWORK}/questions/{mine['id']}/moderation", json=HIDE))
    done(await door.put(f"{NETWORK}/questions/{mine['id']}/appeal", json={"text": "C’est notre régie."}))
    lived = {"clause_id": "CEC-TEX-003", "used_in": "Marché", "year": 2025, "outcome": "awarded", "kept": "Le suivi"}
    done(await door.post(f"{NETWORK}/experiences", json=lived))


async def _network(client: httpx.AsyncClient, cast: Cast) -> None:
    door, stranger = cast.world.buyer, cast.stranger
    done(await door.post(EVENTS, json=event()))
    theirs = done(await stranger.post(EVENTS, json=event(title="Une autre visite")))
    done(await door.put(f"{EVENTS}/{theirs['id']}/registration"))
    done(await door.post(SCHEMES, json=scheme()))
    for one in (door, stranger):
        done(await one.put(f"{REFERENTS}/mine", json=CARD, headers={"If-Match": '"0"'}))
    listed = done(await door.get(f"{REFERENTS}?limit=50"))["items"]
    referent = next(one["id"] for one in listed if one["name"].startswith("Voisin"))
    asked = {"subject": "Une visite", "text": "Pouvons-nous venir voir votre recyclerie ?"}
    done(await door.post(f"{REFERENTS}/{referent}/messages", json=asked))
    code = done(await client.get(f"{API}/network/training"))["items"][0]["code"]
    done(await door.put(f"{API}/network/progress/{code}", json={"choices": await answers(client, code)}))


async def _letters(client: httpx.AsyncClient, cast: Cast) -> None:
    """What jobs write later: a notice that waits for her morning, a colleague's that says her name, a delivery."""
    async with state(client).sessions() as session, session.begin():
        name, hook = " ".join(NAMES[0]), cast.world.places[f"{API}/webhooks"]
        for person in (cast.world.buyer.person_id, cast.colleague.person_id):
            session.add(Notice(person_id=person, kind="proof", title=f"{name} a commenté", page="/mes-dossiers"))
        told = json.dumps({"by": name})
        session.add(WebhookDelivery(webhook_id=int(hook), message_id="msg_1", event="charter.accepted", body=told))
