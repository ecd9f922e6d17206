"""The list of workbooks that came in."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.intake.models import ImportState
from berdaya.look.tables import Column, Empty, Filter, State, Table

STATES: dict[str, State] = {
    ImportState.STAGED: State(ImportState.STAGED.label, "warn"),
    ImportState.QUEUED: State(ImportState.QUEUED.label),
    ImportState.BOOKED: State(ImportState.BOOKED.label, "done"),
    ImportState.FAILED: State(ImportState.FAILED.label, "bad"),
    ImportState.DISCARDED: State(ImportState.DISCARDED.label, "off"),
}


def address(row: Any) -> str:
    """A workbook's own page."""
    return reverse("intake:import", args=[row.pk])


def uploaded_on(row: Any) -> date:
    """The unit's own day."""
    return clock.local(row.uploaded_at, row.facility.timezone).date()


class ImportTable(Table):
    """Newest first."""

    name = "buku"
    caption = _lazy("Buku kerja yang pernah diunggah")
    columns = (
        Column("berkas", _lazy("Berkas"), field="file_name", url=address),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("diunggah", _lazy("Diunggah"), "date", value=uploaded_on, sort="uploaded_at"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=STATES),
    )
    search = ("file_name__icontains",)
    filters = (Filter("keadaan", _lazy("Keadaan"), ImportState.choices, field="state"),)
    default_sort = ("-uploaded_at", "-pk")
    empty = Empty(
        _lazy("Belum ada buku kerja"),
        _lazy("Unggah buku UPT apa adanya; sebelum dibukukan, semuanya ditunjukkan dulu."),
        good="basket",
    )
