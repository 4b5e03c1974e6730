import csv
import io
from typing import Any

import httpx

COLUMNS = [
    "annee", "siret", "raison_sociale", "type_produit_acquis", "montant_total", "montant_reemploi_et_reutilisation",
    "montant_produits_issus_don", "montant_produits_recycles", "commentaires",
]  # fmt: skip
BODY: dict[str, Any] = {
    "year": 2026,
    "siret": "21450234300015",
    "name": "Commune de Saint-Exemple",
    "lines": [
        {"category": 9, "total": 15000.5, "reused": 3000, "donated": 0, "recycled": 1500, "comment": "=1+1"},
        {"category": 5, "total": 4000},
    ],
}


async def declared(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/agec-declarations", json=BODY | changes)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_the_file_has_the_columns_of_the_official_schema_and_blanks_where_nothing_was_declared(
    client: httpx.AsyncClient,
) -> None:
    made = await declared(client)
    rows = list(csv.reader(io.StringIO(made["csv"])))
    assert rows[0] == COLUMNS
    head = ["2026", "21450234300015", "Commune de Saint-Exemple"]
    assert rows[1] == [*head, "Mobilier et aménagement d'intérieur", "15000.5", "3000", "0", "1500", "'=1+1"]
    assert rows[2] == [*head, "Papier", "4000", "", "", "", ""]
    assert made["blank"] == ["Papier"]
    assert made["due"] == "2027-06-30"


async def test_the_two_rates_stay_apart_and_a_missing_amount_gives_none(client: httpx.AsyncClient) -> None:
    rates = (await declared(client))["rates"]
    assert [(rate["reuse"], rate["recycled"]) for rate in rates] == [(20.0, 10.0), (None, None)]


async def test_every_category_has_the_exact_label_of_the_schema(client: httpx.AsyncClient) -> None:
    lines = [{"category": number} for number in range(1, 18)]
    labels = [row[3] for row in csv.reader(io.StringIO((await declared(client, lines=lines))["csv"]))][1:]
    assert labels[0] == "Produits textiles à l'exception des équipements de protection individuels"
    assert labels[10] == "Equipements de collecte de déchets"
    assert labels[13] == "Matériel d'entretien des espaces verts"
    assert len(set(labels)) == 17
    assert not [label for label in labels if "’" in label]


async def test_what_cannot_be_declared_is_refused_beside_its_field(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/agec-declarations", json=BODY | {"siret": "123"})
    assert answer.json()["errors"][0]["pointer"] == "/siret"
    too_much = {"category": 9, "total": 10, "reused": 11}
    answer = await client.post("/api/v1/agec-declarations", json=BODY | {"lines": [too_much]})
    assert "dépasse le montant total" in answer.text
    answer = await client.post("/api/v1/agec-declarations", json=BODY | {"lines": [{"category": 9}, {"category": 9}]})
    assert "figure deux fois" in answer.text
