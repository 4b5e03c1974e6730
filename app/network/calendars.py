"""Calendar files (RFC 5545). An entry keeps its UID, so that a change or a cancellation replaces it in a calendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from app.network.models_calendar import FundingScheme, NetworkEvent


def _new(name: str, what: str) -> Calendar:
    made = Calendar()
    made.add("prodid", f"-//Clausier//{what}//FR")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Clausier : {name}")
    return made


def meetings(rows: Iterable[NetworkEvent], site: str) -> bytes:
    made = _new("rendez-vous du réseau", "Rendez-vous du réseau")
    for row in rows:
        one = Event()
        one.add("uid", f"evenement-{row.id}@clausier")
        one.add("sequence", row.version)
        one.add("dtstamp", row.updated_at)
        one.add("dtstart", row.starts_at)
        one.add("dtend", row.ends_at)
        one.add("summary", row.title)
        one.add("description", row.text)
        one.add("location", row.place)
        one.add("url", f"{site}/evenements/{row.id}")
        one.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
        made.add_component(one)
    return bytes(made.to_ical())


def deadlines(rows: Iterable[FundingScheme], site: str) -> bytes:
    """A day for the opening, a day for the closing with a reminder a week before; none without a date."""
    made = _new("échéances des aides", "Aides et appels à projets")
    for row in rows:
        for what, day in (("Ouverture", row.opens_on), ("Clôture", row.closes_on)):
            if day is not None:
                made.add_component(_day(row, what, day, site))
    return bytes(made.to_ical())


def _day(row: FundingScheme, what: str, day: date, site: str) -> Event:
    one = Event()
    one.add("uid", f"aide-{row.id}-{'fin' if what == 'Clôture' else 'debut'}@clausier")
    one.add("sequence", row.version)
    one.add("dtstamp", row.updated_at)
    one.add("dtstart", day)
    one.add("dtend", day + timedelta(days=1))
    one.add("summary", f"{what} : {row.title}{' (exemple fictif)' if row.fictitious else ''}")
    one.add("description", row.eligibility)
    one.add("url", row.link or f"{site}/aides")
    one.add("transp", "TRANSPARENT")
    one.add("status", "CANCELLED" if row.withdrawn_at else "CONFIRMED")
    if what == "Clôture":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{row.title} : clôture dans une semaine")
        alarm.add("trigger", timedelta(days=-7))
        one.add_component(alarm)
    return one
