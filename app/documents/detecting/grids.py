"""Grids of award criteria, read from tables, lists and sentences, with their weights."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from app.documents.detecting.kinds import is_criteria
from app.documents.detecting.levers import GREEN_CRITERION, SOCIAL, levers_in
from app.documents.detecting.sections import Line, Section, rows_of
from app.documents.detecting.weights import WEIGHT, in_figures, weights_in
from app.law.vocabulary import Piece

_BARE: Final = re.compile(r"^\W*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|points?|pts?|/\s*100)?\W*$")
PRICE: Final = re.compile(
    r"\bprix\b|\bcouts?\b|\bmontant\b|\btarif|\boffre financiere|\bvaleur economique|\bfinancier\b"
    r"|\bloyers?\b|\bprimes?\b|\bdevis\b|\bredevances?\b|\bremises? (?:sur|consenti)|\brabais\b"
    r"|\bhonoraires\b|\bremuneration\b"
)
SUB: Final = re.compile(
    r"\bsous[- ]?criteres?\b|\bcomprenant\b|\bincluant\b|\by compris\b|\bdecompos|\brepartis?\b|\bcomprend les\b"
    r"|\bdont\b|\bsupplementaires?\b|\bbonus\b"
    r"|\bbonifi"
)
OTHER_PERCENT: Final = re.compile(
    r"\bavance\b|\btva\b|\bpenalit|\bretenue\b|\bgarantie financ|\brabais|\brevis|\btravailleurs|\bformule"
    r"|\bnote\s*=|\bacompte|\btaux du candidat"
)
# « tarif 45, hygiène 30, économies d’eau 25 » and « 50 pour le prix, 30 pour la précision »: figures without a unit.
_PLAIN_PAIR: Final = re.compile(
    r"\b((?!sur\b|soit\b|lots?\b)[a-z][a-z' -]{3,60}?)\s*:?\s*\(?(\d{1,3})\)?(?=\s*(?:[,;.()]|$|et\b))"
)
_FOR_PAIR: Final = re.compile(
    r"\b(\d{1,3})\s*(?:%|points?)?\s+(?:pour|sur|aux?|a) (?:le |la |les |l')?([a-z][^,;.\d]{3,80})"
)
# One criterion a line, with its bare figure: « Prix : 65 ».
_BARE_LINE: Final = re.compile(r"^[^\d.;]{3,90}?\s*[:(–-]\s*(\d{1,2})\)?\W*$")
_SUMS: Final = frozenset({Decimal(100), Decimal(20), Decimal(10)})
TOTALS: Final = frozenset({*_SUMS, Decimal(1), Decimal(1000), Decimal(200)})
_SPLIT_AGAIN: Final = re.compile(r",?\s{0,20}(?:dont|soit|decomposee?s? en|repartie?s? en)\b[^()]{0,500}(?=\))")
_TOTAL: Final = re.compile(r"(?:^|\b)(?:soit|total|sur|somme)\s*$")
_WHOLE: Final = Decimal(100)
_NEARLY: Final = Decimal(80)
_DETAIL: Final = re.compile(r"\s{0,5}[)]?\s{0,5}[:(][^;]{0,160}")
_SPLITS: Final = re.compile(r"\s{0,5}(?:,|\(|:)?\s{0,5}(?:sur 100\s{0,5})?(?:decompos|repartis|dont|soit)")
_SEVERAL: Final = 3
_STEP: Final = re.compile(r"^[\s\-–•*]*(?:\d+\s*[-.)°:]\s*|[a-h]\)\s*)?")


def is_green(plain: str) -> bool:
    if GREEN_CRITERION.search(plain) is not None:
        return True
    return _HASTE.match(plain) is None and bool(set(levers_in(plain)) - SOCIAL)


# « délai de remise en service »: how soon, not how.
_HASTE: Final = re.compile(
    r"\W*(?:[\da-z]\W )?(?:les? |la |l')?(?:delais?|rapidite|reactivite|planning|calendrier|assistance)\b"
)


@dataclass(frozen=True, slots=True)
class Criterion:
    label: str
    """Folded."""
    weight: Decimal
    unit: str
    line: Line
    sub: bool = False
    """A part of the criterion before it: it weighs nothing more."""
    detail: str = ""
    """What is looked at, said after the weight."""

    @property
    def green(self) -> bool:
        return is_green(self.label) or (self.detail != "" and is_green(self.detail))

    @property
    def price(self) -> bool:
        return PRICE.search(self.label) is not None and "externalite" not in self.label


@dataclass
class Grid:
    """The criteria that weigh together: those of the dossier, or of one lot."""

    lead: Line
    items: list[Criterion] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((item.weight for item in self.items if not item.sub), Decimal(0))

    @property
    def whole(self) -> Decimal:
        """What the weights are out of: 100, unless they clearly make another whole."""
        points = not any(item.unit == "%" for item in self.items)
        rated = self.total in TOTALS or all(item.unit == "coefficient" for item in self.items)
        odd = points and not _NEARLY <= self.total <= _WHOLE + 30
        return self.total if (rated or odd) and self.total > 0 else _WHOLE

    @property
    def green_share(self) -> Decimal:
        """Per cent; the part of a criterion counts once, with it or without it."""
        green, above = Decimal(0), False
        for item in self.items:
            if not item.sub:
                above = item.green
            if item.green and not (item.sub and above):
                green += item.weight
        return green / self.whole * 100

    @property
    def is_award(self) -> bool:
        """Two criteria or more, one of them the price: anything else is some other list of figures."""
        return len(self.items) > 1 and any(item.price for item in self.items)


def grids_of(section: Section) -> list[Grid]:
    """The grids of an article, each with the sentence that introduces it."""
    if not (is_criteria(section) or section.piece in {Piece.RC, None}):
        return []
    grids: list[Grid] = []
    current: Grid | None = None
    lead: Line | None = None
    for row in rows_of(section.lines):
        items = list(_items(row))
        alone = len(items) > 1 and _makes_a_whole(items)
        if alone:
            grids.append(Grid(row[0], items))
            current = lead = None
        elif items:
            if current is None:
                current = Grid(lead or row[0])
                grids.append(current)
            current.items += items
        else:
            if not _continues(row):
                current = None
            lead = row[0]
    return [_without_parts(grid) for grid in _merged(grids) if grid.is_award]


def _without_parts(grid: Grid) -> Grid:
    """« Valeur technique : 40 % », then its parts, 25 % and 15 %: counted once, if the whole is then right."""
    if grid.total in _SUMS:
        return grid
    items, at = list(grid.items), 0
    while at < len(items):
        end = _parts_end(items, at)
        items[at + 1 : end] = [replace(item, sub=True) for item in items[at + 1 : end]]
        at = max(end, at + 1)
    parted = Grid(grid.lead, items)
    return parted if parted.total in _SUMS else grid


def _parts_end(items: Sequence[Criterion], at: int) -> int:
    """Where the parts of that criterion end; right after it when it has none."""
    left = items[at].weight
    for end in range(at + 1, len(items)):
        left -= items[end].weight
        if left <= 0:
            return end + 1 if left == 0 and end > at + 1 else at + 1
    return at + 1


def _merged(grids: Sequence[Grid]) -> Iterator[Grid]:
    """A sentence in the middle of a list parts it: what follows without a price goes on with what precedes."""
    last: Grid | None = None
    for grid in grids:
        if last is not None and not any(i.price for i in grid.items) and last.total + grid.total <= _WHOLE:
            last.items += grid.items
            continue
        if last is not None:
            yield last
        last = grid
    if last is not None:
        yield last


def _makes_a_whole(items: Sequence[Criterion]) -> bool:
    """A whole grid in one sentence: nearly 100, or a price and two others."""
    total = sum((item.weight for item in items if not item.sub), Decimal(0))
    return total >= _NEARLY or (any(i.price for i in items) and len(items) >= _SEVERAL)


def _continues(row: Sequence[Line]) -> bool:
    """The head of a table, or a criterion without its weight, does not end the grid."""
    return row[0].cell is not None


def _items(row: Sequence[Line]) -> Iterator[Criterion]:
    if row[0].cell is not None:
        yield from _row(row)
        return
    line = _without_reason(_whole(row[0]))
    if (
        SUB.match(line.plain)
        or OTHER_PERCENT.search(line.plain)
        or re.match(r"^\W*(?:le |les )?sous[- ]crit|^\W*la valeur technique (?:comprend|est appreciee)", line.plain)
    ):
        return
    yield from _unitless(line) or list(_weighted(line)) or _bare(line)


def _bare(line: Line) -> Iterator[Criterion]:
    found = _BARE_LINE.match(line.plain)
    if found:
        yield Criterion(_STEP.sub("", line.plain).strip(), Decimal(found[1]), "", line)


def _unitless(line: Line) -> list[Criterion]:
    """Pairs of a label and a bare figure, when they make a whole."""
    for pairs in (
        [(label, figure) for figure, label in _FOR_PAIR.findall(line.plain)],
        []
        if WEIGHT.search(line.plain) and not re.search(r"\bsur 100\b", line.plain)
        else _PLAIN_PAIR.findall(line.plain),
    ):
        found = [Criterion(_STEP.sub("", label).strip(), Decimal(figure), "", line) for label, figure in pairs]
        total = sum((item.weight for item in found), Decimal(0))
        near_a_whole = total in _SUMS or _NEARLY <= total <= _WHOLE + (_WHOLE - _NEARLY)
        if len(found) > 1 and near_a_whole and any(item.price for item in found):
            return found
    return []


def _weighted(line: Line) -> Iterator[Criterion]:
    start, split, left = 0, False, Decimal(0)
    found = list(weights_in(line.plain))
    ends = [*(later.start for later in found[1:]), len(line.plain)][: len(found)]
    for weight, end in zip(found, ends, strict=True):
        between = line.plain[start : weight.start]
        split = split and ";" not in between and left > 0
        after = line.plain[weight.end : end]
        detail = _DETAIL.match(after)
        if start and (split or SUB.search(between)):
            yield Criterion(between, weight.value, weight.unit, line, sub=True, detail=after.partition(";")[0][:160])
            # Parts told out of 100 rather than out of their whole: « 40 %, dont moyens 60 % et méthode 40 % ».
            start, split, left = weight.end, True, (left if weight.value <= left else _WHOLE) - weight.value
            continue
        if start and not re.search(r"[a-z]{3}", between):
            return
        label = between if re.search(r"[a-z]{3}", between) else after[:120]
        start, left = weight.end, weight.value
        told = detail[0] if detail else ""
        yield Criterion(_STEP.sub("", label).strip(), weight.value, weight.unit, line, detail=told)
        split = _SPLITS.match(after) is not None


def _whole(line: Line) -> Line:
    """Without what a bracket splits again: « (50 %, dont moyens 25 % et planning 25 %) »."""
    plain = _SPLIT_AGAIN.sub(lambda match: " " * len(match[0]), in_figures(line.plain))
    return line if plain == line.plain else Line(line.at, line.text, plain, line.cell)


_EXPLAINED: Final = re.compile(
    r"\b(?:poids|ponderation|part|chiffre) (?:que|qui|dont)\b|\b(?:soit|total(?:isant)?)\s*:?\s*(?:de )?\d"
)


def _without_reason(line: Line) -> Line:
    """« …, poids que justifie la part des navettes (41 %) », « …, soit 100 »: figures that weigh nothing."""
    found = _EXPLAINED.search(line.plain)
    if found is None or not (WEIGHT.search(line.plain, 0, found.start()) or _PLAIN_PAIR.search(line.plain)):
        return line
    return Line(line.at, line.text, line.plain[: found.start()], line.cell)


def _row(row: Sequence[Line]) -> Iterator[Criterion]:
    """A row of a table: one cell is the weight, the longest other one is the criterion."""
    weights = [(line, found) for line in row if (found := _BARE.match(line.plain))]
    texts = [line for line in row if re.search(r"[a-z]{3}", line.plain) and not _BARE.match(line.plain)]
    if not weights or not texts:
        return
    line, found = weights[-1]
    label = max(texts, key=lambda cell: len(cell.text))
    if not SUB.match(label.plain) and not re.match(r"^\W*(?:sous[- ]total|total)\b", label.plain):
        unit = "%" if "%" in line.plain else ""
        yield Criterion(label.plain, Decimal(found[1].replace(",", ".")), unit, label)
