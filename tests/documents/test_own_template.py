"""The buyer's own template: theirs stays, ours goes where it belongs, in their styles and numbers."""

import io
import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from app.documents.assemble import documents
from app.documents.own.merge import merge
from app.documents.own.sending import sending
from app.documents.pieces import TEXTS, Written
from app.documents.refused import Refused
from app.text.typography import NARROW, NBSP
from tests.documents import templates
from tests.documents.accessibility import barriers
from tests.documents.made import PURCHASES, chosen, job, of_family, records
from tests.documents.validity import Package, W, faults, schema

CLAUSES = ("CEC-MOB-001", "CEC-MOB-003", "CEC-MOB-004", "CEC-MOB-006", "CEC-MOB-005", "CEC-MOB-008")


def merged(template: bytes, piece: Written = Written.CCAP) -> tuple[dict[str, Any], Package]:
    made = job([chosen(records()[ident]) for ident in CLAUSES])
    document = next(each for each in documents(made) if each.piece is piece)
    # As the bounded process receives it: JSON, nothing else.
    said, content = merge(json.loads(json.dumps(sending(document))), template)
    return json.loads(plain(json.dumps(said, ensure_ascii=False))), Package(content)


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace(NARROW, " ")


def titles(package: Package) -> list[tuple[str, str]]:
    """(style, text) of every heading, in order."""
    found = []
    for paragraph in package.document.iter(W + "p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(W + "val", "") if style is not None else ""
        if re.match(r"Heading|ClausierTitre", name):
            found.append((name, "".join(t.text or "" for t in paragraph.iter(W + "t"))))
    return found


def text(package: Package) -> str:
    return "".join(t.text or "" for t in package.document.iter(W + "t"))


def results(package: Package) -> dict[str, str]:
    """Instruction of each reference → what it shows."""
    found: dict[str, str] = {}
    for paragraph in package.document.iter(W + "p"):
        instruction, shown = "", ""
        for run in paragraph.iter(W + "r"):
            instruction = next((e.text or "" for e in run.iter(W + "instrText")), instruction).strip()
            mark = run.find(W + "fldChar")
            if mark is not None and mark.get(W + "fldCharType") == "end":
                found[instruction] = shown
                instruction, shown = "", ""
            elif instruction and run.find(W + "t") is not None:
                shown += run.findtext(W + "t") or ""
    return {name: shown for name, shown in found.items() if name.startswith("REF")}


@pytest.mark.parametrize("family", PURCHASES)
@pytest.mark.parametrize(
    "template", [templates.numbered(), templates.typed(), templates.letterhead()], ids=["auto", "typed", "letterhead"]
)
def test_every_piece_in_every_template_is_valid_and_accessible(family: str, template: bytes, tmp_path: Path) -> None:
    purchase, ccag = PURCHASES[family]
    made = job(of_family(family), purchase=purchase, ccag=ccag)
    for document in documents(made):
        _, content = merge(sending(document), template)
        assert (document.piece, faults(content)) == (document.piece, {})
        assert (document.piece, barriers(content)) == (document.piece, {})
    assert schema(content, tmp_path) == []


def test_their_header_and_logo_stay_and_untouched_parts_keep_their_bytes() -> None:
    template = templates.numbered()
    before, (_, after) = Package(template), merged(template)
    header = next(name for name in before.names if name.startswith("word/header"))
    picture = next(name for name in before.names if name.startswith("word/media/"))
    assert after.raw[header] == before.raw[header]
    assert after.raw[picture] == before.raw[picture]
    assert "Le présent marché est passé par la ville de Saint-Modèle" in text(after)
    assert docx.Document(io.BytesIO(template)).core_properties.title == "Modèle de CCAP"


def test_clauses_go_under_the_heading_of_the_same_title_and_go_on_with_its_numbers() -> None:
    said, package = merged(templates.numbered())
    found = titles(package)
    start = found.index(("Heading1", "PÉNALITÉS"))
    assert found[start + 1 : start + 4] == [
        ("Heading2", "Pénalités de retard"),
        ("Heading2", "Principes communs aux pénalités environnementales"),
        ("Heading2", "Part minimale de mobilier issu du réemploi"),
    ]
    assert {"title": "Pénalités", "where": "sous votre titre « PÉNALITÉS »"} in said["placements"]
    shown = results(package)
    assert shown["REF art_penalites_tableau \\r \\h"] == "2.6"
    assert shown["REF art_CEC_MOB_001_1_CCAP \\r \\h"] == "2.3"


def test_our_standard_texts_do_not_repeat_theirs() -> None:
    said, package = merged(templates.numbered())
    assert "Les obligations environnementales et sociales du marché s’étendent aux sous-traitants" not in text(package)
    assert any(
        "ces articles types ne sont pas ajoutés" in note and "Sous-traitance" not in note[:40] for note in said["notes"]
    )


def test_the_bookmark_takes_the_articles_that_have_no_heading() -> None:
    said, package = merged(templates.numbered(mark="clausier_ccap"))
    found = [title for _, title in titles(package)]
    assert found.index("Clause de réexamen") < found.index("Définitions") < found.index("Dérogations au CCAG")
    assert ("Heading2", "Définitions") in titles(package)
    assert "[clauses]" not in text(package)
    assert {"title": "Définitions", "where": "au signet « clausier_ccap »"} in said["placements"]


def test_the_bookmark_of_another_piece_is_not_ours() -> None:
    said, _ = merged(templates.numbered(mark="clausier_cctp"))
    assert {"title": "Définitions", "where": "à la fin du document"} in said["placements"]


def test_numbers_typed_by_hand_are_continued_and_told() -> None:
    said, package = merged(templates.typed())
    found = [title for _, title in titles(package)]
    assert found[2:5] == [
        "2.1 Retard",
        "2.2 Principes communs aux pénalités environnementales",
        "2.3 Part minimale de mobilier issu du réemploi",
    ]
    assert "Article 4 – Définitions" in found
    assert "au tableau de l’article\u00a02.6" in text(package).replace("du tableau", "au tableau")
    assert "Vos titres sont numérotés à la main : la numérotation est continuée de même." in said["notes"]


def test_a_typed_number_that_comes_twice_is_told() -> None:
    document = docx.Document(io.BytesIO(templates.typed()))
    last = next(p for p in document.paragraphs if p.text.startswith("Article 3"))
    last.text = "Article 2.2 – Dérogations au CCAG"
    said, _ = merged(templates.saved(document))
    assert any("Le numéro 2.2, tapé à la main, sert deux fois" in note for note in said["notes"])


def test_a_letterhead_takes_the_whole_piece_and_the_facts() -> None:
    said, package = merged(templates.letterhead(), Written.CCTP)
    found = [title for _, title in titles(package)]
    assert found[:2] == ["Objet", "Contexte et objectifs"]
    assert "Objet : Fourniture de mobilier scolaire" in text(package)
    assert text(package).endswith("Fait en un exemplaire.")
    assert "Votre modèle n’a aucun titre : tous les articles de la pièce y sont ajoutés." in said["notes"]


def test_the_manifest_and_the_content_controls_travel_with_the_file() -> None:
    _, package = merged(templates.numbered())
    part = next(
        name
        for name in package.names
        if re.fullmatch(r"customXml/item\d+\.xml", name) and "clausier" in package.raw[name].decode()
    )
    assert {entry.get("id") for entry in package.xml[part]} >= {"CEC-MOB-001", "CEC-MOB-005"}
    assert "CEC-MOB-001@1" in [e.get(W + "val") for e in package.document.iter(W + "tag")]
    assert "CEC-MOB-001@1#1 CCAP" in package.raw["docProps/custom.xml"].decode()


def test_a_template_in_english_is_told_to_speak_french() -> None:
    said, package = merged(templates.letterhead())
    assert any("ne déclarait pas le français" in note for note in said["notes"])
    assert package.xml["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(W + "val") == "fr-FR"  # type: ignore[union-attr]


def test_nothing_of_a_template_is_evaluated() -> None:
    document = docx.Document(io.BytesIO(templates.letterhead()))
    document.add_paragraph("{{ 7 * 7 }} {% for x in range(9) %}x{% endfor %} ${7*7}")
    _, package = merged(templates.saved(document))
    assert "{{ 7 * 7 }} {% for x in range(9) %}x{% endfor %} ${7*7}" in text(package)


def test_the_same_template_and_the_same_request_give_the_same_bytes() -> None:
    template = templates.numbered()
    document = documents(job([chosen(records()["CEC-MOB-001"])]))[1]
    assert merge(sending(document), template) == merge(sending(document), template)


def test_a_dotx_comes_back_as_a_document() -> None:
    template = templates.letterhead()
    package = Package(template)
    kinds = package.raw["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    parts = {**package.raw, "[Content_Types].xml": kinds}
    _, after = merged(templates.zipped(parts))
    assert b"document.main+xml" in after.raw["[Content_Types].xml"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04rien", templates.zipped({"a.txt": b"a"})])
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        merge(sending(documents(job())[0]), content)


def test_a_template_without_styles_is_refused() -> None:
    package = Package(templates.letterhead())
    relations = etree.fromstring(package.raw["word/_rels/document.xml.rels"])
    for link in list(relations):
        if link.get("Type", "").endswith("/styles"):
            relations.remove(link)
    parts = {**package.raw, "word/_rels/document.xml.rels": etree.tostring(relations)}
    with pytest.raises(Refused):
        merge(sending(documents(job())[0]), templates.zipped(parts))


def test_every_piece_of_text_can_be_sent() -> None:
    assert [sending(document)["piece"] for document in documents(job())] == [piece.value for piece in TEXTS]
