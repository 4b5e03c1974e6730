"""The closed lists that a clause may name, read from `clauses/*.yaml`; law and charter belong to the law room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from app.law.catalogue import LawError, load_law
from app.law.facts import AgecCategory, Family, Law, LawText
from app.law.vocabulary import Confidence
from app.library.citations import keys_of_text
from app.library.family_pages import FamilyPage
from app.library.files import Trouble, read_yaml
from app.library.record import Code, Strict, Text, Words
from app.web.french import sentence_of

Entry = TypeVar("Entry", bound=Strict)


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
    labels: Mapping[str, Label]
    glossary: Mapping[str, Term]
    texts: Mapping[str, LawText]
    citations: frozenset[str]
    """Every key under which one of the texts may be cited (`app.library.citations`)."""
    duties: Mapping[str, str]
    """Code → title."""
    commitments: Mapping[str, str]
    """Code → title."""
    agec: tuple[AgecCategory, ...] = ()
    law: Law | None = None
    pages: Mapping[str, FamilyPage] = field(default_factory=dict)
    """Family code → its page."""
    troubles: tuple[Trouble, ...] = ()
    """Faults of the lists themselves: an unreadable entry, an id given twice, an absent file."""
    absent: frozenset[str] = frozenset()
    """Lists that could not be read: codes of these are not judged one by one."""


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
        return self.checked(name, self.raw(name), kind, key)

    def checked(self, name: str, rows: list[Any], kind: type[Entry], key: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for number, raw in enumerate(rows, 1):
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

    def pages(self) -> dict[str, FamilyPage]:
        """One file per family; a folder without them gives none."""
        found: dict[str, FamilyPage] = {}
        for path in sorted((self.root / "families").glob("*.yaml")):
            name = f"families/{path.name}"
            found |= self.checked(name, [self.raw(name)], FamilyPage, "code")
        return found

    def law(self) -> Law | None:
        try:
            return load_law(self.root)
        except LawError as error:
            self.troubles.append(Trouble("law", "contenu", "law", str(error)))
            self.absent |= {"law/texts.yaml", "law/duties.yaml", "law/targets.yaml", "charter/charter.yaml"}
            return None


def read_vocabularies(root: Path) -> Vocabularies:
    """Every list below `clauses/`, with what is wrong in them."""
    reader = _Reader(root)
    law = reader.law()
    return Vocabularies(
        families={family.code: family for family in law.families} if law else {},
        levers=reader.entries("levers.yaml", Lever, "code"),
        labels=reader.entries("labels.yaml", Label, "id"),
        glossary=reader.entries("glossary.yaml", Term, "id"),
        texts=law.texts if law else {},
        citations=frozenset(key for text in law.texts.values() for key in keys_of_text(text)) if law else frozenset(),
        duties={duty.code: duty.title for duty in law.duties} if law else {},
        commitments={commitment.code: commitment.title for commitment in law.charter.commitments} if law else {},
        agec=law.targets.agec if law else (),
        law=law,
        pages=reader.pages(),
        troubles=tuple(reader.troubles),
        absent=frozenset(reader.absent | (set() if law else {"families.yaml"})),
    )
