"""The training modules readable without JavaScript, as plain, safe HTML."""

from html import escape
from typing import Final

from starlette.requests import Request

from app.library.html import wording_html
from app.library.queries import LibraryNotReady, shelf
from app.network.reading import cards, whole_module
from app.network.schemas_training import ModuleOut
from app.web.spa import RenderedPage, Renderer

_UNSURE: Final = {"to_check": " (à vérifier)", "unknown": " (à compléter d’après le texte officiel)"}


async def _list(request: Request) -> RenderedPage:
    found = cards(request.app.state.settings.clauses).items
    rows = "".join(
        f'<li><a href="/formation/{card.code}">{escape(card.title)}</a> ({card.minutes} min). '
        f"{escape(card.summary)}</li>"
        for card in found
    )
    lead = "<h1>Se former</h1><p>Des modules courts, avec exercices et questions.</p>"
    body = f'<main id="contenu">{lead}<ol>{rows}</ol></main>'
    return RenderedPage("Se former", f"{len(found)} modules pour acheter circulaire.", body)


async def _module(request: Request) -> RenderedPage | None:
    try:
        found = whole_module(request.url.path.rsplit("/", 1)[-1], request.app.state.settings.clauses, shelf())
    except LibraryNotReady:
        return None
    if found is None:
        return RenderedPage("Module introuvable", "", "<main><h1>Module introuvable</h1></main>", status=404)
    return RenderedPage(found.title, found.summary, f'<main id="contenu">{_lesson(found)}</main>')


def _lesson(module: ModuleOut) -> str:
    texts = "".join(
        f"<li>{escape(text.title)}, {escape(text.article)}{_UNSURE.get(text.confidence, '')}</li>"
        for text in module.texts
    )
    clauses = "".join(f'<li><a href="/clauses/{c.id}">{escape(c.title)}</a></li>' for c in module.clauses)
    exercises = "".join(
        f"<h3>{escape(e.title)}</h3><p>{escape(e.case)}</p><p>{escape(e.question)}</p>"
        f"<details><summary>Réponse</summary><p>{escape(e.answer)}</p></details>"
        for e in module.exercises
    )
    quiz = "".join(
        f"<h3>{escape(q.question)}</h3><ul>{''.join(f'<li>{escape(choice)}</li>' for choice in q.choices)}</ul>"
        f"<details><summary>Réponse</summary><p>{escape(q.choices[q.right])}. {escape(q.why)}</p></details>"
        for q in module.quiz
    )
    sections = "".join(f"<h2>{escape(s.title)}</h2>{wording_html(s.text, {})}" for s in module.sections)
    return (
        f'<p><a href="/formation">Se former</a></p><h1>{escape(module.title)}</h1><p>{escape(module.summary)}</p>'
        f"{sections}<h2>Exercices</h2>{exercises}<h2>Questions</h2>{quiz}<h2>Les textes</h2><ul>{texts}</ul>"
        f"<h2>Les clauses pour s’exercer</h2><ul>{clauses}</ul>"
    )


def pages() -> list[tuple[str, Renderer]]:
    return [(r"/formation", _list), (r"/formation/[a-z0-9-]{1,41}", _module)]
