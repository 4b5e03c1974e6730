"""The library's list without JavaScript: results, facets as links, pages, and the ways out when nothing is found."""

from html import escape
from typing import Final
from urllib.parse import urlencode

from app.law.vocabulary import KIND_LABELS, LEVELS
from app.library.facets import NAMES
from app.library.published import PublishedClause
from app.library.search import Request, Result
from app.library.shelf import Shelf
from app.library.understood import families_guessed, levers_guessed, way_out
from app.web.spa import RenderedPage

TITLES: Final = {
    "family": "Famille d’achat",
    "lever": "Levier",
    "kind": "Type de clause",
    "piece": "Pièce du marché",
    "level": "Niveau d’ambition",
    "duty": "Obligation liée",
}
_NAMED: Final = (
    TITLES | {"q": "les mots cherchés", "cpv": "le code CPV", "commitment": "l’engagement"} | {"status": "l’état"}
)
_SORTS: Final = {"relevance": "Pertinence", "recent": "Relues récemment", "title": "Titre"}
NEXT: Final = ' rel="next"'
Pairs = list[tuple[str, str]]


def library_page(request: Request, result: Result, shelf: Shelf) -> RenderedPage:
    """The page `/clauses`, for the query in its address."""
    body = (
        '<main id="contenu"><h1>Bibliothèque de clauses</h1>'
        '<p><a href="/familles">Les familles d’achat, page par page</a> – <a href="/glossaire">Glossaire</a></p>'
        f"{_form(request)}{_read(request, result, shelf)}"
        f"<p>{_count(result.total)}</p>{_results(request, result, shelf)}{_facets(request, result)}</main>"
    )
    description = f"{len(shelf.active)} clauses d’économie circulaire relues, à copier dans vos marchés publics."
    head = '<link rel="alternate" type="application/atom+xml" title="Clauses" href="/api/v1/clauses.atom">'
    return RenderedPage("Bibliothèque de clauses", description, body, head=head)


def _count(total: int) -> str:
    return f"{total} clause{'s' if total > 1 else ''}"


def _pairs(request: Request, *, without: str = "") -> Pairs:
    """The request as parameters of the address; a link always starts again at the first page."""
    pairs: Pairs = [("q", request.q), ("cpv", request.cpv), ("sort", request.sort or "")]
    pairs += [(name, value) for name, values in request.filters.items() for value in values]
    return [(name, value) for name, value in pairs if value and name != without]


def _link(pairs: Pairs, text: str, *, attributes: str = "") -> str:
    address = f"/clauses?{escape(urlencode(pairs))}" if pairs else "/clauses"
    return f'<a href="{address}"{attributes}>{escape(text)}</a>'


def _form(request: Request) -> str:
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in _pairs(request, without="q")
    )
    return (
        '<form action="/clauses" role="search"><label>Chercher une clause '
        f'<input type="search" name="q" value="{escape(request.q)}"></label> {kept}<button>Chercher</button></form>'
    )


def _read(request: Request, result: Result, shelf: Shelf) -> str:
    """What was understood, and the spelling that was looked for."""
    parts = []
    if result.corrected:
        parts.append(f"<p>Recherche faite avec l’orthographe « {escape(result.corrected)} ».</p>")
    guessed = [guess.label for guess in (*families_guessed(result.query, shelf), *levers_guessed(result.query, shelf))]
    if request.q.strip() and guessed:
        parts.append(f"<p>Compris : {escape(', '.join(guessed))}.</p>")
    return "".join(parts)


def _results(request: Request, result: Result, shelf: Shelf) -> str:
    if not result.total:
        return _nothing(request, result, shelf)
    rows = "".join(_row(clause) for clause, _ in result.hits)
    more = ""
    if result.next:
        following = [*_pairs(request), ("cursor", result.next)]
        more = f"<p>{_link(following, 'Page suivante', attributes=NEXT)}</p>"
    sorts = ", ".join(
        f"<b>{label}</b>" if sort == request.sort else _link([*_pairs(request, without="sort"), ("sort", sort)], label)
        for sort, label in _SORTS.items()
    )
    return f"<p>Trier par : {sorts}</p><ol>{rows}</ol>{more}"


def _row(clause: PublishedClause) -> str:
    record = clause.record
    return (
        f'<li><a href="/clauses/{record.id}">{escape(record.title)}</a> '
        f"<span>{KIND_LABELS[record.kind]}, niveau {LEVELS[record.level]}</span><p>{escape(record.summary)}</p></li>"
    )


def _nothing(request: Request, result: Result, shelf: Shelf) -> str:
    out = way_out(request, result.query, shelf)
    removals = "".join(
        f"<li>{_link(_pairs(request, without=r.parameter), f'Sans {_NAMED[r.parameter].lower()}')} ({r.count})</li>"
        for r in out.removals
    )
    families = "".join(f"<li>{_link([('family', str(f.code))], f.label)} ({f.count})</li>" for f in out.families)
    unknown = ", ".join(f"« {word} »" for word in result.query.unknown[:5])
    return (
        "<h2>Aucune clause ne correspond</h2>"
        + (f"<p>Mots que la bibliothèque ne connaît pas : {escape(unknown)}.</p>" if unknown else "")
        + (f"<p>Élargir la recherche :</p><ul>{removals}</ul>" if removals else "")
        + f"<p>Familles d’achat les plus proches :</p><ul>{families}</ul>"
        + '<p><a href="/assistant">Décrire mon achat</a> ou <a href="/aide">demander une clause</a>.</p>'
    )


def _facets(request: Request, result: Result) -> str:
    return "".join(_facet(name, request, result) for name in NAMES)


def _facet(name: str, request: Request, result: Result) -> str:
    """A chosen value is a link that takes it away; another one is a link that adds it."""
    chosen = set(request.filters.get(name, ()))
    rows = []
    for value in result.facets[name]:
        code, label = str(value["code"]), str(value["label"])
        label = label[:1].upper() + label[1:]
        if code in chosen:
            kept = [pair for pair in _pairs(request) if pair != (name, code)]
            rows.append(f"<li><b>{escape(label)}</b> ({value['count']}) {_link(kept, 'Retirer ce filtre')}</li>")
        elif value["count"]:
            rows.append(f"<li>{_link([*_pairs(request), (name, code)], label)} ({value['count']})</li>")
    return f"<h2>{TITLES[name]}</h2><ul>{''.join(rows)}</ul>" if rows else ""
