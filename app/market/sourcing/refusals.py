"""Why a sourcing does not let something be done."""

from http import HTTPStatus

from app.web.problems import Problem, describe


class SourcingClosed(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/sourcage-ferme", "Le sourçage ne permet plus cette action"


class NotReady(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/sourcage-incomplet", "Sourçage incomplet"


class Sealed(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/reponses-scellees", "Réponses scellées jusqu’à la clôture"


class InterestsMissing(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/interets", "Déclaration d’intérêts attendue"


describe(SourcingClosed, "La clôture est passée, ou la consultation est lancée : la salle se lit seulement.")
describe(NotReady, "Il manque un élément pour publier ; la liste « errors » dit lequel.")
describe(Sealed, "Personne, pas même l’acheteur, ne lit les réponses avant la date et l’heure de clôture.")
describe(InterestsMissing, "Avant d’agir, chaque agent déclare s’il a un intérêt avec une entreprise du secteur.")
