"""The SSRF filter: forty ways to write an address that must not be called, and names that change their mind."""

import socket
from collections.abc import AsyncIterator
from ipaddress import ip_address

import httpx
import pytest
from fastapi import FastAPI

from app.outbound import guard
from app.outbound.post import post
from app.outbound.rules import Outcome
from app.settings import Settings
from tests.accounts.people import make_organisation, sign_in
from tests.outbound.receiver import Receiver, receiving

FORBIDDEN_FORMS = [
    "http://hook.exemple.fr/",
    "ftp://hook.exemple.fr/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:25/_x",
    "javascript:alert(1)",
    "https://",
    "https:///chemin",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0x7f.0x0.0x0.0x1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://0/",
    "https://0.0.0.0/",
    "https://127.0.0.1./",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://172.16.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.100.100.200/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1%25lo]/",
    "https://[fd00::1]/",
    "https://localhost/",
    "https://localhost./",
    "https://intranet/",
    "https://hook.exemple.fr:22/",
    "https://hook.exemple.fr:80/",
    "https://hook.exemple.fr:65536/",
    "https://hook.exemple.fr:-1/",
    "https://moi:secret@hook.exemple.fr/",
    "https://hook.exemple.fr@127.0.0.1/",
    "https://127.0.0.1#@hook.exemple.fr/",
    "https://127.0.0.1\\@hook.exemple.fr/",
    "https://hook.exemple.fr/a b",
    "https://hook.exemple.fr/\r\nHost: x",
    "https://①②⑦.⓪.⓪.①/",
    "https://hook..exemple.fr/",
    "https://hook%2eexemple.fr/",
    "//hook.exemple.fr/",
    "https://hook.exemple.fr/#x",
    "https://hook.exemple.fr/" + "a" * 500,
]
PRIVATE = [
    "0.0.0.0",  # noqa: S104 (never bound)
    "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.31.0.1",
    "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
    "ff02::1", "2001:db8::1", "100::1",
]  # fmt: skip


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """A resolver of our own: a name → its answers, one after the other; the last one stays."""
    table: dict[str, list[list[str]]] = {}

    async def resolve(host: str, port: int) -> list[str]:
        del port
        answers = table[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    monkeypatch.setattr(guard, "resolve", resolve)
    return table


@pytest.mark.parametrize("url", FORBIDDEN_FORMS)
async def test_no_such_form_is_called(url: str, receiver: Receiver) -> None:
    told = await post(url.replace(":22/", f":{receiver.port}/"), "{}", {})
    assert (told.outcome, receiver.heard) == (Outcome.FORBIDDEN, [])
    assert told.why.endswith(".")


async def test_no_such_form_is_kept_either(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, role="writer", organisation=await make_organisation(client))
    for url in FORBIDDEN_FORMS:
        body = {"name": "X", "url": url, "events": ["clause.published"]}
        told = await door.post("/api/v1/webhooks", json=body)
        assert (told.status_code, told.json()["errors"][0]["pointer"]) == (422, "/url"), url


@pytest.mark.parametrize("number", PRIVATE)
async def test_a_name_that_leads_to_a_private_number_is_not_called(
    number: str, names: dict[str, list[list[str]]]
) -> None:
    assert not guard.is_public(ip_address(number))
    names["hook.exemple.fr"] = [[number]]
    assert (await post("https://hook.exemple.fr/", "{}", {})).outcome is Outcome.FORBIDDEN
    names["hook.exemple.fr"] = [["8.8.8.8", number]]
    assert (await post("https://hook.exemple.fr/", "{}", {})).outcome is Outcome.FORBIDDEN


async def test_the_number_that_was_judged_is_the_one_that_is_called(names: dict[str, list[list[str]]]) -> None:
    """DNS rebinding: the name says something public once, then this machine. It is asked once."""
    names["hook.exemple.fr"] = [["8.8.8.8"], ["127.0.0.1"]]
    target = await guard.target_of("https://hook.exemple.fr:8443/a?b=c")
    assert (target.url, target.host, target.authority) == (
        "https://8.8.8.8:8443/a?b=c", "hook.exemple.fr", "hook.exemple.fr:8443",
    )  # fmt: skip
    with pytest.raises(guard.Forbidden):
        await guard.target_of("https://hook.exemple.fr:8443/a?b=c")


async def test_the_call_resolves_nothing_a_second_time(
    receiver: Receiver, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["localhost"] = [["127.0.0.1"]]
    asked: list[object] = []
    real = socket.getaddrinfo

    def spy(host: object, *args: object, **more: object) -> object:
        asked.append(host)
        return real(host, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", spy)
    told = await post(f"http://localhost:{receiver.port}/", "{}", {}, loopback=True)
    assert told.outcome is Outcome.DELIVERED
    assert receiver.heard[0][1]["host"] == f"localhost:{receiver.port}"
    assert set(asked) <= {"127.0.0.1"}


async def test_the_certificate_must_be_the_one_of_the_name(
    names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number is called, the name is asked for at the TLS door (SNI) and in `Host`."""
    names["hook.exemple.fr"] = [["8.8.8.8"]]
    seen: list[httpx.Request] = []

    async def send(_self: httpx.AsyncClient, request: httpx.Request, **_: object) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    monkeypatch.setattr(httpx.AsyncClient, "send", send)
    assert (await post("https://hook.exemple.fr/a", "{}", {})).outcome is Outcome.DELIVERED
    assert (str(seen[0].url), seen[0].headers["host"]) == ("https://8.8.8.8/a", "hook.exemple.fr")
    assert seen[0].extensions["sni_hostname"] == "hook.exemple.fr"


async def test_this_machine_is_called_only_by_the_setting_of_tests(app: FastAPI, receiver: Receiver) -> None:
    settings: Settings = app.state.settings
    assert settings.webhook_loopback is False
    assert (await post(receiver.url, "{}", {})).outcome is Outcome.FORBIDDEN
    assert receiver.heard == []
