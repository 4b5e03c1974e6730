"""What a clause is worth on a given day: the law rises, the clause stays, and its level falls by itself. Pure.

Only verified figures count: what is to be checked is never told as an obligation (droit.md, section 0.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from app.law.facts import Duty, Law, Targets
from app.law.phrases import NBSP, day, number
from app.law.vocabulary import Confidence
from app.library.published import PublishedClause
from app.library.record import ClauseRecord, Gain

Degree = Literal["none", "small", "real"]
_LOWEST: Final = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A figure of the law and the day from which it holds; None: for as long as is known."""

    since: date | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """`level` and `degree` on the day, beside what the file says."""

    on: date
    level: Literal[1, 2, 3]
    degree: Degree
    written_level: Literal[1, 2, 3]
    written_degree: Degree
    asked: Decimal | None
    """What the clause asks for, where the law has a figure to compare with."""
    required: Decimal | None
    """What the law asks for on that day."""
    unit: str
    since: date | None
    """The day from which the law has asked for as much."""
    next_on: date | None
    next_required: Decimal | None
    """The next figure of the law that changes the standing, when it is known."""
    reason: str

    @property
    def recalls_law(self) -> bool:
        return self.degree == "none"

    @property
    def fallen(self) -> bool:
        return (self.level, self.degree) != (self.written_level, self.written_degree)


def steps_of(target: str, targets: Targets) -> list[Step]:
    """The verified figures behind a `baseline.target`, the oldest first."""
    scale, _, rest = target.partition("-")
    if scale == "agec":
        ident, _, rate_name = rest.partition("-")
        found = [category for category in targets.agec if str(category.number) == ident]
        rates = (found[0].reuse if rate_name == "reuse" else found[0].recycled) if found else {}
        steps = [
            Step(date(year, 1, 1), rate.value)
            for year, rate in rates.items()
            if rate.value is not None and rate.confidence is Confidence.VERIFIED
        ]
    else:
        category_name, _, buyer = rest.partition("-")
        steps = [
            Step(rate.in_force_from, rate.value)
            for rate in targets.fleet
            if rate.category == category_name and buyer in rate.buyers and rate.confidence is Confidence.VERIFIED
        ]
    return sorted(steps, key=lambda step: step.since or date.min)


def standing_of(
    record: ClauseRecord, law: Law | None, today: date, values: Mapping[str, Any] | None = None
) -> Standing:
    """`values`: what the buyer filled in; the default of the clause otherwise."""
    baseline = record.baseline
    asked = _asked(record, values or {})
    steps = steps_of(baseline.target, law.targets) if law and baseline.target else []
    held = [step for step in steps if step.since is None or step.since <= today]
    coming = [step for step in steps if step.since is not None and step.since > today]
    required = held[-1].value if held else None
    calm = Standing(
        today, record.level, record.gain.degree, record.level, record.gain.degree, asked, required, baseline.unit,
        None, None, None, record.gain.reason,
    )  # fmt: skip
    duty = _duty(baseline.overtaken_by, law)
    if duty and duty.in_force_from and duty.in_force_from <= today:
        return _overtaken(calm, duty.in_force_from, f"l’obligation « {duty.title} » demande déjà autant")
    if asked is None or not steps:
        return replace(calm, next_on=duty.in_force_from) if duty else calm
    if required is not None and required >= asked:
        since = next((step.since for step in held if step.value >= asked), None)
        return _overtaken(
            calm, since, f"la loi fixe déjà {_figure(required, calm.unit)}, la clause {_figure(asked, calm.unit)}"
        )
    written = baseline.value if baseline.value is not None else steps[0].value
    rises = sum(written < step.value < asked for step in held)
    following = next((step for step in coming if step.value > (required or 0)), None)
    announced = replace(
        calm,
        next_on=following.since if following else None,
        next_required=following.value if following else None,
    )
    return _lowered(announced, rises) if rises else announced


def _asked(record: ClauseRecord, values: Mapping[str, Any]) -> Decimal | None:
    name = record.baseline.variable
    if name is None or name not in record.variables:
        return None
    value = values.get(name, record.variables[name].default)
    try:
        return None if value in (None, "") else Decimal(str(value))
    except ArithmeticError:
        return None


def _duty(code: str | None, law: Law | None) -> Duty | None:
    """A duty to come that is certain enough to count."""
    found = [duty for duty in law.duties if duty.code == code] if law and code else []
    return found[0] if found and found[0].confidence is Confidence.VERIFIED else None


def _figure(value: Decimal, unit: str) -> str:
    return f"{number(value)}{NBSP}{unit}".strip()


def _overtaken(calm: Standing, since: date | None, why: str) -> Standing:
    when = f"Depuis le {day(since)}, " if since else ""
    sentence = f"{when}{why}. Elle ne fait que rappeler la loi."
    return replace(calm, level=_LOWEST, degree="none", since=since, reason=sentence[0].upper() + sentence[1:])


def _lowered(standing: Standing, rises: int) -> Standing:
    """One rung less for each rise of the law since the clause was written."""
    level: Literal[1, 2, 3] = 1 if standing.level - rises <= 1 else 2
    required = _figure(standing.required or Decimal(0), standing.unit)
    reason = f"La loi est montée à {required} : la clause demande encore plus, mais l’écart s’est réduit."
    return replace(standing, level=level, degree="small", reason=reason)


def on_day(clause: PublishedClause, law: Law | None, today: date) -> PublishedClause:
    """The clause with the level and the gain that it has on that day; what its file says stays in `written`."""
    written = clause.as_written
    standing = standing_of(written, law, today)
    if not standing.fallen:
        return replace(clause, record=written, written=None)
    gain = Gain(degree=standing.degree, reason=standing.reason)
    return replace(clause, record=written.model_copy(update={"level": standing.level, "gain": gain}), written=written)
