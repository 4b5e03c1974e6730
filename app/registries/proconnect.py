"""ProConnect as an OpenID Connect client: where to send the browser, what its answer proves.

The contract is shared/domain/integrations.md, section 4. No PKCE and no parameter beyond those listed there: the
server refuses any other with `Y000400`; the code is bound to the browser by `state` and to the token by `nonce`.
"""

import asyncio
import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, KeySet, OctKey
from pydantic import BaseModel, ConfigDict, ValidationError

TIMEOUT: Final = 5.0
SCOPES: Final = "openid given_name usual_name email siret idp_id roles organization_label"
STRONG: Final = ("eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3")
"""The levels that hold a second factor (norm of spring 2026)."""
KNOWN_ACR: Final = frozenset(
    (*STRONG, "eidas0", "eidas1", "https://proconnect.gouv.fr/assurance/certification-dirigeant")
)
LEEWAY: Final = 30
_OLDEST: Final = 600
_METADATA_LIFE: Final = 3600.0
_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}


class Refused(Exception):  # noqa: N818 (a decision, not a fault)
    """The answer proves nothing: why, for the log."""


class Silent(Exception):  # noqa: N818
    """ProConnect does not answer, or with an error of its own."""


class _Metadata(BaseModel):
    model_config = ConfigDict(extra="ignore")
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    end_session_endpoint: str


class _UserInfo(BaseModel):
    model_config = ConfigDict(extra="ignore")
    sub: str
    email: str = ""
    given_name: str | None = None
    usual_name: str | None = None
    siret: str | None = None
    idp_id: str | None = None
    roles: list[str] | None = None
    organization_label: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    issuer: str
    subject: str
    email: str
    given_name: str
    family_name: str
    siret: str
    """As received: not always there, not always right (integrations.md)."""
    organisation: str
    idp_id: str
    roles: frozenset[str]
    acr: str
    id_token: str

    @property
    def strong(self) -> bool:
        return self.acr in STRONG

    @property
    def is_public_agent(self) -> bool:
        return "agent_public" in self.roles


class ProConnect:
    """One client at one provider."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        algorithm: str,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        address = urlsplit(issuer)
        if issuer and address.scheme != "https" and address.hostname not in _LOOPBACK:
            raise ValueError("CLAUSIER_PROCONNECT_URL doit commencer par https://")
        self.issuer, self.client_id, self._secret, self._algorithm = issuer, client_id, client_secret, algorithm
        self._transport = transport
        self._metadata: tuple[float, _Metadata] | None = None
        self._keys: KeySet | None = None

    @property
    def ready(self) -> bool:
        return bool(self.issuer and self.client_id and self._secret)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self._transport, timeout=TIMEOUT)

    async def _get(self, url: str) -> Any:  # noqa: ANN401 (JSON)
        try:
            # In all: httpx counts each piece of the answer apart, and a trickle would hold a visitor for minutes.
            async with asyncio.timeout(TIMEOUT), self._client() as client:
                answer = await client.get(url)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError, TimeoutError) as error:
            raise Silent(type(error).__name__) from error

    async def metadata(self) -> _Metadata:
        if self._metadata and time.monotonic() - self._metadata[0] < _METADATA_LIFE:
            return self._metadata[1]
        try:
            found = _Metadata.model_validate(await self._get(f"{self.issuer}/.well-known/openid-configuration"))
        except ValidationError as error:
            raise Silent("a discovery document of another shape") from error
        if found.issuer != self.issuer:
            raise Refused(f"the discovery document speaks of another issuer: {found.issuer[:80]}")
        ours = urlsplit(self.issuer)[:2]
        endpoints = (found.authorization_endpoint, found.token_endpoint, found.userinfo_endpoint, found.jwks_uri)
        if any(urlsplit(one)[:2] != ours for one in (*endpoints, found.end_session_endpoint)):
            raise Refused("an endpoint stands on another host than the issuer")
        self._metadata = (time.monotonic(), found)
        return found

    async def authorize_url(  # noqa: PLR0913 (the parameters of the protocol)
        self,
        *,
        redirect_uri: str,
        state: str,
        nonce: str,
        strong: bool = False,
        again: bool = False,
        login_hint: str = "",
    ) -> str:
        """Where to send the browser. `strong`: only with a second factor; `again`: even where a session is open."""
        claims: dict[str, Any] = {"id_token": {"amr": None}}
        if strong:
            claims["id_token"]["acr"] = {"essential": True, "values": list(STRONG)}
        extra = {"prompt": "login"} if again else {}
        if login_hint:
            extra["login_hint"] = login_hint
        metadata = await self.metadata()
        return str(
            prepare_grant_uri(
                metadata.authorization_endpoint,
                self.client_id,
                "code",
                redirect_uri=redirect_uri,
                scope=SCOPES,
                state=state,
                nonce=nonce,
                claims=json.dumps(claims, separators=(",", ":")),
                **extra,
            )
        )

    async def logout_url(self, *, id_token: str, state: str, back: str) -> str:
        metadata = await self.metadata()
        asked = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": back}
        return f"{metadata.end_session_endpoint}?{urlencode(asked)}"

    async def identify(self, *, code: str, redirect_uri: str, nonce: str) -> Identity:
        """Exchanges the code, checks both tokens; `Refused` at the first thing that does not hold."""
        metadata = await self.metadata()
        tokens = await self._tokens(metadata, code, redirect_uri)
        id_token, access_token = str(tokens.get("id_token", "")), str(tokens.get("access_token", ""))
        claims = await self._verified(id_token)
        self._check_id_token(claims, nonce, access_token)
        told = await self._user_info(metadata, access_token)
        if told.sub != claims["sub"]:
            raise Refused("userinfo speaks of another subject")
        acr = claims.get("acr", "")
        if acr not in KNOWN_ACR:
            raise Refused(f"unknown acr: {str(acr)[:80]}")
        return Identity(
            issuer=self.issuer,
            subject=told.sub[:255],
            email=told.email.strip().lower()[:254],
            given_name=(told.given_name or "")[:100],
            family_name=(told.usual_name or "")[:100],
            siret=told.siret or "",
            organisation=(told.organization_label or "")[:200],
            idp_id=(told.idp_id or "")[:64],
            roles=frozenset(told.roles or ()),
            acr=acr,
            id_token=id_token,
        )

    async def _tokens(self, metadata: _Metadata, code: str, redirect_uri: str) -> dict[str, Any]:
        # `client_secret_post`: the only method that ProConnect takes.
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=redirect_uri,
            code=code,
            client_id=self.client_id,
            client_secret=self._secret,
        )
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with self._client() as client:
                answer = await client.post(metadata.token_endpoint, content=body, headers=form)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Silent(type(error).__name__) from error
        if answer.is_client_error:
            raise Refused(f"the code is refused: {str(told.get('error') if isinstance(told, dict) else told)[:60]}")
        if not answer.is_success or not isinstance(told, dict):
            raise Silent(f"token answers {answer.status_code}")
        return told

    async def _key(self) -> KeySet | OctKey | Callable[[GuestProtocol], Any]:
        if self._algorithm == "HS256":
            return OctKey.import_key(self._secret)
        if self._keys is None:
            try:
                self._keys = KeySet.import_key_set(await self._get((await self.metadata()).jwks_uri))
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise Silent("keys of another shape") from error
        return self._keys

    async def _verified(self, token: str) -> dict[str, Any]:
        """The claims of a token signed by ProConnect, with the declared algorithm and no other."""
        for last in (False, True):
            try:
                return dict(jwt.decode(token, await self._key(), algorithms=[self._algorithm]).claims)
            except (JoseError, ValueError, TypeError) as error:
                if last or self._algorithm == "HS256":
                    raise Refused(f"signature: {type(error).__name__}") from error
                # Keys turn: asked once more before refusing.
                self._keys = None
        raise AssertionError

    def _check_id_token(self, claims: dict[str, Any], nonce: str, access_token: str) -> None:
        moment = time.time()
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        checks = {
            "iss": claims.get("iss") == self.issuer,
            "aud": self.client_id in audiences,
            "azp": claims.get("azp", self.client_id) == self.client_id and (len(audiences) == 1 or "azp" in claims),
            "exp": isinstance(claims.get("exp"), int | float) and claims["exp"] > moment - LEEWAY,
            "iat": isinstance(claims.get("iat"), int | float) and -_OLDEST < claims["iat"] - moment < LEEWAY,
            "nonce": isinstance(claims.get("nonce"), str) and compare_digest(claims["nonce"].encode(), nonce.encode()),
            "sub": isinstance(claims.get("sub"), str) and bool(claims["sub"]),
            "at_hash": claims.get("at_hash", _half_hash(access_token)) == _half_hash(access_token),
        }
        if wrong := [name for name, good in checks.items() if not good]:
            raise Refused(f"id_token: {', '.join(wrong)}")

    async def _user_info(self, metadata: _Metadata, access_token: str) -> _UserInfo:
        try:
            async with self._client() as client:
                answer = await client.get(
                    metadata.userinfo_endpoint, headers={"Authorization": f"Bearer {access_token}"}
                )
        except httpx.HTTPError as error:
            raise Silent(type(error).__name__) from error
        if answer.status_code != httpx.codes.OK:
            raise Silent(f"userinfo answers {answer.status_code}")
        if answer.headers.get("content-type", "").partition(";")[0].strip() != "application/jwt":
            raise Refused("userinfo is not signed")
        claims = await self._verified(answer.text.strip())
        if claims.get("iss", self.issuer) != self.issuer or claims.get("aud", self.client_id) != self.client_id:
            raise Refused("userinfo was made by or for somebody else")
        try:
            return _UserInfo.model_validate(claims)
        except ValidationError as error:
            raise Refused("userinfo of another shape") from error


def _half_hash(access_token: str) -> str:
    """OpenID Connect Core, section 3.1.3.6: the left half of the hash; all three algorithms use SHA-256."""
    return base64.urlsafe_b64encode(sha256(access_token.encode()).digest()[:16]).decode().rstrip("=")
