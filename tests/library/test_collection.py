"""The real collection holds what it promises: counts, ladders, kits, and no two clauses that say the same."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from app.law.vocabulary import GRANTS, Kind, Piece, Status
from app.library.blocks import VARIABLE
from app.library.files import ClauseFile, clause_paths, read_all
from app.library.fit import GENERAL
from app.library.lint import lint
from app.library.lint_library import library_troubles, likeness
from app.library.lint_wording import wording_faults
from app.library.record import ClauseRecord
from app.library.vocabularies import Vocabularies, read_vocabularies
from app.settings import ROOT
from app.text.similarity import jaccard, shingles

CLAUSES = ROOT / "clauses"
DISTINCT = 0.2
"""Share of common turns of phrase that no two of our clauses reach, numbers masked; the linter refuses from 0.45."""


@cache
def files() -> list[ClauseFile]:
    found, troubles = read_all(clause_paths(CLAUSES), CLAUSES)
    assert troubles == []
    return found


@cache
def words() -> Vocabularies:
    return read_vocabularies(CLAUSES)


def publishable() -> Iterator[ClauseRecord]:
    return (file.record for file in files() if file.record.status is Status.ACTIVE)


def record(ident: str) -> ClauseRecord:
    return next(file.record for file in files() if file.record.id == ident)


_HEARD = r"en demeure|observations|répon[ds]|s’explique|contradictoire|se réunissent"
_BOUNDED = (
    r"dépasse(?:nt|r)? pas|sans dépasser|jusqu’à|limitée? à|reste(?:nt)? (?:sous|inférieure?)|plafon"
    r"|dans la limite|au plus|à proportion|en proportion|ne s’ajoute|renonciation à l’annuité"
)

FAMILIES = sorted(words().families)
PURCHASED = [code for code in FAMILIES if code not in {GENERAL, GRANTS}]
CRITERIA = sorted(r.id for r in publishable() if r.scoring)


def at_home(family: str) -> list[ClauseRecord]:
    return [r for r in publishable() if r.family == family]


def test_every_clause_passes_the_linter() -> None:
    count, troubles = lint(CLAUSES)
    assert troubles == []
    assert count == len(files()) >= 300


def test_there_are_at_least_three_hundred_publishable_clauses() -> None:
    assert len(list(publishable())) >= 300


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_of_the_vocabulary_has_ten_clauses_of_its_own(family: str) -> None:
    assert len(at_home(family)) >= 10


@pytest.mark.parametrize("lever", sorted(words().levers))
def test_every_lever_is_served_by_eight_clauses(lever: str) -> None:
    assert sum(lever in r.levers for r in publishable()) >= 8


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_rung_at_each_level(family: str) -> None:
    assert {r.level for r in at_home(family)} == {1, 2, 3}


@pytest.mark.parametrize("family", PURCHASED)
def test_every_purchase_family_has_a_ladder_of_rungs_that_know_each_other(family: str) -> None:
    """The text of a rung changes, not only its number: the linter sees to that (`rung-copy`)."""
    home = {r.id: r for r in at_home(family)}
    steps = [(r, home[up]) for r in home.values() for up in r.relations.stronger if up in home]
    assert any(low.level < high.level for low, high in steps)


@pytest.mark.parametrize("family", PURCHASED)
def test_every_purchase_family_can_score_control_and_report(family: str) -> None:
    home = at_home(family)
    assert any(r.kind is Kind.AWARD_CRITERION and r.scoring for r in home)
    assert any(r.kind is Kind.PERFORMANCE_CONDITION and r.control and r.penalty for r in home)
    assert any(r.kind is Kind.REPORTING and r.evidence for r in home)


@pytest.mark.parametrize("ident", CRITERIA)
def test_a_scoring_kit_is_complete(ident: str) -> None:
    scoring = record(ident).scoring
    assert scoring
    assert scoring.question.endswith("?")
    assert scoring.answer_form
    assert 1 <= scoring.weight_min < scoring.weight_max
    # Only a cost may weigh more: it stands for the price as well.
    assert scoring.weight_max <= 40 or "cout" in record(ident).requirement
    assert len(re.findall(r"\d", scoring.example)) >= 4, "un exemple se calcule"


@pytest.mark.parametrize("ident", [ident for ident in CRITERIA if record(ident).family != GRANTS])
def test_what_is_scored_binds_the_holder_and_no_score_divides_by_zero(ident: str) -> None:
    found = record(ident)
    text = " ".join(" ".join(found.wordings.values()).split())
    assert {Piece.AE, Piece.CCAP, Piece.CCTP} & set(found.wordings) or "contractuel" in text
    if found.scoring and found.scoring.formula == "proportional_more" and found.scoring.rewards_excess:
        assert re.search(r"(?:toutes|chacun)[^.]{0,30}(?:zéro|\b0\b)", text), "et si aucune offre ne dépasse ?"


@pytest.mark.parametrize("ident", sorted(r.id for r in publishable() if r.penalty))
def test_a_sanction_is_bounded_and_leaves_time_to_answer(ident: str) -> None:
    found = record(ident)
    assert found.penalty
    text = " ".join(" ".join(found.wordings.values()).split())
    assert found.penalty.notice_days >= 2
    assert re.search(_HEARD, text), "le titulaire est entendu"
    assert re.search(_BOUNDED, text), "le total est borné"


def test_grants_stand_apart_from_purchases() -> None:
    grants = at_home(GRANTS)
    assert all(r.pieces == [Piece.ANNEXE] and r.families == [GRANTS] for r in grants)
    text = " ".join(t for r in grants for t in r.wordings.values())
    assert all(said in text for said in ("Règlement d’aide.", "Convention.", "Appel à projets."))
    assert {Kind.SELECTION_CRITERION, Kind.AWARD_CRITERION, Kind.REPORTING, Kind.PENALTY, Kind.PRICE} <= {
        r.kind for r in grants
    }


@pytest.mark.parametrize(
    ("action", "told", "at_least"),
    [
        ("6.4, biodéchets", r"biodéchet", 12),
        ("6.4, retour au sol", r"retour au sol|compost|amendement|digestat", 8),
        ("3.1, flux de matières", r"flux de matière|bilan des matières|table des flux|restes d’un autre", 3),
        ("3.2, réemploi entre acteurs et plateformes", r"preneur|plateforme|annonce|banque d’éléments", 8),
    ],
)
def test_the_actions_of_the_plan_have_clauses_of_their_own(action: str, told: str, at_least: int) -> None:
    holding = [r.id for r in publishable() if re.search(told, " ".join(r.wordings.values()), re.IGNORECASE)]
    assert len(holding) >= at_least, action


def test_no_two_clauses_say_the_same() -> None:
    weighted = [(alike, one.record.id, two.record.id) for alike, one, two in likeness(files())]
    texts = [(r.id, shingles(VARIABLE.sub(" 0 ", " ".join(r.wordings.values())))) for r in publishable()]
    plain = [(jaccard(s, t), one, two) for (one, s), (two, t) in combinations(texts, 2)]
    assert [pair for pair in (*weighted, *plain) if pair[0] >= DISTINCT] == []


def test_no_two_clauses_bear_the_same_title_or_give_the_same_reason() -> None:
    for field in ("title", "plain_title", "summary", "why"):
        seen = Counter(getattr(r, field).lower() for r in publishable())
        assert [text for text, count in seen.items() if count > 1] == [], field


def altered(ident: str, **changes: object) -> ClauseRecord:
    return record(ident).model_copy(update=changes)


def test_a_copy_of_a_real_clause_under_another_name_is_refused() -> None:
    source = next(file for file in files() if file.record.id == "CEC-MOB-001")
    wordings = {piece: text.replace("meubles", "sièges") for piece, text in source.record.wordings.items()}
    copy = source.record.model_copy(
        update={"id": "CEC-MOB-999", "requirement": "mobilier.part-sieges", "wordings": wordings}
    )
    found = [
        t
        for t in library_troubles([*files(), ClauseFile("library/mobilier/CEC-MOB-999.md", b"", copy)])
        if "999" in t.path
    ]
    assert "near-duplicate" in {trouble.code for trouble in found}


def test_a_real_clause_cut_down_to_the_law_it_cites_is_refused() -> None:
    law_only = (
        "Le titulaire respecte la réglementation en vigueur sur le réemploi, conformément au code de l’environnement."
    )
    cut = altered("CEC-MOB-001", wordings={Piece.CCTP: law_only}, variables={}, penalty=None)
    assert {"R-TAUTO", "no-measure"} & {code for _, code, _ in wording_faults(cut, words())}
    assert wording_faults(record("CEC-MOB-001"), words()) is not None
    assert list(wording_faults(record("CEC-MOB-001"), words())) == []


def test_a_real_clause_that_gains_nothing_on_the_law_is_refused() -> None:
    gain = record("CEC-MOB-001").gain.model_copy(update={"degree": "none"})
    assert "tautology" in {code for _, code, _ in wording_faults(altered("CEC-MOB-001", gain=gain), words())}
