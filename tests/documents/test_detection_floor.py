"""The floor of the detection on the labelled corpus; `python -m tests.bench.detecting` prints the whole table."""

import pytest

from tests.documents.corpus import Part, corpus
from tests.documents.detection import measure


@pytest.mark.parametrize("part", ["tuning", "kept"])
def test_the_detection_keeps_its_precision_and_its_recall(part: Part) -> None:
    overall = measure(part).overall
    assert overall.precision >= 0.90, overall
    assert overall.recall >= 0.85, overall


def test_every_kind_of_finding_has_a_dozen_examples() -> None:
    seen: dict[str, int] = {}
    for extract in (*corpus("tuning"), *corpus("kept")):
        for line in extract.lines:
            for kind in line.risks:
                seen[kind] = seen.get(kind, 0) + 1
    assert {kind: count for kind, count in seen.items() if count < 12} == {}


@pytest.mark.parametrize("part", ["tuning", "kept"])
def test_an_extract_has_fifteen_to_sixty_paragraphs(part: Part) -> None:
    sizes = {extract.name: len(extract.lines) for extract in corpus(part)}
    assert {name: size for name, size in sizes.items() if not 15 <= size <= 60} == {}
