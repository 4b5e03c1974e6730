"""The open register of firms and administrations (API Recherche d'entreprises): one establishment by its SIRET.

Facts in shared/domain/integrations.md, section 1. Nothing it answers is trusted beyond its shape, and its silence
never stops anybody: the caller keeps the SIRET and asks again later.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

TIMEOUT: Final = 3.0
_LARGEST: Final = 512 * 1024
_REMEMBERED: Final = 24 * 3600.0
_MOST: Final = 2000
_USER_AGENT: Final = "Clausier (clauses d'economie circulaire; +https://clausier.example)"


class Unreachable(Exception):  # noqa: N818 (a fact, not a fault)
    """No usable answer; `retry_after`: seconds that the register asked to wait."""

    def __init__(self, reason: str, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Establishment:
    siret: str
    name: str
    address: str
    commune: str
    """INSEE code."""
    department: str
    region: str
    naf: str
    legal_form: str
    """Code of the nature juridique: « 7210 » is a commune."""
    category: str
    headcount: str
    open: bool
    administration: bool
    ess: bool
    siae: bool
    latitude: float | None = None
    longitude: float | None = None


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Site(_Lenient):
    siret: str
    adresse: str | None = None
    commune: str | None = None
    region: str | None = None
    activite_principale: str | None = None
    etat_administratif: str | None = None
    tranche_effectif_salarie: str | None = None
    latitude: str | None = None
    longitude: str | None = None


class _Traits(_Lenient):
    est_ess: bool | None = None
    est_siae: bool | None = None
    est_service_public: bool | None = None
    est_administration: bool | None = None


class _Unit(_Lenient):
    nom_complet: str | None = None
    nom_raison_sociale: str | None = None
    nature_juridique: str | None = None
    categorie_entreprise: str | None = None
    siege: _Site | None = None
    matching_etablissements: list[_Site] = Field(default_factory=list)
    complements: _Traits | None = None


class _Answer(_Lenient):
    results: list[_Unit]


def department_of(commune: str) -> str:
    """« 06030 » → « 06 », « 2A004 » → « 2A », « 97411 » → « 974 »."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _degrees(said: str | None, most: int) -> float | None:
    try:
        degrees = float(said or "")
    except ValueError:
        return None
    return degrees if abs(degrees) <= most else None


def _establishment(answer: _Answer, siret: str) -> Establishment | None:
    for unit in answer.results:
        sites = [*unit.matching_etablissements, *([unit.siege] if unit.siege else [])]
        site = next((one for one in sites if one.siret == siret), None)
        if site is None:
            continue
        traits, commune = unit.complements or _Traits(), site.commune or ""
        return Establishment(
            siret=siret,
            name=(unit.nom_raison_sociale or unit.nom_complet or "")[:200],
            address=(site.adresse or "")[:500],
            commune=commune[:5],
            department=department_of(commune)[:3],
            region=(site.region or "")[:3],
            naf=(site.activite_principale or "")[:8],
            legal_form=(unit.nature_juridique or "")[:4],
            category=(unit.categorie_entreprise or "")[:4],
            headcount=(site.tranche_effectif_salarie or "")[:2],
            open=site.etat_administratif == "A",
            administration=bool(traits.est_administration or traits.est_service_public),
            ess=bool(traits.est_ess),
            siae=bool(traits.est_siae),
            latitude=_degrees(site.latitude, 90),
            longitude=_degrees(site.longitude, 180),
        )
    return None


class Companies:
    """A client of one address; an answer is remembered for a day, in this process."""

    def __init__(self, address: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.address = address.rstrip("/")
        self._transport = transport
        self._known: OrderedDict[str, tuple[float, Establishment | None]] = OrderedDict()
        self._closed_until = 0.0

    async def find(self, siret: str) -> Establishment | None:
        """The establishment of this (valid) SIRET, None when the register has none; `Unreachable` when it is silent."""
        if not self.address:
            raise Unreachable("no register is set")
        moment = time.monotonic()
        at, found = self._known.get(siret, (-_REMEMBERED, None))
        if moment - at < _REMEMBERED:
            return found
        if moment < self._closed_until:
            raise Unreachable("the register asked to wait", int(self._closed_until - moment) + 1)
        found = _establishment(await self._ask(siret), siret)
        self._known[siret] = (moment, found)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found

    async def _ask(self, siret: str) -> _Answer:
        try:
            async with httpx.AsyncClient(
                transport=self._transport, timeout=TIMEOUT, headers={"User-Agent": _USER_AGENT}
            ) as client:
                answer = await client.get(f"{self.address}/search", params={"q": siret, "per_page": "1"})
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            wait = answer.headers.get("retry-after", "")
            seconds = min(int(wait), 3600) if wait.isdigit() else 60
            self._closed_until = time.monotonic() + seconds
            raise Unreachable("too many requests", seconds)
        if answer.status_code != httpx.codes.OK or len(answer.content) > _LARGEST:
            raise Unreachable(f"answer {answer.status_code}, {len(answer.content)} bytes")
        try:
            return _Answer.model_validate_json(answer.content)
        except ValidationError as error:
            raise Unreachable("an answer of another shape") from error
