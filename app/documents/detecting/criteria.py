"""Award criteria judged together: their sum, the share of the environment, the price alone."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from app.documents.detecting.cheapest import price_alone
from app.documents.detecting.grids import OTHER_PERCENT, PRICE, SUB, TOTALS, Grid, is_green
from app.documents.detecting.kinds import CANDIDACY, is_criteria
from app.documents.detecting.levers import levers_in
from app.documents.detecting.sayings import FOOD_EXTERNALITIES
from app.documents.detecting.sections import Section, rows_of
from app.documents.detecting.spotted import Spotted, spot
from app.documents.detecting.weights import WEIGHT, weights_in
from app.law.vocabulary import Piece

_GLOBAL_COST: Final = re.compile(r"\bcout (?:global|du cycle de vie)|\bcycle de vie\b")
_GREEN_ALONE: Final = re.compile(
    r"\bcriteres? (?:de |du |relatif a l'|en matiere de )?(?:l')?(?:environnement|developpement durable"
    r"|performances? environnement)"
)
# In an article on how offers are judged: « le volet environnemental », « le respect de l'environnement ».
_GREEN_PART: Final = re.compile(
    r"\b(?:volet|note|aspect|performances?|demarche|respect|protection|dimension|poids|part|approche)\b[^.;]{0,20}"
    r"\b(?:environnement\w*|developpement durable|ecolog\w+)"
)
_NEARLY: Final = Decimal(70)
_WHOLE: Final = Decimal(100)
_LEAST: Final = Decimal(10)
_MOST: Final = Decimal(30)
_REASON: Final = re.compile(
    r"\bjustifi\w*|\bparce qu|\ben raison d|\bcompte tenu|\bau regard d(?:u|e l'|e la|es) (?:bilan|diagnostic|etude"
    r"|impact|enjeu)|\bresult\w* d|\bs'expliqu\w*|\bpoids\b[^.;]{0,60}\btient\b|\btraduit\b|\bcorrespond\w* a l[ae']"
    r"|\breflet\w*|\bcar\b"
    r"|\bmotiv\w*|\beu egard|\bdu fait d|\bpuisqu|\brepresent\w* [^.;]{0,40}\b(?:bilan|empreinte|emissions)"
)
_MIXED: Final = re.compile(r"\btechnique\b|\bqualite\b(?! environnementale)|\binsertion\b|\bsocial")
_EXTERNALITIES: Final = re.compile(r"\bexternalites?\b")


def criteria_risks(section: Section, grids: Sequence[Grid]) -> Iterator[Spotted]:
    for grid in grids:
        yield from _grid_risks(grid)
        yield from _too_heavy(grid, section)
    if section.piece in {Piece.RC, None} or is_criteria(section):
        for row in rows_of(section.lines):
            told = " | ".join(line.plain for line in row)
            span = price_alone(told, judged=is_criteria(section))
            if span is not None:
                yield spot("price-only", row[0], span if len(row) == 1 else None)
    yield from _unweighted(section, grids)
    if not grids:
        yield from _ranked(section)


def _grid_risks(grid: Grid) -> Iterator[Spotted]:
    green = [item for item in grid.items if item.green]
    percent = all(item.unit == "%" for item in grid.items)
    total = grid.total
    # Points may add up to anything, unless they are clearly meant to make 100.
    meant = percent or _NEARLY <= total <= _WHOLE + (_WHOLE - _NEARLY)
    if total != _WHOLE and total not in TOTALS and total > Decimal(50) and meant:
        yield spot("weights-sum", grid.items[-1].line)
    if not green:
        yield spot("no-environmental-criterion", grid.lead)
    elif (total >= Decimal(60) or grid.whole == total) and grid.green_share < _LEAST:
        yield spot("low-weight", green[0].line, levers=levers_in(green[0].label))


def _too_heavy(grid: Grid, section: Section) -> Iterator[Spotted]:
    """Above the usual 15–30 %: only worth a word when the article gives no reason (droit.md, 2.3 and OB-63)."""
    green = [item for item in grid.items if item.green and not item.price and not _MIXED.search(item.label)]
    if not green or _REASON.search(section.plain):
        return
    if sum((item.weight for item in green if not item.sub), Decimal(0)) / grid.whole * 100 > _MOST:
        heaviest = max(green, key=lambda item: item.weight)
        food = _EXTERNALITIES.search(heaviest.label) is not None
        yield spot("high-weight", heaviest.line, saying=FOOD_EXTERNALITIES if food else None)


def _unweighted(section: Section, grids: Sequence[Grid]) -> Iterator[Spotted]:
    """A criterion told alone: the price for 100 %, or the environment for less than 10."""
    gridded = {item.line.at for grid in grids for item in grid.items}
    for line in section.lines:
        weight = next(weights_in(line.plain), None)
        if weight is None or line.at in gridded or OTHER_PERCENT.search(line.plain):
            continue
        priced = PRICE.search(line.plain) is not None and not _GLOBAL_COST.search(line.plain)
        judged = is_criteria(section)
        if weight.value == _WHOLE and priced and judged:
            if price_alone(line.plain, judged=True) is None:
                yield spot("price-only", line, (weight.start, weight.end))
        elif weight.value < _LEAST and _is_green_alone(line.plain, judged=judged) and not SUB.search(line.plain):
            yield spot("low-weight", line)


def _is_green_alone(plain: str, *, judged: bool) -> bool:
    return _GREEN_ALONE.search(plain) is not None or (judged and _GREEN_PART.search(plain) is not None)


_RANKED: Final = re.compile(
    r"\bcriteres?\b[^.;]{0,120}:|\bcriteres?\b[^.;]{0,80}\b(?:ordre (?:decroissant|d'importance|de priorite)"
    r"|hierarchis\w+)|\bordre decroissant\b"
    r"|\b(?:jugement|juge\w*|class\w+|attribu\w+|appreci\w+|choix|choisi\w*|note\w*|compar\w+)\b[^.;]{0,60}"
    r"\b(?:sur|au regard|en fonction|selon|au vu|d'apres|compte|suivant)\b"
)


def _ranked(section: Section) -> Iterator[Spotted]:
    """Criteria in order of importance, without a weight: none of them speaks of the environment."""
    judged = is_criteria(section) or (section.piece is Piece.RC and not CANDIDACY.search(section.own_title))
    if not judged or any(WEIGHT.search(line.plain) or is_green(line.plain) for line in section.lines):
        return
    for place, line in enumerate(section.lines):
        if not _RANKED.search(line.plain) or price_alone(line.plain, judged=True):
            continue
        listed = [line.plain, *(after.plain for after in section.lines[place + 1 : place + 8])]
        told = [part for text in listed for part in re.split(r"[,;]| et ", text.rpartition(":")[2]) if part.strip()]
        if len(told) > 1 and any(PRICE.search(part) for part in told):
            yield spot("no-environmental-criterion", line)
        return
