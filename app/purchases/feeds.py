"""The calendar of a file as ICS: dates of the procedure, and controls that are still to do. Pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from app.purchases.followup import Expected
from app.purchases.timeline import Step


def calendar(title: str, file_id: int, lines: Sequence[Step], controls: Iterable[Expected], stamp: datetime) -> bytes:
    """Each event keeps its UID when its date moves: a calendar that reads again moves it instead of doubling it."""
    made = Calendar()
    made.add("prodid", "-//Clausier//Calendrier de procédure//FR")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Marché : {title}")
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for line in lines:
        made.add_component(_event(f"{file_id}|{line.key}", line.day, line.label, title, stamp))
    for one in controls:
        if one.due is not None:
            said = "\n".join((f"Preuve : {one.what}", f"Qui : {one.who}", f"Comment : {one.how}"))
            made.add_component(_event(f"{file_id}|{one.key}", one.due, f"Contrôle : {one.title}", said, stamp))
    return bytes(made.to_ical())


def _event(key: str, day: date, summary: str, description: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@clausier")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event
