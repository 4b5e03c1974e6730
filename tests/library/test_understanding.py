"""What a buyer's words are read as: families weighed, faults repaired, references recognised, ways out of nothing."""

import httpx
import pytest

API = "/api/v1"


async def page_of(client: httpx.AsyncClient, q: str, **others: object) -> dict[str, object]:
    answer = await client.get(f"{API}/clauses", params={"q": q, "limit": 3, **others})  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def families_read(client: httpx.AsyncClient, q: str) -> list[str]:
    page = await page_of(client, q)
    return [family["code"] for family in page["understood"]["families"]]  # type: ignore[index]


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        # Slang and acronyms, dotted or not.
        ("cantoche", "restauration"),
        ("bagnoles", "vehicules"),
        ("E.P.I.", "textile"),
        ("V.R.D.", "voirie-vrd"),
        ("D3E", "dechets"),
        ("IRVE", "energie-eclairage"),
        # A trade wins over the place where it is done, and over what it handles.
        ("nettoyage du gymnase", "nettoyage"),
        ("démolition de la crèche", "demolition-deconstruction"),
        ("mobilier pour la cantine", "mobilier"),
        ("étude de faisabilité d’une cuisine centrale", "prestations-intellectuelles"),
        # The title of a notice, with its noise, its lot and its names.
        (
            "Accord-cadre à bons de commande n° 2026-12 relatif à la livraison de denrées, ville de X, lot 2 laitages",
            "restauration",
        ),
        ("Travaux d'entretien de la voirie communale – programme 2026-2029", "voirie-vrd"),
        ("TRAVAUX DE RENOVATION DE L'ECLAIRAGE PUBLIC", "energie-eclairage"),
        # Words that only the labels of the nomenclature hold.
        ("abricots", "restauration"),
        ("endoscopes", "equipements-medicaux"),
        # Words cut in two or run together, and faults.
        ("bio déchets", "biodechets"),
        ("mobilierscolaire", "mobilier"),
        ("photocopiuer", "papier-imprimerie"),
        ("réfrigerateurs", "restauration"),
        # Codes, with or without their digit, or without their lost zero.
        ("39130000-2", "mobilier"),
        ("9310000", "energie-eclairage"),
    ],
)
async def test_the_surest_family_is_the_one_meant(client: httpx.AsyncClient, typed: str, family: str) -> None:
    assert (await families_read(client, typed))[0] == family


@pytest.mark.parametrize(
    ("typed", "lever"),
    [
        ("chaises de seconde main", "reemploi"),
        ("ordinateurs refurbished", "reemploi"),
        ("LLD de véhicules : location", "economie-fonctionnalite"),
        ("compost retour au sol", "retour-au-sol"),
        ("lot réservé ESAT", "insertion-ess"),
        ("indice de réparabilité", "reparation"),
    ],
)
async def test_the_lever_is_guessed_and_its_clauses_come_first(
    client: httpx.AsyncClient, typed: str, lever: str
) -> None:
    page = await page_of(client, typed)
    assert lever in [found["code"] for found in page["understood"]["levers"]]  # type: ignore[index]
    assert any(lever in item["levers"] for item in page["items"])  # type: ignore[attr-defined]


async def test_references_are_said_back(client: httpx.AsyncClient) -> None:
    code = (await page_of(client, "39160000-1"))["understood"]
    assert code["cpv"] == [{"code": "39160000", "label": "Mobilier scolaire"}]  # type: ignore[index]
    article = (await page_of(client, "article L2112-2"))["understood"]
    assert any("L.\u00a02112-2" in named or "L. 2112-2" in named for named in article["articles"])  # type: ignore[index]
    clause = (await page_of(client, "cec mob 001"))["understood"]
    assert clause["clauses"] == ["CEC-MOB-001"]  # type: ignore[index]
    assert (await client.get(f"{API}/clauses")).json()["understood"] is None


async def test_a_repaired_query_is_shown_with_its_accents(client: httpx.AsyncClient) -> None:
    assert (await page_of(client, "renovaton energetique"))["corrected"] == "rénovation énergétique"


async def test_proper_names_are_not_repaired(client: httpx.AsyncClient) -> None:
    page = await page_of(client, "Nettoyage de la salle Kerlouan")
    assert page["corrected"] is None


async def test_nothing_found_says_which_filter_to_take_away_and_what_it_would_give(client: httpx.AsyncClient) -> None:
    asked = {"q": "mobilier", "family": "restauration", "lever": "retour-au-sol", "level": 3}
    page = (await client.get(f"{API}/clauses", params=asked)).json()  # type: ignore[arg-type]
    assert page["total"] == 0
    removals = {removal["parameter"]: removal["count"] for removal in page["way_out"]["removals"]}
    for parameter, count in removals.items():
        rest = {name: value for name, value in asked.items() if name != parameter}
        wider = (await client.get(f"{API}/clauses", params=rest)).json()  # type: ignore[arg-type]
        assert wider["total"] == count > 0
    assert page["way_out"]["families"][0]["code"] == "mobilier"


async def test_unknown_words_are_named_and_the_library_stays_open(client: httpx.AsyncClient) -> None:
    page = await page_of(client, "xqzzwk")
    assert page["understood"]["unknown"] == ["xqzzwk"]  # type: ignore[index]
    assert len(page["way_out"]["families"]) == 4  # type: ignore[index]
    assert all(family["count"] > 0 for family in page["way_out"]["families"])  # type: ignore[index]
    assert (await page_of(client, "mobilier"))["way_out"] is None


async def test_facet_counts_are_what_choosing_the_value_gives(client: httpx.AsyncClient) -> None:
    page = await page_of(client, "réemploi de matériaux", level=1)
    for name in ("family", "lever", "kind", "piece"):
        value = max(page["facets"][name], key=lambda found: found["count"])  # type: ignore[index]
        chosen = await page_of(client, "réemploi de matériaux", level=1, **{name: value["code"]})
        assert chosen["total"] == value["count"] > 0
