"""Charts, drawn on the server as SVG, once for browser and PDF alike.

Each function takes a frozen dataclass whose words are already in the reader's language and returns a ``Chart``: the
drawing, a title, a sentence of summary and the numbers as a table. Nothing is fetched and nothing is looked up.
"""

from kit.charts.bars import Bar, Bars, Stack, StackedBars, bar_axis, bar_row, bars, stacked_bars
from kit.charts.bullet import Bullet, Mark, bullet, bullet_row, compact_bullet
from kit.charts.chart import Chart, Status, Table, status_image, status_symbol
from kit.charts.incident import Day, Happening, Kind, Moment, Opening, Stretch, Timeline, TimelineWords
from kit.charts.limits import ControlLimits, control_limits
from kit.charts.plot import time_series
from kit.charts.series import Event, Point, Series, SeriesWords
from kit.charts.sparkline import Sparkline, shared_scale, sparkline
from kit.charts.svg import PRINT, WEB, Medium
from kit.charts.timeline import incident_timeline

__all__ = [
    "PRINT",
    "WEB",
    "Bar",
    "Bars",
    "Bullet",
    "Chart",
    "ControlLimits",
    "Day",
    "Event",
    "Happening",
    "Kind",
    "Mark",
    "Medium",
    "Moment",
    "Opening",
    "Point",
    "Series",
    "SeriesWords",
    "Sparkline",
    "Stack",
    "StackedBars",
    "Status",
    "Stretch",
    "Table",
    "Timeline",
    "TimelineWords",
    "bar_axis",
    "bar_row",
    "bars",
    "bullet",
    "bullet_row",
    "compact_bullet",
    "control_limits",
    "incident_timeline",
    "shared_scale",
    "sparkline",
    "stacked_bars",
    "status_image",
    "status_symbol",
    "time_series",
]
