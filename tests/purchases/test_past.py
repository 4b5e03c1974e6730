"""Published DECP files as a buyer finds them: both formats, untidy values, and the line of what is wrong."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.purchases.past import MOST_SAID, Contract, Unreadable, read
from app.purchases.past_summary import Counted, finding, summarise


def sample(name: str) -> bytes:
    return next(Path(__file__).parent.glob(f"*/{name}.json")).read_bytes()


def contract(**facts: Any) -> dict[str, Any]:
    usual = {"id": "2025-01", "acheteur": {"id": "21690123100011"}, "objet": "Tables", "codeCPV": "39121200-8"}
    return {**usual, "dateNotification": "2025-03-01", "montant": 1000.5, **facts}


def a_file(*contracts: Any) -> bytes:
    return json.dumps({"marches": {"marche": list(contracts)}}, indent=1).encode()


def refused(content: bytes) -> tuple[str, ...]:
    with pytest.raises(Unreadable) as error:
        read(content, "216901231")
    return error.value.sentences


def test_the_format_of_2022_says_who_had_a_clause_or_a_criterion() -> None:
    found = read(sample("marches_concessions"), "217500016")
    assert [(one.ident, one.clause, one.criterion) for one in found.contracts] == [
        ("TEST2022", True, False),
        ("TEST2022Bis", True, False),
    ]
    assert found.others == 2
    assert found.contracts[0] == Contract(
        ident="TEST2022",
        buyer="21750001630066",
        title=found.contracts[0].title,
        cpv="45000000",
        notified_on=date(2024, 5, 15),
        amount=Decimal(575000),
        clause=True,
        criterion=False,
        concession=False,
        line=found.contracts[0].line,
    )
    lines = sample("marches_concessions").decode().splitlines()
    assert lines[found.contracts[0].line - 1].strip().startswith("{")
    assert "TEST2022" in "".join(lines[found.contracts[0].line : found.contracts[0].line + 4])


def test_a_concession_is_read_with_the_dates_and_the_value_that_it_has() -> None:
    (found,) = read(sample("marches_concessions"), "123456789").contracts[:1]
    assert found.concession
    assert (found.notified_on, found.cpv, found.clause, found.criterion) == (date(2024, 4, 2), "", True, True)
    assert found.amount == Decimal("10.30")


def test_the_format_of_2019_declares_nothing_and_that_is_not_a_no() -> None:
    (found,) = read(sample("decp_test_2019"), "219740222").contracts
    assert (found.clause, found.criterion) == (None, None)
    assert found.cpv == "45316110"
    # The other contract of this file has its buyer as « acheteur.id », without an object around.
    (flat,) = read(sample("decp_test_2019"), "215002221").contracts
    assert flat.buyer == "21500222100012"


def test_no_consideration_is_a_no_and_an_impossible_amount_is_unknown() -> None:
    (found,) = read(sample("decp_test_2022"), "221300015").contracts
    assert (found.clause, found.criterion) == (False, False)
    assert found.amount is None


@pytest.mark.parametrize("said", ["MQ", "NC", "", None, 3, {"considerationEnvironnementale": ["NC"]}, [], ["autre"]])
def test_an_unreadable_consideration_is_not_declared(said: object) -> None:
    (found,) = read(a_file(contract(considerationsEnvironnementales=said)), "216901231").contracts
    assert (found.clause, found.criterion) == (None, None)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("39121200-8", "39121200"),
        ("3912", "39120000"),
        ("3000000", "03000000"),
        ("391", "39100000"),
        ("x", ""),
        (None, ""),
    ],
)
def test_a_cpv_code_is_read_as_published_files_write_it(typed: object, code: str) -> None:
    (found,) = read(a_file(contract(codeCPV=typed)), "216901231").contracts
    assert found.cpv == code


def test_the_same_contract_twice_counts_once_and_the_last_wins() -> None:
    found = read(a_file(contract(), contract(objet="Tables et chaises")), "216901231")
    assert [one.title for one in found.contracts] == ["Tables et chaises"]


def test_every_wrong_contract_is_told_with_its_line() -> None:
    said = refused(a_file(contract(), contract(id=None), contract(dateNotification="NC"), 7, contract(acheteur={})))
    assert said == (
        "Ligne 14 : ce contrat n’a pas d’identifiant (« id »).",
        "Ligne 24 : le contrat 2025-01 n’a pas de date de notification lisible (AAAA-MM-JJ).",
        "Ligne 34 : un contrat est un objet JSON.",
        "Ligne 35 : le contrat 2025-01 ne dit pas le SIRET de son acheteur.",
    )


def test_wrong_lines_are_told_up_to_a_bound() -> None:
    assert len(refused(a_file(*[contract(id="")] * 300))) == MOST_SAID


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Ce fichier est vide."),
        (b"\xff\xfe{", "Ligne 1 : ce fichier n’est pas un texte en UTF-8."),
        (b"[]", "Ligne 1 : un fichier DECP commence par une accolade et contient « marches »."),
        (b'{"a": 1}', "Ligne 1 : ce fichier ne contient pas « marches » : ce n’est pas un fichier DECP."),
        (b'{"marches":\n {"marche": [{"id": 1,}]}}', "Ligne 2 : le JSON est abîmé à cet endroit."),
        (b'{"marches": {"marche": []}\n', "Ligne 2 : le JSON est abîmé, « , » était attendu."),
        (b'{"marches": []}\n{}', "Ligne 2 : le JSON continue après sa fin."),
        (b'{"marches": ' + b"[" * 100_000, "Ligne 1 : le JSON est abîmé à cet endroit."),
        (b'{"marches": [' + b"9" * 10_000 + b"]}", "Ligne 1 : le JSON est abîmé à cet endroit."),
    ],
)
def test_a_file_that_is_no_decp_file_is_refused_with_its_line(content: bytes, said: str) -> None:
    assert refused(content) == (said,)


def test_what_a_database_refuses_is_taken_out_of_texts() -> None:
    (found,) = read(a_file(contract(objet="Ta\x00bles \ud800 rondes")), "216901231").contracts
    assert found.title == "Ta bles rondes"


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_no_damage_to_a_file_ends_in_a_crash(noise: bytes, place: int) -> None:
    whole = sample("decp_test_2019")
    with suppress(Unreadable):
        read(whole[:place] + noise + whole[place + len(noise) :], "219740222")


def test_the_share_counts_what_was_declared_only() -> None:
    summary = summarise(
        [
            Counted(2024, "39121200", 4, 3, 1, 2, 2, Decimal(100)),
            Counted(2025, "39130000", 1, 0, 0, 0, 0, None),
            Counted(2025, "", 2, 1, 0, 0, 0, Decimal(50)),
        ],
        lambda cpv: "mobilier" if cpv else "",
    )
    assert (summary.total.contracts, summary.total.declared, summary.total.share) == (7, 4, Decimal("50.0"))
    assert [(one.year, one.contracts, one.share) for one in summary.years] == [
        (2024, 4, Decimal("66.7")),
        (2025, 3, Decimal("0.0")),
    ]
    assert [(one.family, one.contracts, one.amount) for one in summary.families] == [
        ("mobilier", 5, Decimal(100)),
        ("", 2, Decimal(50)),
    ]
    undeclared = next(one for one in summary.cells if (one.year, one.family) == (2025, "mobilier"))
    assert undeclared.share is None
    assert finding(summary) == "2 contrats sur 4 déclarés ont une clause ou un critère environnemental"
    assert finding(summarise([], str)) == "Aucun contrat importé ne déclare de considération environnementale"
