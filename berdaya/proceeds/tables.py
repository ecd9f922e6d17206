"""The lists of sales and money."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.proceeds.example import percent
from berdaya.proceeds.models import BuyerKind, Obligation, SaleKind

PAID_STATES = {
    "paid": State(pgettext_lazy("proceeds", "Lunas"), "done"),
    "due": State(_lazy("Belum lunas"), "warn"),
    "refunded": State(pgettext_lazy("proceeds", "Dikembalikan"), "off"),
    "history": State(_lazy("Riwayat"), "off"),
}
RUN_STATES = {
    "prepared": State(_lazy("Menunggu persetujuan"), "warn"),
    "approved": State(_lazy("Menunggu pembayaran"), "warn"),
    "paid": State(_lazy("Dibayar"), "done"),
    "returned": State(pgettext_lazy("proceeds", "Dikembalikan"), "off"),
}

CORRECTION_STATES = {
    "waiting": State(_lazy("Menunggu keputusan"), "warn"),
    "approved": State(_lazy("Disetujui"), "done"),
    "refused": State(_lazy("Ditolak"), "off"),
}


def paid_state(sale: Any) -> str:
    """How a sale stands with its buyer."""
    if sale.is_history:
        return "history"
    if sale.refunded_rp and sale.refunded_rp == sale.amount_rp:
        return "refunded"
    return "due" if sale.due_rp > 0 else "paid"


def by_due(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    """Sales whose buyer still owes, or owes nothing."""
    owed = F("refunded_rp") + F("paid_rp")
    return rows.filter(amount_rp__gt=owed) if value == "due" else rows.filter(amount_rp__lte=owed)


class SaleTable(Table):
    """Sales, newest first."""

    name = "penjualan"
    caption = _lazy("Penjualan")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:sale", args=[row.code]),
        ),
        Column("tanggal", _lazy("Tanggal"), "date", field="sold_on"),
        Column("nota", _lazy("Nota"), value=lambda row: row.own_receipt_no or row.receipt_no),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.get_kind_display()),
        Column("pembeli", _lazy("Pembeli"), value=lambda row: row.get_buyer_kind_display()),
        Column("jumlah", pgettext_lazy("proceeds", "Jumlah"), "amount", field="amount_rp"),
        Column("bayar", _lazy("Pembayaran"), "state", value=paid_state, states=PAID_STATES),
    )
    search = ("code__icontains", "own_receipt_no__icontains", "buyer_label__icontains")
    filters = (
        Filter("jenis", _lazy("Jenis"), SaleKind.choices, field="kind"),
        Filter("pembeli", _lazy("Pembeli"), BuyerKind.choices, field="buyer_kind"),
        Filter(
            "bayar",
            _lazy("Pembayaran"),
            (("due", PAID_STATES["due"].label), ("paid", PAID_STATES["paid"].label)),
            apply=by_due,
        ),
    )
    default_sort = ("-sold_on", "-id")
    empty = Empty(
        _lazy("Belum ada penjualan"), _lazy("Catat yang pertama dari nota yang ada di tangan.")
    )


class ConsignmentTable(Table):
    """Goods handed over for sale by others."""

    name = "titipan"
    caption = _lazy("Titip jual")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:consignment", args=[row.code]),
        ),
        Column("tempat", _lazy("Tempat"), field="place.name"),
        Column("diserahkan", _lazy("Diserahkan"), "date", field="handed_on"),
        Column("sisa", _lazy("Sisa"), "qty", field="left_qty", sort=""),
    )
    search = ("code__icontains", "place__name__icontains")
    default_sort = ("-handed_on", "-pk")
    empty = Empty(
        _lazy("Belum ada titipan"), _lazy("Serahkan barang ke tempat berjenis titip jual.")
    )


class PayoutTable(Table):
    """Payout lists."""

    name = "daftar"
    caption = _lazy("Daftar pembayaran premi")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:payout", args=[row.code]),
        ),
        Column("disiapkan", _lazy("Disiapkan"), "date", field="prepared_on"),
        Column("sampai", _lazy("Premi sampai"), "date", field="until"),
        Column("orang", _lazy("Orang"), "number", field="line_count"),
        Column("jumlah", pgettext_lazy("proceeds", "Jumlah"), "amount", field="total_rp"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", sort="", states=RUN_STATES),
    )
    search = ("code__icontains",)
    default_sort = ("-prepared_on", "-pk")
    empty = Empty(
        _lazy("Belum ada daftar"), _lazy("Siapkan daftar dari premi yang sudah dapat dibayarkan.")
    )


class DepositTable(Table):
    """Deposits of PNBP."""

    name = "setoran"
    caption = _lazy("Setoran PNBP")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:deposit", args=[row.code]),
        ),
        Column("ntpn", "NTPN", field="ntpn"),
        Column("billing", _lazy("Kode billing"), field="billing_code"),
        Column("disetor", _lazy("Disetor"), "date", field="deposited_on"),
        Column("tempo", _lazy("Jatuh tempo"), "date", field="due_on"),
        Column("jumlah", pgettext_lazy("proceeds", "Jumlah"), "amount", field="amount_rp"),
        Column(
            "tepat",
            _lazy("Waktu"),
            "state",
            field="is_late",
            sort="",
            states={
                True: State(_lazy("Terlambat"), "bad"),
                False: State(_lazy("Tepat waktu"), "done"),
            },
        ),
    )
    search = ("code__icontains", "ntpn__icontains", "billing_code__icontains")
    default_sort = ("-deposited_on", "-pk")
    empty = Empty(
        _lazy("Belum ada setoran"), _lazy("Catat dari Bukti Penerimaan Negara yang diterima.")
    )


class ObligationTable(Table):
    """What books paid of their obligations."""

    name = "penyelesaian"
    caption = _lazy("Kewajiban")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:settlement", args=[row.code]),
        ),
        Column("kewajiban", _lazy("Kewajiban"), value=lambda row: row.get_obligation_display()),
        Column("lewat", _lazy("Lewat"), value=lambda row: row.get_source_display()),
        Column("rujukan", _lazy("Rujukan"), field="reference"),
        Column("tanggal", _lazy("Tanggal"), "date", field="settled_on"),
        Column("jumlah", pgettext_lazy("proceeds", "Jumlah"), "amount", field="amount_rp"),
    )
    search = ("code__icontains", "reference__icontains")
    filters = (Filter("kewajiban", _lazy("Kewajiban"), Obligation.choices, field="obligation"),)
    default_sort = ("-settled_on", "-pk")
    empty = Empty(
        _lazy("Belum ada yang diselesaikan"),
        _lazy("Catat pembayaran kepada koperasi, biaya, pajak, atau QRIS yang masuk ke bank."),
    )


class SlipTable(Table):
    """Slips by cover code: an open list shows no amounts of persons."""

    name = "slip"
    caption = _lazy("Slip premi")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:slip", args=[row.code]),
        ),
        Column("bulan", _lazy("Bulan"), value=lambda row: f"{row.month:%m/%Y}", sort="month"),
        Column("sampul", _lazy("Kode sampul"), field="cover_code"),
        Column("dibuat", _lazy("Dibuat"), "date", field="issued_on"),
    )
    search = ("code__icontains", "cover_code__icontains")
    default_sort = ("-month", "code")
    empty = Empty(_lazy("Belum ada slip"), _lazy("Buat slip untuk bulan yang sudah selesai."))


class ObjectionTable(Table):
    """Objections, the most urgent first."""

    name = "keberatan"
    caption = _lazy("Keberatan premi")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:objection", args=[row.code]),
        ),
        Column("slip", _lazy("Slip"), field="slip.code"),
        Column("diajukan", pgettext_lazy("proceeds", "Diajukan"), "date", field="raised_on"),
        Column("tempo", _lazy("Dijawab paling lambat"), "date", field="answer_due_on"),
        Column("penangan", _lazy("Penangan"), field="handler.display_name"),
        Column(
            "keadaan",
            _lazy("Keadaan"),
            "state",
            value=lambda row: hasattr(row, "answer"),
            states={
                True: State(_lazy("Dijawab"), "done"),
                False: State(_lazy("Menunggu jawaban"), "warn"),
            },
        ),
    )
    search = ("code__icontains", "slip__code__icontains")
    default_sort = ("answer_due_on", "pk")
    empty = Empty(_lazy("Belum ada keberatan"), _lazy("Keberatan diajukan dari halaman slip."))


class CorrectionTable(Table):
    """Premi corrections: an open list shows no amounts of persons."""

    name = "perbaikan"
    caption = _lazy("Perbaikan Premi")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:correction", args=[row.code]),
        ),
        Column("batch", _lazy("Batch"), field="batch.code"),
        Column("diusulkan", _lazy("Diusulkan pada"), "date", field="proposed_on"),
        Column("oleh", _lazy("Pengusul"), field="recorded_by.display_name"),
        Column(
            "keadaan", _lazy("Keadaan"), "state", field="state", sort="", states=CORRECTION_STATES
        ),
    )
    search = ("code__icontains", "batch__code__icontains")
    default_sort = ("-proposed_on", "-pk")
    empty = Empty(
        _lazy("Belum ada perbaikan"),
        _lazy("Perbaiki dulu daftar hadirnya, lalu usulkan kekurangannya di sini."),
    )


class ExitTable(Table):
    """Settlements of people who left."""

    name = "keluar"
    caption = _lazy("Serah terima saat keluar")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("proceeds:exit", args=[row.code]),
        ),
        Column("orang", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("keluar", pgettext_lazy("proceeds", "Keluar"), "date", field="left_on"),
        Column("sebab", _lazy("Sebab"), value=lambda row: row.get_exit_kind_display()),
        Column("cara", _lazy("Cara"), value=lambda row: row.get_method_display()),
        Column("jumlah", pgettext_lazy("proceeds", "Jumlah"), "amount", field="amount_rp"),
    )
    search = ("code__icontains", "participant__pseudonym__icontains")
    default_sort = ("-left_on", "-pk")
    empty = Empty(_lazy("Belum ada serah terima"), _lazy("Dicatat pada hari seseorang keluar."))


class PolicyTable(Table):
    """Split policies, own and default."""

    name = "kebijakan"
    caption = _lazy("Kebijakan bagi hasil")
    columns = (
        Column(
            "pihak",
            _lazy("Penjual"),
            value=lambda row: row.party.name if row.party else _lazy("Semua penjual (bawaan)"),
            sort="party__name",
        ),
        Column(
            "kelompok",
            _lazy("Kelompok barang"),
            value=lambda row: row.category.label if row.category else _lazy("semua"),
        ),
        Column(
            "dasar", pgettext_lazy("proceeds", "Dasar"), value=lambda row: row.get_base_display()
        ),
        Column("pembuat", _lazy("Pembuat"), value=lambda row: percent(row.makers_bp)),
        Column("modal", _lazy("Modal kerja"), value=lambda row: percent(row.capital_bp)),
        Column("pnbp", "PNBP", value=lambda row: percent(row.state_bp)),
        Column("koperasi", _lazy("Koperasi"), value=lambda row: percent(row.cooperative_bp)),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("akhir", _lazy("Sampai"), "date", value=lambda row: row.last_day),
        Column("sumber", _lazy("Sumber"), field="legal_basis", sort=""),
    )
    default_sort = ("-valid_from", "pk")
