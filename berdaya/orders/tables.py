"""The lists of orders, returns, rates and terms; no list shows who buys."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.orders.models import OrderState

TONES = {
    OrderState.PLACED: "",
    OrderState.CLAIMED: "warn",
    OrderState.PAID: "warn",
    OrderState.PACKED: "warn",
    OrderState.HANDED_OVER: "",
    OrderState.COMPLETED: "done",
    OrderState.EXPIRED: "off",
    OrderState.CANCELLED: "off",
}
STATES = {str(state): State(state.label, TONES[state]) for state in OrderState}
METHODS = (("qris", "QRIS"), ("transfer", _lazy("Transfer")))
WAYS = (("kirim", _lazy("Dikirim")), ("ambil", _lazy("Diambil sendiri")))
RETURN_STATES = {
    "": State(_lazy("Menunggu"), "warn"),
    "accepted": State(pgettext_lazy("orders", "Diterima"), "done"),
    "refused": State(_lazy("Ditolak"), "off"),
}
OUTCOMES = (
    ("open", _lazy("Menunggu")),
    ("accepted", pgettext_lazy("orders", "Diterima")),
    ("refused", _lazy("Ditolak")),
)


def _placed_on(row: Any) -> Any:
    return clock.local(row.placed_at).date()


def _asked_on(row: Any) -> Any:
    return clock.local(row.asked_at).date()


def _way(row: Any) -> Any:
    return WAYS[1][1] if row.is_pickup else WAYS[0][1]


def _by_way(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    return rows.filter(is_pickup=value == "ambil")


class OrderTable(Table):
    """Orders, newest first; found by code or by amount."""

    name = "pesanan"
    caption = pgettext_lazy("daftar", "Pesanan")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("orders:order", args=[row.code]),
        ),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=STATES),
        Column(
            "dipesan",
            pgettext_lazy("orders", "Dipesan"),
            "date",
            value=_placed_on,
            sort="placed_at",
        ),
        Column("cara", _lazy("Penyerahan"), value=_way),
        Column("bayar", _lazy("Harus dibayar"), "amount", field="payable_rp"),
        Column("dibayar", _lazy("Dibayar"), "amount", field="paid_rp"),
        Column("penjual", _lazy("Penjual"), field="book.party.name"),
    )
    search = ("code__icontains",)
    search_label = _lazy("Cari kode atau jumlah")
    filters = (
        Filter("keadaan", _lazy("Keadaan"), OrderState.choices, field="state", counted=True),
        Filter("cara", _lazy("Cara bayar"), METHODS, field="method"),
        Filter("penyerahan", _lazy("Penyerahan"), WAYS, apply=_by_way),
    )
    default_sort = ("-placed_at", "-id")
    empty = Empty(
        _lazy("Belum ada pesanan"),
        _lazy("Pesanan masuk dari toko begitu ada barang yang tayang."),
        good="bag",
    )

    def _searched(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Words are parts of a code; what is a number is an amount too."""
        for word in self.words.split():
            digits = word.removeprefix("Rp").replace(".", "")
            found = Q(code__icontains=word)
            if digits.isascii() and digits.isdigit() and len(digits) <= 15:
                found |= Q(payable_rp=int(digits)) | Q(paid_rp=int(digits))
            rows = rows.filter(found)
        return rows


def _by_outcome(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    return rows.filter(outcome="" if value == "open" else value)


class ReturnTable(Table):
    """Returns, newest first."""

    name = "retur"
    caption = pgettext_lazy("daftar", "Retur")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("orders:return", args=[row.code]),
        ),
        Column("pesanan", _lazy("Pesanan"), field="order.code"),
        Column(
            "diajukan",
            pgettext_lazy("orders", "Diajukan"),
            "date",
            value=_asked_on,
            sort="asked_at",
        ),
        Column("kembali", _lazy("Uang kembali"), "amount", field="refund.amount_rp"),
        Column("keadaan", _lazy("Keadaan"), "state", field="outcome", states=RETURN_STATES),
    )
    search = ("code__icontains", "order__code__icontains")
    filters = (Filter("keadaan", _lazy("Keadaan"), OUTCOMES, apply=_by_outcome),)
    default_sort = ("-asked_at", "-pk")
    empty = Empty(
        _lazy("Belum ada retur"),
        _lazy("Retur diajukan pembeli dari halaman pesanannya, atau di meja dari pesanannya."),
        good="basket",
    )


class RateTable(Table):
    """Shipping rates by date."""

    name = "tarif"
    caption = _lazy("Tarif ongkir")
    columns = (
        Column("zona", _lazy("Zona"), field="zone"),
        Column("dari", _lazy("Dari"), value=lambda row: row.origin or "*", sort="origin"),
        Column("ke", _lazy("Ke"), value=lambda row: row.destination or "*", sort="destination"),
        Column("pertama", _lazy("Kg pertama"), "amount", field="first_kg_rp"),
        Column("berikut", _lazy("Kg berikutnya"), "amount", field="next_kg_rp"),
        Column(
            "hari",
            pgettext_lazy("orders", "Hari"),
            value=lambda row: f"{row.days_from}–{row.days_until}",
        ),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai"), "date", field="last_day", sort="valid_until"),
        Column("dasar", _lazy("Dasar"), field="legal_basis"),
    )
    search = ("zone__icontains", "origin__startswith", "destination__startswith")
    search_label = _lazy("Cari zona atau kode wilayah")
    default_sort = ("origin", "destination", "-valid_from", "pk")
    empty = Empty(_lazy("Belum ada tarif"), _lazy("Tanpa tarif, pembeli hanya dapat mengambil."))


class TermTable(Table):
    """Payment terms by date."""

    name = "ketentuan"
    caption = _lazy("Ketentuan bayar")
    columns = (
        Column(
            "cara", _lazy("Cara bayar"), value=lambda row: dict(METHODS)[row.method], sort="method"
        ),
        Column("batas", _lazy("Batas bayar (menit)"), "number", field="minutes_to_pay"),
        Column("paling", _lazy("Paling banyak"), "amount", field="most_rp"),
        Column("jawab", _lazy("Klaim dijawab (jam kerja)"), "number", field="answer_hours"),
        Column("sisa", _lazy("Sisa (hari)"), "number", field="rest_days"),
        Column("belum", _lazy("Belum bayar"), "number", field="most_unpaid"),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai"), "date", field="last_day", sort="valid_until"),
        Column("dasar", _lazy("Dasar"), field="legal_basis"),
    )
    default_sort = ("method", "-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada ketentuan"), _lazy("Tanpa ketentuan, cara bayar tidak ditawarkan.")
    )
