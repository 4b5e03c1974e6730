"""Files of the buyers over two years: baskets taken from the library, decisions, comments, approvals, exports."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from app.accounts.models import Organisation, Person
from app.demo.subjects import SUBJECTS, Subject
from app.demo.world import YEARS, World
from app.law.vocabulary import Kind, Status
from app.library.published import PublishedClause
from app.library.queries import shelf
from app.purchases.drafts import DraftIn
from app.purchases.models import (
    PurchaseApproval,
    PurchaseComment,
    PurchaseDecision,
    PurchaseExport,
    PurchaseFile,
)
from app.purchases.rules import DecisionKind, FileState, Part

PIECES: Final = ["RC", "CCAP", "CCTP", "AE", "CRT", "ANNEXE"]
_OWN: Final = 14
"""Files of the first buyer, so that a visitor has something to open."""
_WITH_CLAUSES: Final = 0.9
_REASONS: Final = (
    "Deux entreprises rencontrées tiennent ce niveau.",
    "Repris du marché précédent, sans difficulté à l’exécution.",
    "Demandé par le service utilisateur.",
    "",
    "",
)
_REFUSALS: Final = ("Offre encore trop rare autour de nous.", "Le besoin est trop petit pour ce suivi.")
_COMMENTS: Final = (
    "Le seuil me paraît tenable : l’atelier que nous avons reçu annonce davantage.",
    "Peut-on demander la preuve avec l’offre plutôt qu’à la fin ?",
    "La pénalité est-elle proportionnée au montant annuel ?",
    "Merci d’ajouter le service des écoles parmi les destinataires du bilan.",
    "Vu avec le service technique : d’accord.",
)


def _of_family(subject: Subject, ambition: int) -> list[PublishedClause]:
    return [
        clause
        for clause in shelf().clauses.values()
        if subject.family in clause.record.families
        and subject.nature in clause.record.natures
        and clause.status is Status.ACTIVE
        and clause.record.level <= ambition
        and clause.record.kind is not Kind.RECITAL
    ]


def _compatible(chosen: Sequence[PublishedClause], one: PublishedClause) -> bool:
    keys = {clause.record.requirement for clause in chosen}
    barred = {ident for clause in chosen for ident in clause.record.relations.excludes}
    return (
        one.record.requirement not in keys
        and one.id not in barred
        and not {clause.id for clause in chosen} & set(one.record.relations.excludes)
    )


def _basket(world: World, subject: Subject, ambition: int) -> list[PublishedClause]:
    """One criterion, some conditions and specifications that go together."""
    known = _of_family(subject, ambition)
    world.random.shuffle(known)
    wanted = {Kind.AWARD_CRITERION: 1, Kind.PERFORMANCE_CONDITION: world.random.randint(2, 4)}
    chosen: list[PublishedClause] = []
    for clause in sorted(known, key=lambda one: one.record.kind not in wanted):
        left = wanted.get(clause.record.kind, 1)
        have = sum(one.record.kind is clause.record.kind for one in chosen)
        if have < left and len(chosen) < 7 and _compatible(chosen, clause):  # noqa: PLR2004 (a readable basket)
            chosen.append(clause)
    return chosen


def _values(clause: PublishedClause) -> tuple[dict[str, str], list[str]]:
    """The defaults of the wording; what has none stays blank, to be completed."""
    values, blank = {}, []
    for name, variable in clause.record.variables.items():
        if variable.default is not None:
            values[name] = str(variable.default)
        elif variable.choices:
            values[name] = variable.choices[0]
        elif variable.numeric and variable.min is not None:
            values[name] = str(variable.min)
        else:
            blank.append(name)
    return values, blank


def _item(world: World, clause: PublishedClause) -> dict[str, Any]:
    values, blank = _values(clause)
    scoring = clause.record.scoring
    return {
        "clauseId": clause.id,
        "version": clause.version,
        "title": clause.record.title,
        "piece": clause.record.pieces[0],
        "kind": clause.record.kind,
        "values": values,
        "blank": blank,
        "weight": str(scoring.weight_default) if scoring else "",
        "reason": world.pick(_REASONS),
        "origin": "proposed" if world.chance(0.7) else "chosen",
    }


def _criteria(items: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    green = sum(int(item["weight"]) for item in items if item["weight"])
    price = max(30, 60 - green)
    return [{"label": "Prix", "weight": str(price)}, {"label": "Valeur technique", "weight": str(100 - price - green)}]


def _draft(world: World, buyer: Organisation, subject: Subject, launched: Any, amount: int) -> DraftIn:  # noqa: ANN401
    ambition = world.pick((1, 1, 2, 2, 3))
    clauses = _basket(world, subject, ambition) if world.chance(_WITH_CLAUSES) else []
    items = [_item(world, clause) for clause in clauses]
    left = [clause.id for clause in _of_family(subject, 3) if clause not in clauses]
    start = launched + timedelta(days=world.random.randint(70, 140))
    return DraftIn.model_validate(
        {
            "purchase": {
                "object": world.pick(subject.titles),
                "cpv": [{"code": subject.cpv, "label": subject.label}],
                "nature": subject.nature,
                "amount": f"{amount:,}".replace(",", " "),
                "launchDate": launched.isoformat(),
                "procedure": "adapted" if amount < 200_000 else "formal",  # noqa: PLR2004 (only to vary)
                "buyerKind": buyer.kind,
                "durationMonths": str(world.pick(subject.months)),
                "families": [subject.family],
            },
            "described": True,
            "ambition": ambition,
            "items": items,
            "refused": world.random.sample(left, min(len(left), 2)) if items else [],
            "criteria": _criteria(items) if any(item["weight"] for item in items) else [],
            "reached": 6 if items else 2,
            "output": {"buyerName": buyer.name, "contractStart": start.isoformat()},
        }
    )


def _file(world: World, buyer: Organisation, person: Person, days_ago: int) -> PurchaseFile:
    subject = world.pick(SUBJECTS)
    amount = world.random.randint(*subject.amounts) * 1000
    made = world.today - timedelta(days=days_ago)
    launched = made + timedelta(days=world.random.randint(20, 75))
    draft = _draft(world, buyer, subject, launched, amount)
    at = world.moment(made)
    touched = world.moment(min(world.today, made + timedelta(days=world.random.randint(1, 40))))
    archived = days_ago > 540 and world.chance(0.4)  # noqa: PLR2004
    return PurchaseFile(
        organisation_id=buyer.id,
        title=f"{draft.purchase.object} {launched.year}",
        draft=draft.kept(),
        revision=2,
        state=FileState.ARCHIVED if archived else FileState.ACTIVE,
        state_since=touched,
        object=draft.purchase.object,
        families=[subject.family],
        cpv=[subject.cpv],
        launch_date=launched,
        amount=Decimal(amount),
        created_at=at,
        created_by=person.id,
        updated_at=max(at, touched),
        updated_by=person.id,
    )


def _traces(world: World, file: PurchaseFile, buyer: Organisation) -> list[Any]:
    """Decisions, then, with some chance, comments, approvals and the pieces that were made."""
    items: list[dict[str, Any]] = file.draft["items"]
    facts: dict[str, Any] = {"file_id": file.id, "by": file.created_by, "at": file.created_at}
    rows: list[Any] = [
        PurchaseDecision(
            **facts,
            clause_id=item["clauseId"],
            clause_version=item["version"],
            kind=DecisionKind.ACCEPT,
            reason=item["reason"],
            details={},
            revision=1,
        )
        for item in items
    ]
    rows += [
        PurchaseDecision(
            **facts, clause_id=ident, kind=DecisionKind.REFUSE, reason=world.pick(_REFUSALS), details={}, revision=2
        )
        for ident in file.draft["refused"]
    ]
    for _ in range(world.pick((0, 0, 1, 2)) if items else 0):
        by = world.author(buyer)
        about = world.pick(items)["clauseId"] if world.chance(0.6) else None
        rows.append(
            PurchaseComment(file_id=file.id, clause_id=about, text=world.pick(_COMMENTS), at=file.updated_at, by=by.id)
        )
    return rows + (_agreed(world, file, buyer, items) if items and _is_launched(world, file) else [])


def _is_launched(world: World, file: PurchaseFile) -> bool:
    return file.launch_date is not None and file.launch_date <= world.today


def _agreed(world: World, file: PurchaseFile, buyer: Organisation, items: Sequence[dict[str, Any]]) -> list[Any]:
    people = world.people[buyer.id]
    approvals = [
        PurchaseApproval(
            file_id=file.id, part=part, revision=file.revision, at=file.updated_at, by=people[rank % len(people)].id
        )
        for rank, part in enumerate(Part)
        if world.chance(0.75)
    ]
    held = shelf().clauses
    manifest = [
        {
            "id": item["clauseId"],
            "version": item["version"],
            "hash": held[item["clauseId"]].content_hash,
            "title": item["title"],
            "lots": [],
        }
        for item in items
    ]
    export = PurchaseExport(
        file_id=file.id,
        revision=file.revision,
        at=file.updated_at,
        by=file.updated_by,
        pieces=PIECES,
        manifest=manifest,
        sha256=sha256(f"demonstration {file.id}".encode()).hexdigest(),
    )
    return [*approvals, export]


async def fill(world: World) -> str:
    """The first buyer has a dozen files, the others share the rest."""
    own = min(_OWN, world.size.files // 2)
    buyers = [world.buyers[0]] * own + [world.pick(world.buyers) for _ in range(world.size.files - own)]
    span = 365 * YEARS
    made = [
        (
            _file(world, buyer, world.author(buyer), 3 + span * (number % own if number < own else number) // count),
            buyer,
        )
        for number, buyer in enumerate(buyers)
        for count in [own if number < own else world.size.files]
    ]
    await world.keep(*(file for file, _ in made))
    await world.keep(*(row for file, buyer in made for row in _traces(world, file, buyer)))
    world.files = [file for file, _ in made]
    return f"{len(made)} dossiers"
