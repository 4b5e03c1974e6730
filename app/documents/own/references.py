"""Numbers of what was inserted: continued when they are typed, and cited by live fields."""

from copy import deepcopy
from typing import Final

from lxml import etree

from app.documents.own.dressing import Dresser
from app.documents.own.numbers import Numbers
from app.documents.own.opened import W, parse
from app.documents.own.places import Heading, headings
from app.documents.own.styles import Styles
from app.documents.template.styles import W as NAMESPACE
from app.documents.xml import escape, field, run

_LEVELS: Final = 9


def are_typed(known: list[Heading], printed: dict[etree._Element, str]) -> bool:
    """Whether the author numbers headings by hand."""
    typed = sum(bool(each.typed) for each in known)
    return typed * 2 >= len(known) > 0 and not any(each.paragraph in printed for each in known)


def continue_typed(body: etree._Element, styles: Styles, dresser: Dresser) -> list[str]:
    """Writes the next number before each heading of ours; says which numbers come twice."""
    inserted = {id(each.paragraph) for each in dresser.inserted}
    counters = [0] * _LEVELS
    used: dict[str, str] = {}
    notes: list[str] = []
    for heading in headings(body, styles):
        level = heading.level - 1
        if id(heading.paragraph) in inserted:
            counters[level] += 1
            counters[level + 1 :] = [0] * (_LEVELS - level - 1)
            number = ".".join(str(part or 1) for part in counters[: level + 1])
            model = next((each for each in dresser.known if each.level == heading.level and each.typed), None)
            _type(heading.paragraph, number, model)
        elif heading.typed:
            parts = [int(part[:6]) for part in heading.typed.split(".")][:_LEVELS]
            counters[: len(parts)] = parts
            counters[len(parts) :] = [0] * (_LEVELS - len(parts))
            number = heading.typed
        else:
            continue
        if number in used:
            notes.append(
                f"Le numéro {number}, tapé à la main, sert deux fois : « {used[number]} » et « {heading.title} ». "
                "Renumérotez les titres qui suivent."
            )
        used[number] = heading.title
    return notes


def _type(paragraph: etree._Element, number: str, model: Heading | None) -> None:
    """The number in front of the title, in a bookmark of its own: a reference then shows it as it stands."""
    before, after = (model.before, model.after) if model else ("", " ")
    look = next((found for run in paragraph.iter(W + "r") if (found := run.find(W + "rPr")) is not None), None)
    start, end = paragraph.find(W + "bookmarkStart"), paragraph.find(W + "bookmarkEnd")
    marks = (start, end) if start is not None and end is not None else (None, None)
    written = [_typed(before, look), marks[0], _typed(number, look), marks[1], _typed(after, look)]
    for place, element in enumerate((each for each in written if each is not None), 1):
        paragraph.insert(place, element)


def _typed(text: str, look: etree._Element | None) -> etree._Element | None:
    if not text:
        return None
    made = etree.fromstring(f'<w:r xmlns:w="{NAMESPACE}"><w:t xml:space="preserve">{escape(text)}</w:t></w:r>')
    if look is not None:
        made.insert(0, deepcopy(look))
    return made


def resolve(body: etree._Element, dresser: Dresser, numbers: Numbers, *, typed: bool, styles: Styles) -> int:
    """Replaces our marks by fields; returns how many cite an article that is not in the file."""
    printed = numbers.all(body)
    at: dict[str, etree._Element] = {}
    for start in body.iter(W + "bookmarkStart"):
        parent = next((e for e in start.iterancestors() if e.tag == W + "p"), None)
        if parent is not None:
            at.setdefault(start.get(W + "name", ""), parent)
    ours = {id(each.paragraph) for each in dresser.inserted}
    by_hand = {id(each.paragraph): each for each in headings(body, styles)} if typed else {}
    lost = 0
    for mark in list(body.iter(W + "ref")):
        name = dresser.anchors.get(mark.get(W + "to", ""), "")
        bare, title = mark.get(W + "bare") == "1", mark.get(W + "title", "")
        target = at.get(name)
        row = next((e for e in mark.iterancestors() if e.tag == W + "tr"), None) if target is None and bare else None
        if row is not None:
            # A row of a table about an article that is not in the file: there is nothing to say about it.
            _remove(row)
            continue
        lost += target is None
        if target is None:
            xml = run(f"article « {title} »")
        elif printed.get(target):
            number = printed[target]
            worded = "" if bare or number[0].isalpha() else run("article\u00a0")
            xml = worded + field(f"REF {name} \\r \\h", run(number))
        elif typed and id(target) in by_hand and by_hand[id(target)].typed:
            number = by_hand[id(target)].typed
            shown = _cited(name, number, target) if id(target) in ours else run(number)
            xml = ("" if bare else run("article\u00a0")) + shown
        else:
            xml = run("article « " if not bare else "« ") + _cited(name, title, target) + run(" »")
        _replace(mark, xml)
    return lost


def _cited(name: str, text: str, target: etree._Element) -> str:
    """A field that shows the words of a bookmark; mere words when LibreOffice would find none, in a content control."""
    controlled = any(above.tag == W + "sdtContent" for above in target.iterancestors())
    return run(text) if controlled else field(f"REF {name} \\h", run(text))


def _replace(mark: etree._Element, xml: str) -> None:
    for element in parse(f'<w:p xmlns:w="{NAMESPACE}">{xml}</w:p>'.encode()):
        mark.addprevious(element)
    _remove(mark)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def count_tables(body: etree._Element) -> None:
    """The captions of tables in the order of the file, as Word will count them; contents are told to refresh."""
    number = 0
    for instruction in body.iter(W + "instrText"):
        words = (instruction.text or "").split()
        if words[:2] == ["SEQ", "Tableau"]:
            number += 1
            _result(instruction, str(number))
        elif words[:1] == ["TOC"]:
            begin = _begin(instruction)
            if begin is not None:
                begin.set(W + "dirty", "true")


def _begin(instruction: etree._Element) -> etree._Element | None:
    paragraph = next((e for e in instruction.iterancestors() if e.tag == W + "p"), None)
    marks = paragraph.iter(W + "fldChar") if paragraph is not None else iter(())
    return next((mark for mark in marks if mark.get(W + "fldCharType") == "begin"), None)


def _result(instruction: etree._Element, text: str) -> None:
    current = instruction.getparent()
    separated = False
    while current is not None:
        current = current.getnext()
        if current is None:
            return
        mark = current.find(W + "fldChar")
        if mark is not None:
            separated = mark.get(W + "fldCharType") == "separate"
            if not separated:
                return
        elif separated and (found := current.find(W + "t")) is not None:
            found.text = text
            return
