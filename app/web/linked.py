"""JSON-LD: the context that our data shares, and how it stands inside a page."""

import json
from collections.abc import Mapping
from typing import Any, Final

Node = dict[str, Any]
CONTEXT: Final = {
    "@vocab": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
"""Written out rather than fetched: whoever reads the data needs no other server."""
LICENCE_URL: Final = "https://spdx.org/licenses/etalab-2.0"


def document(data: Mapping[str, Any]) -> bytes:
    return json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False, separators=(",", ":")).encode()


def embedded(data: Mapping[str, Any]) -> str:
    """The data as a block of a page's head. It is not a script, so the content security policy lets it stand."""
    text = document(data).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
