"""Our clauses in a file: current, stale (with what changed), edited (with the words), withdrawn. Pure.

A tag is never trusted without its text: an accepted upgrade keeps the old tag, and a tag may be copied elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.documents.analysis.compare import Comparison, Kept, LineKind, best, changes, compare, kept_values, written
from app.documents.analysis.locate import Anchor, Place, Words, by_words, claimed, marked, wordings_of
from app.documents.analysis.pieces import Piece, Written
from app.documents.passages import Passage
from app.law.vocabulary import Status
from app.library.published import PublishedClause
from app.text.difference import Segment
from app.text.typography import french

State = Literal["current", "edited", "stale", "withdrawn", "unknown"]
Versions = Callable[[str], Mapping[int, PublishedClause]]
"""Every version of a clause that was read for this analysis, the current one included."""
_UNLIKE: Final = 0.3
"""Under this share of common words, a place no longer holds the clause that its mark announces."""


@dataclass(frozen=True, slots=True)
class OwnClause:
    place: Place
    state: State
    edited: bool
    """Whether its words differ from the version it comes from; a stale clause may be edited too."""
    clause: PublishedClause | None
    """The current version; None when the library does not know this id."""
    version: int | None
    """The version whose words the file holds."""
    wording: str
    similarity: float
    difference: tuple[Segment, ...]
    changes: tuple[Segment, ...]
    """Of a stale clause: from its version to the current one, with the file's values."""
    reasons: tuple[str, ...]
    kept: Kept
    upgrade: tuple[tuple[LineKind, str], ...]
    """Of a stale clause: the lines of the current version, its title first, with the file's values."""
    replaced_by: tuple[str, ...]
    sentence: str


def places_in(piece: Piece, words: Words) -> list[Place]:
    """Every clause of ours in a piece, in reading order."""
    found = marked(piece.passages)
    found += by_words(piece.passages, claimed(len(piece.passages), found), words)
    return sorted(found, key=lambda place: place.start)


def wanted(places: Sequence[Place], current: Mapping[str, PublishedClause]) -> dict[str, int | None]:
    """Clause → the older version to read from the database; None: all of them."""
    asked: dict[str, int | None] = {}
    for place in places:
        now = current.get(place.clause_id)
        if now is None or now.version in {1, place.version}:
            continue
        known = place.version if place.clause_id not in asked else None
        asked[place.clause_id] = known
    return asked


def judge(
    piece: Piece,
    place: Place,
    current: Mapping[str, PublishedClause],
    versions: Mapping[str, Mapping[int, PublishedClause]],
) -> OwnClause:
    """What has become of one clause."""
    now = current.get(place.clause_id)
    if now is None:
        return _unknown(place)
    texts = [passage.text for passage in piece.passages[place.start : place.end]]
    candidates = {now.version: now} | dict(versions.get(place.clause_id, {}))
    compared: dict[tuple[int, str], Comparison] = {
        (number, wording): compare(texts, clause.record, text)
        for number, clause in sorted(candidates.items(), key=lambda item: (item[0] != place.version, -item[0]))
        for wording, text in wordings_of(clause.record, place).items()
    }
    (version, wording), found = next(best(compared))
    source = candidates[version]
    given = _given(piece, place, wording)
    kept = kept_values(now.record, found.values, given)
    made = OwnClause(
        place=replace(place, wording=wording),
        state=_state(now, version, found),
        edited=not found.same,
        clause=now,
        version=version,
        wording=wording,
        similarity=found.similarity,
        difference=() if found.same else found.difference,
        changes=(),
        reasons=(),
        kept=kept,
        upgrade=(),
        replaced_by=_replacing(now.id, current),
        sentence="",
    )
    if made.state == "stale":
        made = _stale(made, source, now, found)
    return replace(made, sentence=french(_sentence(made)))


def _state(now: PublishedClause, version: int, found: Comparison) -> State:
    if now.status is Status.WITHDRAWN:
        return "withdrawn"
    if version != now.version and found.similarity >= _UNLIKE:
        return "stale"
    return "current" if found.same else "edited"


def _stale(made: OwnClause, source: PublishedClause, now: PublishedClause, found: Comparison) -> OwnClause:
    wording = next((text for key, text in now.record.wordings.items() if key == made.wording), "")
    reasons = tuple(change.reason for change in now.record.changelog[len(source.record.changelog) :])
    if not wording:
        return replace(made, reasons=reasons)
    old = next(text for key, text in source.record.wordings.items() if key == made.wording)
    return replace(
        made,
        reasons=reasons,
        changes=changes(written(source.record, old, found.values), written(now.record, wording, found.values)),
        upgrade=tuple(written(now.record, wording, found.values)),
    )


def _given(piece: Piece, place: Place, wording: str) -> Mapping[str, str]:
    for one in _written(piece, place, wording):
        return one.values
    return {}


def _written(piece: Piece, place: Place, wording: str) -> list[Written]:
    return [one for one in piece.written if one.id == place.clause_id and one.wording in {wording, ""}]


def _replacing(ident: str, current: Mapping[str, PublishedClause]) -> tuple[str, ...]:
    return tuple(
        other.id
        for other in current.values()
        if ident in other.record.relations.replaces and other.status is Status.ACTIVE
    )


def _unknown(place: Place) -> OwnClause:
    sentence = f"La clause {place.clause_id} n’est pas dans cette bibliothèque : elle vient peut-être d’une autre."
    return OwnClause(
        place=place,
        state="unknown",
        edited=False,
        clause=None,
        version=place.version,
        wording=place.wording,
        similarity=0.0,
        difference=(),
        changes=(),
        reasons=(),
        kept=Kept({}, (), {}),
        upgrade=(),
        replaced_by=(),
        sentence=french(sentence),
    )


_ANCHORS: Final[dict[Anchor, str]] = {
    "control": "",
    "bookmark": " (retrouvée par son signet)",
    "text": " (retrouvée par son texte)",
}


def _sentence(made: OwnClause) -> str:
    """The state, in one or two sentences."""
    now = made.clause
    how = _ANCHORS[made.place.anchor]
    words = "Son texte a été modifié dans votre document. " if made.edited else ""
    if now is None or made.state == "current":
        return f"Version à jour{how}."
    if made.state == "withdrawn":
        other = f" Voir {', '.join(made.replaced_by)}." if made.replaced_by else ""
        return f"Clause retirée de la bibliothèque{how}. {words}Ne la reprenez pas sans la relire.{other}"
    if made.state == "stale":
        return f"Version {made.version}, la bibliothèque en est à la version {now.version}{how}. {words}".strip()
    if made.similarity < _UNLIKE:
        return f"Le repère annonce la clause {now.id}, mais le texte n’a presque plus rien d’elle{how}."
    return f"Clause à jour, mais modifiée dans votre document{how} : vérifiez que l’exigence tient encore."


def unclaimed(piece: Piece, places: Sequence[Place]) -> list[Passage]:
    """The passages that are not ours: what the detection reads."""
    free = claimed(len(piece.passages), places)
    return [passage for passage, is_free in zip(piece.passages, free, strict=True) if is_free]
