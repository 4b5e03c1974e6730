"""CPV codes as people write them, and the right code behind a buyer's words."""

import httpx
import pytest

from app.library.cpv import applies, codes_in, families_of

API = "/api/v1"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("39160000", ["39160000"]),
        ("39160000-1", ["39160000"]),
        ("CPV : 39160000-1 et 39130000-2", ["39160000", "39130000"]),
        ("39 160 000-1", ["39160000"]),
        ("391", ["391"]),
        ("9310000", ["09310000"]),
        ("mobilier 2026, 120 000 €", []),
        ("avant le 2026-12-01", []),
    ],
)
def test_codes_are_read_with_or_without_check_digit(typed: str, codes: list[str]) -> None:
    assert codes_in(typed) == codes


def test_a_branch_holds_its_codes_but_not_those_it_excludes() -> None:
    assert applies("39160000", ["391"], [])
    assert applies("39100000", ["39112"], [])
    assert not applies("39112000", ["391"], ["39112"])
    assert not applies("45210000", ["391"], [])


def test_the_longest_branch_gives_the_family() -> None:
    branches = {"mobilier": ["391"], "fournitures-bureau": ["39162"], "toutes-familles": []}
    assert families_of("39160000", branches) == ["mobilier"]
    assert families_of("39162110", branches) == ["fournitures-bureau"]
    assert families_of("99999999", branches) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Fourniture de mobilier scolaire", "39160000"),
        ("mobiler scolaire", "39160000"),
        ("ordis portables", "30213100"),
        ("cantine scolaire", "55523100"),
        ("pneus", "34350000"),
        ("nettoyage des locaux", "90910000"),
        ("VRD", "45233000"),
        ("39160000-1", "39160000"),
    ],
)
async def test_the_right_code_is_among_the_first_five(client: httpx.AsyncClient, words: str, code: str) -> None:
    found = (await client.get(f"{API}/cpv", params={"q": words, "limit": 5})).json()["items"]
    assert code in [item["code"] for item in found]


async def test_a_code_comes_with_its_check_digit_and_its_family(client: httpx.AsyncClient) -> None:
    found = (await client.get(f"{API}/cpv?q=39160000")).json()["items"][0]
    assert found == {
        "code": "39160000",
        "formatted": "39160000-1",
        "label": "Mobilier scolaire",
        "families": [{"code": "mobilier", "label": "Mobilier"}],
    }
