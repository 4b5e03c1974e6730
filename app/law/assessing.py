"""What the law asks of a purchase: which duties apply, on which facts, with which strength."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.law.conditions import NOTHING, Assumptions, Case, Verdict, judge, pivot
from app.law.facts import Condition, Duty, Law, Strength
from app.law.figures import detail
from app.law.phrases import because, day, listing, supposing, verdict_word
from app.law.purchase import Purchase
from app.law.vocabulary import Confidence

Applicability = Literal["applies", "depends", "not_applicable"]
HORIZON_YEARS: Final = 3
"""A duty to come is announced when it starts within three years of the launch, or during the contract."""
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the duty becomes if an unknown fact turns out one way."""

    condition: str
    strength: Strength
    applies: bool


@dataclass(frozen=True, slots=True)
class AssessedDuty:
    code: str
    title: str
    strength: Strength
    applicability: Applicability
    reason: str
    outcomes: tuple[Outcome, ...]
    source: str
    article: str
    in_force_from: date | None
    in_force_to: date | None
    confidence: Confidence
    action: str
    texts: tuple[str, ...]
    exemptions: str
    row: str


def assess(purchase: Purchase, law: Law, today: date) -> list[AssessedDuty]:
    """Every duty of the catalogue, applicable or not, with the reason on this purchase."""
    case = Case(purchase, law)
    return [_assessed(duty, case, today) for duty in law.duties]


def strength_in_force(duty: Duty) -> Strength:
    """Only a fact that someone read is shown as binding (droit.md, section 0.1)."""
    return "binding" if duty.strength == "binding" and duty.confidence is Confidence.VERIFIED else "recommended"


def years_after(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)


def _months_after(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, min(start.day, 28))


def timing(duty: Duty, purchase: Purchase) -> Literal["in_force", "programmed", "later", "ended"]:
    launch = purchase.launch_date
    if duty.in_force_to is not None and launch > duty.in_force_to:
        return "ended"
    if duty.in_force_from is None or duty.in_force_from <= launch:
        return "in_force"
    end = _months_after(launch, purchase.duration_months or 0)
    return "programmed" if duty.in_force_from <= max(end, years_after(launch, HORIZON_YEARS)) else "later"


def outcomes(
    condition: Condition, case: Case, strength: Strength, assumed: Assumptions = NOTHING, said: tuple[str, ...] = ()
) -> tuple[Outcome, ...]:
    """Both ends of every unknown fact that decides, as a small decision tree read from left to right."""
    verdict = judge(condition, case, assumed)
    if verdict is not None:
        return (Outcome(" et ".join(said), strength, verdict),)
    if len(said) == _DEEPEST:
        return ()
    leaf = pivot(condition, case, assumed)
    return tuple(
        outcome
        for holds in (True, False)
        for outcome in outcomes(
            condition, case, strength, {**assumed, leaf: holds}, (*said, supposing(leaf, case, holds=holds))
        )
    )


def _assessed(duty: Duty, case: Case, today: date) -> AssessedDuty:
    verdict = judge(duty.applies_when, case)
    when = timing(duty, case.purchase)
    strength: Strength = "programmed" if when == "programmed" else strength_in_force(duty)
    advised = verdict is False and duty.recommended_when is not None and judge(duty.recommended_when, case) is True
    if when in {"later", "ended"} or (verdict is False and not advised):
        applicability: Applicability = "not_applicable"
    else:
        applicability = "depends" if verdict is None else "applies"
    if advised and strength == "binding":
        strength = "recommended"
    main = case.law.texts[duty.texts[0]]
    return AssessedDuty(
        code=duty.code,
        title=duty.title,
        strength=strength,
        applicability=applicability,
        reason=_reason(duty, case, verdict, advised=advised, today=today),
        outcomes=outcomes(duty.applies_when, case, strength) if applicability == "depends" else (),
        source=main.title,
        article=main.article,
        in_force_from=duty.in_force_from,
        in_force_to=duty.in_force_to,
        confidence=duty.confidence,
        action=duty.action,
        texts=duty.texts,
        exemptions=duty.exemptions,
        row=duty.row,
    )


def _reason(duty: Duty, case: Case, verdict: Verdict, *, advised: bool, today: date) -> str:
    """One or two sentences on this purchase: the date first, since it decides which law applies."""
    when = timing(duty, case.purchase)
    if when == "later" and duty.in_force_from:
        return f"Pas encore en vigueur : le texte s’applique à partir du {day(duty.in_force_from)}."
    if when == "ended" and duty.in_force_to:
        return f"N’est plus en vigueur depuis le {day(duty.in_force_to)}."
    if advised and duty.recommended_when is not None:
        facts = because(duty.applies_when, case, holds=False) + because(duty.recommended_when, case, holds=True)
        return f"Conseillé sans être obligatoire : {listing(list(dict.fromkeys(facts)))}.{detail(duty, case)}"
    if verdict is False:
        return f"{verdict_word(verdict)} : {listing(because(duty.applies_when, case, holds=False))}."
    if verdict is None:
        leaf = pivot(duty.applies_when, case, NOTHING)
        question = supposing(leaf, case, holds=True)
        return f"{verdict_word(verdict)} d’un point à préciser : {question}, ou non.{detail(duty, case)}"
    facts = because(duty.applies_when, case, holds=True)
    word = "À venir" if when == "programmed" else verdict_word(verdict)
    return f"{word} : {listing(facts)}{_date_bit(duty, case, today)}.{detail(duty, case)}"


def _date_bit(duty: Duty, case: Case, today: date) -> str:
    if duty.in_force_from is None:
        return ""
    launch = day(case.purchase.launch_date)
    if duty.in_force_from > case.purchase.launch_date:
        verb = "entre en vigueur" if duty.in_force_from > today else "est entré en vigueur"
        return f" ; mais la consultation est lancée le {launch} et le texte {verb} le {day(duty.in_force_from)}"
    return f" ; la consultation est lancée le {launch} et le texte est en vigueur depuis le {day(duty.in_force_from)}"
