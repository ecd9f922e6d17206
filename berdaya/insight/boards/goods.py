"""Goods on their way to market: made, lawful, shown, sold; and by which channel."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext

from berdaya.insight.boards.ground import Board, Kind
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.periods import Period
from berdaya.look.charts import Chart, Funnel, Series, Stage, area, bars, funnel, line
from berdaya.look.charts.figures import Figured


def charts(board: Board) -> list[Figured]:
    """The way, sales by channel, the share that arrives, and the places."""
    found = [
        _way(board),
        _channels(board),
        board.lines("arah-pasar", _("Sampai ke pasar: dua belas bulan"),
                    ("to_market", "lots_lawful"), line),
        board.lines("arah-tayang", _("Barang yang tayang, tiap akhir bulan"), ("listings",), bars),
        board.map(),
        board.compared(),
    ]  # fmt: skip
    return [one for one in found if one is not None]


def _way(board: Board) -> Figured | None:
    """How many kinds of goods came as far as each step, at the end of the period."""
    counts = board.cube.steps("to_market", board.period)
    if not counts:
        return None
    known = INDICATORS["to_market"]
    stages = tuple(Stage(label, int(counts.get(step, 0))) for step, label in known.steps.items())
    chart = Funnel(
        "jalan-ke-pasar",
        _("Jalan barang ke pasar"),
        stages,
        pgettext("insight", "Langkah"),
        _("Jenis barang"),
    )
    return board.figured(chart, funnel, str(known.definition))


def _channels(board: Board) -> Figured | None:
    """Sales of each month by channel; refunds of a month may exceed its sales, so not below 0."""
    if "sold" not in board.kind.stepped_for(board.reach.audience):
        return None
    parts = INDICATORS["sold"].parts
    series = []
    for part, label in parts.items():
        sums = [board.cube.sums("sold", Period.month(month), step=part) for month in board.year]
        values = tuple(None if one is None else max(one.numerator, 0) for one in sums)
        if any(values):
            series.append(Series(label, values))
    chart = Chart(
        "saluran", _("Penjualan menurut saluran"), board.months, tuple(series), "Rp", _("Bulan")
    )
    return board.figured(chart, area) if series else None


KIND = Kind(
    "goods",
    _lazy("Barang dan pasar"),
    _lazy("Dari dibuat sampai terjual: berapa jenis barang yang sampai, dan lewat saluran mana."),
    ("to_market", "lots_lawful", "listings", "permits", "made", "sold"),
    ("to_market", "sold"),
    charts,
    usual="to_market",
)
