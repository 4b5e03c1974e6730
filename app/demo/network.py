"""The network of the region: training progress, questions and answers, reports on clauses, events, aids."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from app.accounts.models import Organisation, Person
from app.demo.world import World
from app.library.queries import shelf
from app.network.models import ClauseExperience, NetworkAnswer, NetworkQuestion, TrainingResult
from app.network.models_calendar import EventRegistration, FundingScheme, NetworkEvent
from app.network.models_people import NetworkAppeal, NetworkReferent, NetworkRuling
from app.network.rules import PASSING, Audience, Outcome, Place, Ruling, SchemeKind, Shown, Way
from app.network.training import Audience as Learners
from app.network.training import Module, read_modules
from app.text.typography import french

_TALK: Final = (
    ("acheteurs-publics", "Quelle part de réemploi pour du mobilier scolaire ?",
     "Notre marché précédent demandait 20 %. Avez-vous osé davantage sans perdre de candidats ?",
     ("Nous avons mis 30 % sur les bureaux et gardé 20 % sur les chaises : trois offres reçues.",
      "Commencez par un sourçage : deux ateliers nous ont dit pouvoir tenir 40 % sur les rangements.")),
    ("acheteurs-publics", "Comment contrôler une attestation de reconditionnement ?",
     "Le titulaire nous envoie un tableau. Que demandez-vous de plus ?",
     ("Le registre d’entrée de l’atelier, rapproché de nos bons de livraison.",)),
    ("achats-publics-responsables", "Qui mutualise ses achats de papier recyclé ?",
     "Nous cherchons deux ou trois communes pour un groupement de commandes au printemps.",
     ("Notre communauté de communes est partante, écrivez-nous par la fiche des référents.",)),
    ("3r-connaitre", "Où trouver des chiffres sur la durée de vie des ordinateurs ?",
     "Nous voulons justifier un allongement de deux ans auprès de nos élus.", ()),
    ("3r-projets", "Retour d’une ressourcerie liée à un marché de déconstruction",
     "Le lot de dépose soignée a fourni des briques et des radiateurs à trois chantiers voisins.",
     ("Combien de temps de dépose en plus ?", "Six jours pour 900 m², compensés par la benne évitée.")),
    ("biodechets", "Pesée des biodéchets en cantine : quelle fréquence ?",
     "Une pesée par jour nous paraît lourde pour les petites écoles.",
     ("Une semaine par trimestre, comparée à l’année précédente, nous suffit.",)),
    ("spgd", "Clause de tri à la source dans un marché de collecte",
     "Comment rédiger la pénalité sans décourager les candidats ?", ()),
    ("animateurs-eit", "Une bourse aux matières entre zones d’activités ?",
     "Nous avons recensé quarante gisements et cherchons un outil simple pour les faire connaître.",
     ("Les gisements de Clausier se filtrent par département : nous y avons mis les nôtres.",)),
)  # fmt: skip
_EVENTS: Final = (
    # (days from today, title, place, capacity)
    (-160, "Atelier : écrire une condition d’exécution", "Salle des mariages, Valfontaine", 20),
    (-60, "Visite d’une ressourcerie", "Ressourcerie fictive, Ormelune", 15),
    (9, "Rencontre acheteurs et entreprises du réemploi", "Halle aux grains, Valfontaine", 60),
    (16, "Visioconférence : les questions du sourçage", "En ligne", None),
    (34, "Atelier : noter un critère environnemental", "Hôtel de Région du Val-Clair", 2),
    (72, "Journée régionale des achats circulaires", "Palais des congrès, Claircoudraie", 250),
)
_AIDS: Final = (
    (SchemeKind.AID, "Aide à la conversion d’un parc de mobilier", "Communes de moins de 10 000 habitants", -30, 120),
    (SchemeKind.CALL, "Appel à projets : cantines sans gaspillage", "Établissements publics et communes", -10, 45),
    (SchemeKind.AMI, "Appel à manifestation : plateformes de matériaux", "Collectivités et entreprises", 20, 200),
    (SchemeKind.AID, "Soutien au diagnostic avant déconstruction", "Maîtres d’ouvrage publics", -300, -40),
)
_KEPT: Final = ("Le seuil a tenu toute l’année.", "La preuve trimestrielle suffit.", "Trois offres, toutes conformes.")
_CHANGES: Final = ("", "", "", "Préciser qui tient la liste des produits disponibles.", "Une pénalité plus simple.")
_EXPERIENCES: Final = 90
_COMMON: Final = 12


def _training(world: World, person: Person, path: list[Module]) -> list[TrainingResult]:
    """The first modules of the path, as far as this person went."""
    done = path[: world.random.randint(0, len(path))] if world.chance(0.6) else []
    rows = []
    for module in done:
        questions = len(module.quiz)
        right = world.random.randint(questions // 2, questions)
        at = world.moment(world.day(300, 3))
        passed = right * 100 >= questions * PASSING
        rows.append(
            TrainingResult(
                person_id=person.id,
                module=module.code,
                right=right,
                questions=questions,
                minutes=module.minutes,
                passed_at=at if passed else None,
                at=at,
            )
        )
    return rows


def _path(world: World, audience: Learners) -> list[Module]:
    return [module for module in read_modules(world.settings.clauses) if audience in module.audience]


async def _talk(world: World) -> int:
    clauses = sorted(shelf().clauses)
    for space, title, text, answers in _TALK:
        buyer = world.pick(world.buyers)
        day = world.day(240, 12)
        question = NetworkQuestion(
            space=space,
            clause_id=world.pick(clauses) if world.chance(0.4) else None,
            title=french(title),
            text=french(text),
            state=Shown.VISIBLE,
            answers=len(answers),
            by=world.author(buyer).id,
            organisation_id=buyer.id,
            at=world.moment(day),
        )
        await world.keep(question)
        said = []
        for rank, answer in enumerate(answers):
            other = world.pick(world.buyers)
            said.append(
                NetworkAnswer(
                    question_id=question.id,
                    text=french(answer),
                    state=Shown.VISIBLE,
                    by=world.author(other).id,
                    organisation_id=other.id,
                    at=world.moment(day + timedelta(days=1 + rank)),
                )
            )
        await world.keep(*said)
        if said and world.chance(0.6):
            question.accepted_id = said[0].id
    return len(_TALK)


def _experiences(world: World) -> list[ClauseExperience]:
    """On the clauses of files whose contract was let, the most used first: their pages show figures."""
    used = [file for file in world.files if file.launch_date and file.launch_date < world.today and file.draft["items"]]
    counts = Counter(item["clauseId"] for file in used for item in file.draft["items"])
    common = {ident for ident, _ in counts.most_common(_COMMON)}
    rows: dict[tuple[int, str, str], ClauseExperience] = {}
    for _ in range(_EXPERIENCES if used else 0):
        file = world.pick(used)
        items = file.draft["items"]
        item = world.pick([one for one in items if one["clauseId"] in common] or items)
        outcome = world.random.choices(list(Outcome), weights=(60, 8, 7, 25))[0]
        key = (file.created_by, item["clauseId"], file.title)
        rows[key] = ClauseExperience(
            clause_id=item["clauseId"],
            clause_version=item["version"],
            used_in=file.title,
            year=file.launch_date.year if file.launch_date else world.today.year,
            outcome=outcome,
            offers=0 if outcome is Outcome.NO_OFFER else world.random.randint(1, 7),
            kept=world.pick(_KEPT) if outcome in {Outcome.AWARDED, Outcome.RUNNING} else "",
            change=world.pick(_CHANGES),
            state=Shown.VISIBLE,
            by=file.created_by,
            organisation_id=file.organisation_id,
            at=file.updated_at,
        )
    return list(rows.values())


_ASK_ME: Final[tuple[tuple[str, list[str], list[str]], ...]] = (
    ("Le réemploi du mobilier, du sourçage au contrôle des livraisons.", ["mobilier"], ["acheteurs-publics"]),
    ("Les cantines : biodéchets, contenants et approvisionnement.", ["restauration", "biodechets"], ["biodechets"]),
    ("Les chantiers : diagnostic, dépose soignée, matériaux de réemploi.", ["batiment"], ["3r-projets"]),
    ("L’informatique reconditionnée et la sortie du matériel.", ["informatique"], ["acheteurs-publics"]),
    ("La collecte et ses marchés.", ["dechets"], ["spgd"]),
    ("Les échanges de matières entre entreprises voisines.", [], ["animateurs-eit", "3r-connaitre"]),
)
_RULES: Final = ("Réponse sous une semaine.", "Le mardi de préférence.", "")


def _referents(world: World) -> list[NetworkReferent]:
    """One person of some organisations, on what they know; most for their own department."""
    asked = world.random.sample(world.buyers, min(18, len(world.buyers)))
    return [
        NetworkReferent(
            person_id=world.people[buyer.id][-1].id,
            organisation_id=buyer.id,
            about=french(about),
            families=families,
            departments=[buyer.department] if buyer.department and rank % 4 else [],
            spaces=spaces,
            audience=Audience.MEMBERS if rank % 5 == 0 else Audience.EVERYONE,
            way=tuple(Way)[rank % 3],
            rule=_RULES[rank % len(_RULES)],
            consented_at=world.moment(world.day(200, 5)),
        )
        for rank, buyer in enumerate(asked)
        for about, families, spaces in (_ASK_ME[rank % len(_ASK_ME)],)
    ]


async def _contested(world: World) -> None:
    """An advertisement that was hidden, and that its author contests: what a moderator finds."""
    buyer = world.pick(world.buyers)
    at = world.moment(world.day(9, 4))
    question = NetworkQuestion(
        space="3r-projets",
        title="Un capteur de remplissage à essayer",
        text="Notre régie prête un capteur de remplissage aux communes voisines.",
        state=Shown.HIDDEN,
        reason="Ceci ressemble à une publicité.",
        by=world.author(buyer).id,
        organisation_id=buyer.id,
        at=at,
    )
    await world.keep(question)
    ruling = NetworkRuling(
        space=question.space,
        kind="question",
        target_id=question.id,
        title=question.title,
        act=Ruling.HIDDEN,
        reason=question.reason,
        by=world.people[world.buyers[0].id][0].id,
        at=at + timedelta(hours=3),
    )
    appeal = NetworkAppeal(
        question_id=question.id,
        text=french("Nous ne vendons rien : le prêt est gratuit, entre services publics."),
        by=question.by,
        at=at + timedelta(hours=8),
    )
    await world.keep(ruling, appeal)


async def _events(world: World) -> int:
    for days, title, place, capacity in _EVENTS:
        start = datetime.combine(world.today + timedelta(days=days), time(8, 0), UTC)
        buyer = world.buyers[1 if capacity is None or capacity > 50 else 0]  # noqa: PLR2004 (a large room)
        event = NetworkEvent(
            organisation_id=buyer.id,
            title=french(title),
            text="Rencontre fictive, pour la démonstration. Ouverte aux acheteurs et aux entreprises de la région.",
            place=place,
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            capacity=capacity,
            by=world.people[buyer.id][0].id,
        )
        await world.keep(event)
        guests = world.random.sample(world.buyers + world.firms[:40], min(18, len(world.buyers)))
        await world.keep(
            *(
                EventRegistration(
                    event_id=event.id,
                    person_id=world.people[guest.id][-1].id,
                    place=Place.SEATED if capacity is None or rank < capacity else Place.WAITING,
                    at=world.moment(world.day(40, 2)),
                )
                for rank, guest in enumerate(guests)
            )
        )
    return len(_EVENTS)


def _schemes(world: World) -> list[FundingScheme]:
    region = world.buyers[1]
    conditions = [clause.id for clause in shelf().clauses.values() if clause.record.family == "financement-public"]
    return [
        FundingScheme(
            organisation_id=region.id,
            kind=kind,
            title=french(title),
            text=french("Dispositif fictif, pour la démonstration : aucune demande ne peut être déposée."),
            eligibility=who,
            amount="Montants fictifs",
            opens_on=world.today + timedelta(days=opens),
            closes_on=world.today + timedelta(days=closes),
            clauses=sorted(world.random.sample(conditions, min(3, len(conditions)))),
            fictitious=True,
            by=world.people[region.id][0].id,
        )
        for kind, title, who, opens, closes in _AIDS
    ]


async def fill(world: World) -> str:
    rows: list[Any] = []
    sides: tuple[tuple[list[Organisation], Learners], ...] = (
        (world.buyers, "acheteurs"),
        (world.firms[:60], "entreprises"),
    )
    for organisations, audience in sides:
        path = _path(world, audience)
        people = [person for one in organisations for person in world.people[one.id]]
        rows += [row for person in people for row in _training(world, person, path)]
    trained = len(rows)
    rows += _experiences(world)
    rows += _schemes(world)
    referents = _referents(world)
    rows += referents
    await world.keep(*rows)
    talks, events = await _talk(world), await _events(world)
    await _contested(world)
    return f"{trained} modules de formation, {talks} questions, {len(referents)} référents, {events} événements"
