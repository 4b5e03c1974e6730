"""A stand-in of ProConnect that speaks its real protocol, for tests and for a demonstration on one's own machine.

It signs in whoever is asked for: `python -m app fake-proconnect` therefore listens on the loopback only, and the
client (`app/registries/proconnect.py`) takes no issuer without HTTPS that stands anywhere else.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID: Final = "clausier-demo"
CLIENT_SECRET: Final = "secret-de-demonstration-sans-valeur"  # noqa: S105 (of a fake, known to all)
_ALLOWED: Final = frozenset(
    {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims", "prompt"}
    | {"idp_hint", "login_hint", "siret_hint", "acr_values", "response_mode"}
)
_SHORTEST: Final = 32
CODE_LIFE: Final = 60

Claims = dict[str, Any]


def agent(sub: str, name: str, siret: str, *, roles: tuple[str, ...], label: str) -> Claims:
    given, usual = name.split(" ", 1)
    return {
        "sub": sub,
        "given_name": given,
        "usual_name": usual,
        "email": f"{sub}@exemple.test",
        "siret": siret,
        "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
        "roles": list(roles),
        "organization_label": label,
    }


TERRITORIAL: Final = ("agent_public", "agent_public_territorial")
AGENTS: Final = (
    agent("agent-commune", "Camille Durand", "99990001200017", roles=TERRITORIAL, label="Commune fictive"),
    agent("agent-region", "Noé Petit", "99990002000010", roles=TERRITORIAL, label="Région fictive"),
    agent("gerante", "Inès Moreau", "99990003800012", roles=(), label="Atelier fictif"),
)


@dataclass
class Fake:
    issuer: str
    agents: Mapping[str, Claims] = field(default_factory=lambda: {one["sub"]: one for one in AGENTS})
    redirects: tuple[str, ...] = ()
    """Registered addresses; empty: any of the loopback."""
    acr: str = "eidas1"
    change_id_token: Claims = field(default_factory=dict)
    change_userinfo: Claims = field(default_factory=dict)
    forge: Callable[[str, Claims], str] | None = None
    """Signs instead of the real key, for tests of refusals: (« id_token » or « userinfo », claims) → token."""
    userinfo_as_json: bool = False
    once: bool = True
    """Whether a code serves once."""
    ended: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, auto_kid=True)
        self.codes: dict[str, tuple[float, Claims, dict[str, str]]] = {}
        self.access: dict[str, Claims] = {}

    # --- what a test may ask without the page -----------------------------------------------------

    def grant(self, sub: str, asked: Mapping[str, str]) -> str:
        """The address where the provider sends the browser back once `sub` has signed in."""
        code = secrets.token_urlsafe(32)
        self.codes[code] = (time.time(), dict(self.agents[sub]), dict(asked))
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def _sign(self, kind: str, claims: Claims) -> str:
        if self.forge:
            return self.forge(kind, claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    # --- the endpoints ----------------------------------------------------------------------------

    async def discovery(self, _: Request) -> Response:
        base = self.issuer
        return JSONResponse(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/jwks",
                "end_session_endpoint": f"{base}/session/end",
                "id_token_signing_alg_values_supported": ["RS256"],
                "userinfo_signing_alg_values_supported": ["RS256"],
            }
        )

    async def jwks(self, _: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    def fault_of(self, asked: Mapping[str, str]) -> str:
        if unknown := sorted(set(asked) - _ALLOWED):
            return f"Y000400 : paramètre inconnu ({', '.join(unknown)})"
        if asked.get("client_id") != CLIENT_ID or asked.get("response_type") != "code":
            return "Y000400 : client ou type de réponse inconnu"
        if "openid" not in asked.get("scope", "").split():
            return "Y000400 : scope sans openid"
        if min(len(asked.get("state", "")), len(asked.get("nonce", ""))) < _SHORTEST:
            return "Y000400 : state et nonce d’au moins 32 caractères"
        back = asked.get("redirect_uri", "")
        loopback = back.startswith(("http://127.0.0.1", "http://localhost"))
        return (
            "" if (back in self.redirects or (not self.redirects and loopback)) else "Y000400 : redirect_uri inconnue"
        )

    async def authorize(self, request: Request) -> Response:
        if request.method == "POST":
            form = {name: str(value) for name, value in (await request.form()).items()}
            sub = form.pop("sub", "")
            if self.fault_of(form) or sub not in self.agents:
                return HTMLResponse("Y000400", status_code=400)
            return RedirectResponse(self.grant(sub, form), status_code=303)
        asked = dict(request.query_params)
        if fault := self.fault_of(asked):
            return HTMLResponse(f"<p>{escape(fault)}</p>", status_code=400)
        if asked.get("prompt") == "none":
            back = {"error": "login_required", "state": asked["state"], "iss": self.issuer}
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", status_code=303)
        return HTMLResponse(_page(asked, self.agents))

    async def token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        found = self.codes.get(form.get("code", ""))
        if self.once:
            self.codes.pop(form.get("code", ""), None)
        if found is None or time.time() - found[0] > CODE_LIFE or form.get("redirect_uri") != found[2]["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        _, person, asked = found
        access, moment = secrets.token_urlsafe(32), int(time.time())
        self.access[access] = person
        claims = {
            "sub": person["sub"],
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": moment,
            "auth_time": moment,
            "exp": moment + 60,
            "nonce": asked["nonce"],
            "acr": self.acr,
            "amr": ["pwd"],
        }
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
        return JSONResponse({**answer, "id_token": self._sign("id_token", claims | self.change_id_token)})

    async def userinfo(self, request: Request) -> Response:
        person = self.access.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if person is None:
            return JSONResponse({"error": "invalid_token"}, status_code=401)
        claims = {**person, "iss": self.issuer, "aud": CLIENT_ID} | self.change_userinfo
        if self.userinfo_as_json:
            return JSONResponse(claims)
        return Response(self._sign("userinfo", claims), media_type="application/jwt")

    async def end(self, request: Request) -> Response:
        asked = request.query_params
        try:
            claims = jwt.decode(asked.get("id_token_hint", ""), self.key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return HTMLResponse("Y030111", status_code=400)
        self.ended.append(str(claims["sub"]))
        back, state = asked.get("post_logout_redirect_uri", ""), asked.get("state", "")
        if not back.startswith(("http://127.0.0.1", "http://localhost")) and back not in self.redirects:
            return HTMLResponse("Y030111", status_code=400)
        return RedirectResponse(f"{back}?{urlencode({'state': state})}", status_code=303)

    def app(self) -> Starlette:
        path = "/api/v2"
        return Starlette(
            routes=[
                Route(f"{path}/.well-known/openid-configuration", self.discovery),
                Route(f"{path}/jwks", self.jwks),
                Route(f"{path}/authorize", self.authorize, methods=["GET", "POST"]),
                Route(f"{path}/token", self.token, methods=["POST"]),
                Route(f"{path}/userinfo", self.userinfo),
                Route(f"{path}/session/end", self.end),
            ]
        )


def _page(asked: Mapping[str, str], agents: Mapping[str, Claims]) -> str:
    kept = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in asked.items())
    choices = "".join(
        f'<p><button name="sub" value="{escape(sub)}">{escape(one["given_name"])} {escape(one["usual_name"])}, '
        f"{escape(one['organization_label'])}</button></p>"
        for sub, one in agents.items()
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Faux ProConnect</title></head><body><main>'
        "<h1>Faux ProConnect, pour la démonstration</h1><p>Aucun mot de passe : choisissez une personne fictive.</p>"
        f'<form method="post">{kept}{choices}</form></main></body></html>'
    )
