"""Award criteria: read from tables, lists and sentences, with their weights, then judged together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from app.documents.detecting.kinds import is_criteria
from app.documents.detecting.levers import GREEN_CRITERION, SOCIAL, levers_in
from app.documents.detecting.sections import Line, Section, rows_of
from app.documents.detecting.spotted import Spotted, spot
from app.law.vocabulary import Piece
from app.law.wording_lexicon import ONLY_PRICE

_WEIGHT: Final = re.compile(r"(?<![\d,.])(\d{1,3}(?:[.,]\d{1,2})?)\s*(%|points?\b|pts?\b|/\s*100\b|sur 100\b)")
_BARE: Final = re.compile(r"^\W*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|points?|pts?|/\s*100)?\W*$")
_PRICE: Final = re.compile(
    r"\bprix\b|\bcouts?\b|\bmontant\b|\btarif|\boffre financiere|\bvaleur economique|\bfinancier\b"
)
_SUB: Final = re.compile(
    r"\bsous[- ]?criteres?\b|\bdecompos|\brepartis?\b|\bcomprend les\b|\bdont\b|\bsupplementaires?\b|\bbonus\b"
    r"|\bbonifi"
)
_OTHER_PERCENT: Final = re.compile(
    r"\bavance\b|\btva\b|\bpenalit|\bretenue\b|\bgarantie financ|\brabais|\brevis|\btravailleurs|\bformule"
    r"|\bnote\s*=|\bacompte|\btaux du candidat"
)
_LOT: Final = re.compile(r"\blots?\s+(?:n°\s*)?(\d+)")
_SPLIT_AGAIN: Final = re.compile(r",?\s*(?:dont|soit|decomposee?s? en|repartie?s? en)\b[^()]*(?=\))")
_MINIMUM: Final = re.compile(
    r"\b(?:au-dela d(?:e|es|u)|au moins|minimum|maximum|au plus|plus de|moins de|superieure?s? a|inferieure?s? a"
    r"|egale? a)\s*$"
)
_GLOBAL_COST: Final = re.compile(r"\bcout (?:global|du cycle de vie)|\bcycle de vie\b")
_GREEN_ALONE: Final = re.compile(
    r"\bcriteres? (?:de |du |relatif a l'|en matiere de )?(?:l')?(?:environnement|developpement durable"
    r"|performances? environnement)"
)
_TOTALS: Final = frozenset({Decimal(100), Decimal(20), Decimal(10), Decimal(1000), Decimal(200), Decimal(50)})
_WHOLE: Final = Decimal(100)
_LEAST: Final = Decimal(10)
_STEP: Final = re.compile(r"^[\s\-–•*]*(?:\d+\s*[-.)°:]\s*|[a-h]\)\s*)?")


@dataclass(frozen=True, slots=True)
class Criterion:
    label: str
    """Folded."""
    weight: Decimal
    percent: bool
    line: Line

    @property
    def green(self) -> bool:
        return GREEN_CRITERION.search(self.label) is not None or bool(set(levers_in(self.label)) - SOCIAL)

    @property
    def price(self) -> bool:
        return _PRICE.search(self.label) is not None


@dataclass
class Grid:
    """The criteria that weigh together: those of the dossier, or of one lot."""

    lead: Line
    items: list[Criterion] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((item.weight for item in self.items), Decimal(0))

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
        alone = len(items) > 1 and sum((i.weight for i in items), Decimal(0)) >= 80  # noqa: PLR2004 (a whole grid in one sentence)
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
    return [grid for grid in grids if grid.is_award]


def _continues(row: Sequence[Line]) -> bool:
    """The head of a table, or a criterion without its weight, does not end the grid."""
    return row[0].cell is not None


def _items(row: Sequence[Line]) -> Iterator[Criterion]:
    if row[0].cell is not None:
        yield from _row(row)
        return
    line = _whole(row[0])
    if (
        _SUB.match(line.plain)
        or _OTHER_PERCENT.search(line.plain)
        or re.match(r"^\W*(?:le |les )?sous[- ]crit|^\W*la valeur technique (?:comprend|est appreciee)", line.plain)
    ):
        return
    start = 0
    for match in _WEIGHT.finditer(line.plain):
        between = line.plain[start : match.start()]
        if _MINIMUM.search(between):
            continue
        if start and _SUB.search(between):
            return
        if start and not re.search(r"[a-z]{4}", between):
            return
        label = between
        after = line.plain[match.end() :]
        if not re.search(r"[a-z]{3}", label):
            label = after[:120]
        start = match.end()
        yield Criterion(_STEP.sub("", label).strip(), Decimal(match[1].replace(",", ".")), match[2] == "%", line)
        if re.match(r"\s*(?:,|\(|:)?\s*(?:sur 100\s*)?(?:decompos|repartis|dont|soit)", after):
            return
    return


def _whole(line: Line) -> Line:
    """Without what a bracket splits again: « (50 %, dont moyens 25 % et planning 25 %) »."""
    plain = _SPLIT_AGAIN.sub(lambda match: " " * len(match[0]), line.plain)
    return line if plain == line.plain else Line(line.at, line.text, plain, line.cell)


def _row(row: Sequence[Line]) -> Iterator[Criterion]:
    """A row of a table: one cell is the weight, the longest other one is the criterion."""
    weights = [(line, found) for line in row if (found := _BARE.match(line.plain))]
    texts = [line for line in row if re.search(r"[a-z]{3}", line.plain) and not _BARE.match(line.plain)]
    if not weights or not texts:
        return
    line, found = weights[-1]
    label = max(texts, key=lambda cell: len(cell.text))
    if not _SUB.match(label.plain) and not re.match(r"^\W*(?:sous[- ]total|total)\b", label.plain):
        yield Criterion(label.plain, Decimal(found[1].replace(",", ".")), "%" in line.plain, label)


def criteria_risks(section: Section, grids: Sequence[Grid]) -> Iterator[Spotted]:
    for grid in grids:
        yield from _grid_risks(grid)
    for line in section.lines:
        match = ONLY_PRICE.search(line.plain)
        if match and not re.search(r"\b(?:n'est pas|interdi|ne peut|ne sera pas|n'est plus|si )\b", line.plain):
            yield spot("price-only", line, match.span())
    yield from _unweighted(section, grids)


def _grid_risks(grid: Grid) -> Iterator[Spotted]:
    green = [item for item in grid.items if item.green]
    percent = all(item.percent for item in grid.items)
    total = grid.total
    if total != _WHOLE and (percent or total not in _TOTALS) and total > Decimal(50):
        yield spot("weights-sum", grid.items[-1].line)
    if not green:
        yield spot("no-environmental-criterion", grid.lead)
    elif total >= Decimal(60) and sum((item.weight for item in green), Decimal(0)) < _LEAST:
        yield spot("low-weight", green[0].line, levers=levers_in(green[0].label))


def _unweighted(section: Section, grids: Sequence[Grid]) -> Iterator[Spotted]:
    """A criterion told alone: the price for 100 %, or the environment for less than 10."""
    gridded = {item.line.at for grid in grids for item in grid.items}
    for line in section.lines:
        match = _WEIGHT.search(line.plain)
        if match is None or line.at in gridded or _OTHER_PERCENT.search(line.plain):
            continue
        weight = Decimal(match[1].replace(",", "."))
        priced = _PRICE.search(line.plain) is not None and not _GLOBAL_COST.search(line.plain)
        if weight == _WHOLE and priced and is_criteria(section) and not ONLY_PRICE.search(line.plain):
            yield spot("price-only", line, match.span())
        elif weight < _LEAST and _GREEN_ALONE.search(line.plain) and not _SUB.search(line.plain):
            yield spot("low-weight", line)
