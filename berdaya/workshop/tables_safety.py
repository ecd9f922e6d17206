"""The list of incidents."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.workshop.models import IncidentKind, Severity

SEVERITIES = {
    Severity.NONE: State(Severity.NONE.label, "done"),
    Severity.LIGHT: State(Severity.LIGHT.label, "warn"),
    Severity.MEDIUM: State(Severity.MEDIUM.label, "warn"),
    Severity.HEAVY: State(Severity.HEAVY.label, "bad"),
    Severity.FATAL: State(Severity.FATAL.label, "bad"),
}


def _shop(row: Any) -> str:
    return row.workshop.label if row.workshop else "–"


class IncidentTable(Table):
    """What happened at work, newest first; nobody is named."""

    name = "kejadian"
    caption = _lazy("Kejadian keselamatan")
    columns = (
        Column("kode", _lazy("Kode"), field="code",
               url=lambda row: reverse("workshop:incident", args=[row.code])),
        Column("hari", _lazy("Hari"), "date", field="happened_on"),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("bengkel", _lazy("Bengkel"), value=_shop, sort="workshop__name"),
        Column("upt", _lazy("UPT"), field="facility.code"),
        Column("berat", _lazy("Berat ringannya"), "state", field="severity", states=SEVERITIES),
    )  # fmt: skip
    search = ("code__icontains", "what_happened__icontains", "workshop__name__icontains")
    search_label = _lazy("Cari kode atau kejadian")
    filters = (
        Filter("jenis", _lazy("Jenis"), IncidentKind.choices, field="kind"),
        Filter("berat", _lazy("Berat ringannya"), Severity.choices, field="severity"),
    )
    default_sort = ("-happened_on", "-pk")
    empty = Empty(
        pgettext_lazy("workshop", "Belum ada kejadian"),
        _lazy("Catat juga yang hampir celaka: dari situ kecelakaan dicegah."),
        good="bench",
    )
