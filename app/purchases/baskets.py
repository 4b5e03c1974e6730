"""The basket of a request as the rules see it."""

from collections.abc import Sequence
from datetime import date

from fastapi import Request

from app.documents import queries as documents
from app.documents.schemas import BasketItemIn, LotIn
from app.law.rules import BasketClause, Law
from app.purchases.checking import basket_clauses
from app.web.problems import FieldError, Invalid


async def basket_of(  # noqa: PLR0913, PLR0917 (a basket, the law and whose words)
    request: Request,
    items: Sequence[BasketItemIn],
    lots: Sequence[LotIn] = (),
    law: Law | None = None,
    launch: date | None = None,
    organisation: int | None = None,
) -> list[BasketClause]:
    """The levels are those of the day of the launch, when it is given.

    Values are checked by `/documents`: here only a clause that does not exist is refused.
    """
    chosen = await documents.selection(
        request.app.state.sessions, items, [lot.as_lot for lot in lots], organisation=organisation
    )
    unknown = [refusal for refusal in chosen.refusals if refusal.pointer.endswith("/clause_id")]
    if unknown:
        raise Invalid(
            "Une clause de la sélection n’existe pas.",
            [FieldError(pointer=refusal.pointer, detail=refusal.detail) for refusal in unknown],
        )
    return [each for clause in chosen.clauses for each in basket_clauses(clause, law, launch)]
