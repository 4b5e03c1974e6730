"""The skeletons: every mark resolves whatever the purchase, and nothing doubtful is stated as certain."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.documents.assemble import documents
from app.documents.content import Article, Items, Paragraph, Ref, Table, headings, plain
from app.documents.job import nature_of, usual_ccag
from app.documents.pieces import TEXTS, Written
from app.documents.skeleton import Gap, SkeletonArticle
from app.law.vocabulary import Nature
from tests.documents.made import CLAUSES, FURNITURE, job, of_family, references

KNOWN = re.compile(
    r"^(not )?(nature:(works|supplies|services|unknown)|procedure:(adapted|formal|none|unknown)|ccag|cpv|lots|clauses|"
    r"engagements|conditions|requirements|penalties|follow_up|duties|life_cycle_cost|justifications|definitions|has:[a-z_]+|wording:[A-Z]+)$"
)


def articles(entries: tuple[SkeletonArticle | Gap, ...]) -> Iterator[SkeletonArticle]:
    for entry in entries:
        if isinstance(entry, SkeletonArticle):
            yield entry
            yield from articles(entry.articles)


@pytest.mark.parametrize("piece", TEXTS)
def test_a_skeleton_has_keys_of_its_own_and_conditions_that_exist(piece: Written) -> None:
    found = list(articles(references().skeletons[piece].articles))
    keys = [article.key for article in found]
    assert len(keys) == len(set(keys))
    assert all(len(f"art_{key}") <= 40 for key in keys)
    asked = [name for article in found for name in article.when]
    asked += [name for article in found for entry in article.body if not isinstance(entry, str) for name in entry.when]
    assert [name for name in asked if not KNOWN.match(name)] == []


@pytest.mark.parametrize("ccag", [None, "FCS", "PI", "TIC", "TRAVAUX", "MOE", "MI"])
def test_every_mark_resolves_whatever_the_purchase(ccag: str | None) -> None:
    baskets = [(), of_family("mobilier"), of_family("batiment")]
    for nature, procedure, basket in itertools.product([None, *Nature], [None, "none", "adapted", "formal"], baskets):
        purchase = replace(FURNITURE, nature=nature, procedure=procedure, duration_months=None, cpv=())
        made = documents(job(basket, purchase=purchase, ccag=ccag, buyer_name="", reference=""))
        for document in made:
            entries = list(headings(document.articles))
            keys = {entry.key for entry in entries}
            for article in entries:
                if not isinstance(article, Article):
                    continue
                assert article.blocks or article.children
                for block in article.blocks:
                    texts = _texts(block)
                    assert not [
                        part for text in texts for part in text if isinstance(part, Ref) and part.target not in keys
                    ]
                    assert not [text for text in texts if "{{" in plain(text) or "}}" in plain(text)]


def _texts(block: Paragraph | Items | Table) -> list[tuple[object, ...]]:
    if isinstance(block, Paragraph):
        return [block.text]
    return list(block.items) if isinstance(block, Items) else [cell for row in block.rows for cell in row]


@pytest.mark.parametrize("piece", TEXTS)
def test_an_article_of_law_is_always_cited_with_its_confidence(piece: Written) -> None:
    """An article number typed by hand would escape the « référence à vérifier » of what nobody has read again."""
    text = (CLAUSES / "documents" / f"{piece.lower()}.yaml").read_text(encoding="utf-8")
    assert re.findall(r"\b[LRD]\. ?\d|loi n°|décret n°|règlement \(UE\)", text) == []


def test_the_blanks_left_to_the_buyer_are_few() -> None:
    for document in documents(job(of_family("mobilier"))):
        blanks = sum(
            plain(text).count("[à compléter")
            for article in headings(document.articles)
            if isinstance(article, Article)
            for block in article.blocks
            for text in _texts(block)
        )
        assert blanks <= 15


def test_the_ccag_follows_the_purchase_and_the_nature_its_cpv() -> None:
    works = replace(FURNITURE, cpv=("45214200",), families=("batiment",))
    computers = replace(FURNITURE, cpv=("30213000",), families=("informatique",))
    studies = replace(FURNITURE, cpv=("71241000",), families=("prestations-intellectuelles",))
    assert [usual_ccag(purchase) for purchase in (FURNITURE, works, computers, studies)] == [
        "FCS",
        "TRAVAUX",
        "TIC",
        "PI",
    ]
    assert [nature_of(purchase) for purchase in (FURNITURE, works, studies)] == [
        Nature.SUPPLIES,
        Nature.WORKS,
        Nature.SERVICES,
    ]


def test_the_contract_says_what_the_field_wants_said() -> None:
    ccap = next(d for d in documents(job(of_family("mobilier"))) if d.piece is Written.CCAP)
    text = " ".join(
        plain(t) for a in headings(ccap.articles) if isinstance(a, Article) for b in a.blocks for t in _texts(b)
    )
    assert "Le cadre de réponse environnemental complété par le titulaire vaut engagement contractuel." in text
    assert "s’étendent aux sous-traitants" in text
    assert ccap.articles[-1].key == "derogations"
