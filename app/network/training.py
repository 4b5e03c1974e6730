"""The training modules as data: `clauses/training/*.md`, a YAML head, then the lesson in sections."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.text.typography import french

Audience = Literal["acheteurs", "elus", "entreprises"]
_SECTION: Final = re.compile(r"^## +(.+)$", re.MULTILINE)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Exercise(_Strict):
    """A case to think over, then the answer of someone who has done it."""

    title: str = Field(min_length=3, max_length=120)
    case: str = Field(min_length=20, max_length=1200)
    question: str = Field(min_length=10, max_length=300)
    answer: str = Field(min_length=20, max_length=1500)


class Question(_Strict):
    question: str = Field(min_length=8, max_length=300)
    choices: list[str] = Field(min_length=2, max_length=5)
    right: int = Field(ge=1)
    """The position of the right choice in the file, the first is 1."""
    why: str = Field(min_length=10, max_length=600)


class Head(_Strict):
    code: str = Field(pattern=r"^[a-z][a-z0-9-]{2,40}$")
    order: int = Field(ge=1, le=99)
    title: str = Field(min_length=5, max_length=120)
    audience: list[Audience] = Field(min_length=1)
    minutes: int = Field(ge=5, le=90)
    summary: str = Field(min_length=20, max_length=300)
    objectives: list[str] = Field(min_length=2, max_length=6)
    texts: list[str] = Field(min_length=1)
    """Ids of `clauses/law/texts.yaml`: shown with their confidence."""
    clauses: list[str] = Field(min_length=1)
    exercises: list[Exercise] = Field(min_length=2)
    quiz: list[Question] = Field(min_length=4)


class Section(_Strict):
    title: str
    text: str
    """Paragraphs, lists and tables, as in the wordings."""


class Module(Head):
    sections: list[Section] = Field(min_length=2)


class TrainingError(ValueError):
    """A module that cannot be read; the message names the file."""


def shuffled(module: str, question: Question) -> tuple[list[str], int]:
    """The choices in an order that is always the same and says nothing, and the position of the right one (from 0)."""
    right = question.choices[question.right - 1]
    order = sorted(question.choices, key=lambda c: sha256(f"{module}|{question.question}|{c}".encode()).digest())
    return order, order.index(right)


def parse(source: str, name: str) -> Module:
    try:
        _, head, body = source.split("---\n", 2)
        titles = _SECTION.split(french(body))[1:]
        sections = [
            Section(title=title.strip(), text=text.strip())
            for title, text in zip(titles[::2], titles[1::2], strict=True)
        ]
        return Module(**yaml.safe_load(french(head)), sections=sections)
    except (ValueError, TypeError, yaml.YAMLError, ValidationError) as error:
        raise TrainingError(f"training/{name} : {error}") from error


@lru_cache(maxsize=4)
def read_modules(root: Path) -> tuple[Module, ...]:
    """The modules below `clauses/`, in their order."""
    files = sorted((root / "training").glob("*.md"))
    return tuple(sorted((parse(f.read_text(encoding="utf-8"), f.name) for f in files), key=lambda m: m.order))


def module_faults(module: Module, clauses: Collection[str], texts: Collection[str]) -> Iterator[str]:
    """What a module says of things that do not exist, or a quiz that cannot be answered."""
    for ident in module.clauses:
        if ident not in clauses:
            yield f"la clause {ident} n’existe pas"
    for ident in module.texts:
        if ident not in texts:
            yield f"le texte {ident} n’existe pas"
    for question in module.quiz:
        if question.right > len(question.choices):
            yield f"« {question.question} » : pas de choix n° {question.right}"
        if len(set(question.choices)) != len(question.choices):
            yield f"« {question.question} » : un choix est donné deux fois"
    if re.search(r"CEC-[A-Z]{3}-\d{3}", " ".join(section.text for section in module.sections)):
        yield "une clause est citée dans le texte : citez-la dans « clauses »"


def lint_training(root: Path, clauses: Collection[str], texts: Collection[str]) -> list[str]:
    """One line per refusal over all the modules."""
    try:
        modules = read_modules(root)
    except TrainingError as error:
        return [str(error)]
    lines = [f"training/{m.code} : {fault}" for m in modules for fault in module_faults(m, clauses, texts)]
    for field in ("code", "order"):
        counts = Counter(str(getattr(module, field)) for module in modules)
        lines += [f"training : {field} « {value} » est donné deux fois" for value, n in counts.items() if n > 1]
    return lines
