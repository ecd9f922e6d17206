"""The lists of training: sessions, courses, photos that wait."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.training.models import Funding

STATES = {
    "open": State(_lazy("Masih ada tempat"), "done"),
    "full": State(_lazy("Penuh"), "warn"),
    "coming": State(_lazy("Akan datang")),
    "running": State(_lazy("Berlangsung"), "done"),
    "over": State(pgettext_lazy("training", "Selesai"), "off"),
}


def state_of(row: Any) -> str:
    """Whether a session is over, runs, or has free places; without seats only when it is."""
    today = clock.today()
    if row.ends_on < today:
        return "over"
    if row.starts_on <= today:
        return "running"
    seats = getattr(row, "seats", None)
    return "coming" if seats is None else "full" if not seats.free else "open"


def _when(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    if value == "open":
        return rows.filter(starts_on__gt=today, seats__taken__lt=F("seats__places"))
    wanted = {
        "coming": Q(starts_on__gt=today),
        "running": Q(starts_on__lte=today, ends_on__gte=today),
        "over": Q(ends_on__lt=today),
    }
    return rows.filter(wanted[value])


_CODE = Column(
    "kode",
    _lazy("Sesi"),
    field="code",
    url=lambda row: reverse("training:session", args=[row.code]),
)
_TITLE = Column("judul", _lazy("Pelatihan"), field="course.label", sort="course__title")
_DAYS = (
    Column("mulai", pgettext_lazy("training", "Mulai"), "date", field="starts_on"),
    Column("selesai", pgettext_lazy("training", "Selesai"), "date", field="ends_on"),
)


class OpenSessionTable(Table):
    """Sessions without a word about people, for whoever sees none; `about` where it was told."""

    name = "sesi"
    caption = _lazy("Sesi pelatihan")
    columns = (
        _CODE,
        _TITLE,
        Column("upt", _lazy("UPT"), field="facility.name", sort="facility__name"),
        *_DAYS,
        Column("tempat", pgettext_lazy("training", "Tempat"), "number", field="places"),
        Column("orang", _lazy("Kira-kira hadir"), "number", value=lambda row: _about(row)),
        Column("keadaan", _lazy("Keadaan"), "state", value=state_of, states=STATES),
    )
    search: tuple[str, ...] = (
        *("code__icontains", "course__title__icontains", "course__title_en__icontains"),
        "course__skill__name__icontains",
    )
    search_label = _lazy("Cari sesi, judul, atau keterampilan")
    filters: tuple[Filter, ...] = (
        Filter(
            "waktu",
            _lazy("Waktu"),
            tuple((key, STATES[key].label) for key in ("coming", "running", "over")),
            apply=_when,
        ),
        Filter("dana", _lazy("Sumber dana"), Funding.choices, field="funding"),
    )
    default_sort = ("-starts_on", "-pk")
    empty = Empty(
        _lazy("Belum ada sesi"),
        _lazy("Buka dulu sebuah pelatihan, lalu jadwalkan sesinya dari sana."),
        good="cloth",
    )


def _about(row: Any) -> int | None:
    told = getattr(row, "count", None)
    return told.about_people or None if told else None


class SessionTable(OpenSessionTable):
    """Sessions with their places, for those who see people; `waiting` is annotated."""

    columns = (
        _CODE,
        _TITLE,
        *_DAYS,
        Column(
            "terisi",
            _lazy("Terisi"),
            value=lambda row: f"{row.seats.taken} / {row.places}" if has_seats(row) else "",
            sort="seats__taken",
        ),
        Column("menunggu", _lazy("Menunggu"), "number", field="waiting"),
        Column("keadaan", _lazy("Keadaan"), "state", value=state_of, states=STATES),
    )
    filters = (
        Filter(
            "waktu",
            _lazy("Waktu"),
            tuple((key, STATES[key].label) for key in ("open", "coming", "running", "over")),
            apply=_when,
        ),
        Filter("dana", _lazy("Sumber dana"), Funding.choices, field="funding"),
    )


def has_seats(row: Any) -> bool:
    """Whether the reader may see how many places are taken."""
    return getattr(row, "seats", None) is not None


class CourseTable(Table):
    """What is taught; `session_count` is annotated."""

    name = "pelatihan"
    caption = _lazy("Daftar pelatihan")
    columns = (
        Column(
            "judul",
            _lazy("Pelatihan"),
            field="label",
            sort="title",
            url=lambda row: reverse("training:course", args=[row.code]),
        ),
        Column("keterampilan", _lazy("Keterampilan"), field="skill.label", sort="skill__name"),
        Column(
            "penyelenggara", _lazy("Penyelenggara"), field="provider.name", sort="provider__name"
        ),
        Column("upt", _lazy("UPT"), field="facility.code"),
        Column("jam", _lazy("Jam"), "number", field="hours"),
        Column("berlaku", _lazy("Berlaku (bulan)"), "number", field="valid_months"),
        Column("biaya", _lazy("Biaya"), "amount", field="cost_rp"),
        Column("sesi", _lazy("Sesi"), "number", field="session_count"),
    )
    search = ("title__icontains", "title_en__icontains", "skill__name__icontains")
    search_label = _lazy("Cari pelatihan atau keterampilan")
    filters = (Filter("dana", _lazy("Sumber dana"), Funding.choices, field="funding"),)
    default_sort = ("title", "pk")
    empty = Empty(
        _lazy("Belum ada pelatihan"),
        _lazy("Catat pelatihan pertama: judul, penyelenggara, dan keterampilan yang diberikan."),
        good="cloth",
    )


class PieceTable(Table):
    """Photos of pieces, those that wait for a second pair of eyes first."""

    name = "karya"
    caption = _lazy("Foto karya pelatihan")
    columns = (
        Column(
            "foto",
            _lazy("Foto"),
            value=lambda row: row.digest[:8],
            url=lambda row: reverse("training:piece", args=[row.pk]),
        ),
        Column(
            "judul",
            _lazy("Pelatihan"),
            field="assessment.enrolment.session.course.label",
            sort="assessment__enrolment__session__course__title",
        ),
        Column("upt", _lazy("UPT"), field="facility.code"),
        Column("kapan", _lazy("Diunggah"), "instant", field="uploaded_at"),
        Column(
            "keadaan",
            _lazy("Keadaan"),
            "state",
            field="state",
            sort="review__outcome",
            states={
                "waiting": State(_lazy("Menunggu orang kedua"), "warn"),
                "safe": State(_lazy("Aman"), "done"),
                "refused": State(_lazy("Ditolak"), "bad"),
            },
        ),
    )
    default_sort = ("-uploaded_at", "-pk")
    empty = Empty(
        _lazy("Belum ada foto karya"),
        _lazy("Foto ditambahkan pada halaman sebuah penilaian."),
        good="cloth",
    )
