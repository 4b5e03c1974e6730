"""The closed lists that a clause may name, read from `clauses/*.yaml`; law and charter belong to the law room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from app.law.vocabulary import Confidence
from app.library.files import Trouble, read_yaml
from app.library.record import Code, CpvPrefix, Strict, Text, Words
from app.web.french import sentence_of

Entry = TypeVar("Entry", bound=Strict)


class Family(Strict):
    code: Code
    label: Text
    prefix: str
    cpv: list[CpvPrefix]


class Lever(Strict):
    code: Code
    label: Text
    pillar: Text


class Label(Strict):
    """A label or a norm that a wording may name, always with « ou équivalent »."""

    id: Code
    name: Text
    kind: Text
    covers: Text
    issuer_type: Text
    note: Words = ""
    confidence: Confidence


class Term(Strict):
    """A word defined once: linked from the clauses, inserted once per document."""

    id: Code
    term: Text
    definition: Text
    source: Text
    text: Code | None = None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Vocabularies:
    families: Mapping[str, Family]
    levers: Mapping[str, Lever]
    labels: Mapping[str, Label] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Id → entry of clauses/law/texts.yaml."""
    duties: frozenset[str] = frozenset()
    commitments: frozenset[str] = frozenset()
    agec: tuple[Mapping[str, Any], ...] = ()
    """The categories of decree 2024-134 (clauses/law/targets.yaml)."""
    troubles: tuple[Trouble, ...] = ()
    """Faults of the lists themselves: an unreadable entry, an id given twice, an absent file."""
    absent: frozenset[str] = frozenset()


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.troubles: list[Trouble] = []
        self.absent: set[str] = set()

    def raw(self, name: str) -> Any:  # noqa: ANN401 (YAML holds anything)
        path = self.root / name
        if not path.exists():
            self.absent.add(name)
            self.troubles.append(
                Trouble(name, "fichier", "absent", "Ce fichier manque : ses codes ne sont pas contrôlés.")
            )
            return []
        try:
            return read_yaml(path.read_text(encoding="utf-8")) or []
        except (yaml.YAMLError, ValueError, OSError) as error:
            self.troubles.append(Trouble(name, "fichier", "yaml", f"YAML illisible : {error}"))
            self.absent.add(name)
            return []

    def entries(self, name: str, kind: type[Entry], key: str) -> dict[str, Entry]:
        """The entries of a list by their key; each bad one is a trouble, never a crash."""
        found: dict[str, Entry] = {}
        for number, raw in enumerate(self.raw(name), 1):
            where = str(raw.get(key, number)) if isinstance(raw, dict) else str(number)
            try:
                entry = kind.model_validate(raw)
            except ValidationError as error:
                self.troubles += [
                    Trouble(
                        name,
                        ".".join([where, *map(str, e["loc"])]),
                        "schema",
                        sentence_of(e["type"], e["msg"], e.get("ctx", {})),
                    )
                    for e in error.errors()
                ]
                continue
            if where in found:
                self.troubles.append(Trouble(name, where, "duplicate-id", "Cet identifiant est donné deux fois."))
            found[where] = entry
        return found

    def ids(self, name: str, key: str, inside: str = "") -> dict[str, dict[str, Any]]:
        """The raw entries of a list of the law room by id; that room checks what they say."""
        content = self.raw(name)
        rows = content.get(inside, []) if isinstance(content, dict) else content
        return {str(row[key]): row for row in rows if isinstance(row, dict) and key in row}


def read_vocabularies(root: Path) -> Vocabularies:
    """Every list below `clauses/`, with what is wrong in them."""
    reader = _Reader(root)
    return Vocabularies(
        families=reader.entries("families.yaml", Family, "code"),
        levers=reader.entries("levers.yaml", Lever, "code"),
        labels=reader.entries("labels.yaml", Label, "id"),
        glossary=reader.entries("glossary.yaml", Term, "id"),
        texts=reader.ids("law/texts.yaml", "id"),
        duties=frozenset(reader.ids("law/duties.yaml", "code", "duties")),
        commitments=frozenset(reader.ids("charter/charter.yaml", "code", "commitments")),
        agec=tuple(reader.ids("law/targets.yaml", "number", "agec").values()),
        troubles=tuple(reader.troubles),
        absent=frozenset(reader.absent),
    )
