"""The library as linked data: vocabularies as DefinedTermSet, a clause as a CreativeWork that cites Legislation."""

from collections.abc import Iterable, Mapping
from typing import Final

from app.law.linked import legislation
from app.law.vocabulary import KIND_LABELS, LEVELS, PIECE_LABELS
from app.library.published import PublishedClause
from app.library.shelf import Shelf
from app.web.linked import LICENCE_URL, Node

_SETS: Final = {
    "family": "Familles d’achat",
    "lever": "Leviers d’économie circulaire",
    "kind": "Types de clause",
    "piece": "Pièces du dossier de consultation",
    "level": "Niveaux d’ambition",
    "term": "Glossaire des clauses",
}


def _place(base: str, fragment: str) -> str:
    return f"{base}/api/v1/vocabulary#{fragment}"


def term(base: str, kind: str, code: object, label: str) -> Node:
    """A term of a closed list, at an address that leads to the list."""
    return {
        "@id": _place(base, f"{kind}-{code}"),
        "@type": "DefinedTerm",
        "termCode": str(code),
        "name": label,
        "inDefinedTermSet": {"@id": _place(base, kind)},
    }


def _set(base: str, kind: str, terms: Iterable[Node]) -> Node:
    return {
        "@id": _place(base, kind),
        "@type": ["DefinedTermSet", "skos:ConceptScheme"],
        "name": _SETS[kind],
        "inLanguage": "fr",
        "license": LICENCE_URL,
        "hasDefinedTerm": list(terms),
    }


def _listed(base: str, kind: str, labels: Mapping[str, str]) -> Node:
    return _set(base, kind, (term(base, kind, code, label) for code, label in labels.items()))


def vocabulary(shelf: Shelf, base: str) -> Node:
    words = shelf.words
    glossary = (
        term(base, "term", entry.id, entry.term) | {"description": entry.definition, "skos:note": entry.source}
        for entry in words.glossary.values()
    )
    return {
        "@graph": [
            _listed(base, "family", {family.code: family.label for family in words.families.values()}),
            _listed(base, "lever", {lever.code: lever.label for lever in words.levers.values()}),
            _listed(base, "kind", {str(code): label for code, label in KIND_LABELS.items()}),
            _listed(base, "piece", {str(code): label for code, label in PIECE_LABELS.items()}),
            _listed(base, "level", {str(code): label for code, label in LEVELS.items()}),
            _set(base, "term", glossary),
        ]
    }


def clause(found: PublishedClause, shelf: Shelf, base: str) -> Node:
    record, words = found.record, shelf.words
    about = [term(base, "family", c, words.families[c].label) for c in record.families if c in words.families]
    about += [term(base, "lever", c, words.levers[c].label) for c in record.levers if c in words.levers]
    return {
        "@id": f"{base}/clauses/{record.id}",
        "@type": "CreativeWork",
        "url": f"{base}/clauses/{record.id}",
        "identifier": record.id,
        "version": found.version,
        "name": record.title,
        "alternativeHeadline": record.plain_title,
        "abstract": record.summary,
        "inLanguage": "fr",
        "genre": KIND_LABELS[record.kind],
        "dateModified": found.modified_on.isoformat(),
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "about": about,
        "mentions": [term(base, "term", d, words.glossary[d].term) for d in record.definitions if d in words.glossary],
        "citation": [legislation(words.texts[b.text], base) for b in record.legal if b.text in words.texts],
        "isPartOf": {"@id": f"{base}/catalogue.jsonld#clauses"},
    }
