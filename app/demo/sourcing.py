"""Sourcings of the region: open with sealed answers, closed with their synthesis, concluded, and a draft."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from app.accounts.models import Organisation
from app.database import sealing
from app.demo.subjects import SUBJECTS, Subject
from app.demo.world import World
from app.library.queries import shelf
from app.market.sourcing import actions, journal, queries, results, rules
from app.market.sourcing.draw import Drawn
from app.market.sourcing.models import (
    Sourcing,
    SourcingAnswer,
    SourcingInterest,
    SourcingQuestion,
    SourcingRefusal,
)
from app.market.sourcing.rules import Blocker, CostBand, Feasibility, Refusal
from app.text.typography import french

_PLANS: Final = (
    # (which buyer, which subject, days since the publication, days it stays open, what came after)
    (2, 9, 420, 25, "concluded"), (3, 4, 330, 21, "concluded"), (0, 1, 200, 30, "concluded"), (1, 8, 150, 21, "result"),
    (0, 0, 70, 28, "result"), (4, 6, 60, 20, "result"), (1, 5, 40, 21, "closed"), (0, 7, 24, 20, "closed"),
    (1, 0, 12, 30, "open"), (0, 0, 9, 28, "open"), (5, 11, 6, 21, "open"), (0, 2, 2, 0, "draft"),
)  # fmt: skip
_NEED: Final = (
    "Nous préparons un marché fictif : {title}. Nous voulons connaître ce que les entreprises savent tenir avant "
    "d’écrire nos exigences, et ce qui bloquerait votre réponse."
)
_ASKED: Final = (
    ("Quel volume annuel prévoyez-vous, et en combien de commandes ?", "Environ quatre commandes, détaillées au BPU."),
    ("Acceptez-vous des produits de teintes différentes ?", "Oui, par pièce, si la gamme reste cohérente."),
    ("Les livraisons groupées sont-elles possibles ?", "Oui, une par mois au plus."),
)
_TEXTS: Final = ("", "", "Sous réserve d’un planning annuel.", "Possible dès la première commande.", "À confirmer.")


def _questions(subject: Subject) -> list[dict[str, Any]]:
    clauses = [clause for clause in shelf().clauses.values() if clause.record.family == subject.family][:4]
    asked = [
        {
            "id": clause.id.lower(),
            "text": clause.record.title,
            "clause_id": clause.id,
            "clause_version": clause.version,
            "level": clause.record.level,
        }
        for clause in clauses
    ]
    free = {"clause_id": "", "clause_version": 0, "level": 0}
    return [*asked, {"id": "lots", "text": french("Quel découpage en lots vous permettrait de répondre ?"), **free}]


def _sourcing(world: World, buyer: Organisation, subject: Subject, published: date, opened: int) -> Sourcing:
    closes = published + timedelta(days=opened) if opened else None
    title = world.pick(subject.titles)
    author = world.people[buyer.id][0]
    file = next((f for f in world.files if f.organisation_id == buyer.id and subject.family in f.families), None)
    return Sourcing(
        organisation_id=buyer.id,
        file_id=file.id if file else None,
        title=title,
        need=french(_NEED.format(title=title.lower())),
        families=[subject.family],
        cpv=[subject.cpv],
        departments=[buyer.department],
        questions=_questions(subject),
        closes_on=closes,
        closes_hour="18:00:00",
        closes_at=rules.closing_of(closes, time(18)) if closes else None,
        launch_date=closes + timedelta(days=45) if closes else None,
        cap_reason="",
        show_count=True,
        secret=world.random.randbytes(32).hex(),
        seed="",
        number=0,
        created_by=author.id,
        created_at=world.moment(published - timedelta(days=5)),
    )


def _item(world: World, question: dict[str, Any]) -> dict[str, Any]:
    said = {"feasibility": None, "level": None, "months": 0, "cost": None, "blocker": None}
    if not question["clause_id"]:
        return {**said, "text": world.pick(("Deux lots, par site.", "Un lot unique convient.", "Un lot par métier."))}
    can = world.random.choices(list(Feasibility), weights=(58, 27, 15))[0]
    blocks = can is not Feasibility.AS_WRITTEN
    return {
        "feasibility": can,
        "level": question["level"],
        "months": world.pick((3, 6)) if can is Feasibility.IF else 0,
        "cost": world.pick(list(CostBand)),
        "blocker": world.pick([one for one in Blocker if one is not Blocker.NOTHING]) if blocks else Blocker.NOTHING,
        "text": world.pick(_TEXTS),
    }


async def _note(world: World, row: Sourcing, act: str, at: datetime, who: Organisation | None, **details: Any) -> None:  # noqa: ANN401 (whatever JSON tells)
    """`who`: nobody for a firm that asks, whose name is not kept."""
    await journal.note(
        world.session,
        row.id,
        act,
        at,
        actor="buyer" if who and not who.is_firm else "firm",
        organisation_id=who.id if who else None,
        person_id=world.people[who.id][0].id if who else None,
        details=details,
    )


async def _publish(world: World, row: Sourcing, buyer: Organisation, moment: datetime) -> list[Drawn]:
    person = world.people[buyer.id][0]
    world.session.add(SourcingInterest(sourcing_id=row.id, person_id=person.id, none=True, at=moment))
    await _note(world, row, "interests", moment, buyer, none=True)
    version, drawn = await actions.make_public(world.session, row, moment)
    await _note(world, row, "published", moment, buyer, number=row.number, sha256=version.sha256)
    told = sum(one.told for one in drawn)
    facts = {"firms": told, "matched": len(drawn), "seed": row.seed, "cap": row.cap}
    await _note(world, row, "told", moment, buyer, **facts)
    return drawn


async def _answers(world: World, row: Sourcing, drawn: Sequence[Drawn], moments: Sequence[datetime]) -> int:
    """A share of the firms told answers, a few refuse; the firm of the ready account leaves the open ones to you."""
    firms = {firm.id: firm for firm in world.firms}
    still = row.closes_at is not None and row.closes_at.date() > world.today
    ready = world.firms[0].id
    asked = [one.candidate for one in drawn if not (still and one.candidate.organisation_id == ready)]
    asked.sort(key=lambda one: (one.organisation_id != ready, one.siret))
    count = 0
    for rank, (one, at) in enumerate(zip(asked, moments, strict=False)):
        firm = firms[one.organisation_id]
        if rank and world.chance(0.2):
            code = world.pick(list(Refusal))
            world.session.add(SourcingRefusal(sourcing_id=row.id, organisation_id=firm.id, code=code, at=at))
            await _note(world, row, "refused", at, firm)
            continue
        items = {question["id"]: _item(world, question) for question in row.questions}
        told = json.dumps({"for": [row.id, one.siren], "items": items}, ensure_ascii=False)
        answer = SourcingAnswer(
            sourcing_id=row.id,
            organisation_id=firm.id,
            siren=one.siren,
            sealed=sealing.seal(world.settings, told),
            submitted_at=at,
            updated_at=at,
        )
        world.session.add(answer)
        await _note(world, row, "answered", at, firm)
        count += 1
    return count


async def _ask(world: World, row: Sourcing, buyer: Organisation, firm: Organisation, at: datetime) -> None:
    text, reply = map(french, world.pick(_ASKED))
    pseudonym = rules.pseudonym(row.secret, firm.siret[:9])
    answered = min(at + timedelta(days=2), world.moment(world.today))
    question = SourcingQuestion(
        sourcing_id=row.id, pseudonym=pseudonym, text=text, asked_at=at, answer=reply, answered_at=answered
    )
    await world.keep(question)
    await _note(world, row, "asked", at, None, question=question.id, by=pseudonym)
    await _note(world, row, "question_answered", answered, buyer, question=question.id)


async def _close(world: World, row: Sourcing, buyer: Organisation, after: str) -> None:
    assert row.closes_at  # noqa: S101 (it was published)
    at = row.closes_at + timedelta(minutes=1)
    await results.open_answers(world.session, world.settings, row, at)
    if after == "closed":
        return
    at += timedelta(days=3)
    answers = await queries.opened(world.session, world.settings, row.id)
    refusals = await queries.refusals_by_code(world.session, row.id)
    row.result = {**results.public_figures(row, answers, refusals), "note": "Merci à toutes les entreprises."}
    row.result_at = at
    await _note(world, row, "result", at, buyer, answers=len(answers))
    if after == "concluded":
        at += timedelta(days=60)
        kept = [{"clause_id": q["clause_id"], "level": q["level"]} for q in row.questions if q["clause_id"]][:2]
        row.outcome = {
            "kept": kept,
            "offers": world.random.randint(2, 6),
            "unsuccessful": False,
            "blocking_clause": "",
            "contract": "",
            "at": at.isoformat(),
        }
        await _note(world, row, "concluded", at, buyer, offers=row.outcome["offers"], unsuccessful=False)


async def _one(world: World, plan: tuple[int, int, int, int, str]) -> int:
    which, what, ago, opened, after = plan
    buyer, subject = world.buyers[which % len(world.buyers)], SUBJECTS[what]
    published = world.today - timedelta(days=ago)
    row = _sourcing(world, buyer, subject, published, opened)
    await world.keep(row)
    await _note(world, row, "created", row.created_at, buyer, file=row.file_id)
    if after == "draft":
        return 0
    moment = world.moment(published)
    drawn = await _publish(world, row, buyer, moment)
    if drawn:
        firm = next(one for one in world.firms if one.id == drawn[-1].candidate.organisation_id)
        await _ask(world, row, buyer, firm, moment + timedelta(hours=30))
    last = min(opened, ago) - 1
    moments = sorted(moment + timedelta(days=2 + world.random.random() * max(1, last - 2)) for _ in range(14))
    count = await _answers(world, row, drawn, moments)
    if after != "open":
        await _close(world, row, buyer, after)
    return count


async def fill(world: World) -> str:
    answers = [await _one(world, plan) for plan in _PLANS]
    return f"{len(answers)} sourçages, {sum(answers)} réponses d’entreprises"
