"""The documented examples: one YAML file, shown in the contract and on the page `/api`, and run as tests."""

import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field

SITE: Final = "http://127.0.0.1:8000"


class Example(BaseModel):
    """One request and what must come back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    path: str
    """As typed, with its parameters in place."""
    headers: dict[str, str] = {}
    body: Any = None
    status: int = 200
    type: str = "application/json"
    """Of the answer."""
    holds: list[str] = Field(min_length=1)
    """Texts that the answer must contain."""


class Documented(BaseModel):
    """What the file says of one operation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation: str
    """« GET /api/v1/clauses », as in the contract."""
    note: str = ""
    examples: list[Example] = []

    @property
    def method(self) -> str:
        return self.operation.partition(" ")[0]


def read_examples(path: Path) -> list[Documented]:
    """Nothing where the file is absent (an installation without `docs/`)."""
    if not path.exists():
        return []
    return [Documented.model_validate(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def curl(method: str, example: Example) -> str:
    """The example as a command, to be pasted in a terminal."""
    parts = ["curl"]
    if example.type == "application/json" and method == "GET" and not example.headers:
        parts.append("-s")
    parts += [f"-X {method}"] if method not in {"GET", "POST"} or (method == "POST" and example.body is None) else []
    for name, value in example.headers.items():
        parts.append(f"-H {shlex.quote(f'{name}: {value}')}")
    if example.body is not None:
        parts.append("-H 'Content-Type: application/json'")
        parts.append(f"-d {shlex.quote(json.dumps(example.body, ensure_ascii=False))}")
    parts.append(shlex.quote(SITE + example.path))
    return " \\\n  ".join(parts) if example.body is not None else " ".join(parts)


def add_examples(document: Mapping[str, Any], documented: Sequence[Documented]) -> None:
    """Notes as descriptions, examples as `x-exemples`, the first body as the example of the request."""
    for entry in documented:
        method, _, path = entry.operation.partition(" ")
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is None:
            continue  # tests/web/test_contract.py refuses an entry whose operation does not exist
        if entry.note:
            operation["description"] = entry.note
        if entry.examples:
            operation["x-exemples"] = [
                {
                    "titre": example.title,
                    "curl": curl(method, example),
                    "chemin": example.path,
                    "statut": example.status,
                }
                for example in entry.examples
            ]
        bodies = {example.title: {"value": example.body} for example in entry.examples if example.body is not None}
        if bodies:
            for content in operation["requestBody"]["content"].values():
                content["examples"] = bodies
