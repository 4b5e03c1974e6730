from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from app.documents.assemble import documents
from app.documents.content import Document, Paragraph, Table, headings, plain
from app.documents.job import LifeCycleMethod
from app.documents.lifecycle import Costs, compare, cost
from app.law.vocabulary import Piece
from tests.documents.made import job

BODY: dict[str, Any] = {
    "period_years": 10,
    "discount_rate": 0,
    "offers": [
        {
            "name": "Offre A",
            "acquisition": 10000,
            "use": 500,
            "maintenance": 200,
            "end_of_life": 300,
            "lifetime_years": 5,
        },
        {"name": "Offre B", "acquisition": 14000, "use": 300, "maintenance": 300, "end_of_life": -500},
    ],
}
money = st.decimals(min_value=0, max_value=10**7, places=2)


def test_the_worked_example_holds() -> None:
    first, second = compare(
        [
            Costs("A", Decimal(10000), Decimal(500), Decimal(200), Decimal(300), lifetime_years=5),
            Costs("B", Decimal(14000), Decimal(300), Decimal(300), Decimal(-500)),
        ],
        10,
        Decimal(0),
    )
    assert (first.total, first.purchases, first.rank) == (Decimal(27600), 2, 2)
    assert (second.total, second.purchases, second.rank) == (Decimal(19500), 1, 1)
    assert second.per_year == Decimal(1950)


def test_discounting_divides_each_year_by_the_rate() -> None:
    made = cost(Costs("A", Decimal(1000), use=Decimal(110)), 2, Decimal(10))
    assert made.posts["use"] == Decimal("190.91")
    assert [(y.year, y.spent, y.present) for y in made.years] == [
        (0, Decimal(1000), Decimal(1000)),
        (1, Decimal(110), Decimal(100)),
        (2, Decimal(110), Decimal("90.91")),
    ]


@given(money, money, st.integers(1, 40), st.integers(1, 40), st.integers(0, 15))
def test_a_longer_life_or_a_higher_rate_never_costs_more(
    price: Decimal, use: Decimal, period: int, life: int, rate: int
) -> None:
    costs = Costs("A", price, use, lifetime_years=life)
    here = cost(costs, period, Decimal(rate)).total
    assert cost(replace(costs, lifetime_years=life + 1), period, Decimal(rate)).total <= here
    assert cost(costs, period, Decimal(rate + 1)).total <= here


async def test_the_comparison_is_said_in_a_sentence(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/life-cycle-costs", json=BODY)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert made["sentence"] == (
        "Sur 10\u00a0ans, l’offre B coûte 8\u00a0100\u00a0€ de moins que l’offre A, bien que son achat soit plus cher."
    )
    assert made["legal"] == [
        "CCP, art.\u00a0R.\u00a02152-9, référence à vérifier",
        "CCP, art.\u00a0R.\u00a02152-10, référence à vérifier",
    ]
    assert made["offers"][0]["posts"]["acquisition"] == 20000


async def test_no_discount_rate_is_invented(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/life-cycle-costs", json={k: v for k, v in BODY.items() if k != "discount_rate"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"pointer": "/discount_rate", "detail": "Ce champ est obligatoire."}]


async def test_externalities_come_with_their_method(client: httpx.AsyncClient) -> None:
    offer = BODY["offers"][0] | {"externalities": 100}
    answer = await client.post("/api/v1/life-cycle-costs", json=BODY | {"offers": [offer]})
    assert answer.status_code == 422
    assert "comment les externalités sont chiffrées" in answer.text
    said = BODY | {"offers": [offer], "externalities_method": "Tonnes de CO2 × prix publié au règlement"}
    assert (await client.post("/api/v1/life-cycle-costs", json=said)).status_code == 200


def annex(method: LifeCycleMethod | None) -> tuple[Document, list[Any]]:
    document = documents(job(pieces=(Piece.RC,), life_cycle_cost=method))[0]
    blocks = [entry.blocks for entry in headings(document.articles) if getattr(entry, "key", "") == "cout-cycle-de-vie"]
    return document, [block for group in blocks for block in group]


def test_the_method_is_printed_as_an_annex_of_the_rc() -> None:
    asked = LifeCycleMethod(8, Decimal("2.5"), ("use", "externalities"), "Tonnes de CO2 × 90 €")
    _, blocks = annex(asked)
    table = next(block for block in blocks if isinstance(block, Table))
    assert [plain(row[0]) for row in table.rows] == ["Acquisition", "Utilisation", "Externalités environnementales"]
    text = " ".join(plain(block.text) for block in blocks if isinstance(block, Paragraph))
    assert "8\u00a0ans" in text
    assert "2,5\u00a0%" in text
    assert "Tonnes de CO2 × 90 €" in text
    assert "référence à vérifier" in text


def test_without_a_life_cycle_cost_the_rc_has_no_such_annex() -> None:
    assert annex(None)[1] == []
