"""The open data of this site as a DCAT-AP catalogue (JSON-LD): data sets, their files, the API that serves them."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from app.web.linked import LICENCE_URL

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
_IANA: Final = "https://www.iana.org/assignments/media-types"
Node = dict[str, Any]


def _text(value: str) -> Node:
    return {"@value": value, "@language": "fr"}


def _ref(address: str) -> Node:
    return {"@id": address}


def _day(moment: datetime) -> Node:
    return {"@value": moment.isoformat(), "@type": "xsd:dateTime"}


def _file(base: str, path: str, kind: str, title: str, content: bytes | None = None) -> Node:
    node: Node = {
        "@id": f"{base}{path}",
        "@type": "dcat:Distribution",
        "dct:title": _text(title),
        "dcat:accessURL": _ref(f"{base}{path}"),
        "dcat:downloadURL": _ref(f"{base}{path}"),
        "dcat:mediaType": _ref(f"{_IANA}/{kind}"),
        "dct:license": _ref(LICENCE_URL),
    }
    if content is not None:
        node["dcat:byteSize"] = {"@value": str(len(content)), "@type": "xsd:nonNegativeInteger"}
        node["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _ref("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@value": sha256(content).hexdigest(), "@type": "xsd:hexBinary"},
        }
    return node


def _dataset(base: str, name: str, said: tuple[str, str], modified: datetime, files: list[Node]) -> Node:
    title, description = said
    return {
        "@id": f"{base}/catalogue.jsonld#{name}",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _text(title),
        "dct:description": _text(description),
        "dct:modified": _day(modified),
        "dct:language": _ref(f"{_EU}/language/FRA"),
        "dcat:theme": _ref(f"{_EU}/data-theme/GOVE"),
        "dct:publisher": _ref(f"{base}/catalogue.jsonld#editeur"),
        "dcat:distribution": files,
    }


_SAID: Final = {
    "clauses": ("Clauses d’économie circulaire", "Une clause par ligne, avec sa version et ses dates."),
    "vocabulaires": (
        "Vocabulaires de la commande circulaire",
        "Familles d’achat, leviers, niveaux, labels et glossaire.",
    ),
    "droit": (
        "Obligations et textes de l’achat circulaire",
        "Ce que la loi impose à un achat, avec la source, la date et le niveau de confiance.",
    ),
}


def _files(base: str, dumps: dict[str, bytes]) -> dict[str, list[Node]]:
    api, json_type = "/api/v1", "application/json"
    return {
        "clauses": [
            _file(base, f"{api}/clauses.jsonl", "application/jsonl", "Clauses, JSON Lines", dumps["clauses.jsonl"]),
            _file(base, f"{api}/clauses.csv", "text/csv", "Clauses, CSV", dumps["clauses.csv"]),
            _file(base, f"{api}/clauses.atom", "application/atom+xml", "Clauses récentes, Atom"),
        ],
        "vocabulaires": [_file(base, f"{api}/vocabulary", json_type, "Vocabulaires et glossaire, JSON")],
        "droit": [
            _file(base, f"{api}/{name}", json_type, title)
            for name, title in (("duties", "Obligations"), ("texts", "Textes de droit"), ("targets", "Taux et seuils"))
        ],
    }


def catalogue(base: str, publisher: str, modified: datetime, dumps: dict[str, bytes]) -> bytes:
    """`modified` is the last change of a clause; the publisher is the operator of this site."""
    here = f"{base}/catalogue.jsonld"
    files = _files(base, dumps)
    datasets = [_dataset(base, name, said, modified, files[name]) for name, said in _SAID.items()]
    service = {
        "@id": f"{here}#api",
        "@type": "dcat:DataService",
        "dct:title": _text("API de Clausier"),
        "dcat:endpointURL": _ref(f"{base}/api/v1"),
        "dcat:endpointDescription": _ref(f"{base}/api/v1/openapi.json"),
        "dcat:servesDataset": [_ref(dataset["@id"]) for dataset in datasets],
        "dct:license": _ref(LICENCE_URL),
    }
    agent = {
        "@id": f"{here}#editeur",
        "@type": "foaf:Agent",
        "foaf:name": publisher or "Clausier (éditeur non renseigné)",
    }
    root = {
        "@context": _CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _text("Données ouvertes de Clausier"),
        "dct:description": _text("Clauses, vocabulaires et obligations pour une commande publique circulaire."),
        "dct:language": _ref(f"{_EU}/language/FRA"),
        "dct:license": _ref(LICENCE_URL),
        "dct:modified": _day(modified),
        "foaf:homepage": _ref(f"{base}/"),
        "dct:publisher": agent,
        "dcat:dataset": datasets,
        "dcat:service": service,
    }
    return json.dumps(root, ensure_ascii=False).encode()
