"""Which clauses of a basket meet a duty or a modality of the charter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.law.facts import Cover
from app.law.findings import BasketClause
from app.law.vocabulary import GRANTS, Kind
from app.law.wording import is_tautological

Justifications = Mapping[str, str]


def is_substantial(clause: BasketClause) -> bool:
    """Does it ask for more than the law? A recital never does (OB-09)."""
    return clause.kind is not Kind.RECITAL and clause.gain != "none" and not is_tautological(clause.text)


def matches(clause: BasketClause, cover: Cover) -> bool:
    return (
        clause.kind is not Kind.RECITAL
        # An eco-condition of a grant binds no holder: it meets no duty of a purchase.
        and GRANTS not in clause.families
        and (not cover.kinds or clause.kind in cover.kinds)
        and (cover.environmental is None or clause.environmental == cover.environmental)
        and (cover.social is None or clause.social == cover.social)
        and (not cover.duty or cover.duty in clause.duties)
        and (not cover.levers or bool(set(cover.levers) & set(clause.levers)))
        and (not cover.charter or cover.charter in clause.charter)
        and clause.level >= cover.minimum_level
        and (not cover.substantial or is_substantial(clause))
    )


def covering(basket: Iterable[BasketClause], covers: Sequence[Cover]) -> list[BasketClause]:
    return [clause for clause in basket if any(matches(clause, cover) for cover in covers)]


def almost(basket: Iterable[BasketClause], covers: Sequence[Cover]) -> list[BasketClause]:
    """Clauses of the right kind that only restate the law: worth naming when the duty is missing."""
    lenient = [replace(cover, substantial=False) for cover in covers if cover.substantial]
    return [c for c in basket if not is_substantial(c) and any(matches(c, cover) for cover in lenient)]


def lots_of(basket: Iterable[BasketClause]) -> list[str]:
    return sorted({clause.lot for clause in basket if clause.lot})


def uncovered_lots(basket: Sequence[BasketClause], covers: list[BasketClause]) -> list[str]:
    """Lots that no covering clause reaches; a clause without a lot reaches all of them."""
    if any(clause.lot is None for clause in covers):
        return []
    reached = {clause.lot for clause in covers}
    return [lot for lot in lots_of(basket) if lot not in reached]


def ids(clauses: Iterable[BasketClause]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause.id for clause in clauses))


def justification(justifications: Justifications, *names: str) -> str:
    """What the buyer wrote under one of these names; blanks do not count."""
    return next((text for name in names if (text := justifications.get(name, "").strip())), "")
