"""The list of cases."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.core.names import named
from berdaya.facilitation.models import Kind
from berdaya.facilitation.queries.cases import goods_text, late
from berdaya.facilitation.rules import is_late, stage_of
from berdaya.institutions.rules import own_units
from berdaya.look.tables import Column, Empty, Filter, State, Table

STAGES: dict[str, State] = {
    "asked": State(_lazy("Menunggu pendamping"), "warn"),
    "assigned": State(_lazy("Ditugaskan"), "warn"),
    "running": State(pgettext_lazy("facilitation", "Berjalan")),
    "waiting": State(_lazy("Menunggu kantor")),
    "ready": State(_lazy("Siap diselesaikan"), "warn"),
    "done": State(pgettext_lazy("facilitation", "Selesai"), "done"),
    "given_up": State(pgettext_lazy("facilitation", "Dihentikan"), "off"),
}
LATE = State(pgettext_lazy("facilitation", "Terlambat"), "bad")


def stage(row: Any) -> str:
    """Where a case with `with_turn` stands."""
    return stage_of(row.state, row.turn_acting)


def turn_text(row: Any) -> str:
    """Who is waited for where it is an office, else the step whose turn it is."""
    if row.state != "running" or row.turn_acting is None:
        return ""
    office = named(row.turn_office, row.turn_office_en)
    return office or named(row.turn_name, row.turn_name_en)


def shown(row: Any) -> str:
    """Late stands before everything else."""
    today = clock.today(row.facility.timezone)
    return "late" if is_late(row.state, (row.promised_on, row.turn_promised), today) else stage(row)


def _in_stage(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "late":
        return late(rows, clock.today())
    if value == "open":
        return rows.filter(state__in=["asked", "assigned", "running"])
    running = {
        "waiting": Q(turn_acting="office"),
        "ready": Q(turn_acting__isnull=True),
        "running": Q(turn_acting__in=["unit", "mentor"]),
    }
    if value in running:
        return rows.filter(running[value], state="running")
    return rows.filter(state=value)


class CaseTable(Table):
    """Every case on view, what waits longest first where it is open."""

    name = "fasilitasi"
    caption = pgettext_lazy("facilitation", "Fasilitasi")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("facilitation:case", args=[row.code]),
        ),
        Column(
            "jenis",
            pgettext_lazy("facilitation", "Bantuan"),
            value=lambda row: f"{row.label}: {goods_text(row)}",
            sort="kind",
        ),
        Column("upt", _lazy("UPT"), field="facility.name", sort="facility__name"),
        Column("keadaan", _lazy("Keadaan"), "state", value=shown, states={**STAGES, "late": LATE}),
        Column("janji", _lazy("Dijanjikan"), "date", field="promised_on"),
        Column("langkah", _lazy("Langkah sekarang"), value=turn_text),
    )
    search = ("code__icontains", "wish__icontains", "lines__product__name__icontains")
    search_label = _lazy("Cari kode, produk, atau permintaan")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            [
                ("open", _lazy("Belum selesai")),
                ("late", LATE.label),
                *((code, state.label) for code, state in STAGES.items()),
            ],
            apply=_in_stage,
        ),
        Filter("jenis", pgettext_lazy("facilitation", "Bantuan"), Kind.choices, field="kind"),
    )
    # What is open stands first, the oldest above; then what was closed, the newest above.
    default_sort = ("-closed_on", "asked_on", "pk")
    empty = Empty(
        _lazy("Belum ada permintaan bantuan"),
        _lazy("UPT memintanya dari Kesiapan Produk; petugas UMKM menugaskan pendamping."),
        good="bottle",
    )

    @cached_property
    def shown(self) -> list[Column]:
        """No place for whoever has one unit; a mentor's one production house is none."""
        own = own_units(self.request.actor)  # type: ignore[attr-defined]
        return [one for one in self.columns if one.key != "upt" or len(own) != 1]
