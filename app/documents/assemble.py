"""A piece, whole: the skeleton with the purchase's facts and the basket's clauses in their places."""

from collections.abc import Iterator

from app.documents import tables, tables_offer
from app.documents.content import Article, Block, ClauseBlock, Document, Fact, Inlines, Items, Paragraph, Value
from app.documents.context import Context, facts_of
from app.documents.job import CompositionJob, nature_of
from app.documents.outline import Node, Outlines, holds
from app.documents.pieces import TEXTS, Written
from app.documents.skeleton import Items as SkeletonItems
from app.documents.skeleton import Made, SkeletonArticle
from app.documents.skeleton import Text as SkeletonText
from app.law.vocabulary import NATURE_LABELS
from app.library.values import long_date

MADE = {**tables.MADE, **tables_offer.MADE}
_DRIVING = frozenset({"penalties", "conditions", "engagements", "clauses"})
"""Conditions by which the basket, and not the purchase, calls for a standard text."""
_LICENCE = "Textes des clauses : bibliothèque Clausier, sous Licence Ouverte 2.0 (Etalab)."


def documents(job: CompositionJob, outlines: Outlines | None = None) -> list[Document]:
    """The pieces of text asked for, in their usual order."""
    outlines = outlines or Outlines(job)
    facts = facts_of(job)
    return [_document(Context(job, outlines, piece, facts)) for piece in TEXTS if piece in job.pieces]


def _document(context: Context) -> Document:
    skeleton = context.job.references.skeletons[context.piece]
    nature = nature_of(context.job.purchase)
    return Document(
        piece=context.piece,
        title=skeleton.title,
        object=context.job.title.strip() or context.job.purchase.object,
        buyer=context.facts["acheteur"],
        kind=f"Marché public de {NATURE_LABELS[nature].lower()}" if nature else "Marché public",
        reference=context.job.reference,
        facts=tuple(_cover(context)),
        articles=tuple(_article(context, node) for node in context.outline.nodes),
        mention=_mention(context),
        landscape=skeleton.landscape,
        lots={lot.number: lot.name for lot in context.job.lots},
    )


def _cover(context: Context) -> Iterator[Fact]:
    job = context.job
    yield Fact("Référence", context.facts["reference"])
    if job.lot:
        yield Fact("Lot", (Value(job.lot.name),))
    if job.purchase.cpv:
        yield Fact("Code CPV" if len(job.purchase.cpv) == 1 else "Codes CPV", context.facts["cpv"])
    yield Fact("Durée", context.facts["duree"])
    if job.ccag and context.piece is Written.CCAP:
        yield Fact("CCAG visé", context.facts["ccag"])
    yield Fact("Date de lancement", (Value(long_date(job.purchase.launch_date)),))


def _mention(context: Context) -> str:
    used = dict.fromkeys(
        f"{block.clause.record.id} (version {block.clause.version})" for block in context.outline.clauses()
    )
    if not used:
        return f"{_LICENCE} Cette pièce ne reprend aucune clause de la bibliothèque."
    return f"{_LICENCE} Clauses reprises dans cette pièce : {', '.join(used)}."


def _article(context: Context, node: Node) -> Article:
    blocks = list(_blocks(context, node.article))
    return Article(
        key=node.article.key,
        title=node.article.title,
        number=node.number,
        level=node.level,
        blocks=tuple(block for block, _ in blocks),
        made=tuple(place for place, (_, is_made) in enumerate(blocks) if is_made),
        driven=not _DRIVING.isdisjoint(node.article.when),
        children=tuple(
            child if isinstance(child, ClauseBlock) else _article(context, child) for child in node.children
        ),
    )


def _blocks(context: Context, article: SkeletonArticle) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it comes from the basket."""
    facts = context.outline.facts
    for entry in article.body:
        if isinstance(entry, str):
            yield Paragraph(context.fill(entry)), False
        elif not holds(entry.when, facts):
            continue
        elif isinstance(entry, SkeletonText):
            yield Paragraph(context.fill(entry.text), entry.style), False
        elif isinstance(entry, Made):
            yield from ((block, True) for block in MADE[entry.make](context))
        else:
            yield from ((block, False) for block in _items(context, entry))


def _items(context: Context, entry: SkeletonItems) -> Iterator[Items]:
    for ordered, texts in ((False, entry.bullets), (True, entry.numbers)):
        kept = tuple(
            _item(context, text) for text in texts if isinstance(text, str) or holds(text.when, context.outline.facts)
        )
        if kept:
            yield Items(kept, ordered)


def _item(context: Context, text: str | SkeletonText) -> Inlines:
    return context.fill(text if isinstance(text, str) else text.text)
