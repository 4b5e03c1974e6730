"""What changed between two versions: found word by word, and whole again when put back together."""

from hypothesis import given
from hypothesis import strategies as st

from app.library.difference import fields_of, rows_of, runs_of

TEXT = st.text(alphabet="ab é\n-|1.", max_size=60)


@given(TEXT, TEXT)
def test_each_side_of_the_runs_is_its_text(before: str, after: str) -> None:
    runs = runs_of(before, after)
    assert "".join(run.text for run in runs if run.op != "insert") == before
    assert "".join(run.text for run in runs if run.op != "delete") == after


@given(TEXT, TEXT)
def test_no_block_of_either_side_is_lost(before: str, after: str) -> None:
    rows = rows_of(before, after)
    for text, other in ((before, "insert"), (after, "delete")):
        kept = "".join(run.text for row in rows for run in row.runs if run.op != other)
        assert "".join(kept.split()) == "".join(text.split())


def test_one_word_changed_is_one_word_shown() -> None:
    runs = runs_of("La part est de 20 % au moins.", "La part est de 30 % au moins.")
    assert [(run.op, run.text) for run in runs] == [
        ("equal", "La part est de "),
        ("delete", "20"),
        ("insert", "30"),
        ("equal", " % au moins."),
    ]


def test_a_paragraph_added_leaves_its_neighbours_in_place() -> None:
    rows = rows_of(
        "Un premier texte.\n\nUn dernier texte.", "Un premier texte.\n\nTout à fait autre.\n\nUn dernier texte."
    )
    assert [row.move for row in rows] == ["equal", "added", "equal"]


def test_fields_are_told_by_their_french_name_and_their_place() -> None:
    old = {"title": "A", "level": 1, "evidence": [{"what": "Facture", "burden": 1}], "families": ["mobilier"]}
    new = {
        "title": "A",
        "level": 2,
        "evidence": [{"what": "Facture", "burden": 2}],
        "families": ["mobilier", "textile"],
    }
    assert [(change.pointer, change.label, change.before, change.after) for change in fields_of(old, new)] == [
        ("/level", "Niveau", "1", "2"),
        ("/families", "Familles", "mobilier", "mobilier, textile"),
        ("/evidence/0/burden", "Preuves", "1", "2"),
    ]
