"""Clocks that jump, and the two nights when the hour changes (F09).

The rules take their instant as an argument, so time-machine moves it: closings on 25 October 2026 and 28 March 2027,
a jump of two hours back and of 400 days forward for proofs of identity and limits.
Seen to bite: with `closing_of` made of a fixed offset (+01:00), the closing of 24 October falls an hour late.
"""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour

import time_machine

from app.accounts import rules as accounts
from app.market.sourcing import rules
from app.web.quota import READS, Gcra
from tests.faults.lines import Line

NIGHTS = {
    # The day of the closing at 23:59:59 → the same in UTC, before and after the change of hour.
    date(2026, 10, 24): datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC),
    date(2026, 10, 25): datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC),
    date(2027, 3, 27): datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC),
    date(2027, 3, 28): datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC),
    date(2028, 2, 29): datetime(2028, 2, 29, 22, 59, 59, tzinfo=UTC),
}


def _closings() -> Line:
    wrong = []
    for day, expected in NIGHTS.items():
        closing = rules.closing_of(day, hour(23, 59, 59))
        changes = []
        dates = rules.Dates(expected - timedelta(days=20), closing, None)
        # A day of seconds around it: open, then closed, once.
        moment, before = expected - timedelta(hours=3), None
        while moment < expected + timedelta(hours=3):
            stage = rules.stage_of(dates, now=moment)
            if stage != before:
                changes.append((stage, moment))
            before, moment = stage, moment + timedelta(seconds=1)
        if [stage for stage, _ in changes] != [rules.Stage.OPEN, rules.Stage.CLOSED] or changes[1][1] != closing:
            wrong.append(day)
        if closing.astimezone(UTC) != expected:
            wrong.append(day)
    return Line(
        "clôtures aux changements d’heure et un 29 février",
        f"{len(NIGHTS)} nuits, fausses : {wrong or 'aucune'}",
        "une fois, à la seconde",
        not wrong,
    )


def _limits() -> Line:
    """The counters run on a clock that nobody sets."""
    counters, now = Gcra(), time.monotonic()
    for _ in range(READS.quota):
        counters.ask(READS, "a", READS.quota, time.monotonic())
    verdicts = []
    for jump in (timedelta(hours=-2), timedelta(days=400)):
        with time_machine.travel(datetime.now(UTC) + jump, tick=True):
            verdicts.append(counters.ask(READS, "a", READS.quota, now).allowed)
    return Line(
        "limites d’appels quand l’horloge saute (−2 h, +400 j)", str(verdicts), "toujours refusé", not any(verdicts)
    )


def _proofs() -> Line:
    """A proof of identity never becomes younger, nor older than what it is without the clock saying so."""
    proved = datetime(2026, 11, 24, 12, tzinfo=UTC)
    forward = accounts.is_fresh(proved, now=proved + timedelta(days=400))
    fresh = accounts.is_fresh(proved, now=proved + timedelta(minutes=1))
    return Line(
        "preuve d’identité 400 jours plus tard, une minute plus tard",
        f"{forward}, {fresh}",
        "non, oui",
        (forward, fresh) == (False, True),
    )


def run(*, quick: bool) -> list[Line]:
    del quick
    return [_closings(), _proofs(), _limits()]
