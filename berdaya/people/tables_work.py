"""The lists of certificates of fitness and of lawful working time."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.rules import hours


def address(row: Any) -> str:
    return reverse("people:work", args=[row.participant.code])


class FitnessTable(Table):
    """Who is fit until when, under pseudonyms."""

    name = "sehat"
    caption = _lazy("Surat keterangan sehat")
    columns = (
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym", url=address),
        Column(
            "hasil",
            _lazy("Hasil"),
            "state",
            field="is_fit",
            states={
                True: State(_lazy("Layak bekerja"), "done"),
                False: State(_lazy("Belum layak bekerja"), "bad"),
            },
        ),
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai dengan"), "date", field="last_day", sort="valid_until"),
        Column("batas", _lazy("Pembatasan"), field="restrictions"),
    )
    search = ("participant__pseudonym__icontains",)
    search_label = _lazy("Cari nama samaran")
    filters = (
        Filter(
            "hasil",
            _lazy("Hasil"),
            (("True", _lazy("Layak bekerja")), ("False", _lazy("Belum layak bekerja"))),
            field="is_fit",
        ),
    )
    default_sort = ("valid_until", "pk")
    empty = Empty(
        _lazy("Belum ada surat keterangan sehat"),
        _lazy("Buka halaman warga binaan, lalu catat suratnya di bagian kerja."),
        good="cloth",
    )


def _holds(row: Any) -> str:
    return "now" if row.holds_on(clock.today()) else "other"


class LimitsTable(Table):
    """What the law allowed since when, on what basis."""

    name = "batas"
    caption = _lazy("Batas waktu kerja")
    columns = (
        Column("mulai", _lazy("Berlaku mulai"), "date", field="valid_from"),
        Column("sampai", _lazy("Sampai dengan"), "date", field="last_day", sort="valid_until"),
        Column("lima", _lazy("Jam sehari, lima hari"), "number",
               value=lambda row: hours(row.day_minutes_of_five), sort="day_minutes_of_five"),
        Column("enam", _lazy("Jam sehari, enam hari"), "number",
               value=lambda row: hours(row.day_minutes_of_six), sort="day_minutes_of_six"),
        Column("pekan", _lazy("Jam sepekan"), "number",
               value=lambda row: hours(row.week_minutes), sort="week_minutes"),
        Column("hari", _lazy("Hari berturut-turut"), "number", field="days_in_a_row"),
        Column("dasar", _lazy("Dasar hukum"), field="legal_basis"),
        Column("keadaan", _lazy("Keadaan"), "state", value=_holds, states={
            "now": State(_lazy("Berlaku"), "done"), "other": State(_lazy("Tidak hari ini"), "off"),
        }),
    )  # fmt: skip
    search = ("legal_basis__icontains",)
    search_label = _lazy("Cari dasar hukum")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            (("now", _lazy("Berlaku")), ("coming", _lazy("Mendatang"))),
            apply=lambda rows, value: (
                rows.on(clock.today())
                if value == "now"
                else rows.filter(valid_from__gt=clock.today())
            ),
        ),
    )
    default_sort = ("-valid_from", "pk")
    empty = Empty(_lazy("Belum ada batas waktu kerja"), good="cloth")
