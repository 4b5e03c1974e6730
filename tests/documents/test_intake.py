"""A file that somebody sends is what it says, or is refused with its own sentence, in a process that cannot do harm."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.documents import bounded, intake
from app.documents.refused import SENTENCES, Refused
from tests.documents.hostile import HOSTILE, entries, folder, good, mutations, odt, rebuilt, with_relation

ODT = "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"


@pytest.mark.parametrize(("build", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_for_its_own_reason(build: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        intake.look(build())
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


def test_every_reason_is_met_by_a_file() -> None:
    """But for the two that only the reading of the text finds, and the one of the limits."""
    assert set(SENTENCES) - {code for _, code in HOSTILE.values()} == {"no-text", "too-long", "too-heavy"}


@pytest.mark.parametrize(
    "build",
    [
        good,
        lambda: odt(ODT),
        lambda: with_relation("hyperlink", "https://www.example.org"),
        lambda: entries(("word/media/image1.png", b"\x89PNG" + bytes(1000))),
        lambda: rebuilt({}, stored=True),
    ],
)
def test_an_honest_file_is_opened(build: Callable[[], bytes]) -> None:
    assert intake.look(build()).documents


def test_a_zip_of_pieces_gives_its_documents_and_says_what_it_leaves() -> None:
    found = intake.look(
        folder(("RC.docx", good()), ("annexes/CCTP.odt", odt(ODT)), ("bpu.xlsx", b"x"), ("._RC.docx", b""))
    )
    assert [(document.name, document.kind) for document in found.documents] == [
        ("RC.docx", "docx"),
        ("annexes/CCTP.odt", "odt"),
    ]
    assert found.unread == ("bpu.xlsx",)


def test_the_refusal_of_a_piece_names_it() -> None:
    with pytest.raises(Refused) as refusal:
        intake.look(folder(("RC.docx", good()), ("vieux.docx", good()[:900])))
    assert refusal.value.sentence.startswith("«\u00a0vieux.docx\u00a0»\u00a0: ce fichier est abîmé")


def test_five_hundred_damaged_files_are_opened_or_refused_and_nothing_else() -> None:
    outcomes = set()
    for content in mutations(500):
        try:
            intake.look(content)
        except Refused as refusal:
            outcomes.add(refusal.code)
        else:
            outcomes.add("opened")
    assert "damaged" in outcomes


async def test_a_template_is_looked_at_in_a_process_of_its_own() -> None:
    assert await bounded.run("app.documents.intake:look_at_template", {}, good()) == ({"kind": "docx"}, b"")
    with pytest.raises(Refused, match="not-a-document"):
        await bounded.run("app.documents.intake:look_at_template", {}, odt(ODT))


def eat_memory(_: Any, __: bytes) -> tuple[dict[str, Any], bytes]:
    return {"length": len(bytearray(1024**3))}, b""


def eat_time(_: Any, __: bytes) -> tuple[dict[str, Any], bytes]:
    while True:
        pass


def sleep(_: Any, __: bytes) -> tuple[dict[str, Any], bytes]:
    time.sleep(60)
    return {}, b""


def write_a_file(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    Path(asked["path"]).write_bytes(content)
    return {}, b""


def crash(_: Any, __: bytes) -> tuple[dict[str, Any], bytes]:
    os.abort()


@pytest.mark.parametrize(
    ("task", "limits"),
    [
        ("eat_memory", bounded.STANDARD),
        ("eat_time", bounded.Limits(cpu=1)),
        ("sleep", bounded.Limits(wall=0.5)),
        ("crash", bounded.STANDARD),
    ],
)
async def test_work_beyond_its_limits_is_refused_and_its_process_ends(task: str, limits: bounded.Limits) -> None:
    with pytest.raises(Refused, match="too-heavy"):
        await bounded.run(f"{__name__}:{task}", {}, b"x", limits)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # noqa: ASYNC222 (it does not wait)


async def test_a_bounded_process_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "left"
    with pytest.raises(Refused, match="too-heavy"):
        await bounded.run(f"{__name__}:write_a_file", {"path": str(path)}, b"x")
    assert not path.exists() or path.read_bytes() == b""


async def test_cancelling_ends_the_process() -> None:
    task = asyncio.create_task(bounded.run(f"{__name__}:sleep", {}, b"x"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # noqa: ASYNC222 (it does not wait)
