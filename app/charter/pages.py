"""The charter, its register and the dashboard readable without JavaScript, as plain, safe HTML."""

from html import escape
from typing import Any, Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request

from app.charter import queries
from app.charter.dashboard import dashboard
from app.charter.queries import Wanted
from app.charter.rules import KIND_LABELS
from app.charter.schemas_progress import DashboardPart
from app.law.catalogue import law_at
from app.law.facts import Charter, Commitment
from app.law.phrases import day
from app.law.routes import today_in_paris
from app.web.spa import RenderedPage, Renderer

_MOST: Final = 500
_LINKS: Final = (
    '<p><a href="/charte">Le texte</a> <a href="/charte/signataires">Les signataires</a> '
    '<a href="/tableau-de-bord">Le tableau de bord</a></p>'
)


def _main(title: str, lead: str, body: str) -> RenderedPage:
    text = f'<main id="contenu"><h1>{escape(title)}</h1><p>{escape(lead)}</p>{_LINKS}{body}</main>'
    return RenderedPage(title, lead, text)


def _commitment(commitment: Commitment) -> str:
    checked = "".join(f"<li>{escape(m.title)}. {escape(m.why)}</li>" for m in commitment.modalities)
    measured = " ; ".join(escape(f"{i.name} ({i.unit})" if i.unit else i.name) for i in commitment.indicators)
    return (
        f'<li id="{commitment.code}"><h3>{escape(commitment.title)}</h3><p>{escape(commitment.text)}</p>'
        f"<p>{escape(commitment.why)}</p><p>Mesuré par : {measured}.</p>{f'<ul>{checked}</ul>' if checked else ''}</li>"
    )


def charter_page(charter: Charter, version: int | None) -> RenderedPage:
    lead = "Des engagements pour l’économie circulaire dans les marchés publics, chacun vérifiable."
    told = f"<p>Version {version}.</p>" if version else ""
    items = "".join(map(_commitment, charter.commitments))
    rest = f"<h2>Gouvernance</h2><p>{escape(charter.governance)}</p><p>{escape(charter.source)}</p>"
    return _main(
        "La charte de l’achat circulaire", lead, f"<h2>{escape(charter.name)}</h2>{told}<ol>{items}</ol>{rest}"
    )


async def charter(request: Request) -> RenderedPage | None:
    found = law_at(request.app.state.settings.clauses).charter
    try:
        async with request.app.state.sessions() as session, session.begin():
            number = (await queries.current_version(session, found)).number
    except (OperationalError, PoolTimeout):
        number = None  # the text is in memory; only its number is in the database
    return charter_page(found, number)


async def signatories(request: Request) -> RenderedPage | None:
    async with request.app.state.sessions() as session:
        rows: Any = (await session.execute(queries.signatories(Wanted()).limit(_MOST))).all()
    lines = "".join(
        f"<tr><td>{escape(organisation.name)}</td><td>{escape(KIND_LABELS.get(organisation.kind, ''))}</td>"
        f"<td>{escape(organisation.department)}</td><td>{row.charter_version}</td>"
        f"<td>{day((row.decided_at or row.asked_at).date())}</td></tr>"
        for row, organisation in rows
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Organisme", "Type", "Département", "Version", "Depuis"))
    body = (
        f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
        if lines
        else "<p>Aucun pour l’instant.</p>"
    )
    body += '<p><a href="/api/v1/charter/signatories.csv">La liste en CSV</a></p>'
    return _main("Les signataires de la charte", "Les organismes publics qui ont signé la charte.", body)


def _part(part: DashboardPart) -> str:
    rows = "".join(
        f"<tr><td>{escape(row.label)}</td><td>{'non diffusé' if row.clauses is None else row.clauses}</td></tr>"
        for row in part.rows
    )
    head = '<thead><tr><th scope="col">Libellé</th><th scope="col">Clauses</th></tr></thead>'
    table = f"<table>{head}<tbody>{rows}</tbody></table>" if rows else ""
    return f"<h2>{escape(part.title)}</h2><p>{escape(part.summary)}</p>{table}"


async def board(request: Request) -> RenderedPage | None:
    since = today_in_paris().replace(year=today_in_paris().year - 1, month=1, day=1)
    async with request.app.state.sessions() as session:
        found = await dashboard(session, since)
    lead = "Les clauses que les organismes utilisent. Rien n’est diffusé sous cinq organismes."
    return _main("Tableau de bord", lead, "".join(map(_part, found.parts)))


def pages() -> list[tuple[str, Renderer]]:
    return [(r"/charte", charter), (r"/charte/signataires", signatories), (r"/tableau-de-bord", board)]
