"""The buyer's template over HTTP."""

import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from tests.documents import templates
from tests.documents.test_api import URL, body, clause
from tests.documents.validity import Package, W, faults

FIELD = {"dossier": json.dumps(body(clause(), pieces=["CCAP"]))}


def sent(content: bytes, **changes: Any) -> dict[str, Any]:
    asked = {"dossier": json.dumps(body(clause(), **({"pieces": ["CCAP"]} | changes)))}
    return {"data": asked, "files": {"template": ("modele.docx", content)}}


async def test_a_piece_comes_back_in_the_template(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{URL}/with-template", **sent(templates.numbered()))
    assert answer.status_code == 200, answer.text
    package = Package(answer.content)
    assert faults(answer.content) == {}
    text = "".join(t.text or "" for t in package.document.iter(W + "t"))
    assert "Le présent marché est passé par la ville de Saint-Modèle" in text
    assert "CEC-MOB-001@1" in [e.get(W + "val") for e in package.document.iter(W + "tag")]
    again = await client.post(f"{URL}/with-template", **sent(templates.numbered()))
    assert len(again.content) == len(answer.content)


async def test_sheets_come_beside_the_pieces_in_the_template(client: httpx.AsyncClient) -> None:
    asked = sent(templates.letterhead(), pieces=["CRT", "AE"])
    archive = zipfile.ZipFile(io.BytesIO((await client.post(f"{URL}/with-template", **asked)).content))
    assert [name.rpartition(".")[2] for name in archive.namelist()] == ["docx", "docx", "xlsx"]


async def test_the_preview_says_where_articles_go(client: httpx.AsyncClient) -> None:
    answer = (await client.post(f"{URL}/with-template/preview", **sent(templates.numbered()))).json()
    [piece] = answer["pieces"]
    assert piece["piece"] == "CCAP"
    assert {"title": "Pénalités", "where": "sous votre titre «\u00a0PÉNALITÉS\u00a0»"} in piece["placements"]
    assert any("ces articles types ne sont pas ajoutés" in note for note in piece["notes"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide. Choisissez le document enregistré."),
        (b"%PDF-1.7", "Un PDF ne dit pas où commencent les articles"),
        (templates.zipped({"[Content_Types].xml": b"<Types/>", "word/vbaProject.bin": b"x"}), "contient des macros"),
        (templates.zipped({"a.txt": b"a"}), "ni un DOCX"),
    ],
)
async def test_a_hostile_template_is_refused_with_its_sentence(
    client: httpx.AsyncClient, content: bytes, sentence: str
) -> None:
    answer = await client.post(f"{URL}/with-template", **sent(content))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/fichier")
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/template"
    assert sentence in error["detail"]


async def test_a_dossier_that_is_no_json_is_refused_beside_its_field(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        f"{URL}/with-template", data={"dossier": '{"purchase": 3}'}, files={"template": ("m.docx", b"x")}
    )
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/purchase"]


async def test_what_is_missing_is_listed_before_the_template_is_opened(client: httpx.AsyncClient) -> None:
    asked = {"dossier": json.dumps(body(clause(values={"part_reemploi": None})))}
    answer = await client.post(f"{URL}/with-template", data=asked, files={"template": ("m.docx", b"%PDF")})
    assert answer.json()["type"] == "/problems/documents"
