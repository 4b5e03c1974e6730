"""Firms of the region: pages, territories, offers, proofs, capabilities per clause; programmes of the buyers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from app.accounts.models import Organisation
from app.demo.subjects import SUBJECTS, Subject
from app.demo.world import DEPARTMENTS, REGION, World
from app.law.vocabulary import Status
from app.library.published import PublishedClause
from app.library.queries import shelf
from app.market import indexing
from app.market.models import Capability, Coverage, Firm, Offer, Programme, Proof, SavedSearch
from app.market.places import departments
from app.market.programmes import AMOUNTS
from app.market.rules import TRAITS, Answer, ContactMode, CoverageKind, OfferKind, draw_of
from app.market.rules import Status as ProgrammeStatus
from app.market.scales import scale_of
from app.text.typography import french

_OFFERS: Final = {
    OfferKind.GOODS: ("{label} issus du réemploi", ("reemploi",)),
    OfferKind.RECONDITIONING: ("{label} : remise en état et garantie", ("reemploi", "reparation")),
    OfferKind.REPAIR: ("Réparation et entretien, {label}", ("reparation",)),
    OfferKind.TAKE_BACK: ("Reprise en fin d’usage, {label}", ("reprise-fin-de-vie",)),
    OfferKind.RENTAL: ("Location avec entretien, {label}", ("economie-fonctionnalite",)),
}
_MATERIALS: Final = (
    ("Briques de déconstruction", "t", "batiment"), ("Palettes en bon état", "pièces", "emballages"),
    ("Plateaux de tables en hêtre", "pièces", "mobilier"), ("Moquette en dalles déposée", "m²", "batiment"),
    ("Broyat de végétaux", "m³", "espaces-verts"), ("Vêtements de travail déclassés", "kg", "textile"),
)  # fmt: skip
_PROOFS: Final = (
    ("Attestation de traçabilité des produits réemployés", "Organisme fictif de contrôle"),
    ("Certificat de reconditionnement", "Laboratoire fictif du Val-Clair"),
    ("Attestation d’assurance", "Assureur fictif"),
)
_ANSWERS: Final = (Answer.MET, Answer.MET_WITH_DELAY, Answer.NOT_MET, Answer.NOT_APPLICABLE)
_PROGRAMMES: Final = 45
_OWN: Final = 5
"""Of the first two buyers, whom a visitor becomes."""


def _page(world: World, organisation: Organisation, subjects: list[Subject]) -> Firm:
    place = departments()[organisation.department]
    ess = world.chance(0.3)
    activity = " et ".join(subject.label.lower() for subject in subjects)
    return Firm(
        organisation_id=organisation.id,
        siret=organisation.siret,
        siren=organisation.siret[:9],
        name=organisation.name,
        department=organisation.department,
        latitude=round(place.latitude + world.random.uniform(-0.25, 0.25), 4),
        longitude=round(place.longitude + world.random.uniform(-0.25, 0.25), 4),
        category=world.random.choices(("PME", "ETI", "GE"), weights=(90, 8, 2))[0],
        headcount=world.pick(("03", "11", "12", "21")),
        official_traits=TRAITS["ess"] * ess,
        official_at=organisation.checked_at,
        declared_traits=world.random.choices((0, TRAITS["siae"], TRAITS["ea"]), weights=(80, 14, 6))[0],
        description=f"{organisation.name} (entreprise fictive) : {activity}, dans le respect des matières et des gens.",
        contact=ContactMode.PLATFORM,
        draw=draw_of(organisation.siret),
        listed=True,
        created_at=organisation.created_at,
        updated_at=world.moment(world.day(200, 2)),
    )


def _coverages(world: World, firm: Firm) -> list[Coverage]:
    ident = firm.organisation_id
    kind = world.random.choices(("own", "near", "region", "radius", "country"), weights=(40, 20, 20, 15, 5))[0]
    if kind == "country":
        return [Coverage(organisation_id=ident, kind=CoverageKind.COUNTRY, code="FR", radius_km=0)]
    if kind == "region":
        return [Coverage(organisation_id=ident, kind=CoverageKind.REGION, code=REGION, radius_km=0)]
    if kind == "radius":
        reach = world.pick((40, 80, 120))
        return [Coverage(organisation_id=ident, kind=CoverageKind.RADIUS, code=firm.department, radius_km=reach)]
    codes = {firm.department} | ({world.pick(DEPARTMENTS)} if kind == "near" else set())
    return [
        Coverage(organisation_id=ident, kind=CoverageKind.DEPARTMENT, code=code, radius_km=0) for code in sorted(codes)
    ]


def _offers(world: World, firm: Firm, subjects: list[Subject]) -> list[Offer]:
    known = set(shelf().words.levers)
    rows = []
    for subject in subjects:
        kind = world.pick(tuple(_OFFERS))
        title, levers = _OFFERS[kind]
        rows.append(
            Offer(
                organisation_id=firm.organisation_id,
                kind=kind,
                title=title.format(label=subject.label),
                description="Offre fictive, pour la démonstration.",
                families=[subject.family],
                levers=[lever for lever in levers if lever in known],
                cpv=[subject.cpv],
                valid_until=world.day(-120, -700) if world.chance(0.6) else None,
                created_at=firm.created_at,
            )
        )
    return rows + ([_flow(world, firm)] if world.chance(0.15) else [])


def _flow(world: World, firm: Firm) -> Offer:
    title, unit, family = world.pick(_MATERIALS)
    return Offer(
        organisation_id=firm.organisation_id,
        kind=OfferKind.MATERIAL_FLOW,
        title=title,
        description="Gisement fictif, pour la démonstration.",
        families=[family],
        levers=[],
        cpv=[],
        direction=world.pick(("offered", "offered", "sought")),
        quantity=Decimal(world.random.randint(2, 60) * 5),
        unit=unit,
        condition=world.pick(("Bon état", "À trier", "Comme neuf")),
        department=firm.department,
        available_from=world.day(30, -30),
        available_until=world.day(-60, -300),
        created_at=firm.created_at,
    )


def _proofs(world: World, firm: Firm) -> list[Proof]:
    rows = []
    for title, issuer in world.random.sample(_PROOFS, world.pick((0, 1, 1, 2))):
        issued = world.day(600, 40)
        rows.append(
            Proof(
                organisation_id=firm.organisation_id,
                title=title,
                issuer=issuer,
                number=f"FICTIF-{world.random.randint(1000, 9999)}",
                issued_on=issued,
                expires_on=issued + timedelta(days=730),
                verified_at=world.moment(issued + timedelta(days=20)) if world.chance(0.5) else None,
                created_at=world.moment(issued),
            )
        )
    return rows


def _demanded(subject: Subject) -> list[PublishedClause]:
    return [
        clause
        for clause in shelf().clauses.values()
        if clause.status is Status.ACTIVE and clause.record.family == subject.family
    ]


def _capability(world: World, firm: Firm, clause: PublishedClause, proof: Proof | None) -> Capability:
    # The higher the rung, the fewer can: what market depth shows.
    weights = {1: (70, 12, 12, 6), 2: (45, 20, 28, 7), 3: (20, 18, 52, 10)}[clause.record.level]
    answer = world.random.choices(_ANSWERS, weights=weights)[0]
    met = answer in {Answer.MET, Answer.MET_WITH_DELAY}
    scale = scale_of(clause.record)
    value = None
    if scale and met:
        low, high = float(scale.low), min(float(scale.high), max(float(scale.default) * 2, float(scale.low) + 1))
        value = Decimal(str(round(world.random.triangular(low, high, float(scale.default)))))
    made = world.day(420, 3)
    return Capability(
        organisation_id=firm.organisation_id,
        siren=firm.siren,
        clause_id=clause.id,
        clause_version=clause.version,
        requirement=clause.record.requirement,
        answer=answer,
        level=clause.record.level,
        value=value,
        variable=scale.variable if scale and value is not None else "",
        delay_months=world.pick((3, 6, 12)) if answer is Answer.MET_WITH_DELAY else 0,
        territories=[],
        proof_id=proof.id if proof and met and world.chance(0.5) else None,
        declared_until=world.today + timedelta(days=world.random.randint(20, 700)) if world.chance(0.4) else None,
        created_at=world.moment(made),
    )


def _capabilities(world: World, firm: Firm, subjects: list[Subject], proof: Proof | None) -> list[Capability]:
    known = [clause for subject in subjects for clause in _demanded(subject)]
    most = 12 if firm.organisation_id == world.firms[0].id else 8
    return [
        _capability(world, firm, clause, proof)
        for clause in world.random.sample(known, min(len(known), world.random.randint(2, most)))
    ]


def _subjects_of(world: World, number: int) -> list[Subject]:
    """One trade, sometimes two; the first firm restores furniture."""
    first = SUBJECTS[0] if number == 0 else SUBJECTS[world.random.randint(0, len(SUBJECTS) - 1)]
    others = [subject for subject in SUBJECTS if subject is not first]
    return [first, world.pick(others)] if world.chance(0.3) else [first]


def _programme(world: World, buyer: Organisation) -> Programme:
    subject = world.pick(SUBJECTS)
    day = world.day(-30, -420)
    published = world.chance(0.85)
    return Programme(
        organisation_id=buyer.id,
        title=f"{world.pick(subject.titles)} ({buyer.name})",
        description=french("Achat à venir, fictif : montant et date donnés à titre d’exemple."),
        families=[subject.family],
        cpv=[subject.cpv],
        departments=[buyer.department],
        amount_band=world.pick(tuple(AMOUNTS)),
        expected_on=date(day.year, day.month, 1),
        status=ProgrammeStatus.PUBLISHED if published else ProgrammeStatus.DRAFT,
        published_at=world.moment(world.day(200, 2)) if published else None,
        created_at=world.moment(world.day(300, 200)),
    )


def _searches(world: World) -> list[SavedSearch]:
    """An alert of the first buyer, one of the first firm."""
    asked = (
        (world.buyers[0], "firms", "Ateliers de mobilier", "family=mobilier"),
        (world.firms[0], "programmes", "Achats de mobilier", "family=mobilier"),
    )
    return [
        SavedSearch(
            person_id=world.people[one.id][0].id,
            subject=subject,
            name=name,
            query=query,
            feed=world.random.randbytes(24).hex(),
            by_mail=False,
        )
        for one, subject, name, query in asked
    ]


async def fill(world: World) -> str:
    trades = [_subjects_of(world, number) for number in range(len(world.firms))]
    pages = [_page(world, firm, subjects) for firm, subjects in zip(world.firms, trades, strict=True)]
    await world.keep(*pages)
    proofs = [_proofs(world, firm) for firm in pages]
    await world.keep(*(proof for some in proofs for proof in some))
    rows: list[Any] = []
    for firm, subjects, held in zip(pages, trades, proofs, strict=True):
        rows += _coverages(world, firm)
        rows += _offers(world, firm, subjects)
        rows += _capabilities(world, firm, subjects, held[0] if held else None)
    rows += [
        _programme(world, world.buyers[number % 2] if number < _OWN else world.pick(world.buyers))
        for number in range(min(_PROGRAMMES, world.size.buyers))
    ]
    rows += _searches(world)
    await world.keep(*rows)
    for firm in pages:
        await indexing.rebuild(world.session, firm, today=world.today)
    declared = sum(isinstance(row, Capability) for row in rows)
    return f"{len(pages)} fiches d’entreprises, {declared} réponses à des clauses"
