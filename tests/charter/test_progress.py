"""Progress by quarter, declared figures with their proof, the annual report with charts that Word edits."""

import io
import zipfile
from typing import Any

import docx
import httpx
import openpyxl
from lxml import etree

from app.accounts.sessions import now
from tests.accounts.people import Door, make_organisation, sign_in
from tests.network.test_progress import finish
from tests.purchases.makers import draft, item

CHARTER = "/api/v1/charter"


async def series(door: Door, code: str, year: int = 2027) -> dict[str, Any]:
    found = (await door.get(f"{CHARTER}/progress?year={year}")).json()["items"]
    return next(one for line in found for one in line["series"] if one["indicator"]["code"] == code)


async def test_what_nobody_declared_is_null_and_a_declared_zero_is_zero(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    before = await series(door, "heures")
    assert [cell["value"] for cell in before["cells"]] == [None, None, None, None]
    assert before["last"] is None
    made = await door.put(f"{CHARTER}/figures/heures/2027-T2", json={"value": 0, "note": "Aucune session"})
    assert made.status_code == 200, made.text
    after = await series(door, "heures")
    assert [cell["value"] for cell in after["cells"]] == [None, 0, None, None]
    assert after["cells"][1]["declared"]["note"] == "Aucune session"
    blind = await door.put(f"{CHARTER}/figures/heures/2027-T2", json={"value": 5})
    assert blind.status_code == 428
    headers = {"If-Match": made.headers["etag"]}
    assert (await door.put(f"{CHARTER}/figures/heures/2027-T2", json={"value": 5}, headers=headers)).status_code == 200
    assert (await door.delete(f"{CHARTER}/figures/heures/2027-T2", headers=headers)).status_code == 412
    headers = {"If-Match": '"2"'}
    assert (await door.delete(f"{CHARTER}/figures/heures/2027-T2", headers=headers)).status_code == 204
    assert (await series(door, "heures"))["cells"][1]["value"] is None


async def test_a_share_counts_the_files_of_its_quarter_and_not_their_exceptions(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    other = await sign_in(client, organisation=await make_organisation(client))
    assert (await other.post("/api/v1/purchases", json={"draft": draft(items=[])})).status_code == 201
    kept = [item("CEC-MOB-005"), item("CEC-MOB-006", weight="20")]
    for items in (kept, []):
        made = await door.post("/api/v1/purchases", json={"draft": draft(items=items)})
    address = f"{CHARTER}/respect/{made.json()['id']}/exceptions/C4-critere"
    assert (await door.put(address, json={"reason": "Achat sur catalogue, sans critère."})).status_code == 200
    found = await series(door, "critere")
    assert [cell["value"] for cell in found["cells"]] == [50, None, None, None]
    assert (found["year"]["value"], found["indicator"]["target"], found["reached"]) == (50, 100, False)


async def test_only_declared_indicators_are_declared_and_never_by_a_reader(client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client)
    door = await sign_in(client, organisation=organisation)
    for wrong in ("critere/2027", "inconnu/2027", "agec-1-total/2027-T1", "agec-18-total/2027", "heures/1999"):
        assert (await door.put(f"{CHARTER}/figures/{wrong}", json={"value": 1})).status_code == 404, wrong
    reader = await sign_in(client, role="reader", organisation=organisation)
    assert (await reader.put(f"{CHARTER}/figures/heures/2027", json={"value": 1})).status_code == 403
    assert (await reader.get(f"{CHARTER}/progress?year=2027")).json()["may"] == []


async def test_a_proof_is_kept_with_its_figure_and_is_of_the_organisation_only(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    figure = (await door.put(f"{CHARTER}/figures/formes/2027", json={"value": 40})).json()
    address = f"{CHARTER}/proofs/{figure['id']}"
    refused = await door.post(
        f"{address}?name=attestation.pdf", content=b"<html>", headers={"content-type": "text/html"}
    )
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/preuve-refusee")
    content = b"%PDF-1.7 " + b"x" * (2 * 1024 * 1024)
    sent = await door.post(f"{address}?name=../Attestation é.PDF", content=content)
    assert sent.json()["proof_name"] == "Attestation é.pdf", sent.text
    read = await door.get(address)
    assert (read.content, read.headers["content-type"]) == (content, "application/pdf")
    assert read.headers["content-disposition"].startswith("attachment")
    stranger = await sign_in(client, organisation=await make_organisation(client))
    assert (await stranger.get(address)).status_code == 404
    assert (await series(door, "formes"))["year"]["declared"]["proof"] == "Attestation é.pdf"


async def test_a_proof_passes_the_guard_of_joined_documents(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    figure = (await door.put(f"{CHARTER}/figures/formes/2027", json={"value": 40})).json()
    address = f"{CHARTER}/proofs/{figure['id']}"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 40_000_000)
    for content in (b"", bomb.getvalue(), b"MZ" + b"0" * 2000):
        refused = await door.post(f"{address}?name=piece.docx", content=content)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/preuve-refusee")
    paper = io.BytesIO()
    docx.Document().save(paper)
    sent = await door.post(f"{address}?name=Feuille de présence.docx", content=paper.getvalue())
    assert sent.json()["proof_name"] == "Feuille de présence.docx", sent.text


async def test_trained_buyers_feed_their_commitment_until_a_figure_is_declared(client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client)
    door = await sign_in(client, organisation=organisation)
    await sign_in(client, organisation=organisation, name="untrained")
    year = now().year
    before = await series(door, "formes", year)
    assert {cell["value"] for cell in before["cells"]} == {None}
    await finish(client, door, "acheteurs")
    found, hours = await series(door, "formes", year), await series(door, "heures", year)
    assert (found["year"]["value"], found["year"]["origin"], found["reached"]) == (50, "training", False)
    assert hours["year"]["value"] > 0
    assert (await series(door, "formes", year - 1))["year"]["value"] is None
    assert (await series(door, "formes", year + 1))["year"]["value"] is None
    text = (await door.get(f"{CHARTER}/reports/{year}.csv")).text
    assert f"C9;formes;Acheteurs formés;%;{year};50;100;formation suivie ici" in text
    await door.put(f"{CHARTER}/figures/formes/{year}", json={"value": 80})
    assert (await series(door, "formes", year))["year"]["value"] == 80


async def reported(client: httpx.AsyncClient) -> Door:
    door = await sign_in(client, organisation=await make_organisation(client, name="Ville du Bilan"))
    for quarter, value in (("T1", 20), ("T2", 45), ("T4", 70)):
        await door.put(f"{CHARTER}/figures/formes/2027-{quarter}", json={"value": value})
    return door


async def test_the_report_has_charts_whose_figures_are_in_a_workbook_that_word_opens(client: httpx.AsyncClient) -> None:
    door = await reported(client)
    answer = await door.get(f"{CHARTER}/reports/2027.docx")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/chart")]
        assert charts == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
        line = etree.fromstring(archive.read("word/charts/chart2.xml"))
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/chart2.xlsx")))
    values = [cell.value for cell in book["Données"]["B"][1:]]
    assert values == [20, 45, None, 70]
    drawn = line.xpath("//*[local-name()='ser'][1]//*[local-name()='numCache']/*[local-name()='pt']/@idx")
    assert drawn == ["0", "1", "3"]
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "Acheteurs formés : 70 %, sous la cible (100 %)." in text.replace("\xa0", " ")
    assert "Non déclaré cette année" in text


async def test_the_csv_of_the_report_says_what_was_not_declared(client: httpx.AsyncClient) -> None:
    text = (await (await reported(client)).get(f"{CHARTER}/reports/2027.csv")).text
    assert "C9;formes;Acheteurs formés;%;2027-T1;20" in text
    assert "C9;formes;Acheteurs formés;%;2027-T3;non déclaré;100" in text
