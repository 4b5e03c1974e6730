"""Which number Word will print before a paragraph, from a template's own numbering; and lists of ours in it."""

from typing import Final

from lxml import etree

from app.documents.own.opened import Opened, W, number_of
from app.documents.own.styles import Styles
from app.documents.template.styles import W as NAMESPACE

_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS: Final = 9
_MOST: Final = 3999
_HANGING: Final = '<w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr>'
_BULLET: Final = f'<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>{_HANGING}'
_NUMBER: Final = f'<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>{_HANGING}'


def _letters(value: int) -> str:
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    found = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            found, value = found + sign, value - worth
    return found


def shown(value: int, form: str) -> str:
    if not 0 < value <= _MOST:
        return str(value)
    made = {"lowerLetter": _letters, "upperLetter": _letters, "lowerRoman": _roman, "upperRoman": _roman}.get(form)
    if made is None:
        return "" if form in {"none", "bullet"} else f"{value:02d}" if form == "decimalZero" else str(value)
    return made(value).upper() if form.startswith("upper") else made(value)


class Numbers:
    def __init__(self, opened: Opened, styles: Styles) -> None:
        self.opened, self.styles = opened, styles
        found = opened.tree("numbering")
        self.root = found if found is not None else opened.link("numbering", "numbering.xml", "numbering")
        self.abstract = {e.get(W + "abstractNumId", ""): e for e in self.root.iter(W + "abstractNum")}
        self.nums = {e.get(W + "numId", ""): e for e in self.root.iter(W + "num")}
        self._bullets = ""
        self._decimal = ""

    def place(self, paragraph: etree._Element, style: str) -> tuple[str, int] | None:
        """(list, level) of a numbered paragraph, from itself or its style."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        found, level = _said(own)
        for each in self.styles.chain(style):
            above, deeper = _said(each.find(f"{W}pPr/{W}numPr"))
            found = found or above
            level = level if level is not None else deeper
        if not found or found == "0" or found not in self.nums:
            return None
        if level is None:
            level = self._level_of(found, style)
        return found, min(level, _LEVELS - 1)

    def _level_of(self, num: str, style: str) -> int:
        for level in self._levels(num):
            link = level.find(W + "pStyle")
            if link is not None and link.get(W + "val") == style:
                return number_of(level, "ilvl")
        return 0

    def _list(self, num: str) -> str:
        link = self.nums[num].find(W + "abstractNumId")
        return link.get(W + "val", "") if link is not None else ""

    def _levels(self, num: str) -> list[etree._Element]:
        found = self.abstract.get(self._list(num))
        return list(found.iter(W + "lvl")) if found is not None else []

    def all(self, body: etree._Element) -> dict[etree._Element, str]:
        """Every numbered paragraph → its number as printed, without a final full stop."""
        counts: dict[str, list[int]] = {}
        started: set[str] = set()
        found: dict[etree._Element, str] = {}
        for paragraph in body.iter(W + "p"):
            place = self.place(paragraph, style_of(paragraph) or self.styles.default)
            if place is None:
                continue
            num, level = place
            counters = counts.setdefault(self._list(num), [0] * _LEVELS)
            self._restart(num, counters, started)
            for above in range(level):
                counters[above] = counters[above] or self._start(num, above)
            counters[level] = counters[level] + 1 if counters[level] else self._start(num, level)
            counters[level + 1 :] = [0] * (_LEVELS - level - 1)
            found[paragraph] = self._text(num, level, counters)
        return found

    def _restart(self, num: str, counters: list[int], started: set[str]) -> None:
        """A list that starts again does so at its first paragraph."""
        if num in started:
            return
        started.add(num)
        for override in self.nums[num].iter(W + "lvlOverride"):
            if override.find(W + "startOverride") is not None:
                level = min(number_of(override, "ilvl"), _LEVELS - 1)
                counters[level:] = [0] * (_LEVELS - level)

    def _start(self, num: str, level: int) -> int:
        for override in self.nums[num].iter(W + "lvlOverride"):
            start = override.find(W + "startOverride")
            if start is not None and number_of(override, "ilvl") == level:
                return number_of(start)
        for each in self._levels(num):
            start = each.find(W + "start")
            if number_of(each, "ilvl") == level and start is not None:
                return number_of(start)
        return 1

    def _text(self, num: str, level: int, counters: list[int]) -> str:
        forms, pattern = {}, ""
        for each in self._levels(num):
            form, text = each.find(W + "numFmt"), each.find(W + "lvlText")
            index = number_of(each, "ilvl")
            forms[index] = form.get(W + "val", "decimal") if form is not None else "decimal"
            if index == level and text is not None:
                pattern = text.get(W + "val", "")
        if forms.get(level) == "bullet":
            return ""
        for index in range(_LEVELS):
            pattern = pattern.replace(f"%{index + 1}", shown(counters[index], forms.get(index, "decimal")))
        return pattern.strip().rstrip(".").strip()

    def bullets(self) -> str:
        """The number of our list of bullets."""
        if not self._bullets:
            self._bullets = self._num(self._abstract(_BULLET))
        return self._bullets

    def decimal(self) -> str:
        """A new numbered list that starts at one."""
        if not self._decimal:
            self._decimal = self._abstract(_NUMBER)
        return self._num(self._decimal, restart=True)

    def _abstract(self, level: str) -> str:
        ident = str(max((int(i) for i in self.abstract if i.isdecimal()), default=0) + 1)
        made = etree.fromstring(
            f'<w:abstractNum xmlns:w="{NAMESPACE}" w:abstractNumId="{ident}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
        )
        # The schema wants every model before the first list.
        first = next(iter(self.nums.values()), None)
        if first is None:
            self.root.append(made)
        else:
            first.addprevious(made)
        self.abstract[ident] = made
        return ident

    def _num(self, abstract: str, *, restart: bool = False) -> str:
        ident = str(max((int(i) for i in self.nums if i.isdecimal()), default=0) + 1)
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        made = etree.fromstring(
            f'<w:num xmlns:w="{NAMESPACE}" w:numId="{ident}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
        )
        last = list(self.nums.values())[-1] if self.nums else None
        if last is None:
            self.root.append(made)
        else:
            last.addnext(made)
        self.nums[ident] = made
        return ident


def _said(numbering: etree._Element | None) -> tuple[str, int | None]:
    if numbering is None:
        return "", None
    num, level = numbering.find(W + "numId"), numbering.find(W + "ilvl")
    return (num.get(W + "val", "") if num is not None else ""), (number_of(level) if level is not None else None)


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(W + "val", "") if style is not None else ""
