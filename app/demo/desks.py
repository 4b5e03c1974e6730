"""What waits on each desk: letters that did not leave, webhooks, invitations, plans, reports, adapted clauses."""

import json
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import select

from app.accounts.actors import Member
from app.accounts.models import Invitation, JoinRequest, Organisation
from app.accounts.rules import Role
from app.accounts.webhooks import new_secret
from app.database import sealing
from app.demo.world import MAIL, World
from app.law.vocabulary import BuyerKind
from app.library.overlays.models import ClauseOverlay
from app.library.queries import shelf
from app.market.planning import actions as planning
from app.market.planning import reading
from app.network.models import NetworkFollow, NetworkModerator, NetworkQuestion, NetworkReport
from app.outbound.models import Mail, SuppressedAddress, Webhook, WebhookDelivery
from app.outbound.rules import Outcome
from app.text.typography import french

_FAILED: Final = (
    ("mairie.ormelune", "Deux clauses de votre dossier ont changé", "Le serveur destinataire refuse : boîte pleine", 5),
    ("achats.clairvallon", "Votre sourçage est clos", "Le serveur destinataire ne répond pas", 8),
    ("contact.brumesauge", "Nouvelle question sur une clause que vous suivez", "Adresse inconnue du serveur", 1),
)
_REFUSED: Final = (("contact.brumesauge", "Adresse inconnue du serveur", 3), ("ancien.agent", "Boîte fermée", 4))
_PLAN: Final = (
    "Mobilier scolaire reconditionné;39160000;120000;{a};37;fournitures;24",
    "Entretien des espaces verts;77310000;45000;{a};37, 41;services;36",
    "Réfection de la rue du Moulin;45233140;380000;{b};37;travaux;8",
    "Denrées pour la restauration scolaire;15000000;210000;{b};37;fournitures;24",
    "Tenues de travail des services techniques;18110000;32000;{c};37;fournitures;36",
    "Postes informatiques;30213000;95000;{c};37;fournitures;12",
)
_REPORTS: Final = (("advertising", "On y vend un catalogue."), ("wrong", "Le seuil cité n’est plus le bon."))
_HOOK: Final = "https://marches.exemple.test/entrants/clausier"


def _as_member(world: World, organisation: Organisation) -> Member:
    """Its administrator, as the doors of the site would see them."""
    return Member(
        person=world.people[organisation.id][0],
        platform=frozenset(),
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        session=None,
        key=None,
    )


def _letters(world: World) -> list[Any]:
    rows: list[Any] = []
    for rank, (who, subject, why, attempts) in enumerate(_FAILED):
        at = world.moment(world.day(20 - rank, 2 + rank))
        rows.append(
            Mail(
                message_id=f"<{token_hex(12)}@{MAIL}>",
                recipient=f"{who}@{MAIL}",
                subject=subject,
                body="Message fictif de la démonstration." if rank < 2 else "",  # noqa: PLR2004 (the last came back)
                created_at=at - timedelta(hours=3),
                failed_at=at,
                attempts=attempts,
                error=french(why),
            )
        )
    for who, why, bounces in _REFUSED:
        since = world.moment(world.day(30, 5))
        rows.append(SuppressedAddress(email=f"{who}@{MAIL}", bounces=bounces, reason=why, last_at=since, since=since))
    return rows


def _delivery(hook: Webhook, at: datetime, outcome: Outcome, status: int | None, why: str) -> WebhookDelivery:
    clause = next(iter(sorted(shelf().clauses)))
    body = {"type": "clause.published", "timestamp": at.isoformat(), "data": {"id": clause, "kind": "changed"}}
    done = outcome is Outcome.DELIVERED
    return WebhookDelivery(
        webhook_id=hook.id,
        message_id=f"msg_{token_hex(12)}",
        event="clause.published",
        body=json.dumps(body),
        created_at=at,
        attempts=1 if done else 8,
        tried_at=at + timedelta(seconds=2),
        outcome=outcome,
        status=status,
        why=why,
        delivered_at=at + timedelta(seconds=2) if done else None,
        failed_at=None if done else at + timedelta(days=2),
    )


async def _webhooks(world: World) -> None:
    for buyer in world.buyers[:2]:
        hook = Webhook(
            organisation_id=buyer.id,
            created_by=world.people[buyer.id][0].id,
            name="Logiciel de rédaction des marchés",
            url=_HOOK,
            events=["clause.published", "clause.withdrawn", "file.alert"],
            sealed_secret=sealing.seal(world.settings, new_secret()),
            created_at=world.moment(world.day(200, 150)),
        )
        await world.keep(hook)
        told = [world.moment(world.day(back, back)) for back in (90, 41, 12)]
        hook.delivered_at = told[-1]
        await world.keep(
            _delivery(hook, told[0], Outcome.DELIVERED, 204, ""),
            _delivery(hook, told[1], Outcome.REFUSED, 503, "Le serveur a répondu 503"),
            _delivery(hook, told[2], Outcome.DELIVERED, 200, ""),
        )


def _doors(world: World) -> list[Any]:
    """Somebody invited, somebody who asks to come in."""
    rows: list[Any] = []
    for buyer, other in zip(world.buyers[:2], world.buyers[2:4], strict=False):
        at = world.moment(world.day(3, 1))
        rows += [
            Invitation(
                organisation_id=buyer.id,
                email=f"nouvelle.collegue.{buyer.id}@{MAIL}",
                role=Role.WRITER,
                invited_by=world.people[buyer.id][0].id,
                token_hash=token_hex(32),
                created_at=at,
                expires_at=at + timedelta(days=14),
            ),
            JoinRequest(person_id=world.people[other.id][-1].id, organisation_id=buyer.id, created_at=at),
        ]
    return rows


async def _plans(world: World) -> int:
    days = {
        name: (world.today + timedelta(days=ahead)).isoformat()
        for name, ahead in zip("abc", (60, 120, 210), strict=True)
    }
    lines = [";".join(reading.COLUMNS), *(line.format(**days) for line in _PLAN)]
    read = reading.read([line.split(";") for line in lines])
    name = f"plan-achats-{world.today.year + 1}.csv"
    for buyer in world.buyers[:2]:
        kind = BuyerKind(buyer.kind.value)
        await planning.keep(world.session, _as_member(world, buyer), world.law, read, kind, name)
    return len(read.lines)


def _overlays(world: World) -> list[ClauseOverlay]:
    """The words of a region for two clauses of furniture."""
    buyer = world.buyers[1]
    rows = []
    for clause in [one for one in shelf().clauses.values() if one.record.family == "mobilier"][:2]:
        piece, text = next(iter(clause.record.wordings.items()))
        rows.append(
            ClauseOverlay(
                organisation_id=buyer.id,
                clause_id=clause.id,
                parent_version=clause.version,
                wordings={piece: f"{text}\n\nLe service des moyens généraux de la Région reçoit les preuves."},
                defaults={},
                note="Adresse de réception des preuves, propre à la Région (exemple fictif).",
                updated_by=world.people[buyer.id][0].id,
                updated_at=world.moment(world.day(60, 20)),
            )
        )
    return rows


async def _talk(world: World) -> list[Any]:
    asked = select(NetworkQuestion).where(NetworkQuestion.state == "visible").order_by(NetworkQuestion.id)
    questions = list(await world.session.scalars(asked))
    first, second = world.buyers[0], world.buyers[1]
    rows: list[Any] = [
        NetworkReport(
            question_id=question.id,
            code=code,
            note=note,
            by=world.author(world.buyers[2]).id,
            at=world.moment(world.day(6, 1)),
        )
        for question, (code, note) in zip(questions, _REPORTS, strict=False)
    ]
    rows += [NetworkFollow(question_id=q.id, person_id=world.people[first.id][0].id) for q in questions[:3]]
    if questions:
        space, person = questions[0].space, world.people[second.id][0]
        rows.append(NetworkModerator(space=space, person_id=person.id))
    return rows


async def fill(world: World) -> str:
    await _webhooks(world)
    lines = await _plans(world)
    await world.keep(*_letters(world), *_doors(world), *_overlays(world), *await _talk(world))
    return f"{len(_FAILED)} messages en échec, 2 plans d’achats de {lines} lignes, 2 clauses adaptées"
