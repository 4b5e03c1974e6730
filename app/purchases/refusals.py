"""Why a saved file does not let something be done."""

from http import HTTPStatus

from app.accounts.refusals import Forbidden
from app.web.problems import Problem, describe


class NotAllowed(Forbidden):
    type, title = "/problems/dossier-ferme", "Ce dossier ne permet pas cette action"


class ShareOver(Problem):
    status, type, title = HTTPStatus.GONE, "/problems/lien-de-partage", "Lien de partage expiré ou retiré"


describe(NotAllowed, "L’état du dossier ou votre rôle ne permet pas cette action ; le détail dit lequel.")
describe(ShareOver, "Le lien a expiré ou a été retiré. Demandez-en un autre à la personne qui vous l’a envoyé.")
