"""A body that validation accepts for each route, made from the contract: what refuses is then never the form.

`sent(document, method, path)` gives the arguments of a request. A name that needs a real value has it in `_NAMED`.
"""

import json
from datetime import timedelta
from typing import Any, Final

from app.accounts.sessions import now
from tests.purchases.makers import draft, purchase_body

_SOON: Final = now() + timedelta(days=40)
_PDF: Final = ("piece.pdf", b"%PDF-1.7\n")
_NAMED: Final[dict[str, Any]] = {
    "clause": "CEC-MOB-001",
    "clause_id": "CEC-MOB-001",
    "siret": "99980001700013",
    "email": "quelqu-un@exemple.test",
    "token": "jeton-" + "x" * 40,
    "families": ["mobilier"],
    "scopes": ["lecture"],
    "query": "family=mobilier",
    "space": "biodechets",
    "purchase": purchase_body(),
    "draft": draft(),
    "roles": [],
    "year": 2026,
    "closes_hour": "18:00:00",
    "ends_at": (_SOON + timedelta(hours=2)).isoformat(),
    "passphrase": "quatre tortues lisent dehors",
    "done_on": str(now().date() - timedelta(days=1)),
    "criteria": [{"label": "Prix", "kind": "price", "weight": 100}],
}
FORMS: Final[dict[str, dict[str, Any]]] = {
    "file": {"files": {"file": _PDF}},
    "files": {"files": {"files": _PDF}},
    "template": {
        "data": {"dossier": json.dumps({"purchase": purchase_body(), "items": []})},
        "files": {"template": _PDF},
    },
}


def sent(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    operation = document["paths"].get(path, {}).get(method.lower(), {})
    asked = {one["name"]: one for one in operation.get("parameters", []) if one["in"] == "query" and one["required"]}
    found = _body(document, operation)
    return found | (
        {"params": {name: _value(document, name, one["schema"]) for name, one in asked.items()}} if asked else {}
    )


def _body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        return {"json": _value(document, "", content["application/json"]["schema"])}
    for kind, described in content.items():
        if kind != "multipart/form-data":
            return {"content": b"%PDF-1.7\n", "headers": {"content-type": kind}}
        fields = _resolved(document, described["schema"])["properties"]
        form = next(form for name, form in FORMS.items() if name in fields)
        given = form.get("data", {})
        data = given | {name: "1" for name in fields if name not in given and name not in form["files"]}
        return form | {"data": data}
    return {}


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _value(document: dict[str, Any], name: str, asked: dict[str, Any]) -> Any:
    schema = _resolved(document, asked)
    if name in _NAMED:
        return _NAMED[name]
    if "anyOf" in schema:
        return _value(document, name, schema["anyOf"][0])
    if schema.get("type") == "object":
        known = schema.get("properties", {})
        return {key: _value(document, key, known[key]) for key in schema.get("required", [])}
    if schema.get("type") == "array":
        return [_value(document, "", schema["items"]) for _ in range(schema.get("minItems", 0))]
    return schema["enum"][0] if "enum" in schema else _plain(schema)


def _plain(schema: dict[str, Any]) -> Any:
    kind = schema.get("format") or schema.get("type")
    plain: dict[Any, Any] = {"boolean": True, "date": str(_SOON.date()), "date-time": _SOON.isoformat()}
    if kind in {"integer", "number"}:
        return max(schema.get("minimum", 1), 1)
    text = "Un texte d’essai"[: schema.get("maxLength", 99)].ljust(schema.get("minLength", 0), "e")
    return plain.get(kind, text)
