"""What is offered while one types."""

import httpx
import pytest

API = "/api/v1"


async def offered(client: httpx.AsyncClient, q: str) -> dict[str, list[dict[str, str]]]:
    answer = await client.get(f"{API}/suggestions", params={"q": q})
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("mobi", "mobilier"),
        ("Mobilier sco", "mobilier scolaire"),
        ("elag", "élagage"),
        ("achat de cant", "achat de cantine"),
        ("nettoyage des v", None),
    ],
)
async def test_a_word_half_typed_is_completed(client: httpx.AsyncClient, typed: str, phrase: str | None) -> None:
    phrases = (await offered(client, typed))["phrases"]
    assert (phrase in phrases) if phrase else phrases == ["nettoyage des vitres"]


async def test_families_codes_and_clauses_follow_the_completed_word(client: httpx.AsyncClient) -> None:
    found = await offered(client, "mobi")
    assert found["families"][0]["code"] == "mobilier"
    assert found["cpv"][0]["code"].startswith("391")
    assert found["clauses"]
    assert all(clause["id"].startswith("CEC-MOB") for clause in found["clauses"])


async def test_an_id_half_typed_gives_its_clauses(client: httpx.AsyncClient) -> None:
    found = await offered(client, "cec-mob-00")
    assert [clause["id"] for clause in found["clauses"]] == [f"CEC-MOB-00{n}" for n in range(1, 5)]


async def test_a_free_description_is_read_as_a_family_and_levers(client: httpx.AsyncClient) -> None:
    found = await offered(client, "Nous voulons racheter des chaises d’occasion pour l’école, et réparer les anciennes")
    assert found["families"][0]["code"] == "mobilier"
    assert {lever["code"] for lever in found["levers"]} >= {"reemploi", "reparation"}


async def test_nothing_is_made_up_for_what_means_nothing(client: httpx.AsyncClient) -> None:
    found = await offered(client, "xqzzwk")
    assert found == {"corrected": None, "phrases": [], "families": [], "levers": [], "cpv": [], "clauses": []}
