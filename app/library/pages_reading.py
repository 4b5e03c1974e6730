"""The families and the glossary readable without JavaScript, as plain, safe HTML."""

from collections.abc import Iterable
from html import escape
from typing import Final

from app.law.vocabulary import KIND_LABELS, LEVELS
from app.library.reading import family_cards
from app.library.schemas import ClauseRef
from app.library.schemas_reading import FamilyPageOut, GlossaryOut, TermOut
from app.library.shelf import Shelf
from app.web.spa import RenderedPage

_UNSURE: Final = {"to_check": " À vérifier dans le texte officiel.", "unknown": " Source non retrouvée."}


def _items(lines: Iterable[str], tag: str = "ul") -> str:
    """A list of lines that are already safe."""
    return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"


def _clause(clause: ClauseRef) -> str:
    return f'<a href="/clauses/{clause.id}">{escape(clause.title)}</a>'


def families_page(shelf: Shelf) -> RenderedPage:
    cards = family_cards(shelf).items
    rows = _items(
        f'<a href="/familles/{card.code}">{escape(card.label)}</a> ({card.clauses} clauses). {escape(card.headline)}'
        for card in cards
    )
    body = (
        f'<main id="contenu"><h1>Familles d’achat</h1><p>Avant de choisir une clause : ce qui compte.</p>{rows}</main>'
    )
    return RenderedPage("Familles d’achat", f"{len(cards)} familles d’achat : ce qui compte avant d’écrire.", body)


def family_page(family: FamilyPageOut) -> RenderedPage:
    parts = [
        '<main id="contenu"><p><a href="/familles">Familles d’achat</a></p>',
        f"<h1>{escape(family.label)}</h1><p>{escape(family.headline)}</p>",
        f"<h2>Ce qui compte</h2>{_items(map(escape, family.what_matters))}",
        "<h2>Par quelles clauses commencer</h2>",
        _items(f"{_clause(row.clause)} : {escape(row.reason)}" for row in family.start_with),
        "<h2>Les obligations que vous rencontrerez</h2>",
        _items(f'<a href="/obligations#{d.code}">{escape(d.title)}</a>. {escape(d.note)}' for d in family.duties),
        f"<h2>Le marché</h2><p>{escape(family.market)}</p>",
        f"<h2>Questions pour le sourçage</h2>{_items(map(escape, family.questions_for_sourcing))}",
        "<h2>Ce qu’il ne faut pas demander</h2>",
        _items(
            f"<strong>{escape(row.what)}</strong>. {escape(row.why)} Demandez plutôt : {escape(row.instead)}"
            for row in family.not_to_ask
        ),
        "<h2>Trois erreurs fréquentes</h2>",
        *(f"<h3>{escape(m.title)}</h3><p>{escape(m.story)}</p><p>{escape(m.fix)}</p>" for m in family.mistakes),
        _scope(family),
        f"<h2>Toutes les clauses de la famille ({len(family.clauses)})</h2>",
        _items(f"{_clause(c)} ({KIND_LABELS[c.kind]}, niveau {LEVELS[c.level]})" for c in family.clauses),
        "</main>",
    ]
    return RenderedPage(f"{family.label} : l’essentiel", family.headline, "".join(parts))


def _scope(family: FamilyPageOut) -> str:
    branches = _items(f"{branch.prefix} : {escape(branch.label)}" for branch in family.cpv)
    categories = _items(f"{category.number} : {escape(category.label)}" for category in family.agec)
    cpv = f"<h2>Codes CPV</h2>{branches}" if family.cpv else ""
    agec = f"<h2>Catégories du décret n° 2024-134</h2>{categories}" if family.agec else ""
    return f"{cpv}{agec}<p>Correspondance indicative, à confirmer dans les textes.</p>" if cpv or agec else ""


def missing_family(code: str) -> RenderedPage:
    body = (
        f'<main id="contenu"><h1>Famille introuvable</h1><p>Aucune famille ne porte le code {escape(code)}.</p>'
        '<p><a href="/familles">Voir toutes les familles</a></p></main>'
    )
    return RenderedPage("Famille introuvable", "Cette famille n’existe pas.", body, status=404)


def glossary_page(glossary: GlossaryOut) -> RenderedPage:
    terms = "".join(map(_term, glossary.items))
    body = (
        '<main id="contenu"><h1>Glossaire</h1><p>Chaque terme est défini une fois ; les pièces du marché reprennent la '
        f"définition une seule fois.</p><dl>{terms}</dl></main>"
    )
    return RenderedPage("Glossaire", f"{len(glossary.items)} termes employés par les clauses, définis une fois.", body)


def _term(term: TermOut) -> str:
    used = f"<p>Employé par : {', '.join(map(_clause, term.clauses))}.</p>" if term.clauses else ""
    source = escape(term.source) + _UNSURE.get(term.confidence, "")
    said = f"<p>{escape(term.definition)}</p><p>Source : {source}</p>{used}"
    return f'<dt id="{term.id}">{escape(term.term)}</dt><dd>{said}</dd>'
