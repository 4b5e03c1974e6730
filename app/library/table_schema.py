"""The columns of `clauses.csv` as a Frictionless Table Schema, and the data package that holds the files."""

from hashlib import sha256
from typing import Any, Final

from app.law.vocabulary import KIND_LABELS, LEVELS, STATUS_LABELS
from app.web.linked import LICENCE_URL


def _field(name: str, title: str, kind: str = "string", **constraints: Any) -> dict[str, Any]:  # noqa: ANN401
    field: dict[str, Any] = {"name": name, "title": title, "type": kind}
    return field | ({"constraints": constraints} if constraints else {})


FIELDS: Final = (
    _field("id", "Identifiant permanent", required=True, unique=True, pattern=r"CEC-[A-Z]{3}-\d{3}"),
    _field("version", "Numéro de version", "integer", required=True, minimum=1),
    _field("titre", "Titre", required=True),
    _field("titre_simple", "Titre en mots simples", required=True),
    _field("resume", "Résumé", required=True),
    _field("type", "Type de clause", required=True, enum=[str(kind) for kind in KIND_LABELS]),
    _field("niveau", "Niveau : 1 socle, 2 avancé, 3 pionnier", "integer", required=True, enum=list(LEVELS)),
    _field("statut", "Statut", required=True, enum=[str(status) for status in STATUS_LABELS]),
    _field("familles", "Familles d’achat, séparées par une espace", required=True),
    _field("leviers", "Leviers, séparés par une espace"),
    _field("natures", "Natures de marché, séparées par une espace"),
    _field("pieces", "Pièces du dossier, séparées par une espace", required=True),
    _field("cpv", "Branches CPV, sans clé de contrôle ; vide : tout code"),
    _field("obligations", "Codes des obligations servies"),
    _field("engagements", "Engagements de la charte servis"),
    _field("exigence", "Clé de l’exigence : une même exigence ne s’impose pas deux fois", required=True),
    _field("gain", "Gain sur la loi", required=True, enum=["none", "small", "real"]),
    _field("disponibilite", "Offre du marché", required=True, enum=["common", "limited", "rare"]),
    _field("verifie_le", "Dernière vérification juridique", "date", required=True),
    _field("a_relire_le", "Prochaine relecture", "date", required=True),
    _field("empreinte", "SHA-256 du fichier de la clause", required=True, pattern=r"[0-9a-f]{64}"),
    _field("licence", "Licence du texte", required=True),
)
TABLE_SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
    "name": "clauses",
    "title": "Clauses d’économie circulaire",
    "fields": list(FIELDS),
    "primaryKey": "id",
    "missingValues": [""],
}


def data_package(files: dict[str, bytes], base: str, generation: int) -> dict[str, Any]:
    """The files with their sizes and checksums, as a Frictionless Data Package."""
    return {
        "profile": "data-package",
        "name": "clausier-clauses",
        "title": "Bibliothèque de clauses d’économie circulaire",
        "version": str(generation),
        "homepage": f"{base}/clauses",
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0", "path": LICENCE_URL}],
        "resources": [_resource(name, content, base) for name, content in files.items()],
    }


def _resource(name: str, content: bytes, base: str) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": name.replace(".", "-"),
        "path": f"{base}/api/v1/{name}",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "encoding": "utf-8",
    }
    if name.endswith(".csv"):
        return resource | {
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "dialect": {"delimiter": ";", "lineTerminator": "\r\n"},
            "schema": TABLE_SCHEMA,
        }
    return resource | {"format": "jsonl", "mediatype": "application/jsonl"}


def checksums(files: dict[str, bytes]) -> bytes:
    """What `sha256sum --check` reads."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
