"""The linter of `clauses/`: `python -m app.library.lint [paths]`, without a database.

One line per refusal, `file:field: sentence [code]`; exit code 1 when there is one (design, section 6).
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.library.files import ClauseFile, Trouble, clause_paths, read_all
from app.library.lint_library import library_troubles
from app.library.lint_record import record_faults
from app.library.lint_wording import wording_faults
from app.library.vocabularies import Vocabularies, read_vocabularies

DEFAULT_ROOT = Path(__file__).resolve().parents[2] / "clauses"


def clause_troubles(file: ClauseFile, words: Vocabularies) -> list[Trouble]:
    """What is wrong in one file, whatever the others say."""
    path = Path(file.path)
    faults = [*record_faults(file.record, words, path.parent.name, path.stem), *wording_faults(file.record, words)]
    return [Trouble(file.path, *fault) for fault in faults]


def lint(root: Path, only: Iterable[Path] = ()) -> tuple[int, list[Trouble]]:
    """How many clauses were read, and every refusal; `only` narrows what is told, not what is compared."""
    files, troubles = read_all(clause_paths(root), root)
    words = read_vocabularies(root)
    troubles += words.troubles
    for file in files:
        troubles += clause_troubles(file, words)
    troubles += library_troubles(files)
    wanted = [path.resolve() for path in only]
    if wanted:
        troubles = [t for t in troubles if any((root / t.path).resolve().is_relative_to(path) for path in wanted)]
    return len(files), sorted(set(troubles))


def lint_command(root: Path = DEFAULT_ROOT, paths: Sequence[Path] = ()) -> int:
    """Prints the refusals and returns the exit code."""
    count, troubles = lint(root.resolve(), paths)
    for trouble in troubles:
        sys.stdout.write(f"clauses/{trouble}\n")
    if troubles:
        faulty = len({trouble.path for trouble in troubles})
        sys.stdout.write(f"{len(troubles)} refus dans {faulty} fichier(s), {count} clauses lues.\n")
        return 1
    sys.stdout.write(f"{count} clauses lues, aucun refus.\n")
    return 0


if __name__ == "__main__":
    sys.exit(lint_command(paths=[Path(argument) for argument in sys.argv[1:]]))
