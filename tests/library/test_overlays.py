"""An organisation's own wording: private, on a pinned version, carried over when the parent moves, printed."""

import io
import zipfile
from typing import Any

import httpx
import pytest

from app.law.vocabulary import Piece
from app.library.overlays.rules import adapted, faults, rebased
from tests.accounts.people import Door, sign_in
from tests.library.test_collection import record

CLAUSE = "CEC-MOB-001"
PATH = f"/api/v1/clauses/{CLAUSE}/overlay"
OWN = "Chaque année, {{ part_reemploi }} des meubles commandés par la commune viennent de la ressourcerie du canton."


def body(**changes: Any) -> dict[str, Any]:
    return {"parent_version": 1, "wordings": {"CCTP": OWN}, "defaults": {"part_reemploi": 35}} | changes


async def writer(client: httpx.AsyncClient, organisation: str = "A") -> Door:
    return await sign_in(client, role="writer", organisation=organisation)


async def fresh(client: httpx.AsyncClient, organisation: str = "A") -> Door:
    """A writer whose organisation has adapted nothing."""
    door = await writer(client, organisation)
    found = await door.get(PATH)
    if found.status_code == 200:
        assert (await door.delete(PATH, headers={"If-Match": found.headers["etag"]})).status_code == 204
    return door


async def test_an_organisation_writes_its_own_words_and_sees_what_differs(client: httpx.AsyncClient) -> None:
    door = await fresh(client)
    made = await door.put(PATH, json=body())
    assert made.status_code == 200, made.text
    found = made.json()
    assert (found["name"], found["moved"], found["may"]) == (f"{CLAUSE}@1+overlay", False, ["edit", "delete", "rebase"])
    assert found["variables"]["part_reemploi"]["default"] == 35
    [changed] = [w for w in found["diff"]["wordings"] if w["move"] != "equal"]
    assert any(run["op"] == "insert" for row in changed["rows"] for run in row["runs"])
    listed = (await door.get("/api/v1/overlays")).json()["items"]
    assert [row["clause"] for row in listed] == [CLAUSE]


async def test_the_others_never_see_it(client: httpx.AsyncClient) -> None:
    await (await fresh(client)).put(PATH, json=body())
    other = await writer(client, "B")
    assert (await other.get(PATH)).status_code == 404
    assert CLAUSE not in {row["clause"] for row in (await other.get("/api/v1/overlays")).json()["items"]}
    assert (await client.get(PATH)).status_code == 401
    assert (await (await sign_in(client, role="writer", organisation="firm")).get(PATH)).status_code == 403
    reader = await sign_in(client, role="reader")
    assert (await reader.get(PATH)).json()["may"] == []
    assert (await reader.put(PATH, json=body())).status_code == 403
    assert OWN not in (await client.get(f"/api/v1/clauses/{CLAUSE}")).text


async def test_a_change_names_the_version_that_it_starts_from(client: httpx.AsyncClient) -> None:
    door = await fresh(client)
    etag = (await door.put(PATH, json=body())).headers["etag"]
    assert (await door.put(PATH, json=body())).status_code == 428
    again = await door.put(PATH, json=body(note="Relu"), headers={"If-Match": etag})
    assert (again.status_code, again.json()["note"]) == (200, "Relu")
    assert (await door.put(PATH, json=body(), headers={"If-Match": etag})).status_code == 412


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"wordings": {"CCTP": "Texte {{ inconnue }}."}}, "/wordings/CCTP"),
        ({"wordings": {"BPU": "Texte."}}, "/wordings/BPU"),
        ({"defaults": {"part_reemploi": 5}}, "/defaults/part_reemploi"),
        ({"defaults": {"autre": 5}}, "/defaults/autre"),
        ({"wordings": {}, "defaults": {}}, "/wordings"),
        ({"parent_version": 99}, "/parent_version"),
    ],
)
async def test_what_cannot_stand_is_said_beside_the_field(
    client: httpx.AsyncClient, changes: dict[str, Any], pointer: str
) -> None:
    answer = await (await fresh(client)).put(PATH, json=body(**changes))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def document(*, overlay: bool) -> dict[str, Any]:
    return {
        "purchase": {
            "object": "Mobilier", "cpv": ["39100000"], "nature": "supplies", "estimated_value": 120000,
            "launch_date": "2026-12-01", "buyer": {"kind": "local_authority"},
        },
        "items": [{"clause_id": CLAUSE, "overlay": overlay}], "pieces": ["CCTP"], "title": "Mobilier",
    }  # fmt: skip


async def test_documents_print_the_own_words_and_their_manifest_says_so(client: httpx.AsyncClient) -> None:
    door = await fresh(client)
    await door.put(PATH, json=body())
    before = await client.post("/api/v1/documents", json=document(overlay=False))
    made = await door.post("/api/v1/documents", json=document(overlay=True))
    assert made.status_code == 200, made.text
    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        parts = {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}
    assert "ressourcerie du canton" in parts["word/document.xml"]
    assert any(f'adapted="{CLAUSE}@1+overlay"' in text for text in parts.values())
    plain = await door.post("/api/v1/documents", json=document(overlay=False))
    assert plain.content == before.content, "the private wording stays out of everybody else's documents"
    assert plain.content != made.content
    refused = await client.post("/api/v1/documents", json=document(overlay=True))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/items/0/clause_id")


async def test_the_check_reads_the_own_words(client: httpx.AsyncClient) -> None:
    door = await fresh(client)
    await door.put(PATH, json=body())
    asked = document(overlay=True)
    answer = await door.post("/api/v1/check", json={"purchase": asked["purchase"], "items": asked["items"]})
    assert answer.status_code == 200
    assert (
        await client.post("/api/v1/check", json={"purchase": asked["purchase"], "items": asked["items"]})
    ).status_code == 422


def moved(text: str) -> Any:
    old = record(CLAUSE)
    return old.model_copy(update={"wordings": old.wordings | {Piece.CCTP: text}})


def test_a_parent_that_moves_elsewhere_is_followed_without_a_question() -> None:
    old = record(CLAUSE)
    blocks = old.wordings[Piece.CCTP].split("\n\n")
    mine = "\n\n".join([OWN, *blocks[1:]])
    new = moved("\n\n".join([*blocks[:-1], "Le relevé est annuel."]))
    texts, conflicts = rebased(old, new, {"CCTP": mine})
    assert (texts, conflicts) == ({"CCTP": "\n\n".join([OWN, *blocks[1:-1], "Le relevé est annuel."])}, [])


@pytest.mark.parametrize(("keep", "first"), [("mine", OWN), ("theirs", "La règle change.")])
def test_the_same_paragraph_changed_twice_is_a_conflict_that_one_settles(keep: Any, first: str) -> None:
    old = record(CLAUSE)
    blocks = old.wordings[Piece.CCTP].split("\n\n")
    new = moved("\n\n".join(["La règle change.", *blocks[1:]]))
    mine = {"CCTP": "\n\n".join([OWN, *blocks[1:-1], "Le relevé est mensuel."])}
    _, [conflict] = rebased(old, new, mine)
    assert (conflict.base, conflict.mine, conflict.theirs) == (blocks[0], OWN, "La règle change.")
    texts, _ = rebased(old, new, mine, keep)
    assert texts["CCTP"].split("\n\n")[0] == first
    assert texts["CCTP"].endswith("Le relevé est mensuel.")


def test_a_variable_that_no_text_holds_any_more_is_not_asked_for() -> None:
    old = record(CLAUSE)
    texts = {"CCTP": "Texte sans variable.", "CCAP": "Le titulaire encourt une pénalité."}
    assert {variable.required for variable in old.variables.values()} == {True}
    assert {variable.required for variable in adapted(old, texts, {}).variables.values()} == {False}
    assert list(faults(old, texts, {})) == []
