"""Searching as buyers type: faults, slang, acronyms, codes, articles, filters; on the real clauses."""

from datetime import UTC, datetime

import pytest

from app.library.facets import mask_of, numbers_in
from app.library.files import clause_paths, read_all
from app.library.published import PublishedClause
from app.library.search import Request, Result
from app.library.shelf import Shelf, make_shelf
from app.settings import ROOT
from app.web.paging import BadCursor

FOLDER = ROOT / "clauses"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    files, _ = read_all(clause_paths(FOLDER), FOLDER)
    return make_shelf(1, [PublishedClause(f.record, 1, "", datetime(2026, 11, 24, tzinfo=UTC)) for f in files], FOLDER)


def families(result: Result, first: int = 3) -> list[str]:
    return [clause.record.family for clause, _ in result.hits[:first]]


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("mobilier scolaire", "mobilier"),
        ("mobiler scolaire", "mobilier"),
        ("MOBILIER SCOLAIRE", "mobilier"),
        ("chaises d’occasion", "mobilier"),
        ("Fourniture et livraison de mobilier pour les écoles de la commune, lot 2", "mobilier"),
        ("ordis", "informatique"),
        ("ordinateurs portables reconditionés", "informatique"),
        ("smartphone", "informatique"),
        ("cantine", "restauration"),
        ("restauration colective", "restauration"),
        ("CTM", "batiment"),
        ("rénovation d’une école", "batiment"),
        ("menage des bureaux", "nettoyage"),
        ("produits d'entretien", "nettoyage"),
        ("DEEE", "dechets"),
        ("dechets", "dechets"),
    ],
)
def test_words_as_typed_lead_to_the_right_family(shelf: Shelf, typed: str, family: str) -> None:
    found = families(shelf.index.search(Request(q=typed)))
    assert found[0] == family, found


def test_a_typing_fault_is_said(shelf: Shelf) -> None:
    assert shelf.index.search(Request(q="mobiler scolaire")).corrected == "mobilier scolaire"
    assert shelf.index.search(Request(q="mobilier scolaire")).corrected is None


@pytest.mark.parametrize("typed", ["CEC-MOB-001", "cec mob 001", "mob-001", "la clause CEC-MOB-001 svp"])
def test_an_id_gives_its_clause_first(shelf: Shelf, typed: str) -> None:
    hits = shelf.index.search(Request(q=typed)).hits
    assert hits[0][0].id == "CEC-MOB-001"


@pytest.mark.parametrize("typed", ["R. 2152-7", "R2152-7", "article r.2152-7"])
def test_an_article_gives_the_clauses_that_rest_on_it(shelf: Shelf, typed: str) -> None:
    hits = shelf.index.search(Request(q=typed, limit=5)).hits
    assert hits
    assert all("ccp-r2152-7" in {basis.text for basis in clause.record.legal} for clause, _ in hits)


@pytest.mark.parametrize("typed", ["article 58 de la loi AGEC", "AGEC 58", "agec article 58"])
def test_an_article_of_a_named_law_is_understood(shelf: Shelf, typed: str) -> None:
    hits = shelf.index.search(Request(q=typed, limit=3)).hits
    assert all("agec-58" in {basis.text for basis in clause.record.legal} for clause, _ in hits)


@pytest.mark.parametrize("typed", ["39160000", "39160000-1", "CPV 39160000-1"])
def test_a_cpv_code_gives_its_family_with_or_without_check_digit(shelf: Shelf, typed: str) -> None:
    assert set(families(shelf.index.search(Request(q=typed)))) == {"mobilier"}


def test_the_cpv_filter_keeps_what_that_object_may_carry(shelf: Shelf) -> None:
    found = shelf.index.search(Request(cpv="39160000", limit=100))
    kept = {clause.record.family for clause, _ in found.hits}
    assert {"mobilier", "toutes-familles"} <= kept
    assert "restauration" not in kept


@pytest.mark.parametrize("typed", ["zzzzqqqq", "le la de", "!!!", "\x00", "« »"])
def test_what_means_nothing_finds_nothing(shelf: Shelf, typed: str) -> None:
    result = shelf.index.search(Request(q=typed))
    assert (result.total, result.hits, result.next) == (0, [], None)


def test_blank_words_give_the_whole_library(shelf: Shelf) -> None:
    assert shelf.index.search(Request(q="   ")).total == len(shelf.active)


def test_or_inside_a_facet_and_between_facets(shelf: Shelf) -> None:
    def total(**filters: list[str]) -> int:
        return shelf.index.search(Request(filters=filters)).total

    assert total(level=["1", "2"]) == total(level=["1"]) + total(level=["2"])
    assert total(level=["1"], kind=["award_criterion"]) <= min(total(level=["1"]), total(kind=["award_criterion"]))
    assert total(family=["inconnue"]) == 0


def test_each_facet_is_counted_under_the_other_choices(shelf: Shelf) -> None:
    result = shelf.index.search(Request(q="réemploi", filters={"level": ["2"], "family": ["mobilier"]}))
    of_level = next(value["count"] for value in result.facets["level"] if value["code"] == 2)
    assert of_level == result.total
    widened = shelf.index.search(Request(q="réemploi", filters={"family": ["mobilier"]}))
    assert result.facets["level"] == widened.facets["level"]


@pytest.mark.parametrize("sort", ["title", "recent", "relevance"])
def test_every_order_is_walked_to_its_end(shelf: Shelf, sort: str) -> None:
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(200):
        page = shelf.index.search(Request(q="réemploi", sort=sort, limit=7, cursor=cursor))  # type: ignore[arg-type]
        seen += [clause.id for clause, _ in page.hits]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page.total


def test_a_cursor_of_another_order_is_refused(shelf: Shelf) -> None:
    cursor = shelf.index.search(Request(sort="title", limit=2)).next
    with pytest.raises(BadCursor):
        shelf.index.search(Request(sort="recent", limit=2, cursor=cursor))


def test_a_withdrawn_clause_is_only_found_when_asked_for(shelf: Shelf) -> None:
    gone = PublishedClause(
        shelf.clauses["CEC-MOB-001"].record,
        1,
        "",
        datetime(2026, 11, 24, tzinfo=UTC),
        datetime(2026, 11, 25, tzinfo=UTC),
    )
    smaller = make_shelf(2, [gone, *[c for c in shelf.clauses.values() if c.id != gone.id]], FOLDER)
    assert "CEC-MOB-001" not in [c.id for c, _ in smaller.index.search(Request(q="CEC-MOB-001")).hits]
    found = smaller.index.search(Request(q="CEC-MOB-001", filters={"status": ["withdrawn"]}))
    assert [c.id for c, _ in found.hits] == ["CEC-MOB-001"]
    assert gone not in smaller.active


def test_masks_keep_their_numbers() -> None:
    numbers = [0, 7, 8, 63, 64, 999]
    assert numbers_in(mask_of(numbers, 1000)) == numbers
    assert numbers_in(0) == []
