"""The list of mentions and their states."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.catalog.calc import spoken
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import Channel

MENTION_STATES = {
    "waiting": State(_lazy("Menunggu Kepala"), "warn"),
    "shown": State(_lazy("Tampil"), "done"),
    "declined": State(_lazy("Dikembalikan"), "bad"),
    "ended": State(_lazy("Dicabut"), "off"),
    "over": State(_lazy("Berakhir"), "off"),
}


def _label(row: Any) -> str:
    return spoken(row.label, row.label_en)


def _name(row: Any) -> str:
    version = row.listing.current
    return spoken(version.name, version.name_en) if version else row.listing.slug


class MentionTable(Table):
    """What is said of makers in public, where, and whether it still is."""

    name = "sebutan"
    caption = _lazy("Sebutan pembuat")
    columns = (
        Column("barang", _lazy("Barang"), value=_name, sort="listing__current__name",
               url=lambda row: reverse("catalog:mentions", args=[row.listing.slug])),
        Column("sebutan", _lazy("Sebutan"), value=_label, sort="label"),
        Column("saluran", _lazy("Saluran"), value=lambda row: row.get_channel_display(),
               sort="channel"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("sampai", _lazy("Kesediaan sampai"), "date", field="consent.last_day",
               sort="consent__valid_until"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=MENTION_STATES),
    )  # fmt: skip
    search = ("label__icontains", "listing__current__name__icontains")
    search_label = _lazy("Cari sebutan atau barang")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            tuple((code, state.label) for code, state in MENTION_STATES.items()),
            field="state",
        ),
        Filter("saluran", _lazy("Saluran"), Channel.choices, field="channel"),
    )
    default_sort = ("-proposed_at", "pk")
    empty = Empty(
        _lazy("Belum ada sebutan"),
        _lazy("Pembuat disebut hanya bila ia bersedia; mulailah dari halaman orangnya."),
        good="cloth",
    )
