"""The charts of the open data: rupiah, goods and learners over the months."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from berdaya.insight.open_data import DATASETS, Published
from berdaya.look.charts import Chart, Series, bars, line
from berdaya.look.charts.figures import Figured

RUPIAH, GOODS, LEARNERS = "rupiah", "barang", "pelatihan"
KEYS = (RUPIAH, GOODS, LEARNERS)
OF = {
    RUPIAH: ("penjualan", "dibayarkan-kepada-pembuat", "setoran-negara"),
    GOODS: ("barang-dibuat", "barang-terjual"),
    LEARNERS: ("peserta-pelatihan",),
}


def figure(key: str, published: Published) -> Figured:
    """One chart of all regencies together; KeyError for an unknown one."""
    datasets = [DATASETS[slug] for slug in OF[key]]
    title = {
        RUPIAH: _("Rupiah dari barang buatan warga binaan, per bulan"),
        GOODS: _("Barang yang dibuat dan terjual, per bulan"),
        LEARNERS: _("Peserta pelatihan, per bulan"),
    }[key]
    note = _("Dibulatkan ke kelipatan lima.") if key == LEARNERS else ""
    unit = {RUPIAH: "Rp", GOODS: "", LEARNERS: pgettext("insight", "orang")}[key]
    months = published.months
    series = (
        Series(one.title, tuple(published.of_month.get((one.code, month)) for month in months))
        for one in datasets
    )
    names = tuple(date_format(month, "M y") for month in months)
    chart = Chart(key, title, names, tuple(series), unit, _("Bulan"))
    return Figured(
        chart, line if key == RUPIAH else bars, reverse("web:open_chart", args=[key]), note
    )


def codes(key: str) -> list[str]:
    """The indicators of a chart."""
    return [DATASETS[slug].code for slug in OF[key]]


def figures(published: Published) -> list[Figured]:
    """All of them, in the order of the page."""
    return [figure(key, published) for key in KEYS]
