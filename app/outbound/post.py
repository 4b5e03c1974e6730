"""One POST to an address that a user gave: to the number that was judged, no redirection, a short patience."""

import asyncio
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import httpx

from app.outbound import guard
from app.outbound.rules import Outcome, outcome_of

PATIENCE: Final = 15.0
_CONNECT: Final = 5.0
_AGENT: Final = "Clausier-Webhooks/1.0"


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    status: int | None = None
    why: str = ""
    retry_after: str = ""


@lru_cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


async def post(
    url: str, body: str, headers: dict[str, str], *, loopback: bool = False, patience: float = PATIENCE
) -> Answer:
    """What the receiver said. Its body is never read: nothing it says may fill our memory or come back to a screen."""
    try:
        async with asyncio.timeout(patience):
            target = await guard.target_of(url, loopback=loopback)
            return await _send(target, body, headers)
    except guard.Forbidden as refusal:
        return Answer(Outcome.FORBIDDEN, why=str(refusal))
    except TimeoutError:
        return Answer(Outcome.SILENT, why="Pas de réponse à temps.")
    except httpx.TimeoutException:
        return Answer(Outcome.SILENT, why="Pas de réponse à temps.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return Answer(Outcome.SILENT, why=f"La connexion a échoué ({type(error).__name__}).")


async def _send(target: guard.Target, body: str, headers: dict[str, str]) -> Answer:
    told = {"Host": target.authority, "Content-Type": "application/json", "User-Agent": _AGENT, **headers}
    # trust_env: a proxy of the machine would resolve the name a second time.
    async with httpx.AsyncClient(
        verify=_tls(), trust_env=False, follow_redirects=False, timeout=httpx.Timeout(PATIENCE, connect=_CONNECT)
    ) as client:
        request = client.build_request(
            "POST", target.url, content=body.encode(), headers=told, extensions={"sni_hostname": target.host}
        )
        answer = await client.send(request, stream=True)
        try:
            outcome = outcome_of(answer.status_code)
            return Answer(outcome, answer.status_code, "", answer.headers.get("retry-after", ""))
        finally:
            await answer.aclose()
