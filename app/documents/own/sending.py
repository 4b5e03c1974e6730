"""What is sent to the bounded process: the articles of a piece as XML, with marks where a cross-reference goes."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.documents import manifest
from app.documents.content import Article, ClauseBlock, Document, Items, Paragraph, Ref, Table, plain
from app.documents.docx import Body
from app.documents.xml import AFTER_TABLE, KEEP_NEXT, attribute

FACTS = ("acheteur", "objet", "reference")
"""Bookmarks `clausier_objet`… that take a fact of the consultation wherever they stand."""


class Inserted(Body):
    """Writes articles apart from each other; the template decides levels, numbers and styles."""

    def articles(self) -> list[dict[str, Any]]:
        return [self._sent(article) for article in self.document.articles]

    def _sent(self, article: Article) -> dict[str, Any]:
        return {
            "key": article.key,
            "title": article.title,
            "level": article.level,
            "heading": self._heading(article),
            "anchor": self.anchors[article.key],
            "made": self._blocks(article, range(len(article.blocks)) if article.driven else article.made),
            "whole": self._blocks(article, range(len(article.blocks))),
            "children": [self._child(child) for child in article.children],
        }

    def _child(self, child: "Article | ClauseBlock") -> dict[str, Any]:
        if isinstance(child, Article):
            return self._sent(child)
        parts: list[bytes] = []
        self._clause(child, parts)
        return {
            "clause": b"".join(parts).decode(),
            "title": child.title,
            "level": child.level,
            "anchor": self.anchors[child.key],
        }

    def _blocks(self, article: Article, places: Sequence[int]) -> str:
        made = ""
        for place in places:
            lead_in = KEEP_NEXT if isinstance(_at(article, place + 1), Table) else ""
            after = AFTER_TABLE if isinstance(_at(article, place - 1), Table) else ""
            made += self._block(article.blocks[place], lead_in + after)
        return made

    def _reference(self, ref: Ref) -> str:
        title = next(entry.title for entry in self.entries if entry.key == ref.target)
        bare = "1" if ref.bare else "0"
        return f'<w:ref w:to="{self.anchors[ref.target]}" w:bare="{bare}" w:title="{attribute(title)}"/>'


def _at(article: Article, place: int) -> "Paragraph | Items | Table | None":
    return article.blocks[place] if 0 <= place < len(article.blocks) else None


def sending(document: Document) -> dict[str, Any]:
    """The piece, as JSON: what the bounded process needs and nothing else."""
    body = Inserted(document)
    return {
        "piece": document.piece.value,
        "articles": body.articles(),
        "width": body.width,
        "facts": {
            "acheteur": plain(document.buyer),
            "objet": document.object,
            "reference": document.reference,
        },
        "manifest": manifest.manifest_xml(document),
        "rows": dict(_rows(document)),
        "title": f"{document.title} – {' '.join(document.object.split())}",
    }


def _rows(document: Document) -> Iterator[tuple[str, str]]:
    clauses = (entry for entry in Inserted(document).entries if isinstance(entry, ClauseBlock))
    yield from manifest.clause_rows(document.piece, ((block.clause, block.wording) for block in clauses)).items()
