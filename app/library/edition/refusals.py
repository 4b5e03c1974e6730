"""What the editorial room refuses, each with its reason."""

from http import HTTPStatus

from app.web.problems import Invalid, Problem, describe


class NotThere(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/etape-editoriale", "Ce n’est pas le moment"


class AlreadyMoved(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/clause-deja-changee", "La clause a changé entre-temps"


class NotPublishable(Invalid):
    type, title = "/problems/clause-a-reprendre", "La clause n’est pas encore publiable"


describe(
    NotThere,
    "Une proposition va du brouillon à la relecture, puis à la publication. Cette action demande une autre étape : "
    "relisez l’état de la proposition.",
)
describe(
    AlreadyMoved,
    "Une autre version de cette clause a été publiée depuis le début de la proposition. Reprenez vos changements sur "
    "la version en cours, tranchez les conflits, puis faites relire à nouveau.",
)
describe(
    NotPublishable,
    "Le contrôle des clauses est le même pour tous : la liste « errors » dit chaque point à corriger.",
)
