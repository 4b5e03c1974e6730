"""A file comes back: what the analysis says of our clauses, through the door that the page uses."""

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from app.documents.analysis import actions, store
from app.library import queries as library
from app.main import JOBS
from app.outbound import jobs
from tests.documents.hostile import HOSTILE, folder, good, rebuilt, with_body
from tests.documents.test_api import PURCHASE
from tests.documents.validity import Package, W, schema

URL = "/api/v1/analyses"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def composed(client: httpx.AsyncClient, *pieces: str, **values: Any) -> bytes:
    items = [
        {"clause_id": "CEC-MOB-001", "values": {"part_reemploi": 35} | values},
        {"clause_id": "CEC-MOB-003", "reason": "Peu de meubles à reprendre"},
    ]
    asked = {"purchase": PURCHASE, "items": items, "pieces": list(pieces), "buyer_name": "Commune de Saint-Exemple"}
    answer = await client.post("/api/v1/documents", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.content


async def analysed(client: httpx.AsyncClient, *files: tuple[str, bytes], **form: str) -> dict[str, Any]:
    answer = await client.post(URL, files=[("files", file) for file in files], data=form)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{URL}/{answer.json()['id']}"
    body: dict[str, Any] = answer.json()
    assert body["status"] == "done"
    return body


def changed(content: bytes, change: Callable[[str], str]) -> bytes:
    """The same file with its document's XML changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()).encode() if name == "word/document.xml" else part)
    return made.getvalue()


async def test_last_years_file_gives_its_clauses_back_with_their_values(client: httpx.AsyncClient) -> None:
    body = await analysed(client, ("CCTP.docx", await composed(client, "CCTP")))
    own = {one["clause_id"]: one for one in body["result"]["own"]}
    assert {ident: (one["state"], one["anchor"]) for ident, one in own.items()} == {
        "CEC-MOB-001": ("current", "control"),
        "CEC-MOB-003": ("current", "control"),
    }
    assert own["CEC-MOB-001"]["values"]["part_reemploi"] == "35"
    assert own["CEC-MOB-003"]["reason"] == "Peu de meubles à reprendre"
    assert own["CEC-MOB-001"]["where"]["section"].endswith(own["CEC-MOB-001"]["title"])
    assert "ce n’est pas un avis juridique" in body["result"]["notice"]


async def test_the_words_that_were_edited_are_shown(client: httpx.AsyncClient) -> None:
    content = changed(await composed(client, "CCTP"), lambda xml: xml.replace("valide le diagnostic", "lit le rapport"))
    body = await analysed(client, ("CCTP.docx", content))
    edited = [one for one in body["result"]["own"] if one["state"] == "edited"]
    assert [one["clause_id"] for one in edited] == ["CEC-MOB-003"]
    moves = [(s["op"], s["text"].strip()) for s in edited[0]["difference"] if s["op"] != "equal"]
    assert moves == [("delete", "valide"), ("insert", "lit"), ("delete", "diagnostic"), ("insert", "rapport")]
    assert body["result"]["summary"]["weak"] >= 1


async def test_a_value_changed_in_the_document_is_no_edit_but_is_held_to_its_bounds(client: httpx.AsyncClient) -> None:
    content = changed(await composed(client, "CCTP"), lambda xml: xml.replace("35\u00a0%", "5\u00a0%"))
    [one] = [
        o for o in (await analysed(client, ("CCTP.docx", content)))["result"]["own"] if o["clause_id"] == "CEC-MOB-001"
    ]
    assert one["state"] == "current"
    assert "comprise entre 20" in one["out_of_bounds"][0]


async def test_the_same_file_as_a_zip_and_beside_another(client: httpx.AsyncClient) -> None:
    zipped = await composed(client, "CCTP", "CCAP")
    body = await analysed(client, ("dossier.zip", zipped), ("seul.docx", await composed(client, "RC")))
    assert [file["kind"] for file in body["files"]] == ["zip", "docx"]
    assert [piece["name"].split("_")[0] for piece in body["files"][0]["pieces"]] == ["CCAP", "CCTP"]
    assert {one["where"]["piece"].split("_")[0] for one in body["result"]["own"]} >= {"CCAP", "CCTP"}


async def test_a_described_purchase_says_which_duties_the_file_leaves_open(client: httpx.AsyncClient) -> None:
    content = await composed(client, "CCTP")
    without = await analysed(client, ("CCTP.docx", content))
    assert without["result"]["duties"] is None
    assert without["result"]["summary"]["missing"] is None
    body = await analysed(client, ("CCTP.docx", content), purchase=json.dumps(PURCHASE))
    missing = [f for f in body["result"]["duties"]["findings"] if (f["status"], f["origin"]) == ("missing", "law")]
    assert body["result"]["summary"]["missing"] == len(missing) > 0
    offered = {one["duty"]: one["choices"] for one in body["result"]["proposals"]}
    assert set(offered) <= {found["duty"] for found in missing}
    [paper] = offered["env-award-criterion"][:1]
    assert library.shelf().clauses[paper["clause_id"]].record.kind == "award_criterion"
    assert body["result"]["summary"]["sentence"].startswith(f"{len(missing)}\u00a0obligation")


async def test_the_coverage_map_sets_sections_against_levers(client: httpx.AsyncClient) -> None:
    coverage = (await analysed(client, ("CCTP.docx", await composed(client, "CCTP"))))["result"]["coverage"]
    used = {lever["code"] for lever in coverage["levers"]}
    assert {cell["lever"] for row in coverage["rows"] for cell in row["cells"]} == used
    assert not used & {lever["code"] for lever in coverage["absent"]}
    assert all(row["section"] for row in coverage["rows"])
    cells = [cell for row in coverage["rows"] for cell in row["cells"]]
    assert all(len(cell["paragraphs"]) == cell["good"] + cell["weak"] for cell in cells)


FOREIGN = (
    "Article 1 – Fourniture de tables",
    "Les tables sont fabriquées par une entreprise de la région et livrées neuves.",
    "Article 2 – Reprise des anciens meubles",
    (
        "Le titulaire reprend 100 % des meubles remplacés et les remet à une structure de réemploi. Il remet chaque "
        "trimestre un bordereau qui donne le nombre de meubles. À défaut, une pénalité de 50 € par meuble s’applique."
    ),
)


async def test_foreign_passages_are_read_with_their_words_in_context(client: httpx.AsyncClient, tmp_path: Path) -> None:
    content = with_body("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in FOREIGN))
    body = await analysed(client, ("CCTP.docx", content), purchase=json.dumps(PURCHASE))
    result = body["result"]
    [local] = [found for found in result["findings"] if found["kind"] == "localism"]
    assert local["where"] == {
        "piece": "CCTP.docx",
        "part": "document",
        "section": "Article 1 – Fourniture de tables",
        "paragraph": 2,
    }
    assert local["before"] + local["words"] + local["after"] == FOREIGN[1]
    assert "région" in local["words"]
    assert local["clause_title"]
    assert local["choices"][0] == {"clause_id": local["clause_id"], "title": local["clause_title"]}
    [role] = [role for role in result["roles"] if "reprend" in role["excerpt"]]
    assert {"reemploi", "reprise-fin-de-vie"} & set(role["levers"])
    assert role["neighbours"]
    assert result["coverage"]["rows"]
    asked = json.dumps({"form": "comments"})
    answer = await client.post(
        f"{URL}/{body['id']}/corrections", files={"file": ("CCTP.docx", content)}, data={"asked": asked}
    )
    package = Package(answer.content)
    [name] = [name for name in package.names if "comments" in name]
    [about] = [comment for comment in package.xml[name] if local["label"] in "".join(comment.itertext())]
    assert _commented(package, about.get(W + "id")) == local["words"]
    assert schema(answer.content, tmp_path) == []


def _commented(package: Package, ident: str) -> str:
    """The words between the two ends of a comment."""
    inside, words = False, ""
    for element in package.document.iter():
        if element.tag in {W + "commentRangeStart", W + "commentRangeEnd"} and element.get(W + "id") == ident:
            inside = element.tag == W + "commentRangeStart"
        elif inside and element.tag == W + "t":
            words += element.text or ""
    return words


async def test_an_analysis_survives_a_reload_and_goes_when_asked(client: httpx.AsyncClient) -> None:
    body = await analysed(client, ("CCTP.docx", await composed(client, "CCTP")))
    again = await client.get(f"{URL}/{body['id']}")
    assert again.json() == body
    assert again.headers["cache-control"] == "no-store"
    assert (await client.delete(f"{URL}/{body['id']}")).status_code == 204
    gone = await client.get(f"{URL}/{body['id']}")
    assert (gone.status_code, gone.json()["type"]) == (404, "/problems/analyse")
    assert (await client.get(f"{URL}/short")).status_code == 422


async def test_a_long_file_is_analysed_in_the_background_with_its_progress(
    client: httpx.AsyncClient, app: FastAPI, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 10)
    monkeypatch.setattr(actions, "_AT_A_TIME", 1)
    steps: list[int | None] = []
    progress = store.progress

    async def watched(session: AsyncSession, key: bytes, done: int | None = None) -> None:
        steps.append(done)
        await progress(session, key, done)

    monkeypatch.setattr(store, "progress", watched)
    answer = await client.post(URL, files={"files": ("CCTP.docx", await composed(client, "CCTP"))})
    body = answer.json()
    assert (answer.status_code, body["status"], body["result"]) == (202, "waiting", None)
    assert body["total"] > 10
    context = {"sessions": app.state.sessions, "clauses": app.state.settings.clauses}
    with JOBS.replace_connector(jobs.connector(database_url)) as connected:
        async with connected.open_async():
            await connected.run_worker_async(
                wait=False, install_signal_handlers=False, delete_jobs="successful", additional_context=context
            )
    done = (await client.get(f"{URL}/{body['id']}")).json()
    assert (done["status"], done["done"]) == ("done", done["total"])
    assert done["result"]["own"]
    # Clause after clause, up to the half that the other passages then take.
    assert len(steps) == len(done["result"]["own"]) + 1
    assert steps == sorted(steps, key=lambda step: step or 0)
    assert steps[-1] == done["total"] // 2


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_upload_is_answered_beside_its_field_and_never_by_a_5xx(
    client: httpx.AsyncClient, name: str
) -> None:
    build, code = HOSTILE[name]
    answer = await client.post(URL, files=[("files", ("bon.docx", good())), ("files", ("mauvais.docx", build()))])
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/fichier", code
    assert [error["pointer"] for error in problem["errors"]] == ["/files/1"]
    assert problem["errors"][0]["detail"].endswith(".")


async def test_an_upload_larger_than_the_limit_is_refused_before_it_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, files={"files": ("gros.docx", bytes(27 * 1024 * 1024))})
    assert (answer.status_code, answer.json()["detail"]) == (413, "L’envoi dépasse 26 Mio.")


async def test_a_scan_without_text_says_so(client: httpx.AsyncClient) -> None:
    made = io.BytesIO()
    Document().save(made)
    answer = await client.post(URL, files={"files": ("scan.docx", made.getvalue())})
    assert "aucun texte" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("purchase", "pointer"),
    [
        ("{", "/purchase"),
        ('{"object": "x"}', "/purchase/object"),
        ('{"object": "Tables", "launch_date": "x"}', "/purchase/launch_date"),
    ],
)
async def test_a_purchase_that_is_wrong_is_refused_at_its_field(
    client: httpx.AsyncClient, purchase: str, pointer: str
) -> None:
    answer = await client.post(URL, files={"files": ("a.docx", good())}, data={"purchase": purchase})
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


async def test_nothing_is_left_on_the_disk(
    client: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    large = rebuilt({"word/media/a.bin": bytes(3_000_000)}, stored=True)
    await analysed(client, ("a.zip", folder(("CCTP.docx", large))))
    for name in ("a document with macros", "a bomb of paragraphs", "a billion laughs"):
        assert (await client.post(URL, files={"files": ("a.docx", HOSTILE[name][0]())})).status_code == 422
    assert os.listdir(tmp_path) == []  # noqa: PTH208 (names alone)
