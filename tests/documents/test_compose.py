import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from app.documents.assemble import documents
from app.documents.compose import compose, write
from app.documents.content import Article, ClauseBlock, Lot, headings
from app.documents.pieces import TEXTS, Written
from app.documents.rules import Weight
from app.documents.template.build import BASE, build
from app.law.vocabulary import Confidence, Kind, Piece
from tests.documents.accessibility import barriers
from tests.documents.made import PURCHASES, chosen, files, job, of_family, records, references, with_wording
from tests.documents.validity import Package, W, faults, schema

HOSTILE = [
    "<w:p>&amp;\"'</w:p>",
    "{{ part_reemploi }} {% raw %} {{",
    "]]> <![CDATA[ --> <!--",
    "%s %(x)s ${x} {0} \\1 \\g<0>",
    "🪑🏗️ é\u0301 \u202eabc ﷽",
    "x" * 20_000,
    "# et #0 et #1",
]


def text_of(content: bytes) -> str:
    """Every visible text of the body, with line breaks and tabs."""
    marks = {W + "t": None, W + "br": "\n", W + "tab": "\t"}
    elements = Package(content).document.find(f"{W}body").iter(*marks)  # type: ignore[union-attr]
    return "".join(marks[e.tag] or e.text or "" for e in elements if e.getparent().tag == W + "r")  # type: ignore[union-attr, index]


def word(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


@pytest.mark.parametrize("family", PURCHASES)
def test_the_documents_of_a_purchase_are_valid_and_accessible(family: str, tmp_path: Path) -> None:
    purchase, ccag = PURCHASES[family]
    made = files(job(of_family(family, "toutes-familles"), purchase=purchase, ccag=ccag))
    assert list(made) == list(TEXTS)
    for piece, content in made.items():
        assert (piece, faults(content)) == (piece, {})
        assert (piece, barriers(content)) == (piece, {})
        assert (piece, schema(content, tmp_path)) == (piece, [])


def test_the_same_input_gives_the_same_bytes() -> None:
    made = job(of_family("mobilier"))
    assert compose(made) == compose(job(of_family("mobilier")))
    assert compose(replace(made, reference="2026-015")) != compose(made)


def test_one_piece_is_a_docx_and_several_a_zip() -> None:
    one = compose(job(pieces=(Written.CCTP,)))
    assert zipfile.ZipFile(io.BytesIO(one)).testzip() is None
    assert (
        word(one).core_properties.title
        == "Cahier des clauses techniques particulières – Fourniture de mobilier scolaire"
    )
    several = zipfile.ZipFile(io.BytesIO(compose(job(pieces=(Written.CCTP, Written.RC)))))
    subject = "fourniture-de-mobilier-scolaire"
    assert several.namelist() == [f"RC_{subject}.docx", f"CCTP_{subject}.docx"]
    assert {entry.date_time for entry in several.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_committed_base_is_the_one_that_the_script_builds() -> None:
    assert BASE.read_bytes() == build()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_comes_out_as_typed(value: str, tmp_path: Path) -> None:
    clause = chosen(records()["CEC-MOB-001"], shown={"part_reemploi": value}, lots=(value[:60],), reason=value)
    purchase = replace(PURCHASES["mobilier"][0], object=value)
    typed = {"buyer_name": value[:300], "reference": value[:300], "justifications": {"R-SOC": value}}
    made = job([clause], purchase=purchase, **typed)
    for content in files(made).values():
        assert faults(content) == {}
        assert schema(content, tmp_path) == []
    assert text_of(files(made)[Piece.CCTP]).count(value) >= 2
    assert value in text_of(files(made)[Written.PREUVES])
    manifest = Package(files(made)[Piece.CCTP]).xml["customXml/item1.xml"]
    assert manifest[0].get("reason") == value


def test_line_breaks_and_tabs_of_a_value_are_kept() -> None:
    clause = chosen(records()["CEC-MOB-001"], shown={"part_reemploi": "a\nb\r\nc\td"})
    assert "a\nb\nc\td" in text_of(files(job([clause]))[Piece.CCTP])


def test_a_value_left_blank_is_a_visible_blank() -> None:
    clause = chosen(records()["CEC-MOB-001"], shown={"part_reemploi": None})
    content = files(job([clause]))[Piece.CCTP]
    styled = f"{W}rPr/{W}rStyle[@{W}val='Blank']"
    blanks = ["".join(r.itertext()) for r in Package(content).document.iter(W + "r") if r.find(styled) is not None]
    assert "[part minimale du montant annuel hors taxes : à compléter]" in blanks


def test_each_clause_stands_in_a_content_control_with_its_tag_and_a_bookmark() -> None:
    clauses = of_family("mobilier")
    for piece, content in files(job(clauses)).items():
        root = Package(content).document
        tags = [e.get(W + "val") for e in root.iter(W + "tag")]
        assert tags == [e.get(W + "val") for e in root.iter(W + "alias")]
        expected = [f"{c.record.id}@1" for c in clauses if piece in c.record.wordings]
        assert set(expected) <= set(tags)
        names = [e.get(W + "name", "") for e in root.iter(W + "bookmarkStart")]
        assert sum(name.startswith("clause_") for name in names) == len(tags)


def test_a_clause_of_two_lots_stands_twice_with_ids_of_its_own(tmp_path: Path) -> None:
    record = records()["CEC-MOB-001"]
    clauses = [chosen(record, lots=("1",)), chosen(record, lots=("2",), occurrence=2)]
    content = files(job(clauses, lots=(Lot("1", "Tables"), Lot("2"))))[Piece.CCTP]
    assert faults(content) == {}
    assert schema(content, tmp_path) == []
    assert [e.get(W + "val") for e in Package(content).document.iter(W + "tag")] == ["CEC-MOB-001@1"] * 2
    text = text_of(content).replace("\u00a0", " ")
    assert "Lot concerné : Lot 1 – Tables" in text
    assert "Lot concerné : Lot 2" in text


def test_the_manifest_says_which_clauses_with_which_values() -> None:
    clause = chosen(records()["CEC-MOB-001"], raw={"part_reemploi": 35}, shown={"penalite_par_point": None})
    package = Package(files(job([clause]))[Piece.CCAP])
    [entry] = package.xml["customXml/item1.xml"]
    assert dict(entry.attrib) == {
        "id": "CEC-MOB-001",
        "version": "1",
        "hash": clause.content_hash,
        "wording": "CCAP",
        "article": "10.2",
    }
    assert {child.get("name"): child.text for child in entry} == {"part_reemploi": "35", "penalite_par_point": None}
    assert "CEC-MOB-001@1#1 CCAP" in package.raw["docProps/custom.xml"].decode()


def test_the_numbers_we_write_are_those_that_word_works_out() -> None:
    """Cross-references and contents hold numbers of our own: they must follow the order of the headings."""
    content = files(job(of_family("mobilier")))[Piece.CCAP]
    counters = [0, 0, 0]
    worked_out: dict[str, str] = {}
    for paragraph in Package(content).document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val", "") if style is not None else ""
        if not name.startswith("Heading"):
            continue
        level = int(name[-1])
        counters[level - 1] += 1
        counters[level:] = [0] * (3 - level)
        mark = paragraph.find(W + "bookmarkStart")
        assert mark is not None
        worked_out[mark.get(W + "name", "")] = ".".join(map(str, counters[:level]))
    document = next(d for d in documents(job(of_family("mobilier"))) if d.piece is Written.CCAP)
    assert list(worked_out.values()) == [entry.number for entry in headings(document.articles)]


def test_the_contents_list_every_heading_and_ask_word_for_the_pages() -> None:
    content = files(job(of_family("mobilier")))[Piece.RC]
    package = Package(content)
    styled = f"{W}pPr/{W}pStyle"
    named = [(p, p.find(styled)) for p in package.document.iter(W + "p")]
    lines = [p for p, style in named if style is not None and style.get(W + "val", "").startswith("TOC")]
    titles = ["".join(t.text or "" for t in line.iter(W + "t")) for line in lines[1:]]
    assert titles[0].startswith("Article 1Objet et étendue de la consultation")
    document = next(d for d in documents(job(of_family("mobilier"))) if d.piece is Written.RC)
    assert len(titles) == len([entry for entry in headings(document.articles) if entry.level <= 2])
    instructions = [i.text or "" for i in package.document.iter(W + "instrText")]
    assert sum("TOC \\o" in i for i in instructions) == 1
    assert next(package.document.iter(W + "fldChar")).get(W + "dirty") == "true"


def test_python_docx_opens_the_file() -> None:
    document = word(files(job(of_family("mobilier")))[Piece.CCAP])
    assert document.core_properties.language == "fr-FR"
    assert "Heading 1" in {style.name for style in document.styles}
    assert document.sections[0].different_first_page_header_footer
    footer = document.sections[0].footer.paragraphs[0]._p
    fields = [e.text for e in footer.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_a_numbered_list_starts_again_at_one() -> None:
    record = with_wording(records()["CEC-MOB-001"], Piece.CCTP, "Un :\n\n1. a\n2. b\n\nDeux :\n\n1. c\n2. d")
    package = Package(files(job([chosen(record, shown={})], references=references()))[Piece.CCTP])
    used = [e.get(W + "val") for e in package.document.iter(W + "numId")]
    assert used == ["10", "10", "11", "11"]
    starts = package.xml["word/numbering.xml"].findall(f"{W}num[@{W}numId='11']/{W}lvlOverride/{W}startOverride")
    assert [s.get(W + "val") for s in starts] == ["1"]


def test_the_last_article_of_the_ccap_recapitulates_the_derogations() -> None:
    numbers = {"FCS": "Article 14.1, numéro à vérifier", "TIC": "Article 14.1.1", "MI": "Article à vérifier"}
    clause = chosen(records()["CEC-MOB-001"])
    for ccag, expected in numbers.items():
        document = next(d for d in documents(job([clause], ccag=ccag)) if d.piece is Written.CCAP)
        last = document.articles[-1]
        assert last.title == "Dérogations au CCAG"
        table = last.blocks[-1]
        assert expected in {str(cell).replace("\u00a0", " ") for row in table.rows for cell in row[1]}  # type: ignore[union-attr]


def test_without_ccag_nothing_cites_one() -> None:
    content = text_of(files(job([chosen(records()["CEC-MOB-001"])], ccag=None))[Piece.CCAP])
    assert "Le marché ne vise aucun CCAG" in content
    assert "CCAG-" not in content


def test_no_text_to_check_is_stated_as_certain() -> None:
    doubtful = [text for text in references().texts.values() if text.confidence is not Confidence.VERIFIED]
    for content in files(job(of_family("mobilier"))).values():
        text = text_of(content)
        own = text  # the skeletons cite through {{ droit.… }}: each citation carries its doubt
        for entry in doubtful:
            if entry.article.startswith(("CCP", "CCAG")) and f"({entry.article})" in own:
                pytest.fail(f"{entry.article} sans réserve")
    assert "CCP, art. R. 2194-1, référence à vérifier" in text_of(files(job())[Piece.CCAP]).replace("\u00a0", " ")


def test_the_weights_add_up_to_a_hundred_with_price_and_technical_value() -> None:
    criterion = next(c for c in of_family("mobilier") if c.record.kind is Kind.AWARD_CRITERION)
    document = next(d for d in documents(job([replace(criterion, weight=Decimal(20))])) if d.piece is Written.RC)
    article = next(e for e in headings(document.articles) if e.key == "criteres")
    assert isinstance(article, Article)
    table = next(b for b in article.blocks if hasattr(b, "rows"))
    assert [row[2][0] for row in table.rows] == ["50\u00a0%", "30\u00a0%", "20\u00a0%", "100\u00a0%"]
    entered = job(
        [replace(criterion, weight=Decimal(20))], criteria=(Weight("Prix", Decimal(60)), Weight("Délai", Decimal(20)))
    )  # type: ignore[arg-type]
    text = text_of(files(entered)[Piece.RC])
    assert "Prix60" in text.replace("\u00a0%", "")


def test_definitions_come_once() -> None:
    content = text_of(files(job(of_family("mobilier")))[Piece.CCTP])
    assert content.count("Réemploi\u00a0: opération par laquelle") == 1


def test_an_empty_basket_still_gives_whole_pieces() -> None:
    for document in documents(job()):
        assert not [entry for entry in headings(document.articles) if isinstance(entry, ClauseBlock)]
        assert "Cette pièce ne reprend aucune clause" in text_of(write(document))


def test_every_clause_of_the_library_finds_its_place() -> None:
    """No wording is lost: each one stands in one of the pieces, whatever the family."""
    clauses = [chosen(record) for record in records().values()]
    placed = {
        (entry.clause.record.id, entry.wording)
        for document in documents(job(clauses))
        for entry in headings(document.articles)
        if isinstance(entry, ClauseBlock)
    }
    assert placed == {(c.record.id, wording) for c in clauses for wording in c.record.wordings}
