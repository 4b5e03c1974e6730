"""Territories: departments with their centre, and what a firm's coverages reach. Pure; the table is a file."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Final

from app.market.rules import ANY, EVERYWHERE, Band, Coverage, CoverageKind

_EARTH_KM: Final = 6371.0
LONGEST_RADIUS: Final = 500


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Reached:
    """A department (or the country) that a firm reaches, and how."""

    place: str
    band: Band
    distance_km: int = 0
    radius_km: int = 0


Point = tuple[float, float]


@lru_cache
def departments() -> Mapping[str, Department]:
    with (Path(__file__).parent / "departments.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {
            row["code"]: Department(
                row["code"], row["name"], row["region"], float(row["latitude"]), float(row["longitude"])
            )
            for row in rows
        }


REGIONS: Final = {
    "01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte",
    "11": "Île-de-France", "24": "Centre-Val de Loire", "27": "Bourgogne-Franche-Comté", "28": "Normandie",
    "32": "Hauts-de-France", "44": "Grand Est", "52": "Pays de la Loire", "53": "Bretagne",
    "75": "Nouvelle-Aquitaine", "76": "Occitanie", "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur", "94": "Corse",
}  # fmt: skip


def department_of(commune: str) -> str:
    """« 35238 » → « 35 », « 2A004 » → « 2A », « 97411 » → « 974 »."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def of_region(region: str) -> list[str]:
    return [one.code for one in departments().values() if one.region == region]


def kilometres(one: Point, other: Point) -> float:
    """The great circle between two points in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = one, other
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def centre_of(department: str) -> Point | None:
    found = departments().get(department)
    return (found.latitude, found.longitude) if found else None


def reached(coverages: Iterable[Coverage], seat: str, point: Point | None) -> list[Reached]:
    """Each department that the coverages reach, once, by the nearest way; « FR » alone for the whole country.

    A radius reaches a department when its centre lies within it, and always the one of the seat: a department is
    matched by its centre.
    """
    coverages = list(coverages)
    if any(one.kind is CoverageKind.COUNTRY for one in coverages):
        return [Reached(EVERYWHERE, Band.COUNTRY)]
    found: dict[str, Reached] = {}
    for one in (reach for coverage in coverages for reach in _of(coverage, seat, point)):
        known = found.get(one.place)
        if one.place in departments() and (known is None or one.band < known.band):
            found[one.place] = replace(one, band=Band.SEATED) if one.place == seat else one
    return [found[place] for place in sorted(found)]


def _of(coverage: Coverage, seat: str, point: Point | None) -> Iterator[Reached]:
    if coverage.kind is CoverageKind.REGION:
        yield from (Reached(place, Band.COVERS) for place in of_region(coverage.code))
    elif coverage.kind is CoverageKind.DEPARTMENT:
        yield Reached(coverage.code, Band.COVERS)
    elif coverage.kind is CoverageKind.COMMUNE:
        yield Reached(department_of(coverage.code), Band.COVERS)
    elif centre := point or centre_of(coverage.code):
        yield Reached(seat, Band.RADIUS, 0, coverage.radius_km)
        for other in departments().values():
            distance = kilometres(centre, (other.latitude, other.longitude))
            if distance <= coverage.radius_km:
                yield Reached(other.code, Band.RADIUS, round(distance), coverage.radius_km)


def places_of(reach: Iterable[Reached]) -> list[str]:
    return [one.place for one in reach]


def wanted(department: str) -> list[str]:
    """The keys under which a firm that reaches this department stands; every firm when there is none."""
    return [department, EVERYWHERE] if department else [ANY]


def within(territories: Iterable[str], places: Iterable[str]) -> list[str]:
    """A capability's own territory inside the firm's: its departments when the firm reaches them."""
    limited, own = list(territories), set(places)
    if not limited:
        return sorted(own)
    return sorted(limited if EVERYWHERE in own else own.intersection(limited))


def because(band: Band, department: str, distance_km: int, radius_km: int) -> str:
    """Why a firm matches a department, in plain words."""
    name = departments()[department].name if department in departments() else department
    if band is Band.SEATED:
        return f"établie dans le département ({name})"
    if band is Band.RADIUS:
        return f"à {distance_km} km pour un rayon de {radius_km}"
    return "couvre toute la France" if band is Band.COUNTRY else f"couvre le département {department} ({name})"
