"""What the clauses must respect together: ids, relations, double use, near-duplicates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from app.law.vocabulary import Kind
from app.library.blocks import VARIABLE
from app.library.files import ClauseFile, Trouble
from app.library.record import ClauseRecord
from app.text.similarity import Shingle, containment, jaccard, shingles
from app.text.typography import plain

NEAR: Final = 0.45
"""Weighted likeness from which two clauses say the same; the most alike of the first 70 real clauses reach 0.15."""
INSIDE: Final = 0.75
"""Share of a clause found in another one from which it is a copy of a part of it."""
SAME_RUNG: Final = 0.6
"""Likeness from which two rungs of one requirement differ only by a number."""
_NUMBERS: Final = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante|soixante|cent)\b"
)


def library_troubles(files: Sequence[ClauseFile]) -> Iterator[Trouble]:
    yield from _duplicate_ids(files)
    yield from _relations(files)
    yield from _double_use(files)
    yield from _near_duplicates(files)


def _duplicate_ids(files: Sequence[ClauseFile]) -> Iterator[Trouble]:
    seen: dict[str, str] = {}
    for file in files:
        first = seen.setdefault(file.record.id, file.path)
        if first != file.path:
            yield Trouble(file.path, "id", "duplicate-id", f"L’identifiant {file.record.id} est déjà celui de {first}.")


def _relations(files: Sequence[ClauseFile]) -> Iterator[Trouble]:
    known = {file.record.id: file.record for file in files}
    for file in files:
        record = file.record
        for name, targets in record.relations.model_dump().items():
            for target in targets:
                field = f"relations.{name}"
                if target == record.id:
                    yield Trouble(file.path, field, "relation-self", "Une clause n’a pas de relation avec elle-même.")
                elif target not in known:
                    yield Trouble(file.path, field, "relation-unknown", f"{target} n’existe pas dans la bibliothèque.")
                elif fault := _one_sided(record, name, known[target]):
                    yield Trouble(file.path, field, *fault)
        for target in set(record.relations.requires) & set(record.relations.excludes):
            yield Trouble(file.path, "relations", "relation-clash", f"{target} est à la fois demandée et exclue.")


_MIRROR: Final = {"softer": "stronger", "stronger": "softer", "excludes": "excludes"}


def _one_sided(record: ClauseRecord, name: str, other: ClauseRecord) -> tuple[str, str] | None:
    mirror = _MIRROR.get(name)
    if mirror and record.id not in getattr(other.relations, mirror):
        return "relation-one-sided", f"{other.id} doit porter la relation inverse ({mirror}: {record.id})."
    if name == "softer" and other.level >= record.level:
        return "relation-level", f"{other.id} (niveau {other.level}) n’est pas un échelon plus doux."
    return None


def _double_use(files: Sequence[ClauseFile]) -> Iterator[Trouble]:
    """R-DOUBLE: what is required of all is not scored, save what goes beyond it."""
    by_requirement: Mapping[str, list[ClauseFile]] = defaultdict(list)
    for file in files:
        by_requirement[file.record.requirement].append(file)
    for requirement, same in by_requirement.items():
        required = [f for f in same if f.record.kind in {Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION}]
        for scored in (f for f in same if f.record.kind is Kind.AWARD_CRITERION):
            if scored.record.scoring and scored.record.scoring.rewards_excess:
                continue
            excluded = set(scored.record.relations.excludes)
            clash = sorted(f.record.id for f in required if f.record.id not in excluded)
            if clash:
                yield Trouble(
                    scored.path,
                    "requirement",
                    "double-use",
                    f"« {requirement} » est déjà exigé par {', '.join(clash)} : "
                    "excluez ces clauses (relations.excludes) ou ne notez que le dépassement (scoring.rewards_excess).",
                )


def _masked(record: ClauseRecord) -> str:
    text = " ".join(VARIABLE.sub(" 0 ", text) for text in record.wordings.values())
    return _NUMBERS.sub(" 0 ", plain(text).lower())


def likeness(files: Sequence[ClauseFile]) -> Iterator[tuple[float, ClauseFile, ClauseFile]]:
    """Pairs of clauses and how much they say the same; turns of phrase that many clauses share count little."""
    sets = [shingles(_masked(file.record)) for file in files]
    seen: Counter[Shingle] = Counter(part for parts in sets for part in parts)
    weights = {part: 1.0 / count for part, count in seen.items()}
    holders: Mapping[Shingle, list[int]] = defaultdict(list)
    for number, parts in enumerate(sets):
        for part in parts:
            if seen[part] <= 12:  # noqa: PLR2004 (a turn of phrase of more clauses says nothing of a pair)
                holders[part].append(number)
    shared: Counter[tuple[int, int]] = Counter(pair for found in holders.values() for pair in combinations(found, 2))
    for (one, two), count in shared.items():
        if count >= 0.25 * min(len(sets[one]), len(sets[two])):
            whole = jaccard(sets[one], sets[two], weights)
            # A clause that stands almost entire inside another is a copy too, however long the other is.
            inside = containment(sets[one], sets[two], weights)
            yield max(whole, inside * NEAR / INSIDE), files[one], files[two]


def _near_duplicates(files: Sequence[ClauseFile]) -> Iterator[Trouble]:
    for alike, one, two in likeness(files):
        rungs = one.record.requirement == two.record.requirement and one.record.level != two.record.level
        same_kind = one.record.kind is two.record.kind
        if rungs and same_kind and jaccard(shingles(_masked(one.record)), shingles(_masked(two.record))) >= SAME_RUNG:
            yield Trouble(
                two.path,
                "wordings",
                "rung-copy",
                f"Ne diffère de {one.record.id} que par un nombre : un échelon doit exiger autre chose.",
            )
        elif alike >= NEAR:
            yield Trouble(
                two.path,
                "wordings",
                "near-duplicate",
                f"Dit presque la même chose que {one.record.id} (ressemblance {alike:.0%}).",
            )
