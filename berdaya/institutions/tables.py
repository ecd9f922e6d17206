"""Lists of staff by decree, parties, bank accounts and QRIS."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.institutions.models import AppointmentKind, PartyKind, RegimeKind
from berdaya.institutions.roles import ROLES
from berdaya.look.tables import Column, Empty, Filter, State, Table

WINDOWS = {
    "now": State(_lazy("Berlaku"), "done"),
    "later": State(_lazy("Belum berlaku")),
    "over": State(_lazy("Berakhir"), "off"),
}
PC_STATES = {
    "now": State(_lazy("Dipakai"), "done"),
    "over": State(_lazy("Berakhir"), "off"),
}
ACCOUNT_STATES = {
    "waiting": State(_lazy("Menunggu pengesahan"), "warn"),
    "confirmed": State(_lazy("Disahkan"), "done"),
    "declined": State(pgettext_lazy("institutions", "Ditolak"), "bad"),
    "over": State(_lazy("Berakhir"), "off"),
}


def _labels(states: dict[str, State]) -> tuple[tuple[str, Any], ...]:
    return tuple((key, one.label) for key, one in states.items())


def window_of(row: Any) -> str:
    """now, later or over, by a dated row's own days."""
    today = clock.today()
    if row.holds_on(today):
        return "now"
    return "later" if row.valid_from > today else "over"


def _in_window(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    today = clock.today()
    if value == "now":
        return rows.filter(Q(valid_until=None) | Q(valid_until__gt=today), valid_from__lte=today)
    return rows.filter(valid_from__gt=today) if value == "later" else rows.filter(
        valid_until__lte=today
    )  # fmt: skip


def account_state(row: Any) -> str:
    """waiting, confirmed or declined; what has ended says so."""
    return "over" if row.state == "confirmed" and window_of(row) == "over" else row.state


def _in_state(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    if value == "waiting":
        return rows.filter(decided_at=None)
    if value == "declined":
        return rows.exclude(decline_reason="")
    kept = rows.filter(decided_at__isnull=False, decline_reason="")
    over = Q(valid_until__lte=clock.today())
    return kept.filter(over) if value == "over" else kept.exclude(over)


WINDOW_FILTER = Filter("keadaan", _lazy("Keadaan"), _labels(WINDOWS), apply=_in_window)


def pc_ending_url(row: Any) -> str:
    """Where a PC is ended; nowhere for one that is over."""
    return "" if row.ended_at else reverse("institutions:pc_ending", args=[row.pk])


class PcTable(Table):
    """A unit's registered computers."""

    name = "komputer"
    caption = _lazy("Komputer unit yang terdaftar")
    columns = (
        Column("nama", _lazy("Nama"), field="label"),
        Column("upt", "UPT", field="facility.name"),
        Column(
            "keadaan", _lazy("Keadaan"), "state", sort="ended_at", states=PC_STATES,
            value=lambda row: "over" if row.ended_at else "now",
        ),
        Column("sejak", _lazy("Didaftarkan"), "instant", field="registered_at"),
        Column("oleh", _lazy("Oleh"), field="registered_by.display_name"),
        Column(
            "akhiri", _lazy("Akhiri"), value=lambda row: "" if row.ended_at else _("Akhiri"),
            url=pc_ending_url,
        ),
    )  # fmt: skip
    search = ("label__icontains", "facility__name__icontains")
    default_sort = ("ended_at", "-registered_at")
    empty = Empty(
        _lazy("Belum ada komputer terdaftar"),
        _lazy("Buka halaman ini di komputer unit, lalu daftarkan."),
    )


class StaffTable(Table):
    """Who works where in which role, by which decree."""

    name = "petugas"
    caption = _lazy("Petugas dan penunjukan")
    columns = (
        Column(
            "nama",
            _lazy("Nama"),
            field="staff.display_name",
            url=lambda row: reverse("institutions:person", args=[row.staff_id]),
        ),
        Column("peran", _lazy("Peran"), value=lambda row: ROLES[row.role].label, sort="role"),
        Column("tempat", _lazy("Tempat"), value=lambda row: str(row.place), sort="facility__name"),
        Column("keadaan", _lazy("Keadaan"), "state", value=window_of, states=WINDOWS),
        Column("sifat", _lazy("Sifat"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("sk", _lazy("Nomor SK"), field="decree_no"),
        Column("mulai", _lazy("Mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Hari terakhir"), "date", field="last_day", sort="valid_until"),
        Column("nip", "NIP", field="staff.nip"),
    )
    search = (
        "staff__display_name__icontains",
        "staff__nip__icontains",
        "decree_no__icontains",
        "facility__name__icontains",
        "office__name__icontains",
    )
    search_label = _lazy("Cari nama, NIP, atau SK")
    filters = (
        WINDOW_FILTER,
        Filter(
            "peran",
            _lazy("Peran"),
            tuple((role.code, role.label) for role in ROLES.values()),
            field="role",
        ),
        Filter("sifat", _lazy("Sifat"), AppointmentKind.choices, field="kind"),
    )
    default_sort = ("facility__name", "role", "-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada penunjukan"),
        _lazy("Catat akun petugasnya dulu, lalu penunjukannya dari SK."),
        good="cloth",
    )


def _regime(row: Any) -> str:
    return str(RegimeKind(row.regime).label) if row.regime else "–"


class PartyTable(Table):
    """Legal holders and sellers, with how their revenue is treated today."""

    name = "pihak"
    caption = _lazy("Pihak dan rezim pendapatan")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("institutions:party", args=[row.code]),
        ),
        Column("nama", _lazy("Nama"), field="name"),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("rezim", _lazy("Rezim hari ini"), value=_regime, sort="regime"),
        Column("pks", _lazy("Nomor PKS"), field="agreement_no"),
    )
    search = ("code__icontains", "name__icontains", "regimes__agreement_no__icontains")
    search_label = _lazy("Cari kode, nama, atau PKS")
    filters = (
        Filter("jenis", _lazy("Jenis"), PartyKind.choices, field="kind"),
        Filter("rezim", _lazy("Rezim hari ini"), RegimeKind.choices, field="regime"),
    )
    default_sort = ("facility__name", "name", "pk")
    empty = Empty(
        _lazy("Belum ada pihak"),
        _lazy("Koperasi atau mitra dicatat di sini dengan PKS-nya."),
        good="basket",
    )


def _owner() -> tuple[Column, ...]:
    return (
        Column("keadaan", _lazy("Keadaan"), "state", value=account_state, states=ACCOUNT_STATES),
        Column("pemilik", _lazy("Pemilik"), field="owner.name"),
        Column(
            "jenis",
            _lazy("Jenis pemilik"),
            value=lambda row: row.get_owner_kind_display(),
            sort="owner_kind",
        ),
        Column("persetujuan", _lazy("Surat persetujuan"), field="approval_no"),
        Column("mulai", _lazy("Mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Hari terakhir"), "date", field="last_day", sort="valid_until"),
    )


ACCOUNT_FILTERS = (
    Filter("keadaan", _lazy("Keadaan"), _labels(ACCOUNT_STATES), apply=_in_state),
    Filter("jenis", _lazy("Jenis pemilik"), PartyKind.choices, field="owner_kind"),
)


class BankTable(Table):
    """Bank accounts on which money may arrive, and those that wait for a second person."""

    name = "rekening"
    caption = _lazy("Rekening terdaftar")
    columns = (
        Column(
            "nomor",
            _lazy("Nomor rekening"),
            field="number",
            url=lambda row: reverse("institutions:bank_account", args=[row.pk]),
        ),
        Column("bank", _lazy("Bank")),
        Column("nama", _lazy("Atas nama"), field="holder_name"),
        *_owner(),
    )
    search = ("number__icontains", "bank__icontains", "holder_name__icontains",
              "owner__name__icontains")  # fmt: skip
    search_label = _lazy("Cari nomor, bank, atau nama")
    filters = ACCOUNT_FILTERS
    default_sort = ("owner__name", "-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada rekening"),
        _lazy("Daftarkan rekening koperasi, mitra, atau satker; bukan rekening pribadi."),
        good="box",
    )


class QrisTable(Table):
    """QRIS merchants, as registered."""

    name = "qris"
    caption = _lazy("QRIS terdaftar")
    columns = (
        Column(
            "nmid",
            "NMID",
            url=lambda row: reverse("institutions:qris_account", args=[row.pk]),
        ),
        Column("nama", _lazy("Nama pada QRIS"), field="merchant_name"),
        *_owner(),
    )
    search = ("nmid__icontains", "merchant_name__icontains", "owner__name__icontains")
    search_label = _lazy("Cari NMID atau nama")
    filters = ACCOUNT_FILTERS
    default_sort = ("owner__name", "-valid_from", "pk")
    empty = Empty(
        _lazy("Belum ada QRIS"),
        _lazy("Daftarkan QRIS koperasi, mitra, atau satker; bukan QRIS pribadi."),
        good="box",
    )
