"""A wording as safe HTML: what the page shows, and what is readable without JavaScript."""

from collections.abc import Iterable, Mapping
from html import escape
from re import Match

from app.library.blocks import VARIABLE, Block, blocks_of
from app.library.record import Variable
from app.library.terms import linker
from app.library.values import shown
from app.library.vocabularies import Term


def term_link(term: Term, shown_as: str) -> str:
    return f'<a href="/glossaire#{term.id}">{shown_as}</a>'


def wording_html(text: str, variables: Mapping[str, Variable], terms: Iterable[Term] = ()) -> str:
    """Paragraphs, lists and tables; each variable in `<mark data-variable="name">` with its default value.

    The first use of each of the `terms` leads to the glossary.
    """
    linked = linker(terms, term_link)

    def inline(raw: str) -> str:
        def mark(match: Match[str]) -> str:
            variable = variables.get(match[1])
            label = shown(variable, variable.default) if variable else f"[{match[1]}]"
            return f'<mark data-variable="{match[1]}">{escape(label)}</mark>'

        # Escaping keeps braces and names as they are, so variables are still found afterwards.
        parts, at = [], 0
        for match in VARIABLE.finditer(safe := escape(raw)):
            parts += [linked(safe[at : match.start()]), mark(match)]
            at = match.end()
        return "".join([*parts, linked(safe[at:])])

    def drawn(block: Block) -> str:
        if block.kind == "paragraph":
            return f"<p>{inline(block.items[0])}</p>"
        if block.kind == "table":
            head, *rows = block.rows
            header = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in head)
            body = "".join("<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
        tag = "ul" if block.kind == "bullets" else "ol"
        return f"<{tag}>" + "".join(f"<li>{inline(item)}</li>" for item in block.items) + f"</{tag}>"

    return "".join(drawn(block) for block in blocks_of(text))
