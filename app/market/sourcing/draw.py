"""The fair draw of a capped sending: seeded, published, redone by anybody. Never popularity. Pure.

1. The lot of a firm is the first 62 bits of SHA-256(seed + SIRET) (`market.rules.draw_of`).
2. Firms are parted in strata: size (TPE, PME, ETI, GE, unknown) × nearness (seated, covers, radius, country).
3. Each stratum receives its share of the places by the largest remainder, one at least where places suffice;
   equal remainders go to the stratum whose name comes first.
4. In a stratum the smallest lots are drawn.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final

from app.market.rules import Band, draw_of

METHOD: Final = "clausier-tirage-1"
_TPE: Final = frozenset({"NN", "00", "01", "02", "03"})
_BANDS: Final = {Band.SEATED: "siège", Band.COVERS: "intervient", Band.RADIUS: "rayon", Band.COUNTRY: "pays"}


@dataclass(frozen=True, slots=True)
class Candidate:
    organisation_id: int
    siren: str
    siret: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Drawn:
    candidate: Candidate
    lot: int
    rank: int
    """Within its stratum, from 1."""
    told: bool


def seed_of(version_sha256: str, published_at: datetime) -> str:
    """Known only once the sourcing is published: its text and the microsecond of the server make it."""
    return sha256(f"{version_sha256}|{published_at.isoformat(timespec='microseconds')}".encode()).hexdigest()


def stratum_of(category: str, headcount: str, band: int) -> str:
    size = "TPE" if headcount in _TPE and headcount != "NN" else category or "taille inconnue"
    return f"{size} / {_BANDS[Band(band)]}"


def one_per_firm(candidates: Sequence[Candidate]) -> list[Candidate]:
    """An establishment per SIREN, the first in the order given: a firm of ten sites has one lot, not ten."""
    seen: dict[str, Candidate] = {}
    for one in candidates:
        seen.setdefault(one.siren, one)
    return list(seen.values())


def shares(sizes: Mapping[str, int], places: int) -> dict[str, int]:
    """Places of each stratum: largest remainder, one each first when there are as many places as strata."""
    total = sum(sizes.values())
    if places >= total:
        return dict(sizes)
    base = 1 if places >= len(sizes) else 0
    left = places - base * len(sizes)
    spare = total - base * len(sizes)
    exact = {name: Fraction((size - base) * left, spare) if spare else Fraction(0) for name, size in sizes.items()}
    given = {name: base + int(share) for name, share in exact.items()}
    order = sorted(sizes, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in order[: places - sum(given.values())]:
        given[name] += 1
    return given


def draw(candidates: Sequence[Candidate], cap: int | None, seed: str) -> list[Drawn]:
    """Everybody with their lot and whether they are told; all of them without a cap."""
    strata: dict[str, list[tuple[int, Candidate]]] = defaultdict(list)
    for one in one_per_firm(candidates):
        strata[one.stratum].append((draw_of(one.siret, seed), one))
    sizes = {name: len(strata[name]) for name in sorted(strata)}
    places = shares(sizes, sum(sizes.values()) if cap is None else cap) if sizes else {}
    return [
        Drawn(one, lot, rank, rank <= places[name])
        for name in sizes
        for rank, (lot, one) in enumerate(sorted(strata[name], key=lambda held: (held[0], held[1].siret)), 1)
    ]


def faults(published: Mapping[str, Any]) -> list[str]:
    """What is wrong in a published draw; empty: it is the draw that the rule gives.

    `{"seed", "cap", "version_sha256", "published_at", "lots": [{"stratum", "lot", "told"}]}`; a firm checks its own
    lot with its SIRET.
    """
    found = []
    moment = datetime.fromisoformat(str(published["published_at"]))
    if published["seed"] != seed_of(str(published["version_sha256"]), moment):
        found.append("La graine ne vient pas du texte publié et de son instant.")
    strata: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for row in published["lots"]:
        strata[row["stratum"]].append((int(row["lot"]), bool(row["told"])))
    sizes = {name: len(rows) for name, rows in sorted(strata.items())}
    cap = published["cap"]
    places = shares(sizes, sum(sizes.values()) if cap is None else int(cap)) if sizes else {}
    for name, rows in sorted(strata.items()):
        wanted = [place < places[name] for place in range(len(rows))]
        if [told for _, told in sorted(rows)] != wanted:
            found.append(f"Strate « {name} » : les {places[name]} plus petits lots ne sont pas ceux qui sont retenus.")
    return found
