"""The library as open data: files that can be checked, feeds that can be followed, catalogues that can be read."""

import csv
import hashlib
import io
import re
from base64 import b64decode
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml.ElementTree import fromstring
from rdflib import RDF, Graph, Namespace, URIRef

API = "/api/v1"
ATOM = "{http://www.w3.org/2005/Atom}"
DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
BASE = "http://127.0.0.1:8000"


async def test_the_checksums_are_those_of_the_files(client: httpx.AsyncClient) -> None:
    lines = (await client.get(f"{API}/clauses.sha256")).text.splitlines()
    assert [line.split("  ")[1] for line in lines] == ["clauses.jsonl", "clauses.csv"]
    for line in lines:
        digest, name = line.split("  ")
        content = (await client.get(f"{API}/{name}")).content
        assert hashlib.sha256(content).hexdigest() == digest


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_each_form_carries_the_digest_of_its_own_bytes(client: httpx.AsyncClient, encoding: str) -> None:
    request = client.build_request("GET", f"{API}/clauses.jsonl", headers={"Accept-Encoding": encoding})
    answer = await client.send(request, stream=True)
    raw = b"".join([chunk async for chunk in answer.aiter_raw()])
    given = answer.headers["repr-digest"].removeprefix("sha-256=:").removesuffix(":")
    assert b64decode(given) == hashlib.sha256(raw).digest()


def _fits(value: str, field: dict[str, Any]) -> bool:
    rule = field.get("constraints", {})
    if value == "":
        return not rule.get("required")
    typed: object = int(value) if field["type"] == "integer" else value
    if field["type"] == "date":
        date.fromisoformat(value)
    return (
        typed in rule.get("enum", [typed])
        and (re.fullmatch(rule.get("pattern", ".*"), value, re.DOTALL) is not None)
        and (not isinstance(typed, int) or typed >= rule.get("minimum", typed))
    )


async def test_every_row_of_the_table_fits_its_published_schema(client: httpx.AsyncClient) -> None:
    schema = (await client.get(f"{API}/clauses.schema.json")).json()
    text = (await client.get(f"{API}/clauses.csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert list(rows[0]) == [field["name"] for field in schema["fields"]]
    wrong = [
        (row["id"], f["name"], row[f["name"]]) for row in rows for f in schema["fields"] if not _fits(row[f["name"]], f)
    ]
    assert wrong == []
    assert len({row[schema["primaryKey"]] for row in rows}) == len(rows)


async def test_the_data_package_names_each_file_with_its_size_and_checksum(client: httpx.AsyncClient) -> None:
    package = (await client.get(f"{API}/datapackage.json")).json()
    for resource in package["resources"]:
        content = (await client.get(resource["path"].removeprefix(BASE))).content
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (resource["bytes"], resource["hash"])


async def feed(client: httpx.AsyncClient, query: str = "") -> Element:
    answer = await client.get(f"{API}/clauses.atom{query}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found: Element = fromstring(answer.text)
    return found


def texts(node: Element, path: str) -> list[str]:
    return [found.text or "" for found in node.findall("/".join(ATOM + part for part in path.split("/")))]


async def test_a_feed_holds_what_atom_requires(client: httpx.AsyncClient) -> None:
    root = await feed(client, "?family=mobilier&lever=reemploi&limit=5")
    for node in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(texts(node, name)) == 1, name
        assert datetime.fromisoformat(texts(node, "updated")[0]).tzinfo is not None
    assert texts(root, "author/name") == ["Clausier"]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"{BASE}/api/v1/clauses.atom?family=mobilier&lever=reemploi"
    moments = [datetime.fromisoformat(moment) for moment in texts(root, "entry/updated")]
    assert max(moments) == datetime.fromisoformat(texts(root, "updated")[0])


async def test_a_feed_holds_the_clauses_of_its_facets_and_continues(client: httpx.AsyncClient) -> None:
    listed = (await client.get(f"{API}/clauses?family=mobilier&sort=recent&limit=4")).json()
    root = await feed(client, "?family=mobilier&limit=4")
    assert [title[:11] for title in texts(root, "entry/title")] == [item["id"] for item in listed["items"]]
    following = next(link.get("href", "") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next")
    assert (
        set(texts(await feed(client, f"?{following.split('?')[1]}"), "entry/id")) & set(texts(root, "entry/id"))
        == set()
    )


async def test_the_ids_of_a_feed_are_the_same_in_every_feed_and_differ_between_clauses(
    client: httpx.AsyncClient,
) -> None:
    whole = dict(
        zip(*[texts(await feed(client, "?limit=100"), f"entry/{name}") for name in ("title", "id")], strict=True)
    )
    one = await feed(client, "?family=mobilier&limit=3")
    assert len(set(whole.values())) == len(whole)
    shared = [(t, i) for t, i in zip(texts(one, "entry/title"), texts(one, "entry/id"), strict=True) if t in whole]
    assert all(whole[title] == ident for title, ident in shared)
    other = await feed(client, "?family=textile")
    assert texts(one, "id") != texts(other, "id")


async def test_a_wrong_facet_of_a_feed_is_a_problem(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{API}/clauses.atom?famille=mobilier")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/parametre-inconnu")


async def test_the_catalogue_follows_dcat_and_its_files_exist(client: httpx.AsyncClient) -> None:
    answer = await client.get("/catalogue.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    graph = Graph().parse(data=answer.text, format="json-ld")
    catalogue = URIRef(f"{BASE}/catalogue.jsonld")
    assert (catalogue, RDF.type, DCAT.Catalog) in graph
    for wanted in (DCT.title, DCT.description, DCT.publisher, DCT.license):
        assert graph.value(catalogue, wanted) is not None
    datasets = list(graph.objects(catalogue, DCAT.dataset))
    assert len(datasets) == 3
    for dataset in datasets:
        assert graph.value(dataset, DCT.title)
        assert graph.value(dataset, DCT.description)
        for file in graph.objects(dataset, DCAT.distribution):
            got = await client.get(str(graph.value(file, DCAT.downloadURL)).removeprefix(BASE))
            assert got.status_code == 200
            checksum = graph.value(file, SPDX.checksum)
            if checksum is not None:
                assert str(graph.value(checksum, SPDX.checksumValue)).lower() == hashlib.sha256(got.content).hexdigest()


async def test_llms_txt_and_robots_and_the_sitemap_lead_to_pages_that_answer(client: httpx.AsyncClient) -> None:
    llms = (await client.get("/llms.txt")).text
    assert llms.startswith("# Clausier\n\n> ")
    for address in re.findall(r"\]\((.*?)\)", llms):
        answer = await client.get(address.removeprefix(BASE), headers={"Accept": "text/html, */*;q=0.5"})
        assert answer.status_code == 200, address
    assert f"Sitemap: {BASE}/sitemap.xml" in (await client.get("/robots.txt")).text
    places = [
        node.text or ""
        for node in fromstring((await client.get("/sitemap.xml")).text).iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    total = (await client.get(f"{API}/clauses?limit=1")).json()["total"]
    assert len([place for place in places if "/clauses/CEC-" in place]) == total
    for place in [*places[:12], places[-1]]:
        answer = await client.get(place.removeprefix(BASE), headers={"Accept": "text/html"})
        assert answer.status_code == 200, place
