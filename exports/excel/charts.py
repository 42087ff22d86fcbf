"""Charts in the brand's colours, every value written on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, NumData, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.utils import range_boundaries

from exports.excel.figures import Value
from exports.excel.palette import WHITE, Palette
from exports.excel.tables import Placed

_WIDTH, _LEAST_HEIGHT, _BAR = 22.0, 7.0, 0.75
_MOST_HEIGHT = 24.0


def bars(placed: Placed, values: int, palette: Palette, *, title: str, number_format: str) -> BarChart:
    """Lying bars of one column, the first row at the top."""
    chart = _bars(placed, [values], palette, title)
    chart.type = "bar"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.legend = None
    chart.gapWidth = 45
    chart.height = min(_MOST_HEIGHT, max(_LEAST_HEIGHT, 2.5 + _BAR * placed.rows))
    _label(chart, number_format)
    return chart


def columns(placed: Placed, values: Sequence[int], palette: Palette, *, title: str, number_format: str) -> BarChart:
    """Standing bars, one group a row, the headings as the legend."""
    chart = _bars(placed, values, palette, title)
    chart.type = "col"
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.legend.position = "b"
    chart.gapWidth = 60
    chart.height = 8.5
    _label(chart, number_format)
    return chart


def remember(chart: BarChart, placed: Placed, names: int, read: Callable[[int, int], Value]) -> None:
    """Write what is drawn into the chart too, for programs that do not look it up; `read` gives a cell's value."""
    rows = range(placed.first, placed.last + 1)
    texts = [StrVal(idx=at, v=str(read(row, names) or "")) for at, row in enumerate(rows)]
    for series in chart.series:
        column = range_boundaries(series.val.numRef.f.rsplit("!", 1)[1])[0] - 1
        drawn = ((at, read(row, column)) for at, row in enumerate(rows))
        figures = [NumVal(idx=at, v=repr(float(value))) for at, value in drawn if isinstance(value, (Decimal, int))]
        series.cat = AxDataSource(
            strRef=StrRef(f=placed.range(names), strCache=StrData(ptCount=placed.rows, pt=texts)),
        )
        series.val.numRef.numCache = NumData(formatCode="General", ptCount=placed.rows, pt=figures)
        heading = StrVal(idx=0, v=str(read(placed.head, column)))
        series.tx.strRef.strCache = StrData(ptCount=1, pt=[heading])


def _bars(placed: Placed, values: Sequence[int], palette: Palette, title: str) -> BarChart:
    chart = BarChart()
    for position, column in enumerate(values):
        chart.add_data(_reference(placed, column), titles_from_data=True)
        chart.series[position].graphicalProperties = _filled(palette.series[position % len(palette.series)])
    chart.title = title
    # Left unsaid, Excel lays the title over the bars.
    chart.title.overlay = chart.legend.overlay = False
    chart.width = _WIDTH
    # Otherwise the newest Excel hides both axes.
    chart.x_axis.delete = False
    # Bars that do not begin at nought lie.
    chart.y_axis.scaling.min = 0
    return chart


def _label(chart: BarChart, number_format: str) -> None:
    for series in chart.series:
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showPercent=False)
        series.dLbls.showLegendKey = False
        series.dLbls.numFmt = number_format
        series.dLbls.position = "outEnd"


def _reference(placed: Placed, column: int) -> Reference:
    return Reference(placed.sheet, min_col=column + 1, min_row=placed.head, max_row=placed.last)


def _filled(colour: str) -> GraphicalProperties:
    look = GraphicalProperties(solidFill=colour)
    look.line.solidFill = WHITE
    return look
