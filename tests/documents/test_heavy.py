"""A file made to cost is refused for what it is, before it costs; its bounds are those of the whole sending."""

from collections.abc import Callable

import pytest

from app.documents import archive, budget, markup
from app.documents.analysis.reading import read_pieces
from app.documents.refused import Refused
from tests.documents.heavy import HEAVY, OPENED


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of every bound."""
    for bound in ("MOST_INFLATED", "MOST_MARKUP", "MOST_PARAGRAPHS", "MOST_LETTERS"):
        monkeypatch.setattr(budget, bound, getattr(budget, bound) // 100)
    monkeypatch.setattr(markup, "_RUN", markup._RUN // 100)
    monkeypatch.setattr(archive, "_CHUNK", archive._CHUNK // 100)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("build", "code"), HEAVY.values(), ids=HEAVY)
def test_a_file_made_to_cost_is_refused_before_it_costs(build: Callable[[int], bytes], code: str) -> None:
    if code == OPENED:
        assert read_pieces(build(1), "x.docx")
    else:
        with pytest.raises(Refused) as refusal:
            read_pieces(build(1), "x.docx")
        assert refusal.value.code == code
