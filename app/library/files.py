"""A clause file: YAML front matter, then one wording per `# PIECE` section."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from app.law.vocabulary import Piece
from app.library.record import ClauseRecord
from app.web.french import sentence_of

_SECTION: Final = re.compile(r"^# *(.+?) *$", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """What is wrong in a file: the field, a code that tests and editors can hold, and a French sentence."""

    path: str
    field: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.field}: {self.sentence} [{self.code}]"


class BadClauseFile(ValueError):  # noqa: N818 (a file, not an event)
    """The file cannot be read as a clause; `troubles` says every reason."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__("\n".join(map(str, troubles)))
        self.troubles = list(troubles)


@dataclass(frozen=True, slots=True)
class ClauseFile:
    path: str
    source: bytes
    """The file byte for byte: what a version keeps and what an export gives back."""
    record: ClauseRecord


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where the wheel has it: 10 ×
    """YAML that refuses a key given twice, where the plain loader would keep the last one in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 (PyYAML's signature)
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"la clé « {key} » est donnée deux fois", key_node.start_mark
                )
            seen.add(key)
        return dict(super().construct_mapping(node, deep=deep))


def read_yaml(text: str) -> Any:  # noqa: ANN401 (YAML holds anything)
    return yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)


def clause_paths(root: Path) -> list[Path]:
    """The clause files below `clauses/`, in a fixed order."""
    return sorted((root / "library").glob("*/*.md"))


def read(path: Path, root: Path) -> ClauseFile:
    return parse(path.read_bytes(), str(path.relative_to(root)) if path.is_relative_to(root) else str(path))


def parse(source: bytes, path: str) -> ClauseFile:
    """The clause in a file, or `BadClauseFile` with every trouble found."""
    try:
        text = source.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadClauseFile([Trouble(path, "fichier", "encoding", "Le fichier n’est pas en UTF-8.")]) from error
    front, body = _split(text, path)
    fields = _front_matter(front, path)
    if "wordings" in fields:
        raise BadClauseFile(
            [Trouble(path, "wordings", "schema", "Les textes s’écrivent dans le corps, pas dans l’en-tête.")]
        )
    wordings = _wordings(body, path)
    try:
        record = ClauseRecord.model_validate({**fields, "wordings": wordings})
    except ValidationError as error:
        raise BadClauseFile([_trouble(path, found) for found in error.errors()]) from error
    return ClauseFile(path, source, record)


def _split(text: str, path: str) -> tuple[str, str]:
    parts = re.split(r"^---[ \t]*$", text.lstrip("\ufeff"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():  # noqa: PLR2004
        raise BadClauseFile(
            [
                Trouble(
                    path,
                    "en-tête",
                    "front-matter",
                    "Le fichier commence par un en-tête YAML entre deux lignes « --- ».",
                )
            ]
        )
    return parts[1], parts[2]


def _front_matter(front: str, path: str) -> dict[str, Any]:
    try:
        fields = read_yaml(front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # The front matter starts on the file's line 2; YAML counts from 0.
        where = f"ligne {mark.line + 1}" if mark else "en-tête"
        reason = getattr(error, "problem", None) or "syntaxe"
        raise BadClauseFile(
            [Trouble(path, where, "yaml", f"L’en-tête n’est pas du YAML valide ({reason}).")]
        ) from error
    except ValueError as error:  # an impossible date: YAML reads it before the schema does
        raise BadClauseFile([Trouble(path, "en-tête", "yaml", f"Valeur impossible ({error}).")]) from error
    if not isinstance(fields, dict):
        raise BadClauseFile([Trouble(path, "en-tête", "yaml", "L’en-tête est une liste de champs « nom: valeur ».")])
    return fields


def _wordings(body: str, path: str) -> dict[str, str]:
    """The sections of the body; a trouble for an unknown piece, one given twice, or text before the first."""
    parts = _SECTION.split(body)
    troubles = []
    if parts[0].strip():
        troubles.append(Trouble(path, "corps", "body", "Du texte précède la première section « # PIÈCE »."))
    if len(parts) == 1:
        troubles.append(Trouble(path, "corps", "body", "Le corps n’a aucune section « # PIÈCE » (# CCTP, # CCAP…)."))
    wordings: dict[str, str] = {}
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name not in Piece.__members__:
            known = ", ".join(Piece.__members__)
            troubles.append(Trouble(path, f"# {name}", "body", f"Pièce inconnue ; les pièces sont {known}."))
        elif name in wordings:
            troubles.append(Trouble(path, f"# {name}", "body", "Cette pièce a deux sections."))
        elif not text.strip():
            troubles.append(Trouble(path, f"# {name}", "body", "Cette section est vide."))
        else:
            wordings[name] = text.strip()
    if troubles:
        raise BadClauseFile(troubles)
    return wordings


def _trouble(path: str, found: Any) -> Trouble:  # noqa: ANN401 (Pydantic's error dictionary)
    field = ".".join(str(part) for part in found["loc"]) or "en-tête"
    code = "missing" if found["type"] == "missing" else "schema"
    return Trouble(path, field, code, sentence_of(found["type"], found["msg"], found.get("ctx", {})))


def read_all(paths: Iterable[Path], root: Path) -> tuple[list[ClauseFile], list[Trouble]]:
    """Every file that can be read, and the troubles of those that cannot."""
    files: list[ClauseFile] = []
    troubles: list[Trouble] = []
    for path in paths:
        try:
            files.append(read(path, root))
        except BadClauseFile as error:
            troubles += error.troubles
    return files, troubles
