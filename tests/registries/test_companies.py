"""The register: its recorded answer is read, its troubles are one exception, its limits are respected."""

import httpx
import pytest
from starlette.responses import JSONResponse, Response

from app.registries.companies import Companies, Establishment, Unreachable, department_of
from tests.registries.register import KNOWN, Register


async def test_the_recorded_answer_is_read_whole_and_remembered() -> None:
    register = Register()
    client = register.client()
    found = [await client.find(KNOWN) for _ in range(2)][1]
    assert found == Establishment(
        siret=KNOWN,
        name="CARREFOUR",
        address="15 AVENUE DES ECOLES 06110 LE CANNET",
        commune="06030",
        department="06",
        region="93",
        naf="68.32A",
        legal_form="9900",
        category="PME",
        headcount="NN",
        open=True,
        administration=False,
        ess=False,
        siae=False,
        latitude=43.570079,
        longitude=7.005921,
    )
    assert register.calls == [KNOWN]


async def test_an_unknown_number_is_none() -> None:
    assert await Register().client().find("73282932000074") is None


@pytest.mark.parametrize(
    "answer",
    [
        Response("<html>maintenance</html>", 200),
        Response(status_code=500),
        Response("x" * 600_000, 200),
        JSONResponse({"results": "aucun"}),
        JSONResponse({"results": [{"siege": {"siret": 12}}]}),
        Response(status_code=302, headers={"location": "http://127.0.0.1/"}),
    ],
)
async def test_any_other_answer_is_a_silence(answer: Response) -> None:
    register = Register()
    register.next = answer
    with pytest.raises(Unreachable):
        await register.client().find(KNOWN)


async def test_too_many_requests_stops_the_calls() -> None:
    register = Register()
    register.next = Response(status_code=429, headers={"retry-after": "30"})
    client = register.client()
    for _ in range(2):
        with pytest.raises(Unreachable) as refused:
            await client.find(KNOWN)
        assert 1 <= refused.value.retry_after <= 31
    assert len(register.calls) == 1


async def test_a_register_that_hangs_or_is_not_set_is_a_silence() -> None:
    def hang(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    for client in (Companies("http://registre.test", httpx.MockTransport(hang)), Companies("")):
        with pytest.raises(Unreachable):
            await client.find(KNOWN)


def test_departments_come_from_the_commune() -> None:
    assert [department_of(code) for code in ("06030", "2A004", "97411", "")] == ["06", "2A", "974", ""]
