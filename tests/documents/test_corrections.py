"""The same file comes back commented or with tracked changes, and nothing else of it has moved."""

import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.law.vocabulary import Piece
from app.library import queries as library
from app.library.record import Change
from app.library.shelf import Shelf, make_shelf
from tests.documents.hostile import rebuilt, with_body
from tests.documents.revisions import settled, texts
from tests.documents.test_analysis_api import URL, analysed, changed, composed
from tests.documents.validity import Package, W, faults, schema

STALE, GONE = "CEC-MOB-003", "CEC-MOB-001"
ADDED = "Le titulaire remet les photographies de chaque meuble gardé."
REASON = "Le diagnostic est désormais photographié."


@pytest.fixture
async def newer(app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Shelf:  # noqa: ARG001
    return move_on(app, monkeypatch)


def move_on(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A library that has moved on: a clause reworded, a paragraph added, another clause withdrawn."""
    current = library.shelf()
    clauses = dict(current.clauses)
    old = clauses[STALE]
    wording = old.record.wordings[Piece.CCTP].replace("dix jours ouvrés", "quinze jours ouvrés", 1)
    assert wording != old.record.wordings[Piece.CCTP]
    first, _, rest = wording.partition("\n\n")
    note = Change(date=datetime(2027, 3, 1, tzinfo=UTC).date(), kind="market", reason=REASON)
    record = old.record.model_copy(
        update={
            "wordings": old.record.wordings | {Piece.CCTP: f"{first}\n\n{ADDED}\n\n{rest}"},
            "changelog": [*old.record.changelog, note],
        }
    )
    clauses[STALE] = replace(old, record=record, version=2)
    clauses[GONE] = replace(clauses[GONE], withdrawn_at=datetime(2027, 1, 1, tzinfo=UTC))
    shelf = make_shelf(current.generation + 1, clauses.values(), app.state.settings.clauses)

    async def refresh(*_: Any) -> Shelf:
        return shelf

    monkeypatch.setattr(library, "refresh", refresh)
    return shelf


async def corrected(client: httpx.AsyncClient, ident: str, file: tuple[str, bytes], **asked: Any) -> httpx.Response:
    asked = {"form": "changes", "dated": "2027-03-02T08:00:00Z"} | asked
    return await client.post(f"{URL}/{ident}/corrections", files={"file": file}, data={"asked": json.dumps(asked)})


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.usefixtures("newer")
async def test_stale_and_withdrawn_clauses_say_what_changed(client: httpx.AsyncClient) -> None:
    body = await analysed(client, ("CCTP.docx", await composed(client, "CCTP")))
    own = {one["clause_id"]: one for one in body["result"]["own"]}
    assert own[GONE]["state"] == "withdrawn"
    stale = own[STALE]
    assert (stale["state"], stale["version"], stale["current_version"], stale["edited"]) == ("stale", 1, 2, False)
    assert stale["reasons"] == [REASON]
    assert any(ADDED in segment["text"] for segment in stale["changes"] if segment["op"] == "insert")
    assert ("delete", "dix") in [(s["op"], s["text"].strip()) for s in stale["changes"]]
    assert body["result"]["summary"]["weak"] >= 2


@pytest.mark.usefixtures("newer")
async def test_tracked_changes_upgrade_a_clause_and_touch_nothing_else(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    answer = await corrected(client, body["id"], ("CCTP.docx", content))
    assert answer.status_code == 200, answer.text
    made = answer.content
    assert answer.headers["clausier-unchanged"] == "0"
    assert texts(settled(made, accept=False)) == texts(content)
    accepted = texts(settled(made, accept=True))
    assert ADDED in accepted
    assert [text for text in accepted if "quinze jours ouvrés" in text]
    assert not [text for text in accepted if "dix jours ouvrés" in text]
    assert len(accepted) == len(texts(content)) + 1
    before, after = parts(content), parts(made)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    assert faults(made) == {}
    assert schema(made, tmp_path) == []
    package = Package(made)
    marks = [*package.document.iter(W + "ins"), *package.document.iter(W + "del")]
    assert {(m.get(W + "author"), m.get(W + "date")) for m in marks} == {("Clausier", "2027-03-02T08:00:00Z")}
    assert (await corrected(client, body["id"], ("CCTP.docx", content))).content == made


@pytest.mark.usefixtures("newer")
async def test_an_accepted_upgrade_reads_as_current_although_its_tag_is_old(client: httpx.AsyncClient) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    made = (await corrected(client, body["id"], ("CCTP.docx", content))).content
    again = await analysed(client, ("CCTP.docx", settled(made, accept=True)))
    states = {one["clause_id"]: one["state"] for one in again["result"]["own"]}
    assert states[STALE] == "current"


@pytest.mark.usefixtures("newer")
async def test_what_the_buyer_edited_in_a_stale_clause_is_replaced_as_tracked_changes(
    client: httpx.AsyncClient,
) -> None:
    content = changed(
        await composed(client, "CCTP"), lambda xml: xml.replace("dix jours ouvrés", "dix beaux jours ouvrés")
    )
    body = await analysed(client, ("CCTP.docx", content))
    [stale] = [one for one in body["result"]["own"] if one["clause_id"] == STALE]
    assert (stale["state"], stale["edited"]) == ("stale", True)
    made = (await corrected(client, body["id"], ("CCTP.docx", content))).content
    assert texts(settled(made, accept=False)) == texts(content)
    assert not [text for text in texts(settled(made, accept=True)) if "beaux" in text]


async def test_chosen_clauses_are_inserted_where_asked_in_the_document_s_looks(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    place = body["result"]["own"][-1]["last_paragraph"]
    wanted = [
        {"clause_id": "CEC-MOB-004", "piece": "CCTP.docx", "after": place, "wording": wording}
        for wording in ("", "CRT")
    ]
    answer = await corrected(client, body["id"], ("CCTP.docx", content), insert=wanted)
    assert answer.status_code == 200, answer.text
    made = answer.content
    assert texts(settled(made, accept=False)) == texts(content)
    accepted = texts(settled(made, accept=True))
    title = library.shelf().clauses["CEC-MOB-004"].record.title
    assert accepted.count(title) == texts(content).count(title) + 2
    assert faults(made) == {}
    assert schema(made, tmp_path) == []
    again = await analysed(client, ("CCTP.docx", settled(made, accept=True)))
    assert ("CEC-MOB-004", "current", "text") in [
        (one["clause_id"], one["state"], one["anchor"]) for one in again["result"]["own"]
    ]


async def test_a_clause_comes_in_with_the_values_of_the_buyer_and_visible_blanks(client: httpx.AsyncClient) -> None:
    content = await composed(client, "RC")
    body = await analysed(client, ("RC.docx", content))
    wanted = {"clause_id": "CEC-MOB-002", "piece": "RC.docx", "after": 2, "wording": "CCTP"}
    record = library.shelf().clauses["CEC-MOB-002"].record
    variables, wording = record.variables, record.wordings[Piece.CCTP]
    others = [name for name in variables if name != "part_depart" and f"{{{{ {name} }}}}" in wording]
    assert others
    given = wanted | {"values": {"part_depart": "45"}, "blank": others}
    made = (await corrected(client, body["id"], ("RC.docx", content), insert=[given])).content
    added = " ".join(text for text in texts(settled(made, accept=True)) if text not in texts(content))
    assert "45\u00a0%" in added
    assert all(f"[{variables[name].label}]" in added for name in others)
    wrong = [
        wanted | {"values": {"part_depart": "500"}},
        wanted | {"values": {"inconnue": "1"}},
        wanted | {"values": {"part_depart": "beaucoup"}},
    ]
    refused = await corrected(client, body["id"], ("RC.docx", content), insert=wrong)
    assert [error["pointer"] for error in refused.json()["errors"]] == [
        "/insert/0/values/part_depart",
        "/insert/1/values/inconnue",
        "/insert/2/values/part_depart",
    ]


async def test_a_clause_takes_the_place_of_a_passage_or_follows_its_table(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    inside = "<w:p><w:r><w:t>Cellule fragile</w:t></w:r></w:p>"
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>'
    content = with_body(f"<w:p><w:r><w:t>Les meubles sont solides.</w:t></w:r></w:p>{table}<w:p/>")
    body = await analysed(client, ("CCTP.docx", content))
    wanted = [
        {"clause_id": "CEC-MOB-004", "piece": "CCTP.docx", "after": 1, "replace": True},
        {"clause_id": "CEC-MOB-003", "piece": "CCTP.docx", "after": 2, "replace": True},
    ]
    made = (await corrected(client, body["id"], ("CCTP.docx", content), insert=wanted)).content
    assert schema(made, tmp_path) == []
    assert texts(settled(made, accept=False)) == texts(content)
    accepted = texts(settled(made, accept=True))
    assert not {"Les meubles sont solides.", "Cellule fragile"} & set(accepted)
    order = [accepted.index(library.shelf().clauses[ident].record.title) for ident in ("CEC-MOB-004", "CEC-MOB-003")]
    assert order == sorted(order)
    [tree] = Package(made).document.iter(W + "tbl")
    assert "".join(tree.itertext()) == "Cellule fragile"


@pytest.mark.usefixtures("newer")
async def test_only_the_accepted_updates_are_written(client: httpx.AsyncClient) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    wanted = [{"clause_id": "CEC-MOB-004", "piece": "CCTP.docx", "after": body["result"]["own"][-1]["last_paragraph"]}]
    answer = await corrected(client, body["id"], ("CCTP.docx", content), upgrade=False, insert=wanted)
    accepted = texts(settled(answer.content, accept=True))
    assert ADDED not in accepted
    answer = await corrected(client, body["id"], ("CCTP.docx", content), only=[STALE])
    assert ADDED in texts(settled(answer.content, accept=True))


@pytest.mark.usefixtures("newer")
async def test_comments_stand_beside_what_was_found(client: httpx.AsyncClient, tmp_path: Path) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    made = (await corrected(client, body["id"], ("CCTP.docx", content), form="comments")).content
    assert texts(made) == texts(content)
    package = Package(made)
    [name] = [name for name in package.names if "comments" in name]
    comments = ["".join(comment.itertext()) for comment in package.xml[name]]
    assert any(REASON in comment for comment in comments)
    assert any("retirée" in comment for comment in comments)
    anchored = {mark.get(W + "id") for mark in package.document.iter(W + "commentReference")}
    assert anchored == {comment.get(W + "id") for comment in package.xml[name]}
    assert faults(made) == {}
    assert schema(made, tmp_path) == []
    before, after = parts(content), parts(made)
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert {part for part in before if before[part] != after[part]} == touched
    # A file that has comments already keeps them, and gains ours in the same part.
    twice = await analysed(client, ("deux.docx", made))
    more = (await corrected(client, twice["id"], ("deux.docx", made), form="comments")).content
    assert len(Package(more).xml[name]) == 2 * len(comments)
    assert faults(more) == {}


@pytest.mark.usefixtures("newer")
async def test_a_zip_comes_back_with_its_pieces_corrected(client: httpx.AsyncClient) -> None:
    zipped = await composed(client, "CCTP", "CCAP")
    body = await analysed(client, ("dossier.zip", zipped))
    answer = await corrected(client, body["id"], ("dossier.zip", zipped))
    assert answer.headers["content-type"] == "application/zip"
    before, after = parts(zipped), parts(answer.content)
    assert list(before) == list(after)
    [moved] = [name for name in before if before[name] != after[name]]
    assert moved.startswith("CCTP")
    assert texts(settled(after[moved], accept=False)) == texts(before[moved])


@pytest.mark.usefixtures("newer")
async def test_a_paragraph_with_a_field_is_left_and_commented(client: httpx.AsyncClient) -> None:
    link = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>dix jours ouvrés</w:t></w:r></w:fldSimple>'
    content = changed(
        await composed(client, "CCTP"),
        lambda xml: xml.replace("dix jours ouvrés", f"</w:t></w:r>{link}<w:r><w:t>"),
    )
    body = await analysed(client, ("CCTP.docx", content))
    answer = await corrected(client, body["id"], ("CCTP.docx", content))
    assert answer.headers["clausier-unchanged"] == "1"
    assert texts(settled(answer.content, accept=False)) == texts(content)
    assert "n’a pas été mis à jour automatiquement" in "".join(
        "".join(root.itertext()) for name, root in Package(answer.content).xml.items() if "comments" in name
    )


async def test_another_file_an_odt_and_nothing_to_do_are_refused(client: httpx.AsyncClient) -> None:
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    other = await corrected(client, body["id"], ("CCTP.docx", rebuilt({}, content, stored=True)))
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/file")
    nothing = await corrected(client, body["id"], ("CCTP.docx", content))
    assert (nothing.status_code, "rien à écrire" in nothing.json()["detail"]) == (422, True)
    wrong = [
        {"clause_id": "CEC-XXX-999", "piece": "CCTP.docx", "after": 3},
        {"clause_id": "CEC-MOB-004", "piece": "RC.docx", "after": 3},
        {"clause_id": "CEC-MOB-004", "piece": "CCTP.docx", "after": 90_000},
    ]
    refused = await corrected(client, body["id"], ("CCTP.docx", content), insert=wrong)
    assert [error["pointer"] for error in refused.json()["errors"]] == [
        "/insert/0/clause_id",
        "/insert/1/piece",
        "/insert/2/after",
    ]
    await client.delete(f"{URL}/{body['id']}")
    assert (await corrected(client, body["id"], ("CCTP.docx", content))).status_code == 404


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : « make test » l’installe")
@pytest.mark.usefixtures("newer")
async def test_libreoffice_knows_each_change_and_writes_it_back(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, the file still gives the new text when accepted, the old one when refused."""
    content = await composed(client, "CCTP")
    body = await analysed(client, ("CCTP.docx", content))
    place = body["result"]["own"][-1]["last_paragraph"]
    wanted = [{"clause_id": "CEC-MOB-004", "piece": "CCTP.docx", "after": place}]
    made = (await corrected(client, body["id"], ("CCTP.docx", content), insert=wanted)).content
    saved = _saved_by_libreoffice(made, tmp_path)
    authors = {mark.get(W + "author") for mark in Package(saved).document.iter(W + "ins", W + "del")}
    assert authors == {"Clausier"}
    for accept in (True, False):
        assert texts(settled(saved, accept=accept)) == texts(settled(made, accept=accept))


def _saved_by_libreoffice(content: bytes, folder: Path, form: str = "docx:MS Word 2007 XML") -> bytes:
    source, out = folder / "made.docx", folder / "out"
    source.write_bytes(content)
    command = [str(shutil.which("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", form, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    [made] = out.iterdir()
    return made.read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : « make test » l’installe")
@pytest.mark.parametrize("form", ["docx:MS Word 2007 XML", "odt"])
async def test_our_clauses_are_found_again_after_libreoffice_dropped_their_tags(
    client: httpx.AsyncClient, tmp_path: Path, form: str
) -> None:
    saved = _saved_by_libreoffice(await composed(client, "CCTP"), tmp_path, form)
    body = await analysed(client, (f"CCTP.{form[:4].strip(':')}", saved))
    found = {one["clause_id"]: (one["state"], one["values"].get("part_reemploi")) for one in body["result"]["own"]}
    assert found == {GONE: ("current", "35"), STALE: ("current", None)}
