"""The library readable without JavaScript: the list and a clause as plain, safe HTML."""

from collections.abc import Iterable, Sequence
from html import escape

from app.law.vocabulary import KIND_LABELS, LEVELS, PIECE_LABELS, STATUS_LABELS, Status
from app.library import linked
from app.library.answers import terms_of
from app.library.html import term_link, wording_html
from app.library.published import PublishedClause
from app.library.shelf import Shelf
from app.library.vocabularies import Term
from app.web.linked import embedded
from app.web.negotiation import JSON, JSON_LD, MARKDOWN
from app.web.spa import RenderedPage

_STAGES = {"candidature": "avec la candidature", "offre": "avec l’offre", "execution": "en cours d’exécution"} | {
    "fin": "à la fin du marché"
}


def _day(value: object) -> str:
    return "/".join(reversed(str(value).split("-")))


def clause_page(clause: PublishedClause, shelf: Shelf, base: str) -> RenderedPage:
    """The page `/clauses/{id}`."""
    record = clause.record
    head = f'<link rel="canonical" href="{escape(base)}/clauses/{record.id}">' + "".join(
        f'<link rel="alternate" type="{kind}" href="/api/v1/clauses/{record.id}">' for kind in (JSON, MARKDOWN, JSON_LD)
    )
    head += embedded(linked.clause(clause, shelf, base))
    return RenderedPage(f"{record.title} ({record.id})", record.summary, _clause_body(clause, shelf), head=head)


def _clause_body(clause: PublishedClause, shelf: Shelf) -> str:
    record = clause.record
    kind = f"{KIND_LABELS[record.kind]} – niveau {LEVELS[record.level]}"
    dates = f"le {_day(record.legal_check)}, prochaine relecture avant le {_day(record.next_review)}"
    parts = [
        '<main id="contenu"><p><a href="/clauses">Bibliothèque</a></p>',
        f"<h1>{escape(record.title)}</h1>",
        _warning(clause),
        f"<p>{record.id}, version {clause.version} – {kind} – {_family(record.family, shelf)}</p>",
        f"<p>{escape(record.summary)}</p>",
    ]
    terms = terms_of(record, shelf)
    for piece, text in record.wordings.items():
        parts.append(f"<section><h2>{PIECE_LABELS[piece]}</h2>{wording_html(text, record.variables, terms)}</section>")
    parts += [
        f"<h2>Pourquoi</h2><p>{escape(record.why)}</p>",
        _listed("Points de vigilance", record.watch_points),
        _listed("Quand ne pas l’utiliser", record.not_when),
        _listed(
            "Preuves", (f"{e.what} ({_STAGES[e.stage]}). Accepté aussi : {e.equivalents}" for e in record.evidence)
        ),
        _texts(clause, shelf),
        _defined(terms),
        f"<p>Vérification juridique {dates}. Texte sous Licence Ouverte 2.0.</p></main>",
    ]
    return "".join(parts)


def _family(code: str, shelf: Shelf) -> str:
    family = shelf.words.families.get(code)
    label = escape(family.label if family else code)
    return f'<a href="/familles/{code}">{label}</a>' if code in shelf.words.pages else label


def _warning(clause: PublishedClause) -> str:
    if clause.status is Status.ACTIVE and clause.record.gain.degree == "none":
        return f"<p><strong>Cette clause ne fait que rappeler la loi.</strong> {escape(clause.record.gain.reason)}</p>"
    if clause.status is Status.ACTIVE:
        return ""
    return f"<p><strong>Clause {STATUS_LABELS[clause.status]} : ne l’utilisez pas dans un nouveau marché.</strong></p>"


def _listed(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""


def _defined(terms: Sequence[Term]) -> str:
    items = "".join(f"<li>{term_link(term, escape(term.term))} : {escape(term.definition)}</li>" for term in terms)
    return f"<h2>Définitions</h2><ul>{items}</ul>" if items else ""


def _texts(clause: PublishedClause, shelf: Shelf) -> str:
    texts = [shelf.words.texts[b.text] for b in clause.record.legal if b.text in shelf.words.texts]
    return _listed("Textes", (f"{text.article} : {text.title}" for text in texts))


def clause_document(clause: PublishedClause, shelf: Shelf, base: str) -> bytes:
    """The clause alone as an HTML document, for `Accept: text/html` on the API."""
    page = clause_page(clause, shelf, base)
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(page.title)}</title>'
        f"{page.head}</head><body>{page.body}</body></html>"
    ).encode()


def missing_page(ident: str) -> RenderedPage:
    body = (
        f'<main id="contenu"><h1>Clause introuvable</h1><p>Aucune clause ne porte l’identifiant {escape(ident)}.</p>'
        '<p><a href="/clauses">Voir toute la bibliothèque</a></p></main>'
    )
    return RenderedPage("Clause introuvable", "Cette clause n’existe pas.", body, status=404)
