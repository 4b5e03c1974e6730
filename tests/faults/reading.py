"""What is read and computed without the database: the library, the law, the charter, the Assistant's questions."""

from collections.abc import Mapping
from typing import Any, Final

import httpx

PURCHASE: Final = {
    "object": "Mobilier scolaire",
    "cpv": ["39160000"],
    "nature": "supplies",
    "estimated_value": 120000,
    "launch_date": "2026-12-01",
    "buyer": {"kind": "local_authority"},
}
_ITEMS: Final = [{"clause_id": "CEC-MOB-001", "values": {"part_reemploi": 35}}]
PAGES: Final = (
    "/",
    "/clauses",
    "/clauses?q=chaises",
    "/clauses/CEC-MOB-001",
    "/familles",
    "/obligations",
    "/charte",
    "/glossaire",
    "/assistant",
    "/formation",
)
READS: Final = (
    "/api/v1/clauses",
    "/api/v1/clauses?q=chaises+reconditionnees",
    "/api/v1/clauses/CEC-MOB-001",
    "/api/v1/vocabulary",
    "/api/v1/duties",
    "/api/v1/charter",
    "/api/v1/cpv?q=mobilier",
    "/api/v1/suggestions?q=mobil",
    "/api/v1/clauses.csv",
    "/api/v1/openapi.json",
)
COMPUTED: Final[Mapping[str, dict[str, Any]]] = {
    "/api/v1/duties/assess": {"purchase": PURCHASE},
    "/api/v1/recommendations": {"purchase": PURCHASE},
    "/api/v1/check": {"purchase": PURCHASE, "items": _ITEMS},
    "/api/v1/documents": {"purchase": PURCHASE, "items": _ITEMS, "pieces": ["CCTP"]},
}


async def asked_all(client: httpx.AsyncClient) -> dict[str, int]:
    """Every address → its status."""
    found = {}
    for path in PAGES:
        found[path] = (await client.get(path, headers={"accept": "text/html"})).status_code
    for path in READS:
        found[path] = (await client.get(path)).status_code
    for path, body in COMPUTED.items():
        found[f"POST {path}"] = (await client.post(path, json=body)).status_code
    return found
