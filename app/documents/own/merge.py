"""Puts a piece into a buyer's template. Entry point of the bounded process; what it does is told in sentences."""

from typing import Any, Final

from lxml import etree

from app.documents.own.dressing import Dresser, text_width
from app.documents.own.kept import keep_manifest, name_document
from app.documents.own.numbers import Numbers
from app.documents.own.opened import Opened, W
from app.documents.own.places import bookmarks, headings, paragraph_at
from app.documents.own.plan import Plan, planned
from app.documents.own.references import are_typed, continue_typed, count_tables, resolve
from app.documents.own.styles import Styles
from app.documents.template.styles import W as NAMESPACE
from app.documents.xml import escape
from app.text.typography import french

_NAMED: Final = 6
"""Titles named in a sentence; the others are counted."""


def merge(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """For `bounded.run`: `asked` comes from `sending`; the answer says where each article went."""
    opened = Opened(content)
    body = opened.document.find(W + "body")
    if body is None:
        body = etree.SubElement(opened.document, W + "body")
    styles = Styles(opened.styles)
    numbers = Numbers(opened, styles)
    known = headings(body, styles)
    typed = are_typed(known, numbers.all(body))
    notes = _state(opened, body)
    _facts(body, asked["facts"])
    plan = planned(asked, body, known)
    dresser = Dresser(body, styles, numbers, known)
    _insert(plan, body, dresser, asked["width"])
    if typed:
        notes += continue_typed(body, styles, dresser)
    lost = resolve(body, dresser, numbers, typed=typed, styles=styles)
    count_tables(body)
    if not typed:
        notes += _unnumbered(body, dresser, numbers)
    if not styles.language().casefold().startswith("fr"):
        styles.speak_french()
        notes.append("Votre modèle ne déclarait pas le français : il l’est maintenant, pour les lecteurs d’écran.")
    keep_manifest(opened, asked)
    name_document(opened, asked["title"])
    notes += _told(plan, dresser, lost, known=bool(known), typed=typed)
    placements = [{"title": unit.title, "where": french(unit.where)} for unit in plan.units if unit.xml]
    return {"placements": placements, "notes": [french(note) for note in notes]}, opened.written()


def _insert(plan: Plan, body: etree._Element, dresser: Dresser, own: int) -> None:
    prepared = [
        (unit, dresser.dress(dresser.parse(unit.xml), unit.shift, text_width(body, unit.after), own))
        for unit in plan.units
    ]
    for unit, _ in prepared:
        if unit.heading is not None:
            dresser.mark(unit.heading.paragraph, unit.anchor)
    # Backwards: what follows the same element keeps its order.
    for unit, elements in reversed(prepared):
        for element in reversed(elements):
            unit.after.addnext(element)
    for unit, elements in prepared:
        parent = unit.after.getparent()
        if unit.replaces and elements and parent is not None:
            parent.remove(unit.after)


def _unnumbered(body: etree._Element, dresser: Dresser, numbers: Numbers) -> list[str]:
    printed = numbers.all(body)
    bare = sorted({each.level for each in dresser.inserted if not printed.get(each.paragraph)})
    if not bare or not any(each.paragraph in printed for each in dresser.known):
        return []
    levels = " et ".join(map(str, bare))
    return [f"Votre modèle ne numérote pas ses titres de niveau {levels} : les renvois y citent le titre."]


def _facts(body: etree._Element, facts: dict[str, str]) -> None:
    """Writes a fact of the consultation at its bookmark, in the place of what the bookmark holds."""
    for name, start in bookmarks(body).items():
        paragraph = paragraph_at(start)
        if name not in facts or not facts[name].strip() or paragraph is None or start.getparent() is not paragraph:
            continue
        look = None
        for sibling in list(start.itersiblings()):
            if sibling.tag == W + "bookmarkEnd":
                break
            if sibling.tag == W + "r":
                look = look if look is not None else sibling.find(W + "rPr")
                paragraph.remove(sibling)
        made = etree.fromstring(
            f'<w:r xmlns:w="{NAMESPACE}"><w:t xml:space="preserve">{escape(facts[name])}</w:t></w:r>'
        )
        if look is not None:
            made.insert(0, look)
        start.addnext(made)


def _state(opened: Opened, body: etree._Element) -> list[str]:
    """What the buyer should know of their template before anything."""
    notes = []
    settings = opened.tree("settings")
    if settings is not None and settings.find(W + "documentProtection") is not None:
        notes.append("Votre modèle est protégé en écriture : levez la protection pour compléter la pièce.")
    if next(body.iter(W + "ins", W + "del"), None) is not None:
        notes.append("Votre modèle porte des modifications suivies : acceptez-les ou refusez-les avant de publier.")
    return notes


def _told(plan: Plan, dresser: Dresser, lost: int, *, known: bool, typed: bool) -> list[str]:
    notes = []
    if not known:
        notes.append("Votre modèle n’a aucun titre : tous les articles de la pièce y sont ajoutés.")
    if plan.unplaced:
        place, titles = "à la fin" if plan.at_the_end else "au signet", _list(plan.unplaced)
        notes.append(f"Sans titre du même nom dans votre modèle, ces articles sont placés {place} : {titles}.")
    if plan.left_out:
        titles = _list(plan.left_out)
        notes.append(f"Votre modèle garde ses textes ; ces articles types ne sont pas ajoutés : {titles}.")
    if typed:
        notes.append("Vos titres sont numérotés à la main : la numérotation est continuée de même.")
    if dresser.deep:
        levels = ", ".join(map(str, sorted(dresser.deep)))
        notes.append(f"Votre modèle n’a pas de style de titre de niveau {levels} : un style sobre a été ajouté.")
    if lost:
        notes.append("Des renvois visent un article type que votre modèle n’a pas : ils le citent par son titre.")
    return notes


def _list(titles: list[str]) -> str:
    shown = ", ".join(f"« {title} »" for title in titles[:_NAMED])
    more = len(titles) - _NAMED
    return f"{shown} et {more} autre{'s' if more > 1 else ''}" if more > 0 else shown
