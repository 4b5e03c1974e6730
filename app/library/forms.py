"""A clause in the form that its reader asks for: JSON, Markdown, HTML, DOCX or JSON-LD."""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.library import linked, queries
from app.library.answers import whole
from app.library.fast import keep
from app.library.pages import clause_document
from app.library.published import PublishedClause
from app.web.linked import document
from app.web.negotiation import DOCX, HTML, JSON, JSON_LD, MARKDOWN, media_type_of
from app.web.site import address_of

CLAUSE_FORMS: Final = (JSON, MARKDOWN, HTML, DOCX, JSON_LD)
OTHER_FORMS: Final = {
    MARKDOWN: {"schema": {"type": "string", "description": "Le fichier de la clause, octet pour octet"}},
    HTML: {"schema": {"type": "string"}},
    DOCX: {"schema": {"type": "string", "format": "binary"}},
    JSON_LD: {"schema": {"type": "object"}},
}
"""What a route adds to its `200`, beside its JSON model."""
DocxWriter = Callable[[PublishedClause], bytes]


async def negotiated(request: Request, clause: PublishedClause, session: AsyncSession) -> Response:
    shelf = queries.shelf()
    wanted = media_type_of(request.headers.get("accept", ""), CLAUSE_FORMS)
    if wanted == MARKDOWN:
        source = await queries.clause_source(session, clause.id, clause.version)
        return keep(request, source, "text/markdown; charset=utf-8")
    if wanted == HTML:
        page = clause_document(clause, shelf, address_of(request))
        return keep(request, page, "text/html; charset=utf-8")
    if wanted == DOCX:
        # The documents room stands above this one: `app.main` lends its writer.
        writer: DocxWriter = request.app.state.clause_docx
        name = f'attachment; filename="{clause.id}-v{clause.version}.docx"'
        return keep(request, writer(clause), DOCX, (("content-disposition", name),))
    if wanted == JSON_LD:
        return keep(request, document(linked.clause(clause, shelf, address_of(request))), JSON_LD)
    return keep(request, whole(clause, shelf))
