"""The lists of mentoring: adoptions, and the report in PK2UMK's fields."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.mentoring.models import Activity, AdoptionState
from berdaya.training.models import Funding

STATES = {
    "proposed": State(AdoptionState.PROPOSED.label, "warn"),
    "running": State(AdoptionState.RUNNING.label, "done"),
    "declined": State(AdoptionState.DECLINED.label, "off"),
    "ended": State(AdoptionState.ENDED.label, "off"),
}


class AdoptionTable(Table):
    """Every adoption on view."""

    name = "pendampingan"
    caption = _lazy("Pendampingan produk")
    columns = (
        Column(
            "kode",
            _lazy("Kode"),
            field="code",
            url=lambda row: reverse("mentoring:adoption", args=[row.code]),
        ),
        Column("apa", _lazy("Yang didampingi"), value=lambda row: row.label),
        Column("upt", _lazy("UPT"), field="facility.name", sort="facility__name"),
        Column("kantor", _lazy("Kantor pendamping"), field="office.label", sort="office__name"),
        Column("mulai", _lazy("Mulai"), "date", field="began_on"),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=STATES),
    )
    search = ("code__icontains", "wish__icontains", "line_of_work__icontains")
    search_label = _lazy("Cari kode, bidang kerja, atau keinginan")
    filters = (Filter("keadaan", _lazy("Keadaan"), AdoptionState.choices, field="state"),)
    default_sort = ("-proposed_at", "-pk")
    empty = Empty(
        _lazy("Belum ada pendampingan"),
        _lazy("Pendamping mengajukan bantuan, atau UPT memintanya; pihak lain menjawab."),
        good="cloth",
    )


def _years() -> list[tuple[str, str]]:
    year = clock.today().year
    return [(str(one), str(one)) for one in range(year, year - 4, -1)]


def _in_year(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(day__year=int(value))


class ReportTable(Table):
    """Sessions in the fields that Dinas report to PK2UMK; `follow_up` is annotated."""

    name = "laporan-pendampingan"
    caption = _lazy("Laporan pendampingan")
    columns = (
        Column("tahun", _lazy("Tahun"), value=lambda row: str(row.day.year), sort="day"),
        Column("bulan", _lazy("Bulan"), value=lambda row: f"{row.day.month:02d}"),
        Column(
            "kegiatan",
            _lazy("Nama kegiatan"),
            field="title",
            url=lambda row: reverse("mentoring:meeting", args=[row.pk]),
        ),
        Column(
            "jenis",
            _lazy("Jenis"),
            value=lambda row: str(row.get_activity_display()),
            sort="activity",
        ),
        Column("topik", _lazy("Topik"), field="topic"),
        Column("lokasi", _lazy("Lokasi"), field="location"),
        Column("penyelenggara", _lazy("Penyelenggara"), field="provider"),
        Column(
            "dana",
            _lazy("Sumber dana"),
            value=lambda row: str(row.get_funding_display()),
            sort="funding",
        ),
        Column("peserta", _lazy("Peserta"), value=lambda row: str(row.about_people or "–")),
        Column(
            "status", _lazy("Status peserta"), value=lambda row: _("calon wirausaha, tanpa NIB")
        ),
        Column("sektor", _lazy("Sektor"), field="adoption.line_of_work"),
        Column("kbli", _lazy("KBLI 2020"), value=lambda row: row.sector_kbli or "–"),
        Column("lanjut", _lazy("Tindak lanjut"), value=lambda row: row.follow_up or "–"),
    )
    search = ("title__icontains", "topic__icontains", "location__icontains")
    search_label = _lazy("Cari kegiatan, topik, atau lokasi")
    filters = (
        Filter("tahun", _lazy("Tahun"), _years, apply=_in_year),
        Filter("jenis", _lazy("Jenis"), Activity.choices, field="activity"),
        Filter("dana", _lazy("Sumber dana"), Funding.choices, field="funding"),
    )
    default_sort = ("-day", "-pk")
    empty = Empty(
        _lazy("Belum ada sesi yang dicatat"),
        _lazy("Sesi masuk laporan setelah hasilnya dicatat."),
        good="cloth",
    )
