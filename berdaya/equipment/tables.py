"""The lists of the equipment room."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.equipment.models import ConditionState, EquipmentKind, MaintenanceKind
from berdaya.look.tables import Column, Empty, Filter, State, Table

CONDITIONS = {
    ConditionState.GOOD.value: State(ConditionState.GOOD.label, "done"),
    ConditionState.LIGHT.value: State(ConditionState.LIGHT.label, "warn"),
    ConditionState.HEAVY.value: State(ConditionState.HEAVY.label, "bad"),
    ConditionState.WRITTEN_OFF.value: State(ConditionState.WRITTEN_OFF.label, "off"),
}
BOOKING_STATES = {
    "waiting": State(_lazy("Menunggu pemilik"), "warn"),
    "approved": State(_lazy("Jadi"), "done"),
    "declined": State(pgettext_lazy("equipment", "Ditolak"), "bad"),
    "cancelled": State(_lazy("Dibatalkan"), "off"),
    "hit": State(_lazy("Gugur karena rusak"), "bad"),
}
MISSING_STATES = {
    "open": State(_lazy("Dicari"), "bad"),
    "explained": State(_lazy("Menunggu orang kedua"), "warn"),
    "closed": State(pgettext_lazy("equipment", "Selesai"), "done"),
}
COUNT_STATES = {
    "out": State(_lazy("Masih di luar"), "warn"),
    "short": State(_lazy("Kurang"), "bad"),
    "back": State(_lazy("Lengkap"), "done"),
}


def equipment_url(row: Any) -> str:
    """Where a machine is shown."""
    return reverse("equipment:machine", args=[row.code])


def booking_url(row: Any) -> str:
    """Where a booking is shown."""
    return reverse("equipment:booking", args=[row.pk])


class EquipmentTable(Table):
    """Machines of one's own, and those others share."""

    name = "sarana"
    caption = _lazy("Sarana")
    columns = (
        Column("nama", _lazy("Sarana"), field="label", url=equipment_url, sort="name"),
        Column("kode", _lazy("Kode"), field="code"),
        Column("jenis", _lazy("Jenis"), field="get_kind_display", sort="kind"),
        Column("tempat", _lazy("Tempat"), field="place"),
        Column("upt", _lazy("Kalender dipegang"), field="facility.name"),
        Column("kondisi", _lazy("Kondisi"), "state", field="condition", states=CONDITIONS),
    )
    search = (
        "name__icontains",
        "name_en__icontains",
        "code__icontains",
        "place__icontains",
        "asset_no__icontains",
    )
    search_label = _lazy("Cari sarana, kode, atau tempat")
    filters = (
        Filter("jenis", _lazy("Jenis"), EquipmentKind.choices, field="kind"),
        Filter("kondisi", _lazy("Kondisi"), ConditionState.choices, field="condition"),
    )
    default_sort = ("place", "name", "pk")
    empty = Empty(
        _lazy("Belum ada sarana"),
        _lazy("Catat satu mesin, alat tenun, atau dapur; sesudah itu waktunya bisa dipesan."),
        good="bench",
    )


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    ended = {"declined": "declined_at", "cancelled": "cancelled_at", "hit": "cancelled_at"}
    if value in ended:
        rows = rows.filter(**{f"{ended[value]}__isnull": False})
        return rows if value == "declined" else rows.filter(hit_by__isnull=value == "cancelled")
    standing = rows.filter(declined_at__isnull=True, cancelled_at__isnull=True)
    return standing.filter(approved_at__isnull=value == "waiting")


class BookingTable(Table):
    """Bookings of one's own and on one's own machines, the latest first."""

    name = "pemesanan"
    caption = _lazy("Pemesanan")
    columns = (
        Column("sarana", _lazy("Sarana"), field="equipment.label", url=booking_url,
               sort="equipment__name"),
        Column("mulai", _lazy("Mulai"), "instant", field="starts_at"),
        Column("sampai", _lazy("Sampai"), "instant", field="ends_at"),
        Column("pemesan", _lazy("Pemesan"), field="facility.name"),
        Column("untuk", _lazy("Untuk"), field="purpose"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=BOOKING_STATES, sort=""),
    )  # fmt: skip
    search = (
        "equipment__name__icontains",
        "equipment__code__icontains",
        "facility__name__icontains",
        "purpose__icontains",
    )
    search_label = _lazy("Cari sarana, pemesan, atau keperluan")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            tuple((key, state.label) for key, state in BOOKING_STATES.items()),
            apply=_in_state,
        ),
    )
    default_sort = ("-starts_at", "-pk")
    empty = Empty(
        _lazy("Belum ada pemesanan"),
        _lazy("Buka kalender, pilih sarana, lalu pesan waktunya."),
        good="bench",
    )


def _finished(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(finished_at__isnull=value == "jalan")


class MaintenanceTable(Table):
    """What was repaired and kept up, the latest first."""

    name = "perawatan"
    caption = _lazy("Riwayat perawatan")
    columns = (
        Column("sarana", _lazy("Sarana"), field="equipment.label", sort="equipment__name",
               url=lambda row: equipment_url(row.equipment)),
        Column("jenis", _lazy("Jenis"), field="get_kind_display", sort="kind"),
        Column("apa", _lazy("Apa"), field="what"),
        Column("sejak", _lazy("Dilaporkan"), "instant", field="reported_at"),
        Column("selesai", pgettext_lazy("equipment", "Selesai"), "instant", field="finished_at"),
        Column("oleh", _lazy("Dikerjakan oleh"), field="done_by"),
        Column("biaya", _lazy("Biaya"), "amount", field="cost_rp"),
    )  # fmt: skip
    search = ("equipment__name__icontains", "what__icontains", "done_by__icontains")
    search_label = _lazy("Cari sarana atau pekerjaan")
    filters = (
        Filter("jenis", _lazy("Jenis"), MaintenanceKind.choices, field="kind"),
        Filter(
            "keadaan", _lazy("Keadaan"),
            (("jalan", _lazy("Belum selesai")), ("selesai", pgettext_lazy("equipment", "Selesai"))),
            apply=_finished,
        ),
    )  # fmt: skip
    default_sort = ("-reported_at", "-pk")
    empty = Empty(
        _lazy("Belum ada perawatan"),
        _lazy("Rencanakan perawatan di halaman sebuah sarana."),
        good="bench",
    )


class ToolSetTable(Table):
    """Sets of tools, and whether today's count is over."""

    name = "papan-alat"
    caption = _lazy("Papan alat")
    columns = (
        Column("nama", _lazy("Papan atau kotak"), field="name",
               url=lambda row: reverse("equipment:tool_set", args=[row.pk])),
        Column("tempat", _lazy("Disimpan di"), field="place"),
        Column("alat", _lazy("Banyaknya alat"), "number", field="tool_qty"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("terakhir", _lazy("Terakhir dihitung"), "date", field="last_day"),
    )  # fmt: skip
    search = ("name__icontains", "place__icontains", "tools__name__icontains")
    search_label = _lazy("Cari papan atau alat")
    default_sort = ("name", "pk")
    empty = Empty(
        _lazy("Belum ada papan alat"),
        _lazy("Tulis alat yang dibagikan tiap pagi; sore dihitung lagi."),
        good="bench",
    )


def _count_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "out":
        return rows.filter(in_at__isnull=True)
    missing = Q(lines__missing__isnull=False)
    back = rows.filter(in_at__isnull=False)
    return back.filter(missing).distinct() if value == "short" else back.exclude(missing)


class ToolCountTable(Table):
    """Counts by day, the latest first."""

    name = "hitungan-alat"
    caption = _lazy("Hitungan alat")
    columns = (
        Column("hari", _lazy("Hari"), "date", field="day",
               url=lambda row: reverse("equipment:tool_count", args=[row.pk])),
        Column("papan", _lazy("Papan"), field="tool_set.name"),
        Column("keluar", pgettext_lazy("equipment", "Keluar"), "instant", field="out_at"),
        Column("masuk", _lazy("Masuk"), "instant", field="in_at"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=COUNT_STATES, sort=""),
    )  # fmt: skip
    search = ("tool_set__name__icontains",)
    search_label = _lazy("Cari papan")
    filters = (
        Filter(
            "keadaan", _lazy("Keadaan"),
            tuple((key, state.label) for key, state in COUNT_STATES.items()), apply=_count_state,
        ),
    )  # fmt: skip
    default_sort = ("-day", "-pk")
    empty = Empty(
        _lazy("Belum ada hitungan"),
        _lazy("Buka sebuah papan alat, lalu hitung keluar sebelum bekerja."),
        good="bench",
    )


def _missing_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "closed":
        return rows.filter(confirmed_at__isnull=False)
    return rows.filter(confirmed_at__isnull=True, explained_at__isnull=value == "open")


class MissingTable(Table):
    """Tools that did not come back, the latest first."""

    name = "alat-hilang"
    caption = _lazy("Alat hilang")
    columns = (
        Column("alat", _lazy("Alat"), field="line.tool.name", sort="line__tool__name",
               url=lambda row: reverse("equipment:missing_tool", args=[row.pk])),
        Column("kurang", _lazy("Kurang"), "number", field="qty"),
        Column("papan", _lazy("Papan"), field="line.count.tool_set.name"),
        Column("sejak", _lazy("Sejak"), "instant", field="reported_at"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=MISSING_STATES, sort=""),
    )  # fmt: skip
    search = ("line__tool__name__icontains", "line__count__tool_set__name__icontains")
    search_label = _lazy("Cari alat atau papan")
    filters = (
        Filter(
            "keadaan", _lazy("Keadaan"),
            tuple((key, state.label) for key, state in MISSING_STATES.items()),
            apply=_missing_state,
        ),
    )  # fmt: skip
    default_sort = ("-reported_at", "-pk")
    empty = Empty(
        _lazy("Tidak ada alat yang hilang"),
        _lazy("Yang kurang waktu dihitung masuk muncul di sini."),
        good="bench",
    )
