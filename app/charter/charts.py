"""Charts of a DOCX that Word edits: a DrawingML chart part each, its figures in an embedded workbook. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from app.documents.manifest import DECLARATION
from app.documents.xlsx import Column, Sheet, Workbook, letters, workbook
from app.documents.xml import attribute, escape, paragraph

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH: Final = 6_120_000
"""English Metric Units: the width of the text on a portrait page."""
_SHEET: Final = "Données"
_INK: Final = "1A1A1A"
_COLOURS: Final = ("14532D", "B45309", "1D4F8F")
"""Each at least 4.5:1 on white; the second has a pattern or dashes besides."""


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    values: tuple[Decimal | None, ...]
    """None is a gap, never zero."""


@dataclass(frozen=True, slots=True)
class Chart:
    kind: Literal["bar", "line"]
    title: str
    """The finding: read by screen readers."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    maximum: Decimal | None = None


def drawing(chart: Chart, number: int) -> str:
    """The paragraph that shows the chart; its relation is `rIdChart{number}`."""
    height = 420_000 * max(5, len(chart.categories)) + 500_000 if chart.kind == "bar" else 2_400_000
    graphic = (
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" xmlns:r="{_R}" '
        f'r:id="rIdChart{number}"/></a:graphicData></a:graphic>'
    )
    return paragraph(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{min(height, 6_500_000)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Graphique {number}" descr="{attribute(chart.title)}"/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing></w:r>"
    )


def parts(charts: Sequence[Chart]) -> tuple[dict[str, bytes], str, str]:
    """The parts of the package, their content types, their relations from the document."""
    made: dict[str, bytes] = {}
    types, relations = [f'<Default Extension="xlsx" ContentType="{_XLSX_TYPE}"/>'], []
    for number, chart in enumerate(charts, 1):
        name = f"chart{number}"
        made[f"word/charts/{name}.xml"] = (DECLARATION + _space(chart)).encode()
        made[f"word/charts/_rels/{name}.xml.rels"] = (
            f'{DECLARATION}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_R}/package" '
            f'Target="../embeddings/{name}.xlsx"/></Relationships>'
        ).encode()
        made[f"word/embeddings/{name}.xlsx"] = _book(chart)
        types.append(f'<Override PartName="/word/charts/{name}.xml" ContentType="{_CHART_TYPE}"/>')
        relations.append(f'<Relationship Id="rIdChart{number}" Type="{_R}/chart" Target="charts/{name}.xml"/>')
    return made, "".join(types), "".join(relations)


def _book(chart: Chart) -> bytes:
    columns = (
        Column("Période" if chart.kind == "line" else "Indicateur", 40),
        *(Column(s.name, 18) for s in chart.series),
    )
    rows = tuple((name, *(one.values[place] for one in chart.series)) for place, name in enumerate(chart.categories))
    return workbook(Workbook(chart.title, "Clausier", (Sheet(_SHEET, columns, rows),)))


def _space(chart: Chart) -> str:
    plot = _bars(chart) if chart.kind == "bar" else _lines(chart)
    return (
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:date1904 val="0"/><c:lang val="fr-FR"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}{_axes(chart)}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{_text(900)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/>'
        "</c:externalData></c:chartSpace>"
    )


def _text(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="{_INK}"/>'
        '</a:solidFill><a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )


def _bars(chart: Chart) -> str:
    shown = (
        '<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    series = "".join(
        f'<c:ser>{_named(chart, place)}<c:spPr>{_fill(place)}</c:spPr><c:invertIfNegative val="0"/>{shown}'
        f"{_data(chart, place)}</c:ser>"
        for place in range(len(chart.series))
    )
    return (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="60"/><c:axId val="111"/><c:axId val="222"/></c:barChart>'
    )


def _fill(place: int) -> str:
    """The target has stripes besides its colour."""
    colour = f'<a:srgbClr val="{_COLOURS[place % 3]}"/>'
    if not place:
        return f"<a:solidFill>{colour}</a:solidFill>"
    return (
        f'<a:pattFill prst="wdUpDiag"><a:fgClr>{colour}</a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
        "</a:pattFill>"
        f"<a:ln><a:solidFill>{colour}</a:solidFill></a:ln>"
    )


def _lines(chart: Chart) -> str:
    series = "".join(
        f"<c:ser>{_named(chart, place)}<c:spPr>{_stroke(place)}</c:spPr>"
        f'<c:marker><c:symbol val="{"none" if place else "circle"}"/></c:marker>{_data(chart, place)}'
        '<c:smooth val="0"/></c:ser>'
        for place in range(len(chart.series))
    )
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'{series}<c:marker val="1"/><c:axId val="111"/><c:axId val="222"/></c:lineChart>'
    )


def _stroke(place: int) -> str:
    dash = '<a:prstDash val="dash"/>' if place else ""
    return f'<a:ln w="28575"><a:solidFill><a:srgbClr val="{_COLOURS[place % 3]}"/></a:solidFill>{dash}</a:ln>'


def _named(chart: Chart, place: int) -> str:
    reference = f"'{_SHEET}'!${letters(place + 2)}$1"
    name = escape(chart.series[place].name)
    return (
        f'<c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{reference}</c:f><c:strCache>'
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _data(chart: Chart, place: int) -> str:
    count, column = len(chart.categories), letters(place + 2)
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(name)}</c:v></c:pt>' for i, name in enumerate(chart.categories))
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value:f}</c:v></c:pt>'
        for i, value in enumerate(chart.series[place].values)
        if value is not None
    )
    return (
        f"<c:cat><c:strRef><c:f>'{_SHEET}'!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{names}"
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>'{_SHEET}'!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}'
        "</c:numCache></c:numRef></c:val>"
    )


def _axes(chart: Chart) -> str:
    bar = chart.kind == "bar"
    order = "maxMin" if bar else "minMax"
    maximum = f'<c:max val="{chart.maximum:f}"/>' if chart.maximum is not None else ""
    title = (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="fr-FR" sz="900" b="0"/><a:t>{escape(chart.unit)}'
        "</a:t>"
        '</a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if bar else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{maximum}<c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"b" if bar else "l"}"/><c:majorGridlines><c:spPr>'
        '<a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="D6D6D6"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>{title}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="{"max" if bar else "autoZero"}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )
