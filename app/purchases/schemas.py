"""What the purchases room reads over HTTP; it answers with the report of the law room."""

from app.documents.schemas import Items, Justifications, Lots
from app.law.schemas import PurchaseIn, Strict


class CheckIn(Strict):
    purchase: PurchaseIn
    items: Items
    lots: Lots
    justifications: Justifications
    """What the buyer wrote to justify a gap, by rule, duty code or modality id."""
