"""The register of documents."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.look.tables import Column, Empty, Filter, State, Table
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
