"""What an analysis answers when it does not answer."""

from collections.abc import Sequence
from http import HTTPStatus

from app.documents.refused import Refused
from app.web.problems import FieldError, Invalid, Problem, describe


class FileRefused(Invalid):
    type, title = "/problems/fichier", "Fichier refusé"


describe(
    FileRefused,
    "Le fichier envoyé n’est pas ouvert : son format n’est pas lu, il est protégé, abîmé, ou contient ce qu’un "
    "document ne doit pas contenir (macros, objets, liens vers l’extérieur). La phrase dit quoi faire.",
)


class AnalysisGone(Problem):
    status, type, title = HTTPStatus.NOT_FOUND, "/problems/analyse", "Analyse effacée"


describe(
    AnalysisGone,
    "Une analyse est effacée au bout de vingt-quatre heures, ou dès que vous le demandez. "
    "Renvoyez le fichier pour la refaire.",
)


class AnalysisKept(Problem):
    status, type, title = HTTPStatus.CONFLICT, "/problems/analyse-gardee", "Analyse gardée par une organisation"


describe(
    AnalysisKept,
    "Cette analyse est gardée avec son fichier par une organisation : elle s’efface depuis « Fichiers gardés ».",
)


def file_refused(refusals: Sequence[tuple[int, Refused]]) -> FileRefused:
    errors = [FieldError(pointer=f"/files/{index}", detail=refusal.sentence) for index, refusal in refusals]
    return FileRefused(errors[0].detail, errors)
