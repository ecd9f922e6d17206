"""Charts drawn on the server as SVG, each with the table it was drawn from.

Pure functions from frozen parts to text: no request, no query, no script. A chart is drawn for a
wide screen and for a phone, because letters must not shrink with the page.
"""

from berdaya.look.charts.area import area
from berdaya.look.charts.bars import bars
from berdaya.look.charts.calendar import calendar
from berdaya.look.charts.funnel import funnel
from berdaya.look.charts.lines import line
from berdaya.look.charts.multiples import multiples
from berdaya.look.charts.parts import (
    NARROW,
    WIDE,
    Calendar,
    Chart,
    Flow,
    Flows,
    Funnel,
    Grid,
    Number,
    Places,
    Series,
    Shape,
    Span,
    Spans,
    Stage,
)
from berdaya.look.charts.places import places
from berdaya.look.charts.sankey import sankey
from berdaya.look.charts.spans import spans

__all__ = [
    "NARROW",
    "WIDE",
    "Calendar",
    "Chart",
    "Flow",
    "Flows",
    "Funnel",
    "Grid",
    "Number",
    "Places",
    "Series",
    "Shape",
    "Span",
    "Spans",
    "Stage",
    "area",
    "bars",
    "calendar",
    "funnel",
    "line",
    "multiples",
    "places",
    "sankey",
    "spans",
]
