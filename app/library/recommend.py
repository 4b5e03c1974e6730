"""From a purchase and its duties to a short list of clauses, each with its reasons. Pure and deterministic.

Four to eight clauses are preselected: together they cover every duty that applies and every modality of the charter,
never require and score the same thing, never hold two rungs of one ladder, and stay within the ambition asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from app.law.rules import AssessedDuty, Law, Purchase
from app.law.vocabulary import Kind, Piece
from app.library.fit import ALSO, Candidate, Reason, candidates
from app.library.lint_record import places_of
from app.library.needs import UNSURE, Need, needs_of
from app.library.published import PublishedClause
from app.library.record import ClauseRecord
from app.library.standing import on_day

FEWEST: Final = 4
MOST: Final = 8
OFFERED: Final = 40
"""Clauses shown in all, the preselected ones included."""
_REQUIRED: Final = {Kind.TECHNICAL_SPECIFICATION, Kind.PERFORMANCE_CONDITION}
_GAIN: Final = {"none": -3.0, "small": 0.0, "real": 1.0}
_MARKET: Final = {"common": 0.6, "limited": 0.0, "rare": -1.0}


@dataclass(frozen=True, slots=True)
class Recommendation:
    clause: PublishedClause
    preselected: bool
    reasons: tuple[Reason, ...]
    piece: Piece


@dataclass(frozen=True, slots=True)
class LeverShare:
    lever: str
    law_minimum: int
    """Preselected clauses that answer a binding duty."""
    chosen: int
    ambitious: int
    """What the same purchase would hold at the third level."""


@dataclass(frozen=True, slots=True)
class Recommendations:
    items: list[Recommendation]
    by_lever: list[LeverShare]


def recommend(
    purchase: Purchase,
    duties: Sequence[AssessedDuty],
    law: Law,
    clauses: Iterable[PublishedClause],
    ambition: Literal[1, 2, 3] = 1,
) -> Recommendations:
    """`clauses`: the active ones; `purchase.families` already resolved from its codes.

    Each counts for what it is worth on the day of the launch: the law may have caught up with it by then.
    """
    clauses = [on_day(clause, law, purchase.launch_date) for clause in clauses]
    labels = {family.code: family.label for family in law.families}
    suited = candidates(purchase, clauses, labels)
    needs = needs_of(purchase, duties, law)
    basket = _filled(suited, needs, ambition)
    items = _items(suited, needs, basket)
    best = basket if ambition == 3 else _filled(suited, needs, 3)  # noqa: PLR2004 (the third level)
    return Recommendations(items, _by_lever(needs, basket, best))


def _filled(suited: Mapping[str, Candidate], needs: Sequence[Need], ambition: int) -> "Basket":
    basket = Basket(suited, [need for need in needs if need.rank < UNSURE], ambition)
    for _ in range(2):
        for need in basket.needs:
            if not basket.meets(need):
                basket.meet(need)
        # What later choices made useless leaves its place to the needs that found none.
        basket.prune()
    basket.follow_up()
    basket.complete()
    return basket


@dataclass(slots=True)
class Basket:
    """The clauses chosen so far, kept coherent at each addition."""

    suited: Mapping[str, Candidate]
    needs: Sequence[Need]
    ambition: int
    chosen: dict[str, Candidate] = field(default_factory=dict)
    pulled: dict[str, Reason] = field(default_factory=dict)
    """Clauses that came with another one."""

    def meets(self, need: Need) -> bool:
        return any(need.met_by(candidate.record) for candidate in self.chosen.values())

    def worth(self, candidate: Candidate) -> tuple[float, str]:
        """The best first: what it still covers, how closely it fits, the rung nearest to the ambition."""
        record = candidate.record
        open_needs = [need for need in self.needs if not self.meets(need)]
        if record.kind is Kind.AWARD_CRITERION:
            # A criterion binds nobody: it is chosen for what only a criterion can meet.
            open_needs = [need for need in open_needs if need.asks_for(Kind.AWARD_CRITERION)]
        covered = sum(2.0 if need.binding else 1.0 for need in open_needs if need.met_by(record))
        rung = record.level if record.level <= self.ambition else -record.level
        value = 1.5 * covered + candidate.nearness + 0.8 * rung + _GAIN[record.gain.degree]
        return -(value + _MARKET[record.market.availability]), candidate.id

    def meet(self, need: Need) -> bool:
        """Adds the best clause for a need; above the ambition only when nothing else can meet a binding duty."""
        able = [c for c in self.suited.values() if need.met_by(c.record)]
        within = [c for c in able if c.record.level <= self.ambition]
        ordered = sorted(within, key=self.worth)
        if need.binding or need.reason.kind == "charter":
            ordered += sorted((c for c in able if c not in within), key=lambda c: (c.record.level, *self.worth(c)))
        return any(self.add(candidate) for candidate in ordered)

    def add(self, candidate: Candidate) -> bool:
        """Adds a clause with those that it requires, or nothing when they would not stand together."""
        group = self._with_required(candidate)
        if group is None or len(self.chosen) + sum(c.id not in self.chosen for c in group) > MOST:
            return False
        trial = dict(self.chosen)
        for member in group:
            if member.id not in trial:
                if any(clash(member.record, other.record) for other in trial.values()):
                    return False
                trial[member.id] = member
        for member in group:
            if member.id not in self.chosen and member.id != candidate.id:
                self.pulled[member.id] = _pair(candidate)
        self.chosen = trial
        return True

    def _with_required(self, candidate: Candidate) -> list[Candidate] | None:
        """The clause and what it requires, one after the other; None when one of them is not offered."""
        group = [candidate]
        for member in group:
            for ident in member.record.relations.requires:
                required = self.suited.get(ident)
                if required is None:
                    return None
                if required not in group:
                    group.append(required)
        return group

    def prune(self) -> None:
        """Drops the clauses without which every need is still met: spare criteria, then those made for any object."""
        for candidate in sorted(
            self.chosen.values(), key=lambda c: (c.record.kind is not Kind.AWARD_CRITERION, c.nearness, c.id)
        ):
            rest = [c for c in self.chosen.values() if c.id != candidate.id]
            wanted = any(candidate.id in c.record.relations.requires for c in rest)
            unique = any(
                need.met_by(candidate.record) and not any(need.met_by(c.record) for c in rest) for need in self.needs
            )
            if not wanted and not unique and len(rest) >= 1:
                del self.chosen[candidate.id]
                self.pulled.pop(candidate.id, None)

    def follow_up(self) -> None:
        """A condition without a penalty of its own calls a penalty clause; a basket that requires, a report."""
        required = [c for c in self.chosen.values() if c.record.kind is Kind.PERFORMANCE_CONDITION]
        if any(c.record.penalty is None for c in required):
            self._add_one_of(Kind.PENALTY)
        if required:
            self._add_one_of(Kind.REPORTING)

    def _add_one_of(self, kind: Kind) -> None:
        if any(c.record.kind is kind for c in self.chosen.values()):
            return
        paired = {ident for c in self.chosen.values() for ident in c.record.relations.pairs_with}
        able = [c for c in self.suited.values() if c.record.kind is kind and c.record.level <= self.ambition]
        for candidate in sorted(able, key=lambda c: (c.id not in paired, self.worth(c))):
            if self.add(candidate):
                return

    def complete(self) -> None:
        """Up to four clauses, and one condition made for this object when the first ones fit anything."""
        made_for_it = [c for c in self.suited.values() if c.record.level <= self.ambition and c.nearness >= ALSO]
        for candidate in sorted(made_for_it, key=lambda c: (self._seen_levers(c), self.worth(c))):
            if len(self.chosen) >= FEWEST and any(c.nearness >= ALSO for c in self.chosen.values()):
                return
            self.add(candidate)
        for candidate in sorted(self.suited.values(), key=self.worth):
            if len(self.chosen) >= FEWEST:
                return
            if candidate.record.level <= self.ambition:
                self.add(candidate)

    def _seen_levers(self, candidate: Candidate) -> bool:
        """Another lever first: four clauses on the same one teach nothing to the market."""
        seen = {lever for c in self.chosen.values() for lever in c.record.levers}
        return set(candidate.record.levers) <= seen


def clash(one: ClauseRecord, two: ClauseRecord) -> bool:
    """Whether two clauses must not stand in one tender."""
    if one.id in two.relations.excludes or two.id in one.relations.excludes:
        return True
    ladder = {*one.relations.softer, *one.relations.stronger, *one.relations.replaces}
    if two.id in ladder or one.id in {*two.relations.softer, *two.relations.stronger, *two.relations.replaces}:
        return True
    if one.requirement != two.requirement:
        return False
    scored = [r for r in (one, two) if r.kind is Kind.AWARD_CRITERION]
    required = [r for r in (one, two) if r.kind in _REQUIRED]
    if len(scored) == 1 and required:
        return not (scored[0].scoring and scored[0].scoring.rewards_excess)
    return len(scored) != 1 and (one.level != two.level or one.kind is two.kind)


def _pair(candidate: Candidate) -> Reason:
    return Reason("pair", candidate.id, f"parce qu’elle va avec {candidate.id}, « {candidate.record.title} »")


def _items(suited: Mapping[str, Candidate], needs: Sequence[Need], basket: Basket) -> list[Recommendation]:
    order = {piece: place for place, piece in enumerate(Piece)}
    chosen = sorted(basket.chosen.values(), key=lambda c: (order[main_piece(c.record)], c.id))
    others = sorted(
        (c for c in suited.values() if c.id not in basket.chosen and _explained(c, needs)), key=basket.worth
    )
    listed = [*chosen, *others[: max(0, OFFERED - len(chosen))]]
    paired = {
        ident: _pair(c) for c in chosen for ident in (*c.record.relations.pairs_with, *c.record.relations.requires)
    }
    return [
        Recommendation(
            candidate.clause,
            candidate.id in basket.chosen,
            _reasons(candidate, needs, basket.pulled.get(candidate.id) or paired.get(candidate.id)),
            main_piece(candidate.record),
        )
        for candidate in listed
    ]


def _explained(candidate: Candidate, needs: Sequence[Need]) -> bool:
    """A clause for any family is only shown with a duty or a modality behind it."""
    return bool(candidate.reasons) or any(need.met_by(candidate.record) for need in needs)


def _reasons(candidate: Candidate, needs: Sequence[Need], pair: Reason | None) -> tuple[Reason, ...]:
    reasons = [need.reason for need in needs if need.met_by(candidate.record)]
    reasons += [*candidate.reasons, *([pair] if pair else [])]
    return tuple(reasons) or (
        Reason("family", "toutes-familles", "parce qu’elle convient à tout achat et complète la sélection"),
    )


def main_piece(record: ClauseRecord) -> Piece:
    """The document where the kind belongs; else the first one of the file."""
    home, _ = places_of(record)
    return next((piece for piece in record.wordings if piece in home), record.pieces[0])


def _by_lever(needs: Sequence[Need], basket: Basket, best: Basket) -> list[LeverShare]:
    binding = [need for need in needs if need.binding]

    def count(found: Iterable[Candidate], lever: str) -> int:
        return sum(lever in candidate.record.levers for candidate in found)

    legal = [c for c in basket.chosen.values() if any(need.met_by(c.record) for need in binding)]
    levers = sorted({lever for c in (*basket.chosen.values(), *best.chosen.values()) for lever in c.record.levers})
    return [
        LeverShare(lever, count(legal, lever), count(basket.chosen.values(), lever), count(best.chosen.values(), lever))
        for lever in levers
    ]
