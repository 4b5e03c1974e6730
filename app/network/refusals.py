"""What the network refuses, each with its reason."""

from http import HTTPStatus

from app.web.problems import Problem, describe


class PathUnfinished(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/parcours-inacheve", "Parcours à terminer"


class NotYours(Problem):
    status, type, title = HTTPStatus.FORBIDDEN, "/problems/pas-a-vous", "Réservé à l’auteur ou à un modérateur"


class AlreadyDone(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/deja-fait", "Déjà fait"


class EventOver(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/evenement-clos", "Inscriptions closes"


class SpaceClosed(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/espace-ferme", "Espace fermé"


class NotAsked(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/referent-sans-message", "Pas de message par le site"


describe(
    PathUnfinished,
    "L’attestation se fait quand tous les modules du parcours sont réussis, à 70 % de bonnes réponses au moins.",
)
describe(
    NotYours,
    "Seuls l’auteur, son organisation ou un modérateur de l’espace peuvent faire cela. Signalez le message si besoin.",
)
describe(AlreadyDone, "Cela est déjà enregistré : relisez la page avant de recommencer.")
describe(EventOver, "L’événement est annulé ou a déjà commencé : on ne s’y inscrit plus. Relisez la liste des dates.")
describe(SpaceClosed, "Un administrateur a fermé cet espace : ses échanges se lisent, on n’y écrit plus.")
describe(
    NotAsked,
    "Chaque référent choisit comment on l’interroge. Celui-ci ne reçoit pas de message : lisez sa règle de contact.",
)
