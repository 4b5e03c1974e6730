"""An XML part read as it is inflated: elements come and go, no tree is kept."""

from collections.abc import Iterator

from lxml import etree

from app.documents.refused import Refused


def parser(*events: str) -> "etree.XMLPullParser[etree._Element]":
    return etree.XMLPullParser(events, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def events(chunks: Iterator[bytes], *kinds: str) -> Iterator[tuple[str, etree._Element]]:
    """Streams a part; what is not XML after all is a damaged file."""
    reading = parser(*kinds)
    try:
        for chunk in chunks:
            reading.feed(chunk)
            yield from reading.read_events()
        reading.close()
        yield from reading.read_events()
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error


def forget(element: etree._Element) -> None:
    """Frees a paragraph or a table that has been read: memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
