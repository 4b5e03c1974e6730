"""ProConnect against a fake that speaks its protocol: who is let in, and every answer that must be refused."""

import base64
import hmac
import json
import secrets
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select

from app.accounts.fake_proconnect import CLIENT_ID, CLIENT_SECRET, TERRITORIAL, Fake, agent
from app.accounts.models import Membership, OidcIdentity, Organisation, Person
from app.accounts.rules import OrganisationKind, Role
from app.registries.proconnect import ProConnect
from tests.accounts.people import Door, make_organisation, sign_in, siret_for
from tests.accounts.post import carry, enter, new_account, new_email, state, with_totp

ISSUER = "http://localhost:9/api/v2"
Claims = dict[str, Any]


class Pair:
    """The fake, and an agent of its own for each test."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.siret = siret_for(secrets.randbelow(80_000))
        sub = secrets.token_hex(8)
        person = agent(sub, "Camille Durand", self.siret, roles=TERRITORIAL, label="Commune fictive")
        self.agent: Claims = {**person, "email": new_email()}
        fake.agents = {sub: self.agent}


@pytest.fixture
async def pair(client: httpx.AsyncClient) -> AsyncIterator[Pair]:
    fake = Fake(ISSUER)
    before = state(client).proconnect
    transport = httpx.ASGITransport(app=fake.app())
    state(client).proconnect = ProConnect(ISSUER, CLIENT_ID, CLIENT_SECRET, "RS256", transport)
    yield Pair(fake)
    state(client).proconnect = before


async def leave(door: Door, **asked: Any) -> dict[str, str]:
    """Presses the button: the parameters that the browser takes to ProConnect."""
    answer = await door.post("/api/v1/proconnect/start", json=asked)
    assert answer.status_code == 200, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.json()["url"]).query).items()}


async def back(door: Door, pair: Pair, asked: dict[str, str]) -> httpx.Response:
    assert pair.fake.fault_of(asked) == ""
    there = urlsplit(pair.fake.grant(pair.agent["sub"], asked))
    return await door.get(f"{there.path}?{there.query}")


async def through(client: httpx.AsyncClient, pair: Pair, **asked: Any) -> tuple[Door, httpx.Response]:
    door = await sign_in(client, role="visitor")
    return door, await back(door, pair, await leave(door, **asked))


async def who(door: Door) -> dict[str, Any]:
    said: dict[str, Any] = (await door.get("/api/v1/session")).json()
    return said


async def test_an_agent_signs_in_and_their_organisation_is_made(client: httpx.AsyncClient, pair: Pair) -> None:
    door, answer = await through(client, pair, back="/clauses")
    assert (answer.status_code, answer.headers["location"]) == (303, "/clauses")
    said = await who(door)
    assert (said["person"]["given_name"], said["strong"]) == ("Camille", False)
    mine = said["organisation"]
    assert (mine["siret"], mine["kind"], mine["role"]) == (pair.siret, "local_authority", "administrator")
    assert mine["verification"] == "pending"
    async with state(client).sessions() as session:
        row = await session.get(OidcIdentity, (ISSUER, pair.agent["sub"]))
    assert row.person_id == said["person"]["id"]


async def test_the_same_subject_is_the_same_person_whatever_the_address(client: httpx.AsyncClient, pair: Pair) -> None:
    first = await who((await through(client, pair))[0])
    pair.agent["email"] = new_email()
    again = await who((await through(client, pair))[0])
    assert again["person"]["id"] == first["person"]["id"]
    assert again["person"]["email"] == first["person"]["email"]


async def test_another_provider_with_the_same_address_is_never_merged(client: httpx.AsyncClient, pair: Pair) -> None:
    await through(client, pair)
    twin = {**pair.agent, "sub": secrets.token_hex(8)}
    pair.fake.agents = {twin["sub"]: twin}
    pair.agent = twin
    door, answer = await through(client, pair)
    assert answer.headers["location"] == "/connexion?erreur=proconnect-adresse-connue"
    assert (await who(door))["person"] is None


async def test_an_account_is_linked_by_who_proves_both(client: httpx.AsyncClient, pair: Pair) -> None:
    door = await new_account(client, pair.agent["email"])
    answer = await back(door, pair, await leave(door, purpose="link", back="/mon-compte"))
    assert answer.headers["location"] == "/mon-compte"
    entered = await who((await through(client, pair))[0])
    assert entered["person"]["id"] == door.person_id


async def test_somebody_elses_identity_is_not_taken(client: httpx.AsyncClient, pair: Pair) -> None:
    await through(client, pair)
    thief = await new_account(client)
    answer = await back(thief, pair, await leave(thief, purpose="link"))
    assert answer.headers["location"] == "/connexion?erreur=proconnect-autre-compte"


async def test_the_second_agent_joins_as_a_reader(client: httpx.AsyncClient, pair: Pair) -> None:
    await make_organisation(client, siret=pair.siret)
    async with state(client).sessions() as session:
        row = (await session.scalars(select(Organisation).where(Organisation.siret == pair.siret))).one()
    from tests.accounts.people import Org  # noqa: PLC0415

    await sign_in(client, role="administrator", organisation=Org(row.id, row.siret, row.name, row.kind))
    said = await who((await through(client, pair))[0])
    assert (said["organisation"]["id"], said["organisation"]["role"]) == (row.id, "reader")


async def test_who_is_no_public_agent_joins_no_buyer(client: httpx.AsyncClient, pair: Pair) -> None:
    await make_organisation(client, siret=pair.siret)
    pair.agent["roles"] = ["dirigeant"]
    door, _ = await through(client, pair)
    assert ((await who(door))["person"] is not None, (await who(door))["organisations"]) == (True, [])


async def test_who_is_no_public_agent_joins_their_firm(client: httpx.AsyncClient, pair: Pair) -> None:
    await make_organisation(client, siret=pair.siret, kind=OrganisationKind.FIRM)
    pair.agent["roles"] = []
    assert (await who((await through(client, pair))[0]))["organisation"]["kind"] == "firm"


@pytest.mark.parametrize("siret", [None, "", "12345678901234", "pas un siret"])
async def test_a_missing_or_wrong_siret_stops_nobody(client: httpx.AsyncClient, pair: Pair, siret: str | None) -> None:
    pair.agent["siret"] = siret
    said = await who((await through(client, pair))[0])
    assert (said["person"] is not None, said["organisation"]) == (True, None)


async def test_a_level_with_a_second_factor_makes_a_strong_session(client: httpx.AsyncClient, pair: Pair) -> None:
    pair.fake.acr = "eidas1-mfa"
    assert (await who((await through(client, pair))[0]))["strong"] is True
    pair.fake.acr = "eidas1"
    door, answer = await through(client, pair, strong=True)
    assert answer.headers["location"] == "/connexion?erreur=proconnect-niveau"
    assert (await who(door))["person"] is None


async def test_a_local_second_factor_is_asked_below_that_level(client: httpx.AsyncClient, pair: Pair) -> None:
    door, _ = await through(client, pair)
    carry(door, await door.get("/api/v1/session"))
    _, codes = await with_totp(door)
    entering, answer = await through(client, pair, back="/clauses")
    assert answer.headers["location"] == "/connexion?retour=%2Fclauses"
    assert (await who(entering))["awaits"] == "second_factor"
    done = await entering.post("/api/v1/sign-in/second-factor", json={"code": codes[0]})
    assert (done.status_code, done.json()["strong"]) == (200, True)


async def test_only_the_documented_parameters_leave(client: httpx.AsyncClient, pair: Pair) -> None:
    asked = await leave(await sign_in(client, role="visitor"), strong=True)
    assert pair.fake.fault_of(asked) == ""
    assert set(asked) == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims"}
    assert min(len(asked["state"]), len(asked["nonce"])) >= 32
    assert json.loads(asked["claims"])["id_token"]["acr"]["essential"] is True
    assert "Y000400" in pair.fake.fault_of({**asked, "code_challenge": "x"})


# --- Answers that must be refused ----------------------------------------------------------------


def _none(_: str, claims: Claims) -> str:
    parts = [json.dumps({"alg": "none"}), json.dumps(claims), ""]
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


def _other_key(_: str, claims: Claims) -> str:
    key = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256"}, claims, key)


def _unknown_kid(_: str, claims: Claims) -> str:
    key = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "kid": "inconnu"}, claims, key)


def _own_jku(_: str, claims: Claims) -> str:
    key = RSAKey.generate_key(2048)
    header = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "jku": "http://localhost:8/k"}).encode())
    body, signature = jwt.encode({"alg": "RS256"}, claims, key).split(".")[1:]
    return f"{header.decode().rstrip('=')}.{body}.{signature}"


def _secret_as_key(_: str, claims: Claims) -> str:
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(CLIENT_SECRET), algorithms=["HS256"])


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"nonce": "x" * 43}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "autre-service"}, "aud"),
        ({"aud": [CLIENT_ID, "autre-service"]}, "azp"),
        ({"azp": "autre-service"}, "azp"),
        ({"iss": "https://ailleurs.test/api/v2"}, "iss"),
        ({"exp": 1}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": 4_000_000_000}, "iat"),
        ({"sub": ""}, "sub"),
        ({"at_hash": "faux"}, "at_hash"),
        ({"acr": "eidas9"}, "acr"),
        ({"acr": None}, "acr"),
    ],
)
async def test_an_id_token_that_does_not_hold_signs_nobody_in(
    client: httpx.AsyncClient, pair: Pair, change: Claims, because: str, caplog: pytest.LogCaptureFixture
) -> None:
    pair.fake.change_id_token = change
    await _refused(client, pair)
    assert because in caplog.text


@pytest.mark.parametrize("forge", [_none, _other_key, _unknown_kid, _own_jku, _secret_as_key])
async def test_a_forged_signature_signs_nobody_in(
    client: httpx.AsyncClient, pair: Pair, forge: Callable[[str, Claims], str]
) -> None:
    pair.fake.forge = forge
    await _refused(client, pair)


@pytest.mark.parametrize("change", [{"sub": "un-autre"}, {"aud": "autre-service"}, {"iss": "https://ailleurs.test"}])
async def test_a_userinfo_of_somebody_else_signs_nobody_in(
    client: httpx.AsyncClient, pair: Pair, change: Claims
) -> None:
    pair.fake.change_userinfo = change
    await _refused(client, pair)


async def test_an_unsigned_userinfo_signs_nobody_in(client: httpx.AsyncClient, pair: Pair) -> None:
    pair.fake.userinfo_as_json = True
    await _refused(client, pair)


async def _refused(client: httpx.AsyncClient, pair: Pair, reason: str = "proconnect-refus") -> None:
    door, answer = await through(client, pair)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/connexion?erreur={reason}")
    assert (await who(door))["person"] is None
    async with state(client).sessions() as session:
        assert await session.get(OidcIdentity, (ISSUER, pair.agent["sub"])) is None
        assert (await session.scalars(select(Person).where(Person.email == pair.agent["email"]))).all() == []


async def test_a_state_that_is_not_this_browsers_is_refused(client: httpx.AsyncClient, pair: Pair) -> None:
    door, victim = await sign_in(client, role="visitor"), await sign_in(client, role="visitor")
    asked = await leave(door)
    there = urlsplit(pair.fake.grant(pair.agent["sub"], asked))
    # The attacker's answer, opened by the victim: with no sign-in under way, then with another one.
    for _ in range(2):
        answer = await victim.get(f"{there.path}?{there.query}")
        assert answer.headers["location"] == "/connexion?erreur=proconnect-etat"
        await leave(victim)
    assert (await who(victim))["person"] is None


async def test_an_answer_serves_once(client: httpx.AsyncClient, pair: Pair) -> None:
    door = await sign_in(client, role="visitor")
    there = urlsplit(pair.fake.grant(pair.agent["sub"], await leave(door)))
    url = f"{there.path}?{there.query}"
    assert (await door.get(url)).headers["location"] == "/"
    assert (await door.get(url)).headers["location"] == "/connexion?erreur=proconnect-etat"


async def test_a_code_already_exchanged_is_refused(client: httpx.AsyncClient, pair: Pair) -> None:
    door, other = await sign_in(client, role="visitor"), await sign_in(client, role="visitor")
    first = urlsplit(pair.fake.grant(pair.agent["sub"], await leave(door)))
    await door.get(f"{first.path}?{first.query}")
    asked = await leave(other)
    code = parse_qs(first.query)["code"][0]
    answer = await other.get(f"/api/v1/proconnect/callback?code={code}&state={asked['state']}")
    assert answer.headers["location"] == "/connexion?erreur=proconnect-refus"


async def test_an_answer_of_another_issuer_is_refused_before_any_exchange(
    client: httpx.AsyncClient, pair: Pair
) -> None:
    door = await sign_in(client, role="visitor")
    there = urlsplit(pair.fake.grant(pair.agent["sub"], await leave(door)))
    query = there.query.replace("localhost%3A9", "ailleurs.test")
    answer = await door.get(f"{there.path}?{query}")
    assert answer.headers["location"] == "/connexion?erreur=proconnect-refus"
    assert len(pair.fake.codes) == 1


async def test_a_slow_code_is_refused(client: httpx.AsyncClient, pair: Pair) -> None:
    door = await sign_in(client, role="visitor")
    there = urlsplit(pair.fake.grant(pair.agent["sub"], await leave(door)))
    pair.fake.codes = {code: (time.time() - 61, *rest) for code, (_, *rest) in pair.fake.codes.items()}  # type: ignore[misc]
    answer = await door.get(f"{there.path}?{there.query}")
    assert answer.headers["location"] == "/connexion?erreur=proconnect-refus"


async def test_who_gives_up_is_told_so(client: httpx.AsyncClient, pair: Pair) -> None:
    assert pair.fake.once
    door = await sign_in(client, role="visitor")
    asked = await leave(door)
    answer = await door.get(f"/api/v1/proconnect/callback?error=access_denied&state={asked['state']}")
    assert answer.headers["location"] == "/connexion?erreur=proconnect-annule"


async def test_a_silent_provider_is_said_and_the_other_ways_stay(client: httpx.AsyncClient, pair: Pair) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("silent")

    assert pair.fake.issuer == ISSUER
    state(client).proconnect = ProConnect(ISSUER, CLIENT_ID, CLIENT_SECRET, "RS256", httpx.MockTransport(fail))
    door = await sign_in(client, role="visitor")
    answer = await door.post("/api/v1/proconnect/start", json={})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/proconnect")
    account = await new_account(client)
    assert (await enter(client, account.email))[1].status_code == 200


async def test_an_issuer_without_https_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="https"):
        ProConnect("http://auth.exemple.fr/api/v2", "a", "b", "RS256")


@pytest.mark.parametrize(
    "place", ["//ailleurs.test", "https://ailleurs.test", "/\\ailleurs.test", "/api/v1/session", "/a\nb"]
)
async def test_the_way_back_stays_on_this_site(client: httpx.AsyncClient, pair: Pair, place: str) -> None:
    _, answer = await through(client, pair, back=place)
    assert answer.headers["location"] == "/"


async def test_signing_out_closes_our_session_first_then_theirs(client: httpx.AsyncClient, pair: Pair) -> None:
    door, _ = await through(client, pair)
    carry(door, await door.get("/api/v1/session"))
    left = (await door.delete("/api/v1/session")).json()["next"]
    assert (await who(door))["person"] is None
    theirs = httpx.AsyncClient(transport=httpx.ASGITransport(app=pair.fake.app()))
    answer = await theirs.get(left)
    assert pair.fake.ended == [pair.agent["sub"]]
    there = urlsplit(answer.headers["location"])
    assert (await door.get(f"{there.path}?{there.query}")).headers["location"] == "/"
    assert (await door.get(f"{there.path}?{there.query}")).headers["location"].startswith("/connexion?erreur=")


async def test_identity_may_be_proved_again_by_proconnect(client: httpx.AsyncClient, pair: Pair) -> None:
    door, _ = await through(client, pair)
    carry(door, await door.get("/api/v1/session"))
    asked = await leave(door, purpose="proof", back="/mon-compte")
    assert asked["prompt"] == "login"
    pair.fake.acr = "eidas2"
    assert (await back(door, pair, asked)).headers["location"] == "/mon-compte"
    assert (await who(door))["strong"] is True


async def test_membership_keeps_its_role_at_the_next_visit(client: httpx.AsyncClient, pair: Pair) -> None:
    door, _ = await through(client, pair)
    await through(client, pair)
    async with state(client).sessions() as session:
        mine = (await who(door))["person"]["id"]
        held = (await session.scalars(select(Membership).where(Membership.person_id == mine))).one()
    assert held.role is Role.ADMINISTRATOR


# --- The rest of the twenty-four misbehaviours of shared/domain/trust.md, S10 ---------------------


@pytest.mark.parametrize("given", ["", "&state="])
async def test_an_answer_without_a_state_is_refused(client: httpx.AsyncClient, pair: Pair, given: str) -> None:
    door = await sign_in(client, role="visitor")
    there = urlsplit(pair.fake.grant(pair.agent["sub"], await leave(door)))
    code = parse_qs(there.query)["code"][0]
    answer = await door.get(f"/api/v1/proconnect/callback?code={code}{given}")
    assert answer.headers["location"] == "/connexion?erreur=proconnect-etat"
    assert (await who(door))["person"] is None
    assert code in pair.fake.codes, "the code was not even exchanged"


async def test_the_nonce_of_an_earlier_sign_in_is_refused(client: httpx.AsyncClient, pair: Pair) -> None:
    first = await leave(await sign_in(client, role="visitor"))
    pair.fake.change_id_token = {"nonce": first["nonce"]}
    await _refused(client, pair)


async def test_the_public_key_taken_as_a_secret_signs_nobody_in(client: httpx.AsyncClient, pair: Pair) -> None:
    """HS256 with the published RS256 key, in the three forms that a careless library would accept."""
    published = pair.fake.key.as_pem(private=False)
    for secret in (published, published.strip(), json.dumps(pair.fake.key.as_dict(private=False)).encode()):

        def forge(_: str, claims: Claims, secret: bytes = secret) -> str:
            parts = [json.dumps({"alg": "HS256", "kid": pair.fake.key.kid}).encode(), json.dumps(claims).encode()]
            signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
            made = base64.urlsafe_b64encode(hmac.digest(secret, signed, "sha256")).rstrip(b"=")
            return (signed + b"." + made).decode()

        pair.fake.forge = forge
        await _refused(client, pair)


@pytest.mark.parametrize("forge", [_none, _other_key, _unknown_kid, _own_jku, _secret_as_key])
async def test_a_userinfo_with_a_forged_signature_signs_nobody_in(
    client: httpx.AsyncClient, pair: Pair, forge: Callable[[str, Claims], str]
) -> None:
    key = pair.fake.key

    def only_userinfo(kind: str, claims: Claims) -> str:
        return forge(kind, claims) if kind == "userinfo" else jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    pair.fake.forge = only_userinfo
    await _refused(client, pair)


def _broken(kind: str) -> httpx.Response:
    if kind == "slow":
        raise httpx.ReadTimeout("slow")
    if kind == "cut":
        raise httpx.RemoteProtocolError("cut")
    return httpx.Response(503, text="<html>entretien</html>") if kind == "503" else httpx.Response(200, text="<html>")


@pytest.mark.parametrize("kind", ["slow", "cut", "503", "garbage"])
@pytest.mark.parametrize("step", ["/token", "/userinfo", "/jwks", "/.well-known/openid-configuration"])
async def test_a_provider_that_breaks_on_the_way_signs_nobody_in(
    client: httpx.AsyncClient, pair: Pair, step: str, kind: str
) -> None:
    real = httpx.ASGITransport(app=pair.fake.app())

    class Breaking(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return _broken(kind) if request.url.path.endswith(step) else await real.handle_async_request(request)

    door = await sign_in(client, role="visitor")
    asked = await leave(door)
    state(client).proconnect = ProConnect(ISSUER, CLIENT_ID, CLIENT_SECRET, "RS256", Breaking())
    answer = await back(door, pair, asked)
    # An answer of 200 that is no signed token proves nothing: refused, where all else is silence.
    reason = "refus" if (step, kind) == ("/userinfo", "garbage") else "silence"
    assert (answer.status_code, answer.headers["location"]) == (303, f"/connexion?erreur=proconnect-{reason}")
    assert (await who(door))["person"] is None


async def test_the_number_of_another_entity_gives_no_power_over_it(client: httpx.AsyncClient, pair: Pair) -> None:
    """Who changes of employer, or is wrongly attached, reads in the second house and keeps nothing more of it."""
    mine = await who((await through(client, pair))[0])
    other = await make_organisation(client)
    await sign_in(client, role="administrator", organisation=other)
    pair.agent["siret"] = other.siret
    said = await who((await through(client, pair))[0])
    assert said["person"]["id"] == mine["person"]["id"]
    assert {(one["siret"], one["role"]) for one in said["organisations"]} == {
        (mine["organisation"]["siret"], "administrator"),
        (other.siret, "reader"),
    }


MISBEHAVIOURS: Final = {
    "wrong state": "test_a_state_that_is_not_this_browsers_is_refused",
    "absent state": "test_an_answer_without_a_state_is_refused",
    "reused state": "test_an_answer_serves_once",
    "wrong or absent nonce": "test_an_id_token_that_does_not_hold_signs_nobody_in",
    "reused nonce": "test_the_nonce_of_an_earlier_sign_in_is_refused",
    "wrong iss": "test_an_answer_of_another_issuer_is_refused_before_any_exchange",
    "wrong aud": "test_an_id_token_that_does_not_hold_signs_nobody_in",
    "wrong azp": "test_an_id_token_that_does_not_hold_signs_nobody_in",
    "alg none": "test_a_forged_signature_signs_nobody_in",
    "HS256 with the public key": "test_the_public_key_taken_as_a_secret_signs_nobody_in",
    "unknown kid": "test_a_forged_signature_signs_nobody_in",
    "jku header": "test_a_forged_signature_signs_nobody_in",
    "expired": "test_an_id_token_that_does_not_hold_signs_nobody_in",
    "iat in the future": "test_an_id_token_that_does_not_hold_signs_nobody_in",
    "code reuse": "test_a_code_already_exchanged_is_refused",
    "userinfo of another subject": "test_a_userinfo_of_somebody_else_signs_nobody_in",
    "unsigned userinfo": "test_a_userinfo_with_a_forged_signature_signs_nobody_in",
    "JSON userinfo": "test_an_unsigned_userinfo_signs_nobody_in",
    "missing siret": "test_a_missing_or_wrong_siret_stops_nobody",
    "siret of another entity": "test_the_number_of_another_entity_gives_no_power_over_it",
    "changed e-mail": "test_the_same_subject_is_the_same_person_whatever_the_address",
    "two providers, one e-mail": "test_another_provider_with_the_same_address_is_never_merged",
    "5xx and timeouts": "test_a_provider_that_breaks_on_the_way_signs_nobody_in",
    "extra query parameter": "test_only_the_documented_parameters_leave",
    "slow code": "test_a_slow_code_is_refused",
    "logout state mismatch": "test_signing_out_closes_our_session_first_then_theirs",
}


def test_each_misbehaviour_has_its_test() -> None:
    assert len(MISBEHAVIOURS) >= 24
    assert [name for name in MISBEHAVIOURS.values() if name not in globals()] == []
