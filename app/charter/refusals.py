"""What the charter room refuses, each with its reason."""

from http import HTTPStatus

from app.web.problems import Problem, describe


class AdhesionOpen(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/adhesion-ouverte", "Adhésion déjà demandée"


class AdhesionClosed(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/adhesion-close", "Cette demande n’attend plus de réponse"


class NotDerogable(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/sans-exception", "Aucune exception à noter ici"


class ProofRefused(Problem):
    status, type, title = HTTPStatus.UNPROCESSABLE_ENTITY, "/problems/preuve-refusee", "Pièce refusée"


describe(
    AdhesionOpen,
    "L’organisation a déjà demandé à signer la charte, ou l’a déjà signée. Relisez la page « Adhésion ».",
)
describe(
    AdhesionClosed,
    "La demande a déjà reçu une réponse, ou l’organisation l’a retirée. Relisez la liste des demandes.",
)
describe(
    NotDerogable,
    "La modalité est déjà respectée ou ne concerne pas cet achat. Relisez le contrôle du dossier.",
)
describe(
    ProofRefused,
    "La pièce jointe n’est pas d’une forme acceptée ou dépasse 5 Mo. Joignez un PDF, PNG, JPEG, DOCX ou ODT.",
)
