"""The same search in the shape of Le Marché de l’inclusion, on the same firms, to compare within one run.

Normalised tables with the indexes that Django makes, the rule of `SiaeQuerySet.filter_with_tender_through_activities`
(gip-inclusion/le-marche at 05043031, read in shared/domain/market.md, section 2): one activity per family, of the whole
country, of zones or of a radius; DISTINCT firms, a count for the pager, then the page in the order of the name. A great
circle stands for PostGIS. Only the database's time is counted, none of the ORM's.
"""

from typing import Final

import psycopg

from app.market.places import departments

_MADE: Final = """
CREATE SCHEMA reference;
CREATE TABLE reference.siae AS
  SELECT organisation_id AS id, name, department, description, true AS is_active, draw % 1000 AS completion FROM firm;
ALTER TABLE reference.siae ADD COLUMN latitude float, ADD COLUMN longitude float, ADD PRIMARY KEY (id);
CREATE TABLE reference.activity AS
  SELECT row_number() OVER () AS id, organisation_id AS siae_id, family,
         CASE WHEN 'FR' = ANY(places) THEN 'COUNTRY' WHEN draw % 2 = 0 THEN 'CUSTOM' ELSE 'ZONES' END AS geo_range,
         (ARRAY[30, 60, 100, 150])[1 + draw % 4] AS distance
  FROM firm, unnest(families) family;
ALTER TABLE reference.activity ADD PRIMARY KEY (id);
CREATE INDEX ON reference.activity (siae_id);
CREATE TABLE reference.activity_sectors AS SELECT id AS activity_id, family AS sector FROM reference.activity;
CREATE INDEX ON reference.activity_sectors (activity_id);
CREATE INDEX ON reference.activity_sectors (sector);
CREATE TABLE reference.activity_locations AS
  SELECT a.id AS activity_id, place
  FROM reference.activity a JOIN firm ON organisation_id = siae_id, unnest(places) place;
CREATE INDEX ON reference.activity_locations (activity_id);
CREATE INDEX ON reference.activity_locations (place);
"""
_KEPT: Final = """
FROM reference.siae s JOIN reference.activity a ON a.siae_id = s.id
JOIN reference.activity_sectors x ON x.activity_id = a.id
LEFT JOIN reference.activity_locations l ON l.activity_id = a.id
WHERE s.is_active AND x.sector = %(family)s AND (
  a.geo_range = 'COUNTRY' OR (a.geo_range = 'ZONES' AND l.place = %(place)s) OR s.department = %(place)s
  OR (a.geo_range = 'CUSTOM' AND 6371 * acos(least(1, sin(radians(s.latitude)) * sin(radians(%(lat)s))
      + cos(radians(s.latitude)) * cos(radians(%(lat)s)) * cos(radians(s.longitude - %(lon)s)))) <= a.distance))
"""
STATEMENTS: Final = (
    f"SELECT count(*) FROM (SELECT DISTINCT s.id {_KEPT}) kept",
    f"SELECT DISTINCT s.* {_KEPT} ORDER BY s.completion DESC, s.name LIMIT 20",
)


def made(connection: psycopg.Connection) -> None:
    """Once per database."""
    if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'reference'").fetchone():
        return
    connection.execute(_MADE.encode())
    for code, one in departments().items():
        connection.execute(
            "UPDATE reference.siae SET latitude = %s, longitude = %s WHERE department = %s",
            (one.latitude, one.longitude, code),
        )
    connection.execute("ANALYZE")


def milliseconds(connection: psycopg.Connection, family: str, place: str) -> float:
    """Of the count and the page of one search."""
    centre = departments()[place]
    asked = {"family": family, "place": place, "lat": centre.latitude, "lon": centre.longitude}
    spent = 0.0
    for statement in STATEMENTS:
        row = connection.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}".encode(), asked).fetchone()
        (plan,) = row[0]  # type: ignore[index]
        spent += float(plan["Planning Time"] + plan["Execution Time"])
    return spent
