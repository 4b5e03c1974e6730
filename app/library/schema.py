"""`clauses/schema/clause.json`: the front matter of a clause file, for editors that complete and check YAML."""

import json
from pathlib import Path
from typing import Any

from app.library.record import ClauseRecord


def clause_schema() -> dict[str, Any]:
    """The JSON schema of the front matter: the record without the wordings, which stand in the body."""
    schema = ClauseRecord.model_json_schema()
    del schema["properties"]["wordings"]
    schema["required"].remove("wordings")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Généré par « python -m app schema » depuis app/library/record.py : ne pas modifier à la main.",
        **schema,
    }


def rendered() -> str:
    return json.dumps(clause_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def write_schema(root: Path) -> Path:
    """Writes the schema below `root` (the `clauses` folder) and says where."""
    path = root / "schema" / "clause.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rendered(), encoding="utf-8")
    return path
