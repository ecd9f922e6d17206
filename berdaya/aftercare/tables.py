"""Lists of this room."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.aftercare.models import PlanState
from berdaya.look.tables import Column, Empty, Filter, State, Table

TONES = {"waiting": "warn", "approved": "done", "returned": "bad"}
PLAN_STATES = {code: State(label, TONES.get(code, "")) for code, label in PlanState.choices}


class PlanTable(Table):
    """Plans before release, of those who are here now."""

    name = "rencana"
    caption = _lazy("Rencana usaha sesudah bebas")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("aftercare:plan", args=[row.code]),
        ),
        Column("orang", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("usaha", _lazy("Usaha"), field="trade"),
        Column("tinggal", _lazy("Akan tinggal di"), field="region.name"),
        Column("bebas", _lazy("Perkiraan bebas"), "date", field="release_on"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=PLAN_STATES),
        Column("upt", _lazy("Ditulis di"), field="facility.name"),
    )  # fmt: skip
    search = ("code__icontains", "participant__pseudonym__icontains", "trade__icontains")
    search_label = _lazy("Cari kode, nama samaran, atau usaha")
    filters = (Filter("keadaan", _lazy("Keadaan"), PlanState.choices, field="state"),)
    default_sort = ("release_on", "pk")
    empty = Empty(
        _lazy("Belum ada rencana"),
        _lazy("Buka halaman orangnya, lalu Rencana usaha, dan tulis bersama dia."),
        good="cloth",
    )
