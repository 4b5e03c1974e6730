import io
import zipfile
from typing import Any

import httpx
import pytest

from app.documents import routes
from tests.documents.validity import Package, faults

PURCHASE = {
    "object": "Fourniture de mobilier scolaire",
    "cpv": ["39160000-1"],
    "estimated_value": 120000,
    "launch_date": "2026-12-01",
    "procedure": "adapted",
    "buyer": {"kind": "local_authority", "population": 3000},
    "duration_months": 24,
}
SHARE = "Part minimale du montant annuel hors taxes"
URL = "/api/v1/documents"


def body(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"purchase": PURCHASE, "items": list(items), "buyer_name": "Commune de Saint-Exemple"} | changes


def clause(ident: str = "CEC-MOB-001", **changes: Any) -> dict[str, Any]:
    return {"clause_id": ident} | changes


async def errors(client: httpx.AsyncClient, asked: dict[str, Any]) -> list[tuple[str, str]]:
    answer = await client.post(URL, json=asked)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return [(error["pointer"], error["detail"]) for error in answer.json()["errors"]]


async def test_the_pieces_of_a_tender_come_as_a_zip_and_twice_the_same(client: httpx.AsyncClient) -> None:
    asked = body(clause(values={"part_reemploi": 35}))
    answer = await client.post(URL, json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="dossier_fourniture-de-mobilier-scolaire.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert [name.partition("_fourniture-de-mobilier-scolaire.")[::2] for name in archive.namelist()] == [
        ("RC", "docx"),
        ("CCAP", "docx"),
        ("CCTP", "docx"),
        ("AE", "docx"),
        ("CRT", "docx"),
        ("CRT", "xlsx"),
        ("BPU", "docx"),
        ("BPU", "xlsx"),
        ("ANNEXE", "docx"),
    ]
    texts = [name for name in archive.namelist() if name.endswith(".docx")]
    assert all(faults(archive.read(name)) == {} for name in texts)
    assert (await client.post(URL, json=asked)).content == answer.content


async def test_one_piece_comes_as_a_docx_with_its_values_and_its_manifest(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(clause(values={"part_reemploi": 35}), pieces=["CCTP"]))
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    package = Package(answer.content)
    assert "35\u00a0%" in "".join(package.document.itertext())
    [entry] = package.xml["customXml/item1.xml"]
    assert {value.get("name"): value.text for value in entry}["part_reemploi"] == "35"
    assert len(entry.get("hash", "")) == 64


async def test_a_value_left_out_takes_its_default(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(clause(), pieces=["CCTP"]))
    assert "20\u00a0%" in "".join(Package(answer.content).document.itertext())


async def test_the_export_is_refused_with_the_whole_list(client: httpx.AsyncClient) -> None:
    bad = clause(values={"part_reemploi": 5, "penalite_par_point": None, "inconnue": 1}, blank=["autre"])
    found = await errors(client, body(bad, clause("CEC-XXX-999"), clause()))
    assert found == [
        ("/items/1/clause_id", "La clause CEC-XXX-999 n’existe pas dans cette version."),
        ("/items/0/values/inconnue", "La clause CEC-MOB-001 n’a pas de variable « inconnue »."),
        ("/items/0/blank/0", "La clause CEC-MOB-001 n’a pas de variable « autre »."),
        (
            "/items/0/values/part_reemploi",
            f"CEC-MOB-001, {SHARE}\u00a0: La valeur doit être comprise entre 20\u00a0% et 100\u00a0%.",
        ),
        (
            "/items/0/values/penalite_par_point",
            "CEC-MOB-001, Pénalité par point de pourcentage manquant\u00a0: donnez une valeur, ou laissez en blanc.",
        ),
        ("/items/2", "La clause CEC-MOB-001 figure déjà dans la sélection : retirez ce doublon."),
    ]


async def test_a_blank_left_on_purpose_is_written_in_brackets(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(clause(blank=["part_reemploi"]), pieces=["CCTP"]))
    assert "[part minimale du montant annuel hors taxes : à compléter]" in "".join(
        Package(answer.content).document.itertext()
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"title": "a\x00b"}, "/title"),
        ({"buyer_name": "a\x0bb"}, "/buyer_name"),
        ({"justifications": {"R-SOC": "a\uffffb"}}, "/justifications/R-SOC"),
        ({"items": [{"clause_id": "CEC-MOB-001", "reason": "\x1f"}]}, "/items/0/reason"),
        ({"criteria": [{"label": "Prix\x08", "weight": 100}]}, "/criteria/0/label"),
    ],
)
async def test_a_control_character_is_refused_with_a_sentence(
    client: httpx.AsyncClient, changes: dict[str, Any], pointer: str
) -> None:
    [(found, detail)] = await errors(client, body() | changes)
    assert found == pointer
    assert "caractère de contrôle (U+" in detail


async def test_the_weight_of_a_criterion_is_said_once(client: httpx.AsyncClient) -> None:
    """The basket's weight wins over the variable that prints it, and the other criteria take the rest."""
    needed = [clause("CEC-MOB-005"), clause("CEC-MOB-006", weight=20)]
    answer = await client.post(URL, json=body(*needed, pieces=["RC"]))
    assert answer.status_code == 200, answer.text
    text = "".join(Package(answer.content).document.itertext())
    assert "est pondéré à 20\u00a0%" in text
    assert "Valeur technique30\u00a0%" in text


async def test_criteria_that_do_not_make_a_hundred_are_refused(client: httpx.AsyncClient) -> None:
    needed = [clause("CEC-MOB-005"), clause("CEC-MOB-006", weight=20)]
    asked = body(*needed, criteria=[{"label": "Prix", "weight": 70}])
    assert await errors(client, asked) == [
        ("/criteria", "Les critères totalisent 90\u00a0% au lieu de 100\u00a0% : ajoutez 10\u00a0%.")
    ]


async def test_the_preview_lists_headings_and_what_is_missing(client: httpx.AsyncClient) -> None:
    asked = body(clause(values={"part_reemploi": None}))
    answer = (await client.post(f"{URL}/preview", json=asked)).json()
    assert [piece["piece"] for piece in answer["pieces"]] == ["RC", "CCAP", "CCTP", "AE", "CRT", "BPU", "ANNEXE"]
    cctp = answer["pieces"][2]
    assert cctp["headings"][0] == {"level": 1, "number": "1", "text": "Objet"}
    assert cctp["clauses"] == ["CEC-MOB-001"]
    assert cctp["paragraphs"] > 10
    assert [error["pointer"] for error in answer["missing"]] == ["/items/0/values/part_reemploi"]
    assert answer["criteria"] == [
        {"label": "Prix des prestations", "weight": 50.0},
        {"label": "Valeur technique", "weight": 50.0},
    ]


async def test_too_many_at_once_are_asked_to_come_back(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_QUEUE", 0)
    answer = await client.post(URL, json=body())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["type"] == "/problems/occupe"


async def test_a_body_too_large_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(URL, json=body(title="x" * 2_000_000))
    assert answer.status_code == 413
