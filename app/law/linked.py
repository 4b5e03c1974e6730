"""Texts of law as schema.org Legislation."""

from collections.abc import Iterable
from typing import Any

from app.law.facts import LawText
from app.law.vocabulary import CONFIDENCE_LABELS

Node = dict[str, Any]


def legislation(text: LawText, base: str) -> Node:
    node: Node = {
        "@id": f"{base}/api/v1/texts#{text.id}",
        "@type": "Legislation",
        "identifier": text.id,
        "legislationIdentifier": text.article,
        "name": text.title,
        "abstract": text.says,
        "inLanguage": "fr",
        "legislationJurisdiction": "FR",
        "skos:editorialNote": f"Confiance : {CONFIDENCE_LABELS[text.confidence]}.",
    }
    if text.in_force_from:
        node["legislationDateOfApplicability"] = text.in_force_from.isoformat()
    if text.in_force_to:
        node["expires"] = text.in_force_to.isoformat()
    return node


def legislation_list(texts: Iterable[LawText], base: str) -> Node:
    return {
        "@id": f"{base}/api/v1/texts",
        "@type": "ItemList",
        "name": "Textes de droit que les clauses citent",
        "inLanguage": "fr",
        "itemListElement": [legislation(text, base) for text in texts],
    }
