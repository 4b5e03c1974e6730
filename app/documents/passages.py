"""A paragraph of a piece that somebody else wrote, as the detection sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    index: int
    """Order in the piece, from 0."""
    piece_name: str
    """Name of the file it comes from."""
    part: str
    """`document`, `header`, `footer`, `footnotes`…; a cell is `document/table 2/row 3/cell 1`."""
    text: str
    style: str = ""
    heading_level: int = 0
    """1 to 9 for a heading, 0 for any other paragraph."""
    heading_path: tuple[str, ...] = ()
    """Titles above the paragraph, outermost first; its own title is not among them."""
    control_tag: str = ""
    """`w:tag` of the nearest content control that has one."""
    bookmarks: tuple[str, ...] = ()
    """Bookmarks that start in the paragraph or enclose it."""
