"""The lists of the stall: sessions, notas, paper blocks, cash on its way."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.till.models import QrisProof, StallMethod, StallSale, StallSession

OPEN_STATES = {True: State(_lazy("Buka"), "warn"), False: State(_lazy("Ditutup"), "done")}
PROOF_STATES = {
    QrisProof.NONE.value: State(_lazy("Tunai"), ""),
    QrisProof.OPEN.value: State(_lazy("Belum terbukti"), "bad"),
    QrisProof.MATCHED.value: State(_lazy("Dicocokkan"), "done"),
    QrisProof.MISSING.value: State(_lazy("Tidak masuk"), "off"),
    **{
        one.value: State(_lazy("Terlihat masuk"), "done")
        for one in (QrisProof.APP, QrisProof.NOTICE, QrisProof.SOUNDBOX)
    },
    "void": State(_lazy("Batal"), "off"),
}
CASH_STATES = {
    False: State(_lazy("Menunggu bendahara"), "warn"),
    True: State(_lazy("Diterima"), "done"),
}


def by_openness(rows: "QuerySet[StallSession]", value: str) -> "QuerySet[StallSession]":
    """Sessions that are open, or over."""
    return rows.filter(closed_at__isnull=value == "buka")


def nota_state(nota: StallSale) -> str:
    """Void, or what proves its money."""
    return "void" if hasattr(nota, "void") else nota.proof


def _closed(row: StallSession, name: str) -> int | None:
    """What the closing says, where there is one."""
    closing = getattr(row, "closing", None)
    return getattr(closing, name) if closing else None


class SessionTable(Table):
    """When a stall was open, and what lay in its drawer."""

    name = "kasir"
    caption = _lazy("Kas stan, hari demi hari")
    columns = (
        Column(
            "stan", _lazy("Nama stan"), value=lambda row: str(row.stall),
            url=lambda row: reverse("till:session", args=[row.pk]), sort="stall__number",
        ),
        Column("acara", _lazy("Nama acara"), field="stall.event.name"),
        Column("hari", _lazy("Tanggal"), "date", field="day"),
        Column("awal", _lazy("Kembalian awal"), "amount", field="float_rp"),
        Column(
            "dihitung", _lazy("Uang dihitung"), "amount",
            value=lambda row: _closed(row, "counted_rp"),
        ),
        Column(
            "selisih", _lazy("Selisih"), "amount",
            value=lambda row: _closed(row, "difference_rp"),
        ),
        Column(
            "keadaan", _lazy("Keadaan"), "state", value=lambda row: row.is_open, states=OPEN_STATES
        ),
    )  # fmt: skip
    search = ("stall__label__icontains", "stall__event__name__icontains")
    search_label = _lazy("Cari stan atau acara")
    filters = (
        Filter(
            "keadaan", _lazy("Keadaan"), [("buka", _lazy("Buka")), ("tutup", _lazy("Ditutup"))],
            apply=by_openness,
        ),
    )  # fmt: skip
    default_sort = ("-opened_at", "-pk")
    empty = Empty(
        _lazy("Belum ada stan yang dibuka"),
        _lazy("Terima dulu serah barangnya di halaman stan, lalu buka stannya."),
    )


class NotaTable(Table):
    """Every nota of the stalls on view."""

    name = "nota"
    caption = _lazy("Nota stan")
    columns = (
        Column(
            "nota", _lazy("Nota"), field="code", url=lambda row: reverse("till:nota", args=[row.pk])
        ),
        Column("stan", _lazy("Nama stan"), value=lambda row: str(row.stall), sort="stall__number"),
        Column("waktu", _lazy("Waktu"), "instant", field="sold_at"),
        Column("bayar", _lazy("Bayar"), value=lambda row: row.get_method_display()),
        Column("jumlah", _lazy("Diterima"), "amount", value=lambda row: row.received_rp),
        Column("keadaan", _lazy("Keadaan"), "state", value=nota_state, states=PROOF_STATES),
    )
    search = ("code__icontains", "qris_reference__icontains", "stall__label__icontains")
    search_label = _lazy("Cari nomor nota atau rujukan QRIS")
    filters = (
        Filter("bayar", _lazy("Cara bayar"), StallMethod.choices, field="method"),
        Filter(
            "bukti", _lazy("Bukti QRIS"),
            [(one.value, one.label) for one in QrisProof if one != QrisProof.NONE], field="proof",
        ),
    )  # fmt: skip
    default_sort = ("-sold_at", "-pk")
    empty = Empty(_lazy("Belum ada nota"), _lazy("Nota muncul di sini begitu stan berjualan."))


class BlockTable(Table):
    """Paper blocks and how much of each is accounted for."""

    name = "blok"
    caption = _lazy("Blok nota kertas")
    columns = (
        Column(
            "blok", _lazy("Blok"), value=str, url=lambda row: reverse("till:block", args=[row.pk]),
            sort="first_no",
        ),
        Column("stan", _lazy("Nama stan"), value=lambda row: str(row.stall), sort="stall__number"),
        Column("diserahkan", pgettext_lazy("till", "Diserahkan"), "instant", field="handed_at"),
        Column("lembar", _lazy("Lembar"), "qty", value=lambda row: row.size),
        Column("tercatat", _lazy("Tercatat"), "qty", field="told"),
    )  # fmt: skip
    search = ("series__icontains", "stall__label__icontains")
    search_label = _lazy("Cari seri atau stan")
    filters: tuple[Any, ...] = ()
    default_sort = ("-handed_at", "-pk")
    empty = Empty(
        _lazy("Belum ada blok nota kertas"),
        _lazy("Serahkan satu kepada stan, untuk saat listrik atau jaringan mati."),
    )


class RoundingTable(Table):
    """How stalls round cash, by date."""

    name = "pembulatan"
    caption = _lazy("Pembulatan tunai di stan")
    columns = (
        Column("unit", _lazy("UPT tuan rumah"), field="facility.name"),
        Column("langkah", _lazy("Dibulatkan ke"), "amount", field="step_rp"),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai"), "date", field="last_day", sort="valid_until"),
        Column("dasar", _lazy("Dasar"), field="legal_basis"),
    )
    search = ("facility__name__icontains", "legal_basis__icontains")
    search_label = _lazy("Cari UPT atau dasar")
    filters: tuple[Any, ...] = ()
    default_sort = ("facility__name", "-valid_from", "pk")
    empty = Empty(
        _lazy("Tunai tidak dibulatkan"),
        _lazy("Tanpa aturan, pembeli membayar sampai rupiah terakhir."),
    )


class CashTable(Table):
    """Cash of closed stalls on its way to the treasurer."""

    name = "setoran"
    caption = _lazy("Setoran kas stan")
    columns = (
        Column(
            "stan", _lazy("Nama stan"), value=lambda row: str(row.closing.session.stall),
            url=lambda row: reverse("till:session", args=[row.closing.session_id]),
        ),
        Column("hari", _lazy("Tanggal"), "date", field="closing.session.day"),
        Column("jumlah", _lazy("Jumlah"), "amount", field="amount_rp"),
        Column("diserahkan", pgettext_lazy("till", "Diserahkan"), "instant", field="handed_at"),
        Column(
            "keadaan", _lazy("Keadaan"), "state",
            value=lambda row: row.received_at is not None, states=CASH_STATES,
        ),
    )  # fmt: skip
    search = ("closing__session__stall__label__icontains",)
    search_label = _lazy("Cari stan")
    filters: tuple[Any, ...] = ()
    default_sort = ("-handed_at", "-pk")
    empty = Empty(
        _lazy("Belum ada setoran kas"), _lazy("Setoran muncul di sini sesudah kas stan ditutup.")
    )
