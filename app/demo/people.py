"""Organisations of the region and who works there; the accounts that a visitor may try."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.accounts.fake_proconnect import AGENTS
from app.accounts.models import Membership, OidcIdentity, Organisation, Person, PlatformRole
from app.accounts.rules import OrganisationKind, PlatformRoleName, Role, Verification
from app.demo.world import DEPARTMENTS, MAIL, REGION, World, siret_for

_GIVEN: Final = (
    "Alix", "Amina", "Baptiste", "Céline", "Damien", "Éléonore", "Fanny", "Gaëlle", "Hakim", "Iris", "Jules", "Karim",
    "Léonie", "Mathis", "Nadia", "Octave", "Pauline", "Quentin", "Rosa", "Samir", "Théa", "Ugo", "Violette", "Yanis",
)  # fmt: skip
_FAMILY: Final = (
    "Aubertin", "Bellanger", "Caradec", "Delmas", "Estève", "Faucheux", "Garnaud", "Humbert", "Issartel", "Jolivet",
    "Kervella", "Lhermitte", "Marchais", "Novel", "Ormières", "Pelletan", "Quillard", "Ravel", "Sauvestre", "Tissier",
)  # fmt: skip
_HEADS: Final = (
    "Orme", "Clair", "Chante", "Mire", "Roche", "Fonte", "Bois", "Pierre", "Sauge", "Aune", "Brume", "Vigne",
)  # fmt: skip
_TAILS: Final = ("lune", "bruyère", "vallon", "mardelle", "rivage", "sorbier", "genêt", "coudraie")
_STREETS: Final = ("place de la Fontaine", "rue des Tilleuls", "avenue du Moulin", "chemin des Vergers", "quai Neuf")

_BUYERS: Final = (
    (OrganisationKind.LOCAL_AUTHORITY, "Commune de {place}", "84.11Z", 26),
    (OrganisationKind.LOCAL_AUTHORITY, "Communauté de communes du Pays de {place}", "84.11Z", 10),
    (OrganisationKind.LOCAL_AUTHORITY, "Département de {place}", "84.11Z", 3),
    (OrganisationKind.PUBLIC_ESTABLISHMENT, "Centre hospitalier de {place}", "86.10Z", 6),
    (OrganisationKind.PUBLIC_ESTABLISHMENT, "Lycée {place}", "85.31Z", 5),
    (OrganisationKind.PUBLIC_ESTABLISHMENT, "Université du Val de {place}", "85.42Z", 2),
    (OrganisationKind.PUBLIC_ESTABLISHMENT, "Caisse des écoles de {place}", "88.99B", 2),
    (OrganisationKind.CONTRACTING_ENTITY, "Régie des eaux de {place}", "36.00Z", 3),
    (OrganisationKind.STATE, "Direction interdépartementale de {place}", "84.11Z", 2),
)
_FIRM_WORDS: Final = (
    "Atelier", "Menuiserie", "Recyclerie", "Coopérative", "Établissements", "Fabrique", "Ressourcerie", "Comptoir",
    "Filière", "Compagnie", "Chantier", "Manufacture",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ready:
    """An account that the sign-in page offers in demonstration mode."""

    key: str
    given_name: str
    family_name: str
    what: str
    """Its role, as the page says it."""

    @property
    def email(self) -> str:
        return f"{self.key}@{MAIL}"


# The first three are also the agents of the fake ProConnect, who have their addresses.
READY: Final = (
    Ready("agent-commune", "Camille", "Durand", "Acheteuse, administratrice de son organisation"),
    Ready("agent-region", "Noé", "Petit", "Acheteur, administrateur d’une grande organisation"),
    Ready("gerante", "Inès", "Moreau", "Gérante d’une entreprise"),
    Ready("redacteur", "Malo", "Lenoir", "Agent qui écrit les dossiers, sans administrer"),
    Ready("elue", "Jeanne", "Vasseur", "Élue qui lit et approuve les dossiers"),
    Ready("redaction", "Élise", "Marin", "Rédactrice des clauses"),
    Ready("juriste", "Hugo", "Ferrand", "Relecteur juridique"),
    Ready("plateforme", "Sacha", "Bertin", "Administrateur de la plateforme"),
)
_PLATFORM: Final = {
    "redaction": PlatformRoleName.EDITOR,
    "juriste": PlatformRoleName.LEGAL_REVIEWER,
    "plateforme": PlatformRoleName.PLATFORM_ADMIN,
}
_COLLEAGUES: Final = {"redacteur": Role.WRITER, "elue": Role.READER}
"""Who works with the first agent."""


def _elided(name: str) -> str:
    """« Commune d’Ormelune », not « de Ormelune »."""
    return re.sub(r"\bde (?=[AEIOUÉ])", "d’", name)


def _places(world: World) -> list[str]:
    names = [head + tail for head in _HEADS for tail in _TAILS]
    world.random.shuffle(names)
    return names


def _organisation(world: World, siret: str, kind: OrganisationKind, name: str, naf: str) -> Organisation:
    department = world.pick(DEPARTMENTS)
    checked = world.moment(world.day(60, 5))
    return Organisation(
        siret=siret,
        kind=kind,
        name=name,
        address=f"{world.random.randint(1, 90)} {world.pick(_STREETS)}, {department}999 adresse fictive",
        department=department,
        region=REGION,
        naf=naf,
        verification=Verification.VERIFIED,
        verified_at=checked,
        checked_at=checked,
        created_at=world.moment(world.day(720, 400)),
    )


def _buyers(world: World) -> list[Organisation]:
    """The two of the ready accounts, then one of each kind in turn."""
    fixed = [
        _organisation(world, AGENTS[0]["siret"], OrganisationKind.LOCAL_AUTHORITY, "Commune de Valfontaine", "84.11Z"),
        _organisation(world, AGENTS[1]["siret"], OrganisationKind.LOCAL_AUTHORITY, "Région du Val-Clair", "84.11Z"),
    ]
    kinds = [(kind, name, naf) for kind, name, naf, share in _BUYERS for _ in range(share)]
    world.random.shuffle(kinds)
    places = _places(world)
    for number in range(world.size.buyers - len(fixed)):
        kind, name, naf = kinds[number % len(kinds)]
        title = _elided(name.format(place=places[number % len(places)]))
        fixed.append(_organisation(world, siret_for(100 + number), kind, title, naf))
    return fixed


def _firms(world: World) -> list[Organisation]:
    made = [_organisation(world, AGENTS[2]["siret"], OrganisationKind.FIRM, "Atelier du Second Souffle", "31.01Z")]
    places = _places(world)
    for number in range(world.size.firms - len(made)):
        name = f"{world.pick(_FIRM_WORDS)} {places[number % len(places)]}"
        name += f" {world.pick(_FAMILY)}" if number >= len(places) else ""
        made.append(_organisation(world, siret_for(1000 + number), OrganisationKind.FIRM, name, "38.32Z"))
    return made


def _person(world: World, email: str, given: str, family: str) -> Person:
    return Person(
        email=email,
        given_name=given,
        family_name=family,
        email_verified_at=world.moment(world.day(700, 300)),
        last_login_at=world.moment(world.day(30, 1)),
        created_at=world.moment(world.day(720, 400)),
    )


async def _staff(world: World) -> None:
    """Two or three people per buyer, one or two per firm."""
    places: list[tuple[Organisation, Person, Role]] = []
    number = 0
    for organisation in [*world.buyers, *world.firms]:
        most = 2 if organisation.is_firm else 3
        for rank in range(world.random.randint(1, most)):
            number += 1
            given, family = world.pick(_GIVEN), world.pick(_FAMILY)
            person = _person(world, f"personne-{number}@{MAIL}", given, family)
            role = Role.ADMINISTRATOR if rank == 0 else Role.WRITER
            places.append((organisation, person, role))
    await world.keep(*(person for _, person, _ in places))
    for organisation, person, role in places:
        world.people.setdefault(organisation.id, []).append(person)
        world.session.add(_membership(world, person, organisation, role))


def _membership(world: World, person: Person, organisation: Organisation, role: Role) -> Membership:
    since = organisation.created_at + timedelta(days=world.random.randint(0, 30))
    return Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=since)


async def _accounts(world: World) -> None:
    people = {one.key: _person(world, one.email, one.given_name, one.family_name) for one in READY}
    await world.keep(*people.values())
    homes = {"agent-commune": world.buyers[0], "agent-region": world.buyers[1], "gerante": world.firms[0]}
    for agent in AGENTS:
        person, home = people[agent["sub"]], homes[agent["sub"]]
        world.session.add(_membership(world, person, home, Role.ADMINISTRATOR))
        world.session.add(
            OidcIdentity(issuer=world.proconnect, subject=agent["sub"], person_id=person.id, siret=home.siret)
        )
        world.people.setdefault(home.id, []).insert(0, person)
    for key, role in _COLLEAGUES.items():
        world.session.add(_membership(world, people[key], world.buyers[0], role))
        if role is Role.WRITER:
            world.people[world.buyers[0].id].append(people[key])
    for key, platform in _PLATFORM.items():
        world.session.add(PlatformRole(person_id=people[key].id, role=platform))
        world.team[platform] = people[key]


async def fill(world: World) -> str:
    world.buyers, world.firms = _buyers(world), _firms(world)
    await world.keep(*world.buyers, *world.firms)
    await _staff(world)
    await _accounts(world)
    await world.session.flush()
    return f"{len(world.buyers)} acheteurs, {len(world.firms)} entreprises"
