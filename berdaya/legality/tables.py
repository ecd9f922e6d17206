"""The list of permits, and the matrix of what markets require."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.legality.models import Permit
from berdaya.legality.queries.permits import in_force
from berdaya.legality.rules.permits import WARN_DAYS, state_on
from berdaya.look.tables import Column, Empty, Filter, State, Table

STATES: dict[str, State] = {
    "valid": State(_lazy("Berlaku"), "done"),
    "ending": State(_lazy("Akan habis"), "warn"),
    "lapsed": State(pgettext_lazy("legality", "Habis"), "bad"),
    "revoked": State(pgettext_lazy("legality", "Dicabut"), "off"),
    "not_yet": State(_lazy("Belum berlaku"), "off"),
}
STATE_CHOICES = [(code, state.label) for code, state in STATES.items()]


def state_of(row: Permit) -> str:
    """Its state today, by its window."""
    return state_on(clock.today(), row.valid_from, row.valid_until, row.revoked_on)


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    today = clock.today()
    soon = today + timedelta(days=WARN_DAYS)
    if state == "revoked":
        return rows.filter(revoked_on__lte=today)
    rows = rows.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=today))
    if state == "not_yet":
        return rows.filter(valid_from__gt=today)
    if state == "lapsed":
        return rows.filter(valid_until__lte=today)
    ending = Q(valid_until__lte=soon)
    return in_force(rows, today).filter(ending if state == "ending" else ~ending)


def address(row: Any) -> str:
    """A permit's own page."""
    return reverse("legality:permit", args=[row.pk])


class PermitTable(Table):
    """What lapses first stands first."""

    name = "izin"
    caption = _lazy("Izin dan sertifikat")
    columns = (
        Column("nomor", _lazy("Nomor"), field="number", url=address),
        Column("jenis", _lazy("Jenis"), field="kind.label", sort="kind__name"),
        Column("pemegang", _lazy("Pemegang"), field="holder.name"),
        Column("tempat", _lazy("Tempat produksi"), field="place.name"),
        Column("sampai", _lazy("Berlaku sampai"), "date", field="last_day", sort="valid_until"),
        Column("keadaan", _lazy("Keadaan"), "state", value=state_of, states=STATES),
    )
    search = ("number__icontains", "holder__name__icontains", "products__name__icontains")
    filters = (Filter("keadaan", _lazy("Keadaan"), STATE_CHOICES, apply=_in_state),)
    default_sort = ("valid_until", "pk")
    empty = Empty(
        _lazy("Belum ada izin"),
        _lazy(
            "Catat nomor yang tercetak pada sertifikatnya; habisnya diingatkan 90 hari lebih dulu."
        ),
        good="bottle",
    )


class OwnPermitTable(PermitTable):
    """The same for one place: which place is known."""

    columns = tuple(one for one in PermitTable.columns if one.key != "tempat")


MARKETS: dict[str, Any] = {
    "retail": _lazy("Eceran"),
    "procurement": _lazy("Pengadaan"),
    "export": _lazy("Ekspor"),
}


def market_label(market: str) -> Any:
    """A market in words; a country is shown by its code."""
    kind, _mark, country = market.partition(":")
    label = MARKETS.get(kind, kind)
    return f"{label} {country}" if country else label


def basis_of(row: Any) -> str:
    """The legal basis, and where it was read."""
    return f"{row.legal_basis} · {row.source}" if row.source else str(row.legal_basis)


class RequirementTable(Table):
    """By category and market, with the legal basis of each row."""

    name = "syarat"
    caption = _lazy("Syarat tiap kelompok barang")
    columns = (
        Column("kelompok", _lazy("Kelompok barang"), field="category.label", sort="category__name"),
        Column("pasar", _lazy("Pasar"), value=lambda row: market_label(row.market)),
        Column(
            "izin", _lazy("Yang diperlukan"), field="permit_kind.label", sort="permit_kind__name"
        ),
        Column("sejak", _lazy("Sejak"), "date", field="valid_from"),
        Column("dasar", _lazy("Dasar dan sumber"), value=basis_of, sort="legal_basis"),
        Column(
            "pasti",
            _lazy("Kepastian"),
            "state",
            field="to_be_confirmed",
            states={
                True: State(_lazy("Perlu dipastikan"), "warn"),
                False: State(_lazy("Pasti"), "done"),
            },
        ),
    )
    search = ("category__name__icontains", "permit_kind__name__icontains", "legal_basis__icontains")
    filters = (Filter("pasar", _lazy("Pasar"), list(MARKETS.items()), field="market"),)
    default_sort = ("category__position", "market", "pk")
    empty = Empty(_lazy("Belum ada syarat"), _lazy("Syarat datang bersama program."))
