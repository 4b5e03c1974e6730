"""The corrected file: planned here from what the library says, written in a bounded process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.documents import bounded
from app.documents.analysis import plan as planning
from app.documents.analysis import store
from app.documents.analysis.actions import READ, READING, Sessions, own_in
from app.documents.analysis.own import OwnClause
from app.documents.analysis.pieces import Piece, from_wire
from app.documents.analysis.plan import Plan
from app.documents.analysis.schemas import AnalysisResultOut, CorrectionIn
from app.documents.passages import Passage
from app.documents.values import printed
from app.law.vocabulary import Status
from app.library import queries as library
from app.library.shelf import Shelf
from app.web.problems import FieldError, Invalid

AUTHOR: Final = "Clausier"


@dataclass(frozen=True, slots=True)
class Asking:
    """Which analysis, for a member of which organisation (or nobody), and the file sent again."""

    key: bytes
    organisation_id: int | None
    name: str
    content: bytes


async def returned(sessions: Sessions, folder: Path, asking: Asking, asked: CorrectionIn) -> tuple[bytes, int]:
    """The file with its comments or changes, and how many paragraphs could not be changed in place."""
    name, content = asking.name, asking.content
    async with sessions() as session:
        found = await _same_file(session, asking)
        shelf = await library.refresh(session, folder)
    said, _ = await bounded.run(READ, {"name": name}, content, READING)
    pieces = [from_wire(piece) for piece in said["pieces"]]
    plans = {piece.name: Plan() for piece in pieces if piece.kind == "docx"}
    if not plans:
        raise Invalid("Seul un DOCX revient corrigé : un ODT est analysé, pas réécrit.", [_at("/file", "ODT")])
    if asked.form == "comments":
        planning.comment(plans, found)
    else:
        await _changes(sessions, shelf, pieces, plans, asked)
    if not any(plans.values()):
        raise Invalid("Il n’y a rien à écrire dans ce document : aucune clause à mettre à jour ni à ajouter.")
    order = {
        "name": name,
        "author": AUTHOR,
        "date": (asked.dated or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "pieces": {piece: one.wire() for piece, one in plans.items() if one},
    }
    done, made = await bounded.run("app.documents.analysis.correct:correct", order, content)
    return made, sum(map(len, done["left"].values()))


async def _same_file(session: AsyncSession, asking: Asking) -> AnalysisResultOut:
    """The analysis of this very file: another one would be corrected in the wrong places."""
    row = await store.find_for(session, asking.key, asking.organisation_id)
    if sha256(asking.content).hexdigest() not in {file["digest"] for file in row.files}:
        detail = "Ce n’est pas le fichier qui a été analysé : choisissez le même, ou refaites l’analyse."
        raise Invalid(detail, [_at("/file", detail)])
    if row.result is None:
        raise Invalid("L’analyse n’est pas terminée : attendez son résultat.")
    return AnalysisResultOut.model_validate(row.result)


async def _changes(
    sessions: Sessions, shelf: Shelf, pieces: Sequence[Piece], plans: dict[str, Plan], asked: CorrectionIn
) -> None:
    for piece in pieces:
        if asked.upgrade and piece.name in plans:
            for one in await own_in(sessions, shelf, piece):
                if _is_upgraded(one, asked.only):
                    planning.upgrade(plans[piece.name], piece, one)
    by_name = {piece.name: piece for piece in pieces}
    wrong: list[FieldError] = []
    for index, wanted in enumerate(asked.insert):
        clause = shelf.clause(wanted.clause_id)
        target = by_name.get(wanted.piece)
        if clause is None or clause.status is not Status.ACTIVE:
            wrong.append(_at(f"/insert/{index}/clause_id", f"La clause {wanted.clause_id} n’est pas disponible."))
        elif target is None or wanted.piece not in plans:
            wrong.append(_at(f"/insert/{index}/piece", f"Le fichier n’a pas de pièce DOCX « {wanted.piece} »."))
        elif not any(_is_body(passage) and passage.index == wanted.after - 1 for passage in target.passages):
            wrong.append(_at(f"/insert/{index}/after", "Ce paragraphe n’existe pas dans la pièce."))
        else:
            values, refused = printed(clause.record, wanted.values, wanted.blank)
            wrong += [_at(f"/insert/{index}/values/{name}", why) for name, why in refused.items()]
            planning.insert(plans[wanted.piece], target, clause.record, wanted, values)
    if wrong:
        raise Invalid("Une clause ne peut pas être ajoutée.", wrong)


def _is_body(passage: Passage) -> bool:
    return passage.part.partition("/")[0] == "document"


def _is_upgraded(one: OwnClause, only: Sequence[str]) -> bool:
    return bool(one.upgrade) and (not only or one.place.clause_id in only)


def _at(pointer: str, detail: str) -> FieldError:
    return FieldError(pointer=pointer, detail=detail)
