"""The list of targets."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.insight.grids import said
from berdaya.insight.indicators import INDICATORS
from berdaya.insight.models import Target
from berdaya.look.tables import Column, Empty, Filter, Table


def _value(row: Target) -> str:
    known = INDICATORS.get(row.indicator)
    return said(known, row.value) if known else str(row.value)


def _title(row: Target) -> str:
    known = INDICATORS.get(row.indicator)
    return str(known.title) if known else row.indicator


def _years() -> list[tuple[str, str]]:
    year = clock.today().year
    return [(str(one), str(one)) for one in range(year + 1, year - 3, -1)]


class TargetTable(Table):
    """Every target, those that were set anew too."""

    name = "target"
    caption = _lazy("Target indikator")
    columns = (
        Column("indikator", _lazy("Indikator"), value=_title, sort="indicator"),
        Column("tahun", _lazy("Tahun"), value=lambda row: str(row.year), sort="year"),
        Column(
            "wilayah",
            _lazy("Wilayah"),
            value=lambda row: row.region.name if row.region else _lazy("Nasional"),
        ),
        Column("target", _lazy("Target"), value=_value, sort="value"),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Tidak berlaku lagi sejak"), "date", field="valid_until"),
        Column("dasar", _lazy("Dasar"), field="basis"),
    )
    filters = (Filter("tahun", _lazy("Tahun"), _years, field="year"),)
    default_sort = ("-year", "indicator", "-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada target"),
        _lazy("Direktorat Jenderal dan kantor wilayah menetapkan target tiap tahun."),
        good="cloth",
    )
