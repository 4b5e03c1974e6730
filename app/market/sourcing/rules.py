"""When a sourcing may do what, as plain functions on plain values: no session, no request, no clock."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")
FEWEST_FOR_FIGURES: Final = 5
"""Answers below which no distribution is shown to anybody but the buyer."""
FEWEST_FOR_FEEDBACK: Final = 3
"""Answers below which the buyer is not advised to change a level."""
NOTICES_A_WEEK: Final = 3
"""Letters about sourcings that a firm receives in seven days; the rest waits for the digest."""


class Stage(StrEnum):
    """The state as the clock says it."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    SILENT = "silent"
    """The consultation is launched: the room can only be read."""
    WITHDRAWN = "withdrawn"


class Feasibility(StrEnum):
    AS_WRITTEN = "as_written"
    IF = "if"
    NOT = "not"


class CostBand(StrEnum):
    NONE = "none"
    UNDER_5 = "under_5"
    FROM_5_TO_15 = "from_5_to_15"
    OVER_15 = "over_15"
    LESS = "less"
    UNKNOWN = "unknown"


class Blocker(StrEnum):
    NOTHING = "nothing"
    SUPPLY = "supply"
    PROOF = "proof"
    VOLUME = "volume"
    TERRITORY = "territory"
    DELAY = "delay"
    COST = "cost"
    WORDING = "wording"


class Refusal(StrEnum):
    TOO_FAR = "too_far"
    TOO_BIG = "too_big"
    TOO_SMALL = "too_small"
    NOT_OUR_TRADE = "not_our_trade"
    NO_CAPACITY = "no_capacity"
    TOO_SHORT = "too_short"
    CANNOT_MEET = "cannot_meet"
    NOT_INTERESTED = "not_interested"


FEASIBILITY_LABELS: Final = {
    Feasibility.AS_WRITTEN: "Faisable tel quel",
    Feasibility.IF: "Faisable sous condition",
    Feasibility.NOT: "Pas faisable",
}
COST_LABELS: Final = {
    CostBand.LESS: "Moins cher",
    CostBand.NONE: "Sans surcoût",
    CostBand.UNDER_5: "Surcoût de moins de 5 %",
    CostBand.FROM_5_TO_15: "Surcoût de 5 à 15 %",
    CostBand.OVER_15: "Surcoût de plus de 15 %",
    CostBand.UNKNOWN: "Effet inconnu",
}
BLOCKER_LABELS: Final = {
    Blocker.NOTHING: "Rien ne bloque",
    Blocker.SUPPLY: "Approvisionnement",
    Blocker.PROOF: "Preuve demandée",
    Blocker.VOLUME: "Volume",
    Blocker.TERRITORY: "Territoire",
    Blocker.DELAY: "Délai",
    Blocker.COST: "Coût",
    Blocker.WORDING: "Rédaction de la clause",
}
REFUSAL_LABELS: Final = {
    Refusal.TOO_FAR: "Hors de notre territoire",
    Refusal.TOO_BIG: "Volume trop important",
    Refusal.TOO_SMALL: "Volume trop faible",
    Refusal.NOT_OUR_TRADE: "Hors de notre métier",
    Refusal.NO_CAPACITY: "Pas de capacité à cette période",
    Refusal.TOO_SHORT: "Délai de réponse trop court",
    Refusal.CANNOT_MEET: "Exigences que nous ne pouvons pas tenir",
    Refusal.NOT_INTERESTED: "Pas d’intérêt pour ce marché",
}


@dataclass(frozen=True, slots=True)
class Dates:
    published_at: datetime | None
    closes_at: datetime | None
    launch_date: date | None
    """First day of the cone of silence."""
    withdrawn_at: datetime | None = None


def stage_of(dates: Dates, *, now: datetime) -> Stage:
    if dates.withdrawn_at:
        return Stage.WITHDRAWN
    if dates.published_at is None or dates.closes_at is None:
        return Stage.DRAFT
    if dates.launch_date and now.astimezone(PARIS).date() >= dates.launch_date:
        return Stage.SILENT
    return Stage.OPEN if now < dates.closes_at else Stage.CLOSED


def closing_of(day: date, hour: time) -> datetime:
    """The instant of a day and an hour in Paris. An hour that happens twice (autumn) is its second time: nobody
    loses an hour; one that never happens (spring) is the first instant after the gap.
    """
    later = datetime.combine(day, hour, PARIS).replace(fold=1)
    instant = later.astimezone(ZoneInfo("UTC"))
    return instant if instant.astimezone(PARIS).time() == hour else _before_the_gap(day, hour)


def _before_the_gap(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, PARIS).replace(fold=0).astimezone(ZoneInfo("UTC"))


def is_on_time(closes_at: datetime, *, now: datetime) -> bool:
    """To the second of the server's clock: 17:59:59 is on time for 18:00:00, 18:00:00 is late."""
    return now < closes_at


def blocking_gaps(  # noqa: PLR0913 (what a publication must hold)
    *,
    title: str,
    need: str,
    questions: int,
    families: int,
    closes_at: datetime | None,
    launch_date: date | None,
    cap: int | None,
    reason: str,
    interests: bool,
    now: datetime,
) -> list[tuple[str, str]]:
    """(field, sentence) for whatever forbids publishing."""
    found = []
    if not title.strip():
        found.append(("title", "Donnez un titre au sourçage."))
    if len(need.strip()) < 30:  # noqa: PLR2004 (a need in fewer letters says nothing)
        found.append(("need", "Décrivez votre besoin en une ou deux phrases au moins."))
    if not families:
        found.append(("families", "Choisissez au moins une famille d’achat : elle dit qui prévenir."))
    if not questions:
        found.append(("questions", "Posez au moins une question."))
    if closes_at is None:
        found.append(("closes_on", "Fixez la date et l’heure de clôture."))
    elif (closes_at - now).total_seconds() < 7 * 86_400:
        found.append(("closes_on", "Laissez au moins sept jours aux entreprises pour répondre."))
    if closes_at and launch_date and closes_at.astimezone(PARIS).date() >= launch_date:
        found.append(("launch_date", "La consultation doit être lancée après la clôture du sourçage."))
    if cap is not None and not reason.strip():
        found.append(("cap_reason", "Justifiez pourquoi toutes les entreprises ne sont pas prévenues."))
    if not interests:
        found.append(("interests", "Chaque agent déclare ses intérêts avant la publication."))
    return found


def pseudonym(secret: str, siren: str) -> str:
    """What the asker of a question is called in one sourcing: the secret is its own, so nothing links two of them."""
    return hmac.new(bytes.fromhex(secret), siren.encode(), sha256).hexdigest()[:16]


def may_of_buyer(stage: Stage, *, writes: bool, has_result: bool) -> list[str]:
    """What the buyer's buttons do."""
    if not writes:
        return []
    acts = {
        Stage.DRAFT: ["write", "publish", "delete"],
        Stage.OPEN: ["correct", "answer_questions", "withdraw"],
        Stage.CLOSED: ["read_answers", "answer_questions", "publish_result", "apply"],
        Stage.SILENT: ["read_answers", "apply", "conclude"],
        Stage.WITHDRAWN: [],
    }[stage]
    if stage is Stage.CLOSED and has_result:
        return [*[act for act in acts if act != "publish_result"], "conclude"]
    return list(acts)


def may_of_firm(stage: Stage, *, writes: bool, answered: bool) -> list[str]:
    if not writes or stage is not Stage.OPEN:
        return []
    return ["answer", "ask", *(["withdraw_answer"] if answered else ["refuse"])]


def level_advised(levels: Iterable[int], current: int) -> int | None:
    """The highest level that most of the firms reach; None: keep the one there is, or too few answers to say."""
    reached = sorted(levels, reverse=True)
    if len(reached) < FEWEST_FOR_FEEDBACK:
        return None
    held = reached[(len(reached) - 1) * 2 // 3]
    return held if held and held != current else None
