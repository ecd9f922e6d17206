"""The register of documents, and the number patterns."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.papers import calc
from berdaya.papers.models import Document, DocumentType

SCANNED = {True: State(_lazy("Sudah ada"), "done"), False: State(_lazy("Belum"), "warn")}


def address(row: Document) -> str:
    """Where a document is shown."""
    return reverse("papers:document", args=[row.pk])


def kinds() -> list[tuple[str, str]]:
    """Every kind of document."""
    return [(row.code, row.label) for row in DocumentType.objects.order_by("name")]


class DocumentTable(Table):
    """Numbered documents, newest first."""

    name = "dokumen"
    caption = _lazy("Dokumen")
    columns = (
        Column("nomor", _lazy("Nomor"), field="number_text", url=address),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.type.label, sort="type__name"),
        Column("tanggal", _lazy("Tanggal"), "date", field="day"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("cetak", _lazy("Dicetak"), "number", field="printed_count"),
        Column(
            "pindaian",
            _lazy("Pindaian"),
            "state",
            value=lambda row: bool(row.scan),
            states=SCANNED,
            sort="scan",
        ),
    )
    search = ("number_text__icontains", "subject_ref__icontains")
    search_label = _lazy("Cari nomor")
    filters = (Filter("jenis", _lazy("Jenis"), kinds, field="type__code"),)
    default_sort = ("-day", "-pk")
    empty = Empty(
        _lazy("Belum ada dokumen"),
        _lazy("Nomor keluar sendiri ketika surat disetujui atau dicetak pertama kali."),
        good="cloth",
    )


def example(row: Any) -> str:
    """How the first number of this month would read; empty where several units are on view."""
    if not row.unit:
        return ""
    pattern = row.own or row.number_pattern
    return calc.number_text(pattern, number=1, code=row.code, unit=row.unit, day=clock.today())


class NumberingTable(Table):
    """Every kind of document, how it is usually numbered, and how the units on view do it."""

    name = "pola"
    caption = _lazy("Pola nomor surat")
    columns = (
        Column("kode", _lazy("Kode"), field="code",
               url=lambda row: reverse("papers:numbering", args=[row.code]) if row.unit else ""),
        Column("jenis", _lazy("Jenis"), value=lambda row: row.label, sort="name"),
        Column("contoh", _lazy("Contoh bulan ini"), value=example),
        Column("unit", _lazy("Pola UPT"), field="own"),
        Column("biasa", _lazy("Pola yang biasa"), field="number_pattern"),
    )  # fmt: skip
    search = ("code__icontains", "name__icontains", "name_en__icontains", "own__icontains")
    search_label = _lazy("Cari kode, jenis, atau pola")
    filters = (
        Filter(
            "pola",
            _lazy("Pola"),
            (("own", _lazy("Milik UPT")), ("usual", _lazy("Yang biasa"))),
            apply=lambda rows, value: rows.filter(own__isnull=value == "usual"),
        ),
    )
    default_sort = ("name", "pk")
    empty = Empty(_lazy("Tidak ada jenis dokumen"), good="cloth")
