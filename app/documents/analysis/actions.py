"""An analysis from the files received to its result."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.documents import bounded
from app.documents.analysis import store
from app.documents.analysis.detected import Detected, foreign
from app.documents.analysis.locate import Place, Words
from app.documents.analysis.own import OwnClause, judge, places_in, wanted
from app.documents.analysis.pieces import Piece, from_wire
from app.documents.analysis.report import ReadPiece, result
from app.documents.detecting.library import Library, learn
from app.documents.detecting.reading import find
from app.documents.passages import Passage
from app.documents.refused import Refused
from app.law.catalogue import law_at
from app.law.routes import today_in_paris
from app.law.schemas import PurchaseIn
from app.library import queries as library
from app.library.published import PublishedClause
from app.library.shelf import Shelf
from app.outbound.defer import defer

AT_ONCE: Final = 2000
"""Paragraphs that are analysed while the caller waits; a longer file goes to the background, with its progress."""
_AT_A_TIME: Final = 60
"""Clauses that are judged between two words about the progress."""
_BEAT: Final = 20.0
TASK: Final = "documents:analyse"
READ: Final = "app.documents.analysis.reading:read"
READING: Final = bounded.Limits(memory=320 * 1024 * 1024, cpu=5)
"""No tree is built: the largest file within the bounds takes half of each (`tests.bench.hostile`)."""
Sessions = async_sessionmaker[AsyncSession]
Versions = Mapping[str, Mapping[int, PublishedClause]]


class Received:
    """The files of a request, read."""

    def __init__(self) -> None:
        self.files: list[dict[str, Any]] = []
        self.wire: list[dict[str, Any]] = []

    def add(self, name: str, content: bytes, said: Mapping[str, Any]) -> None:
        pieces = [from_wire(piece) for piece in said["pieces"]]
        self.wire += said["pieces"]
        self.files.append(
            {
                "name": name,
                "kind": said["kind"],
                "size": len(content),
                "digest": sha256(content).hexdigest(),
                "pieces": [
                    {"name": one.name, "kind": one.kind, "paragraphs": len(one.passages), "words": one.words}
                    for one in pieces
                ],
                "unread": said["unread"],
            }
        )

    @property
    def paragraphs(self) -> int:
        return sum(piece["paragraphs"] for file in self.files for piece in file["pieces"])


async def read(files: Sequence[tuple[str, bytes]]) -> Received:
    """Reads each file in its bounded process; raises `Refusals` with all that are refused."""
    received = Received()
    refusals: list[tuple[int, Refused]] = []
    for index, (name, content) in enumerate(files):
        try:
            said, _ = await bounded.run(READ, {"name": name}, content, READING)
        except Refused as refusal:
            refusals.append((index, refusal))
        else:
            received.add(name, content, said)
    if refusals:
        raise Refusals(refusals)
    return received


class Refusals(Exception):  # noqa: N818 (an answer)
    def __init__(self, found: list[tuple[int, Refused]]) -> None:
        super().__init__(str(found))
        self.found = found


async def begin(sessions: Sessions, folder: Path, received: Received, purchase: PurchaseIn | None) -> str:
    """Keeps the analysis and makes it: at once when it is short, else in the background. Answers its secret."""
    short = received.paragraphs <= AT_ONCE
    async with sessions() as session, session.begin():
        secret = await store.keep(
            session,
            files=received.files,
            total=received.paragraphs,
            asked=purchase.model_dump(mode="json") if purchase else None,
            text=received.wire,
        )
        if not short:
            await defer(session, TASK, key=store.key_of(secret).hex())
    if short:
        await analyse(sessions, folder, store.key_of(secret))
    return secret


async def analyse(sessions: Sessions, folder: Path, key: bytes) -> None:
    """Makes a waiting analysis; whatever happens, its text is gone afterwards."""
    async with sessions() as session:
        row = await store.find(session, key)
        shelf = await library.refresh(session, folder)
    if row.text is None:
        return

    async def advanced(done: int) -> None:
        async with sessions() as session, session.begin():
            await store.progress(session, key, done)

    made: Mapping[str, Any] | None = None
    alive = asyncio.create_task(_alive(sessions, key))
    try:
        found = await _found(sessions, shelf, [from_wire(piece) for piece in row.text], advanced)
        law = law_at(folder)
        purchase = PurchaseIn.model_validate(row.asked).described(law) if row.asked else None
        today = purchase.launch_date if purchase else today_in_paris()
        detected = await to_thread.run_sync(_detected, found, shelf, today)
        made = (await to_thread.run_sync(result, found, detected, shelf, purchase, law)).model_dump(mode="json")
    finally:
        alive.cancel()
        async with sessions() as session, session.begin():
            await store.finish(session, key, made)


async def _alive(sessions: Sessions, key: bytes) -> None:
    """Says from time to time that the work goes on: on a busy machine a long file takes minutes."""
    while True:
        await asyncio.sleep(_BEAT)
        with contextlib.suppress(SQLAlchemyError):
            async with sessions() as session, session.begin():
                await store.progress(session, key)


async def _found(
    sessions: Sessions, shelf: Shelf, pieces: Sequence[Piece], advanced: Callable[[int], Awaitable[None]]
) -> list[ReadPiece]:
    """Our clauses in each piece; half of the work, the other half is the detection."""
    found: list[ReadPiece] = []
    for piece in pieces:
        before = sum(len(one.piece.passages) for one in found)

        async def within(done: int, before: int = before) -> None:
            await advanced((before + done) // 2)

        found.append(ReadPiece(piece, tuple(await own_in(sessions, shelf, piece, within))))
        await within(len(piece.passages))
    return found


def _detected(found: Sequence[ReadPiece], shelf: Shelf, today: date) -> Detected:
    """What the passages that are not ours say, all pieces together."""
    passages: list[Passage] = []
    ours: set[int] = set()
    for one in found:
        start = len(passages)
        passages += one.piece.passages
        ours |= {start + at for own in one.own for at in range(own.place.start, own.place.end)}
    return foreign(find(passages, known_by(shelf), today=today), passages, ours)


@lru_cache(maxsize=2)
def known_by(shelf: Shelf) -> Library:
    """What the detection knows of the library, learnt once per generation."""
    return learn((clause.record for clause in shelf.active), shelf.words, shelf.thesaurus)


async def own_in(
    sessions: Sessions, shelf: Shelf, piece: Piece, advanced: Callable[[int], Awaitable[None]] | None = None
) -> list[OwnClause]:
    """Our clauses in a piece; says as it goes how many of its paragraphs are behind."""
    places = await to_thread.run_sync(places_in, piece, words_of(shelf))
    versions = await _versions(sessions, wanted(places, shelf.clauses))
    found: list[OwnClause] = []
    for start in range(0, len(places), _AT_A_TIME):
        some = places[start : start + _AT_A_TIME]
        found += await to_thread.run_sync(_judged, piece, some, shelf, versions)
        if advanced:
            await advanced(some[-1].end)
    return found


def _judged(piece: Piece, places: Sequence[Place], shelf: Shelf, versions: Versions) -> list[OwnClause]:
    return [judge(piece, place, shelf.clauses, versions) for place in places]


@lru_cache(maxsize=2)
def words_of(shelf: Shelf) -> Words:
    """The wordings of the library, indexed once per generation."""
    return Words(clause.record for clause in shelf.clauses.values())


async def _versions(sessions: Sessions, asked: Mapping[str, int | None]) -> Versions:
    """The older versions that the file may hold."""
    found: dict[str, dict[int, PublishedClause]] = {}
    if not asked:
        return found
    async with sessions() as session:
        for ident, number in asked.items():
            numbers = [number] if number else [row.number for row in await library.versions_of(session, ident)]
            read = [await library.clause_version(session, ident, one) for one in numbers]
            found[ident] = {clause.version: clause for clause in read if clause}
    return found
