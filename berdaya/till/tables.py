"""Lists of events, hand-outs, settlements, and the results of an event."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table

EVENT_STATES: dict[str, State] = {
    "ahead": State(_lazy("Akan datang"), "warn"),
    "running": State(_lazy("Berlangsung"), "done"),
    "over": State(pgettext_lazy("till", "Selesai"), "off"),
}
ANSWER_STATES: dict[str, State] = {
    "": State(_lazy("Menunggu jawaban"), "warn"),
    "coming": State(_lazy("Ikut"), "done"),
    "not_coming": State(_lazy("Tidak ikut"), "off"),
}
HAND_OUT_STATES: dict[str, State] = {
    "waiting": State(_lazy("Belum diterima"), "warn"),
    "declined": State(_lazy("Tidak diizinkan keluar"), "bad"),
    "received": State(_lazy("Di stan"), "done"),
    "settled": State(_lazy("Sudah dihitung"), "off"),
}
SETTLEMENT_STATES: dict[str, State] = {
    "waiting": State(_lazy("Menunggu persetujuan"), "warn"),
    "declined": State(_lazy("Dikembalikan"), "bad"),
    "approved": State(_lazy("Menunggu dibayar"), "warn"),
    "paid": State(pgettext_lazy("till", "Lunas"), "done"),
}


def event_state(row: Any) -> str:
    """ahead, running or over, on its own calendar."""
    today = clock.today(row.timezone)
    if today < row.begins_on:
        return "ahead"
    return "running" if today <= row.ends_on else "over"


def hand_out_state(row: Any) -> str:
    """Of rows of queries.listed_hand_outs."""
    if row.received_at is not None:
        return "received" if row.has_open else "settled"
    return "declined" if row.is_declined else "waiting"


def _when(rows: Any, value: str) -> Any:
    today = clock.today()
    if value == "ahead":
        return rows.filter(begins_on__gt=today)
    if value == "over":
        return rows.filter(ends_on__lt=today)
    return rows.filter(begins_on__lte=today, ends_on__gte=today)


def _in_state(rows: Any, value: str) -> Any:
    if value == "received":
        return rows.filter(received_at__isnull=False, has_open=True)
    if value == "settled":
        return rows.filter(received_at__isnull=False, has_open=False)
    return rows.filter(received_at__isnull=True, is_declined=value == "declined")


def _settled_state(rows: Any, value: str) -> Any:
    if value == "declined":
        return rows.filter(declined_at__isnull=False)
    rows = rows.filter(declined_at__isnull=True)
    if value == "waiting":
        return rows.filter(approved_at__isnull=True)
    rows = rows.filter(approved_at__isnull=False)
    is_owed = {"paid_at__isnull": True, "gross_rp__gt": 0}
    return rows.filter(**is_owed) if value == "approved" else rows.exclude(**is_owed)


def _choices(states: dict[str, State]) -> list[tuple[str, Any]]:
    return [(code, state.label) for code, state in states.items()]


class EventTable(Table):
    """The next ones first."""

    name = "acara"
    caption = _lazy("Acara")
    columns = (
        Column(
            "nama", _lazy("Nama acara"), field="label", sort="name",
            url=lambda row: reverse("till:event", args=[row.pk]),
        ),
        Column("kode", _lazy("Kode"), field="code"),
        Column("tempat", _lazy("Tempat"), field="venue"),
        Column("mulai", _lazy("Hari pertama"), "date", field="begins_on"),
        Column("selesai", _lazy("Hari terakhir"), "date", field="ends_on"),
        Column("keadaan", _lazy("Keadaan"), "state", value=event_state, states=EVENT_STATES),
    )  # fmt: skip
    search = ("name__icontains", "code__icontains", "venue__icontains")
    filters = (Filter("keadaan", _lazy("Keadaan"), _choices(EVENT_STATES), apply=_when),)
    default_sort = ("-begins_on", "-pk")
    empty = Empty(
        _lazy("Belum ada acara"),
        _lazy("Kantor Wilayah membuat acara, lalu mengundang UPT."),
        good="basket",
    )


class HandOutTable(Table):
    """Goods on their way to stalls, and those that lie there."""

    name = "serah-titip"
    caption = _lazy("Barang di stan")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("till:hand_out", args=[row.pk]),
        ),
        Column("pemilik", _lazy("Pemilik"), field="facility.name"),
        Column(
            "stan", _lazy("Nama stan"), sort="stall__event__code",
            value=lambda row: f"{row.stall.event.code} · {row.stall.label}",
        ),
        Column("tanggal", _lazy("Tanggal"), "date", field="handed_on"),
        Column("diserahkan", pgettext_lazy("till", "Diserahkan"), "qty", field="out_qty"),
        Column("sisa", _lazy("Masih di stan"), "qty", field="left"),
        Column("keadaan", _lazy("Keadaan"), "state", value=hand_out_state, states=HAND_OUT_STATES),
    )  # fmt: skip
    search = ("code__icontains", "facility__name__icontains", "stall__label__icontains",
              "stall__event__name__icontains")  # fmt: skip
    filters = (Filter("keadaan", _lazy("Keadaan"), _choices(HAND_OUT_STATES), apply=_in_state),)
    default_sort = ("-handed_on", "-pk")
    empty = Empty(
        _lazy("Belum ada barang di stan"),
        _lazy("Buka acaranya, lalu serahkan produk yang sudah dipilih ke salah satu stan."),
        good="basket",
    )


class SettlementTable(Table):
    """Reckonings of stalls with owners."""

    name = "perhitungan"
    caption = _lazy("Perhitungan titip jual stan")
    columns = (
        Column(
            "kode", _lazy("Kode"), field="code",
            url=lambda row: reverse("till:settlement", args=[row.pk]),
        ),
        Column("acara", _lazy("Nama acara"), field="stall.event.label", sort="stall__event__name"),
        Column("stan", _lazy("Nama stan"), field="stall.label"),
        Column("pemilik", _lazy("Pemilik"), field="facility.name"),
        Column("tanggal", _lazy("Dihitung"), "date", field="reckoned_on"),
        Column("jumlah", _lazy("Penjualan"), "amount", field="gross_rp"),
        Column("dibayarkan", _lazy("Dibayarkan"), "amount", field="payable_rp"),
        Column(
            "keadaan", _lazy("Keadaan"), "state", field="state", sort="",
            states=SETTLEMENT_STATES,
        ),
    )  # fmt: skip
    search = ("code__icontains", "facility__name__icontains", "stall__event__name__icontains")
    filters = (
        Filter("keadaan", _lazy("Keadaan"), _choices(SETTLEMENT_STATES), apply=_settled_state),
    )
    default_sort = ("-reckoned_on", "-pk")
    empty = Empty(
        _lazy("Belum ada perhitungan"),
        _lazy("Sesudah acara, kembalikan sisa barang; lalu hitung setiap pemilik di sini."),
        good="basket",
    )


class ResultTable(Table):
    """An event, product by product."""

    name = "hasil"
    caption = _lazy("Hasil tiap produk")
    columns = (
        Column("pemilik", _lazy("Pemilik"), field="facility.name"),
        Column("produk", _lazy("Produk"), field="label", sort="name"),
        Column("diserahkan", pgettext_lazy("till", "Diserahkan"), "qty", field="out_qty"),
        Column("terjual", _lazy("Terjual"), "qty", field="sold"),
        Column("kembali", _lazy("Kembali"), "qty", field="back"),
        Column("hilang", _lazy("Hilang"), "qty", field="lost"),
        Column("sisa", _lazy("Masih di stan"), "qty", field="left"),
        Column("omzet", _lazy("Omzet"), "amount", field="turnover_rp"),
    )
    search = ("facility__name__icontains", "name__icontains", "product__name__icontains")
    default_sort = ("-turnover_rp", "facility__name", "name", "pk")
    empty = Empty(
        _lazy("Belum ada barang di acara ini"),
        _lazy("Hasil muncul sesudah barang diterima di stan."),
        good="basket",
    )
