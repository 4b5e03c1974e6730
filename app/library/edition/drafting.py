"""The text of a proposal as the file that it will be: its line in the journal, its faults, a first draft. Pure."""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.library.edition.merging import has_marks
from app.library.files import BadClauseFile, ClauseFile, Trouble, parse
from app.library.lint import clause_troubles
from app.library.lint_library import library_troubles
from app.library.published import PublishedClause
from app.library.vocabularies import Vocabularies

_JOURNAL: Final = re.compile(r"^changelog:[ \t]*(#.*)?\r?$", re.MULTILINE)
_INSIDE: Final = re.compile(r"^([ \t]+.*|- .*|[ \t]*)$")


def with_change(source: str, kind: str, reason: str, on: date) -> str:
    """The file with one more line at the end of its journal; every other byte stays."""
    found = _JOURNAL.search(source)
    if found is None:
        return source
    lines = source[found.end() :].split("\n")
    last = 0
    for index, line in enumerate(lines[1:], 1):
        if not _INSIDE.match(line.rstrip("\r")):
            break
        if line.strip():
            last = index
    end = "\r" if source[: found.end()].endswith("\r") else ""
    entry = f"  - {{date: {on.isoformat()}, kind: {kind}, reason: {json.dumps(reason, ensure_ascii=False)}}}{end}"
    lines.insert(last + 1, entry)
    return source[: found.end()] + "\n".join(lines)


def path_of(family: str, ident: str) -> str:
    return f"library/{family}/{ident}.md"


def troubles_of(
    source: str, path: str, words: Vocabularies, others: Iterable[PublishedClause] = ()
) -> tuple[ClauseFile | None, list[Trouble]]:
    """The clause, when it can be read, and all that the linter says of it; `others`: what it is compared with."""
    marks = [Trouble(path, "fichier", "conflict-marks", "Il reste des marques de conflit à trancher.")]
    troubles = marks if has_marks(source) else []
    try:
        file = parse(source.encode(), path)
    except BadClauseFile as error:
        return None, [*troubles, *error.troubles]
    troubles += clause_troubles(file, words)
    files = [
        ClauseFile(path_of(other.record.family, other.id), b"", other.as_written)
        for other in others
        if other.id != file.record.id
    ]
    if files:
        troubles += [trouble for trouble in library_troubles([*files, file]) if trouble.path == path]
    return file, sorted(set(troubles))


def identity_troubles(file: ClauseFile, ident: str) -> list[Trouble]:
    if file.record.id == ident:
        return []
    sentence = f"Cette proposition porte sur {ident} : l’identifiant ne change pas ici."
    return [Trouble(file.path, "id", "id-changed", sentence)]


def copied(source: str, ident: str) -> str:
    """A first draft from an existing clause: another identifier, an empty journal, no relation that would bind it."""
    text = re.sub(r"^id:.*$", f"id: {ident}", source, count=1, flags=re.MULTILINE)
    found = _JOURNAL.search(text)
    if found is None:
        return text
    lines = text[found.end() :].split("\n")
    kept = [line for index, line in enumerate(lines) if not (index and _in_journal(lines, index))]
    return text[: found.end()] + "\n".join(kept)


def _in_journal(lines: list[str], index: int) -> bool:
    """Whether the line belongs to the block that opens the list."""
    return all(_INSIDE.match(line) for line in lines[1 : index + 1]) and bool(lines[index].strip())


def skeleton(ident: str, family: str, today: date) -> str:
    """Every field that a clause must have, each with what is expected: the linter refuses it until it is written."""
    text = _SKELETON.replace("IDENT", ident).replace("FAMILLE", family)
    review = today + timedelta(days=180)
    return text.replace("AUJOURD_HUI", today.isoformat()).replace("RELECTURE", review.isoformat())


_SKELETON: Final = """---
id: IDENT
title: ""
plain_title: ""
summary: ""
kind: performance_condition
level: 1
families: [FAMILLE]
levers: []
natures: [supplies]
cpv: {include: [], exclude: []}
requirement: FAMILLE.a-nommer
variables:
  delai:
    label: Délai de remise
    type: days
    unit: jours
    min: 5
    max: 60
    default: 15
legal: []
duties: []
baseline:
  statement: ""
gain:
  degree: real
  reason: ""
link_to_subject:
  stage: utilisation
  reason: ""
evidence:
  - what: ""
    stage: execution
    equivalents: ""
control:
  who: ""
  when: ""
  how: ""
penalty:
  basis: ""
  notice_days: 15
  cap: ""
why: ""
watch_points:
  - ""
not_when:
  - ""
market:
  availability: common
  note: ""
sources:
  - {title: Rédaction propre, publisher: Clausier, use: own}
legal_check: AUJOURD_HUI
next_review: RELECTURE
changelog:
---
# CCTP
Écrivez ici l’obligation, sa mesure et sa preuve, à remettre sous {{ delai }}.

# CCAP
Écrivez ici le contrôle et la pénalité.
"""
