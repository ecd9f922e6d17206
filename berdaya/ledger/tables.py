"""The lists of the books."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter, Table

KINDS = {
    "sale": _lazy("penjualan"),
    "payment": _lazy("pembayaran pembeli"),
    "release": _lazy("premi menjadi final"),
    "refund": _lazy("pengembalian"),
    "repayment": _lazy("uang kembali ke pembeli"),
    "payout": _lazy("pembayaran premi"),
    "deposit": _lazy("setoran PNBP"),
    "exit": _lazy("serah terima keluar"),
    "correction": _lazy("perbaikan premi"),
    "reversal": _lazy("pembalikan"),
}


class BookTable(Table):
    """Books by party."""

    name = "buku"
    caption = _lazy("Buku")
    columns = (
        Column(
            "pihak",
            _lazy("Penjual"),
            field="party.name",
            url=lambda row: reverse("ledger:book", args=[row.code]),
        ),
        Column("unit", _lazy("UPT"), field="facility.name"),
        Column("dibuka", _lazy("Dibuka"), "date", field="opened_on"),
    )
    search = ("party__name__icontains", "code__icontains")
    default_sort = ("party__name", "pk")
    empty = Empty(
        _lazy("Belum ada buku"), _lazy("Buku dibuka bersama pencatatan koperasi atau mitra.")
    )


class EntryTable(Table):
    """Entries of a book, newest first."""

    name = "jurnal"
    caption = _lazy("Jurnal")
    columns = (
        Column(
            "rujukan",
            _lazy("Rujukan"),
            value=lambda row: row.reference or f"#{row.pk}",
            url=lambda row: reverse("ledger:entry", args=[row.pk]),
            sort="reference",
        ),
        Column("jenis", _lazy("Jenis"), value=lambda row: KINDS.get(row.kind, row.kind)),
        Column("tanggal", _lazy("Tanggal buku"), "date", field="booked_on"),
        Column("jumlah", pgettext_lazy("ledger", "Jumlah"), "amount", field="amount_rp"),
    )
    search = ("reference__icontains",)
    filters = (Filter("jenis", _lazy("Jenis"), tuple(KINDS.items()), field="kind"),)
    default_sort = ("-booked_on", "-pk")
    empty = Empty(_lazy("Belum ada jurnal"), _lazy("Jurnal tercatat sendiri dari penjualan."))
