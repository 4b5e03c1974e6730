"""The annual report: findings, charts with their tables, what was not declared; and its CSV twin. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from app.accounts.models import Organisation
from app.charter.charts import Chart, drawing, parts
from app.charter.charts import Series as ChartSeries
from app.charter.models import CharterAdhesion
from app.charter.paper import BULLET, grid, paper, text
from app.charter.rules import STATE_LABELS, AdhesionState
from app.charter.rules_progress import Cell, Progress, Series
from app.documents.xml import paragraph, run
from app.law.facts import Charter
from app.law.phrases import NBSP, day, number
from app.web.csv_table import table

UNDECLARED: Final = "non déclaré"
_ORIGINS: Final = {"files": "dossiers", "declared": "déclaré", "training": "formation suivie ici", None: ""}
_MOST_LINES: Final = 6


def _all(found: Sequence[Progress]) -> list[Series]:
    return [one for progress in found for one in progress.series]


def said(value: Decimal | None, unit: str) -> str:
    if value is None:
        return UNDECLARED
    return f"{number(value)}{NBSP}{unit.removesuffix('s') if value < 2 else unit}".strip()  # noqa: PLR2004 (the plural)


def finding(one: Series) -> str:
    """« Consultations avec un critère environnemental : 80 %, pour une cible de 100 %. »"""
    name, unit, target = one.indicator.name, one.indicator.unit, one.indicator.target
    if one.last is None:
        return f"{name}{NBSP}: {UNDECLARED}."
    if target is None:
        return f"{name}{NBSP}: {said(one.last, unit)}."
    reached = "cible atteinte" if one.reached else "sous la cible"
    return f"{name}{NBSP}: {said(one.last, unit)}, {reached} ({said(target, unit)})."


def _bar(found: Sequence[Progress], year: int) -> Chart | None:
    kept = [one for one in _all(found) if one.indicator.unit == "%" and one.last is not None]
    if not kept:
        return None
    reached = sum(one.reached is True for one in kept)
    aimed = sum(one.indicator.target is not None for one in kept)
    plural = "s" if reached > 1 else ""
    title = f"{reached} cible{plural} en pourcentage atteinte{plural} sur {aimed} en {year}"
    return Chart(
        "bar",
        title,
        tuple(one.indicator.name for one in kept),
        (
            ChartSeries(str(year), tuple(one.last for one in kept)),
            ChartSeries("Cible", tuple(one.indicator.target for one in kept)),
        ),
        "%",
        Decimal(100) if all((one.last or 0) <= 100 for one in kept) else None,  # noqa: PLR2004 (percent)
    )


def _quarterly(found: Sequence[Progress]) -> list[tuple[Series, Chart]]:
    kept = [one for one in _all(found) if sum(cell.value is not None for cell in one.cells) > 1]
    return [(one, _line(one)) for one in kept[:_MOST_LINES]]


def _line(one: Series) -> Chart:
    values = ChartSeries(one.indicator.name, tuple(cell.value for cell in one.cells))
    target = one.indicator.target
    aim = (ChartSeries("Cible", (target,) * len(one.cells)),) if target is not None else ()
    title = f"Par trimestre. {finding(one)}"
    whole = one.indicator.unit == "%" and all((value or 0) <= 100 for value in values.values)  # noqa: PLR2004 (percent)
    periods = tuple(cell.period for cell in one.cells)
    return Chart("line", title, periods, (values, *aim), one.indicator.unit, Decimal(100) if whole else None)


def _heading(words: str, level: int = 2) -> str:
    # The first level numbers « Article 1 » in our template: a report starts at a plain bold line.
    del level
    return paragraph(
        run(words), "Subtitle", '<w:keepNext/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>'
    )


def _status(adhesion: CharterAdhesion | None) -> str:
    if adhesion is None:
        return "L’organisme n’a pas demandé à signer la charte."
    if adhesion.state is AdhesionState.ACCEPTED and adhesion.decided_at:
        when = day(adhesion.decided_at.date())
        signed = f"L’organisme a signé la version {adhesion.charter_version} de la charte"
        return f"{signed} et figure parmi les signataires depuis le {when}."
    return f"Adhésion{NBSP}: {STATE_LABELS[adhesion.state]}."


def report_docx(
    charter: Charter, organisation: Organisation, adhesion: CharterAdhesion | None, year: int, found: Sequence[Progress]
) -> bytes:
    bar, lines = _bar(found, year), _quarterly(found)
    charts = [*([bar] if bar else []), *(chart for _, chart in lines)]
    extra, types, relations = parts(charts) if charts else ({}, "", "")
    title = f"Bilan {year} de la charte"
    body = [
        text(organisation.name.replace("[", "(").replace("]", ")"), "CoverKind"),
        text(title, "Title"),
        text(f"{charter.name}. {_status(adhesion)}"),
        _heading("L’essentiel"),
        *(text(finding(one), BULLET) for one in _all(found) if one.last is not None),
        *_undeclared(found),
        *_charts(bar, lines, year),
        *_by_commitment(found),
        _heading("Comment lire ces chiffres"),
        text(
            "Les chiffres «\u00a0dossiers\u00a0» sont comptés dans les dossiers enregistrés, au trimestre de leur "
            "lancement. "
            "Une exception justifiée n’est pas comptée comme respectée. Ce que personne n’a déclaré reste "
            "«\u00a0non déclaré\u00a0», jamais zéro. Les cibles viennent des mots de la charte."
        ),
    ]
    return paper(
        f"{title} – {organisation.name}",
        organisation.name,
        body,
        head=f"{title} – {charter.name}",
        extra=extra,
        types=types,
        relations=relations,
    )


def _undeclared(found: Sequence[Progress]) -> Iterator[str]:
    names = [one.indicator.name for one in _all(found) if one.last is None and one.indicator.measured != "agec"]
    if names:
        yield text(f"Non déclaré cette année{NBSP}: {', '.join(n[:1].lower() + n[1:] for n in names)}.")


def _charts(bar: Chart | None, lines: list[tuple[Series, Chart]], year: int) -> Iterator[str]:
    place = 0
    if bar:
        place += 1
        yield _heading("Les cibles")
        yield paragraph(run(f"{bar.title}."), "Caption")
        yield drawing(bar, place)
        rows = [
            [name, said(value, "%"), "–" if target is None else said(target, "%")]
            for name, value, target in zip(bar.categories, bar.series[0].values, bar.series[1].values, strict=True)
        ]
        yield grid("Les mêmes chiffres", ["Indicateur", str(year), "Cible"], [6, 2, 2], rows)
    if lines:
        yield _heading("Trimestre par trimestre")
    for one, chart in lines:
        place += 1
        yield paragraph(run(chart.title), "Caption")
        yield drawing(chart, place)
        row = [said(cell.value, one.indicator.unit) for cell in one.cells]
        yield grid("Les mêmes chiffres", list(chart.categories), [1] * len(row), [row])


def _by_commitment(found: Sequence[Progress]) -> Iterator[str]:
    yield _heading("Engagement par engagement")
    head = ["Engagement", "Indicateur", "Année", "Cible", "Origine"]
    rows = [
        [
            progress.commitment.title,
            one.indicator.name,
            "suivi à part" if one.indicator.measured == "agec" else said(one.last, one.indicator.unit),
            "–" if one.indicator.target is None else said(one.indicator.target, one.indicator.unit),
            _origin(one),
        ]
        for progress in found
        for one in progress.series
    ]
    yield grid("Tous les indicateurs", head, [5, 5, 3, 2, 2], rows)


def _origin(one: Series) -> str:
    cells: list[Cell] = [*one.cells, one.year]
    return next((_ORIGINS[cell.origin] for cell in reversed(cells) if cell.origin), "–")


def report_csv(found: Sequence[Progress]) -> bytes:
    head = ("engagement", "indicateur", "libelle", "unite", "periode", "valeur", "cible", "origine", "note", "piece")
    rows = [
        (
            progress.commitment.code,
            one.indicator.code,
            one.indicator.name,
            one.indicator.unit,
            cell.period,
            UNDECLARED if cell.value is None else cell.value,
            one.indicator.target,
            _ORIGINS[cell.origin],
            cell.declared.note if cell.declared else "",
            cell.declared.proof if cell.declared else "",
        )
        for progress in found
        for one in progress.series
        for cell in (*one.cells, one.year)
    ]
    return table(head, rows)
