"""Does anything notice when a right is given to everybody? Each permission rule and each « whose is it » is turned
into `yes`, one at a time: `python -m tests.access.mutants [PART OF A NAME]`. One that nothing notices is a hole.

The code of the function is replaced in place (`__code__`), so every importer has the mutant. The verdicts of
`verdicts.py` judge first; what they let live is judged by the tests of its room, in a process of its own.
"""

import ast
import asyncio
import importlib
import inspect
import os
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import httpx
from fastapi import FastAPI

from app.settings import ROOT
from tests.access import verdicts
from tests.access.planted import World, plant

RULES: Final[dict[str, Any]] = {
    "app.accounts.rules:at_least": True,
    "app.accounts.rules:is_fresh": True,
    "app.accounts.rules:session_is_over": False,
    "app.accounts.rules:scopes_allow": True,
    "app.accounts.tokens:same": True,
    "app.accounts.origin:require_same_origin": None,
    "app.accounts.origin:require_csrf": None,
    "app.accounts.actors:_require_second_factor": None,
    "app.library.edition.rules:may_read": True,
    "app.library.edition.rules:is_ready": True,
    "app.market.sourcing.rules:is_on_time": True,
    "app.network.events:owns": True,
    "app.network.routes_funding:_owns": True,
    "app.market.routes:_is_own": True,
}
"""What a permission function answers when it refuses nothing."""
EVERY_RIGHT: Final = (
    "app.accounts.rules:may_on_organisation",
    "app.accounts.rules:may_on_member",
    "app.purchases.rules:may_on_file",
    "app.charter.rules:may_on_adhesion",
    "app.library.edition.rules:may",
    "app.market.sourcing.rules:may_of_buyer",
    "app.market.sourcing.rules:may_of_firm",
)
"""These answer the list of what one may do: their mutant answers every right that their text names."""
_OWNERS: Final = ("organisation_id", "organisation.id", "person_id", "person.id", "author_id", ".by ")
_ASKERS: Final = (
    "actor.",
    "member.",
    "visitor.",
    "own",
    "mine",
    "organisation_id",
    "person_id",
    "ident",
    "organisation",
)
_ROOMS: Final = ("accounts", "charter", "library", "market", "network", "purchases")
_LABELS: Final[dict[str, str]] = {
    "app.purchases.past_actions:codes_of_family: PastContract.organisation_id == organisation_id": (
        "a longer list of codes, by which the contracts of one organisation are filtered"
    ),
}
"""Mutants that give nobody anything, with the reason."""


@dataclass(frozen=True)
class Mutant:
    name: str
    module: str
    function: str
    code: CodeType

    @property
    def room(self) -> str:
        return self.module.split(".")[1]

    @property
    def target(self) -> FunctionType:
        found: FunctionType = inspect.unwrap(getattr(importlib.import_module(self.module), self.function))
        return found

    @contextmanager
    def alive(self) -> Iterator[None]:
        target = self.target
        kept = target.__code__
        target.__code__ = self.code
        try:
            yield
        finally:
            target.__code__ = kept


def _compiled(module: str, tree: ast.FunctionDef | ast.AsyncFunctionDef) -> CodeType:
    """The code of a function of this module, its decorators and annotations left aside."""
    tree.decorator_list = []
    for arg in [*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs]:
        arg.annotation = None
    tree.returns = None
    where = dict(vars(importlib.import_module(module)))
    exec(compile(ast.fix_missing_locations(ast.Module([tree], [])), module, "exec"), where)  # noqa: S102 (our own text)
    made: FunctionType = where[tree.name]
    return made.__code__


def _tree_of(module: str, function: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    target = inspect.unwrap(getattr(importlib.import_module(module), function))
    tree = ast.parse(textwrap.dedent(inspect.getsource(target))).body[0]
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    return tree


def _answering(place: str, value: Any) -> Mutant:
    module, function = place.split(":")
    tree = _tree_of(module, function)
    tree.body = [ast.Return(ast.parse(repr(value), mode="eval").body)]
    return Mutant(f"{place} = {value!r:.40}", module, function, _compiled(module, tree))


def _all_rights(place: str) -> list[str]:
    words = [node.value for node in ast.walk(_tree_of(*place.split(":"))) if isinstance(node, ast.Constant)]
    return sorted({word for word in words if isinstance(word, str) and " " not in word})


class _Yes(ast.NodeTransformer):
    """Replaces the one comparison that stands at this place."""

    def __init__(self, line: int, column: int) -> None:
        self.place = (line, column)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        if (node.lineno, node.col_offset) != self.place:
            return node
        return ast.Constant(isinstance(node.ops[0], ast.Eq))


def _is_ownership(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq | ast.NotEq)):
        return False
    left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
    joins = left[0].isupper() and right[0].isupper()
    return not joins and any(word in f"{left} {right} " for word in _OWNERS) and any(w in right for w in _ASKERS)


def _of_module(path: Path) -> Iterator[Mutant]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for top in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for place in [(n.lineno, n.col_offset) for n in ast.walk(_tree_of(module, top.name)) if _is_ownership(n)]:
            tree = _tree_of(module, top.name)
            text = next(
                ast.unparse(n)
                for n in ast.walk(tree)
                if isinstance(n, ast.Compare) and (n.lineno, n.col_offset) == place
            )
            changed = _Yes(*place).visit(tree)
            yield Mutant(f"{module}:{top.name}: {text}", module, top.name, _compiled(module, changed))


def mutants() -> list[Mutant]:
    found = [_answering(place, value) for place, value in RULES.items()]
    found += [_answering(place, _all_rights(place)) for place in EVERY_RIGHT]
    for room in _ROOMS:
        for path in sorted((ROOT / "app" / room).rglob("*.py")):
            if path.name not in {"models.py", "personal.py", "indexing.py", "matching.py", "factors.py"}:
                found += _of_module(path)
    return [mutant for mutant in found if mutant.name not in _LABELS]


# --- Judging -------------------------------------------------------------------------------------


class Judges:
    """The verdicts, on a world that is planted again whenever somebody may have harmed it."""

    def __init__(self, client: httpx.AsyncClient, app: FastAPI) -> None:
        self.client, self.app = client, app
        self.world: World | None = None

    async def say(self, room: str) -> str:
        """The first thing that they say of the application as it stands, or nothing."""
        world = self.world = self.world or await plant(self.client)
        wrong, _ = await verdicts.half_let_in(self.client, self.app, room)
        wrong = wrong or (await verdicts.told_apart(self.client, self.app, world, room))[0]
        for who in ("other buyer", "rival firm"):
            wrong = wrong or (await verdicts.marks_shown(self.client, self.app, world, who, room))[0]
        for who in ("A reader", "writing key of A"):
            wrong = wrong or (await verdicts.let_in_wrongly(self.client, self.app, who, room))[0]
        if wrong:
            self.world = None
        return wrong[0] if wrong else ""


async def _first_word(judges: Judges, mutant: Mutant) -> str:
    """A mutant that cannot even plant, or that crashes the application, is noticed as well."""
    try:
        with mutant.alive():
            return await judges.say(mutant.room)
    except Exception as error:  # noqa: BLE001 (whatever it is, somebody sees it)
        judges.world = None
        return f"{type(error).__name__}: {error}".replace("\n", " ")[:100]


def _second_word(mutant: Mutant) -> str:
    """The tests of the room, in a process where the mutant lives."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.access.mutants", "-m", "not browser"]
    done = subprocess.run(
        [*command, f"tests/{mutant.room}", *(["tests/network/test_own.py"] if "_erase" in mutant.name else [])],
        cwd=ROOT,
        env=os.environ | {"CLAUSIER_MUTANT": mutant.name},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))]
    return (failed or ["the tests do not even start"])[0][:120] if done.returncode else ""


_KEPT: Final = ExitStack()


def pytest_configure() -> None:
    """As a plugin of pytest: the mutant that the environment names lives as long as the process."""
    if name := os.environ.get("CLAUSIER_MUTANT"):
        _KEPT.enter_context(next(mutant for mutant in mutants() if mutant.name == name).alive())


@asynccontextmanager
async def application() -> AsyncIterator[tuple[httpx.AsyncClient, FastAPI]]:
    from app.database import embedded  # noqa: PLC0415 (only for the command)
    from app.database.engine import connect, sessions  # noqa: PLC0415
    from app.database.migrate import migrate  # noqa: PLC0415
    from app.library.load import load  # noqa: PLC0415
    from app.main import create_app  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415
    from tests.conftest import STATE, database, running  # noqa: PLC0415

    for url in database(os.environ.get("DATABASE_URL") or embedded.start(STATE / "postgres"), "clausier_mutants"):
        await asyncio.to_thread(migrate, url)
        settings = Settings(worker=False, limits=1000, companies_url="")
        engine = connect(url)
        async with sessions(engine)() as session, session.begin():
            await load(session, settings.clauses)
        await engine.dispose()
        app = create_app(settings, database_url=url)
        async with running(app) as client:
            yield client, app


async def main(part: str) -> int:
    lived, tried = [], 0
    async with application() as (client, app):
        judges = Judges(client, app)
        assert await judges.say("") == "", "the verdicts must be quiet before any mutant"
        for mutant in mutants():
            if part not in mutant.name:
                continue
            tried += 1
            said = await _first_word(judges, mutant) or await asyncio.to_thread(_second_word, mutant)
            print(f"{'killed' if said else 'ALIVE '} {mutant.name}: {said[:110]}", flush=True)  # noqa: T201
            lived += [] if said else [mutant.name]
    print(f"{tried - len(lived)} of {tried} killed")  # noqa: T201
    return len(lived)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "")) > 0)
