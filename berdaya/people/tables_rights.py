"""Lists of requests about one's data, and of failures to protect it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import RightsKind, RightsOutcome

CASE_STATES = {
    "open": State(_lazy("Menunggu jawaban"), "warn"),
    "late": State(_lazy("Terlambat"), "bad"),
    RightsOutcome.GRANTED.value: State(RightsOutcome.GRANTED.label, "done"),
    RightsOutcome.PART.value: State(RightsOutcome.PART.label, "done"),
    RightsOutcome.REFUSED.value: State(RightsOutcome.REFUSED.label, "off"),
}
BREACH_STATES = {
    "open": State(_lazy("Beri tahu"), "warn"),
    "late": State(_lazy("Terlambat"), "bad"),
    "told": State(_lazy("Sudah diberitahukan"), "warn"),
    "closed": State(_lazy("Ditutup"), "done"),
}


def case_state(row: Any) -> str:
    """open, late, or how it was answered."""
    if hasattr(row, "answer"):
        return str(row.answer.outcome)
    return "late" if row.left(clock.now()).is_overdue else "open"


def received_on(row: Any) -> date:
    """The day on the facility's calendar; the hour stands on the page."""
    return clock.local(row.received_at, row.facility.timezone).date()


def noticed_on(row: Any) -> date:
    """The day on the facility's calendar."""
    return clock.local(row.noticed_at, row.facility.timezone).date()


def case_clock(row: Any) -> str:
    """What is left of the lawful time; nothing once answered."""
    return "–" if hasattr(row, "answer") else row.left(clock.now()).words


def _by_state(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    if value in ("open", "late"):
        waiting = rows.filter(answer__isnull=True)
        return waiting.filter(due_at__lt=clock.now()) if value == "late" else waiting
    return rows.filter(answer__isnull=False)


class RightsTable(Table):
    """Requests, those due first above."""

    name = "hak"
    caption = _lazy("Permohonan atas data")
    columns = (
        Column("nomor", _lazy("Nomor"), field="code",
               url=lambda row: reverse("people:rights_case", args=[row.code])),
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym"),
        Column("hak", _lazy("Hak"), value=lambda row: row.get_kind_display(), sort="kind"),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("terima", _lazy("Diterima pada"), "date", value=received_on, sort="received_at"),
        Column("sisa", _lazy("Sisa waktu"), value=case_clock, sort="due_at"),
        Column("keadaan", _lazy("Keadaan"), "state", value=case_state, states=CASE_STATES),
    )  # fmt: skip
    search = ("code__icontains", "participant__pseudonym__icontains")
    search_label = _lazy("Cari nomor atau nama samaran")
    filters = (
        Filter("hak", _lazy("Hak"), RightsKind.choices, field="kind"),
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            (("open", _lazy("Belum dijawab")), ("late", _lazy("Terlambat")),
             ("done", _lazy("Sudah dijawab"))),
            apply=_by_state,
        ),
    )  # fmt: skip
    default_sort = ("-due_at", "pk")
    empty = Empty(
        _lazy("Belum ada permohonan"),
        _lazy("Buka halaman warga binaan, lalu catat apa yang ia minta tentang datanya."),
        good="cloth",
    )


def breach_state(row: Any) -> str:
    """open, late, told or closed."""
    if hasattr(row, "closing"):
        return "closed"
    if row.told_persons and row.told_authority:
        return "told"
    return "late" if row.left(clock.now()).is_overdue else "open"


class BreachTable(Table):
    """Failures to protect data, newest first."""

    name = "insiden"
    caption = _lazy("Kegagalan pelindungan data")
    columns = (
        Column("nomor", _lazy("Nomor"), field="code",
               url=lambda row: reverse("people:breach", args=[row.code])),
        Column("upt", _lazy("UPT"), field="facility.name"),
        Column("tahu", _lazy("Diketahui"), "date", value=noticed_on, sort="noticed_at"),
        Column("orang", _lazy("Orang"), "number", field="people_count"),
        Column("sisa", _lazy("Sisa waktu"), value=lambda row: (
            row.left(clock.now()).words if breach_state(row) in ("open", "late") else "–"
        ), sort="due_at"),
        Column("keadaan", _lazy("Keadaan"), "state", value=breach_state, states=BREACH_STATES),
    )  # fmt: skip
    search = ("code__icontains", "happened__icontains")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            (("open", _lazy("Belum ditutup")), ("closed", _lazy("Ditutup"))),
            apply=lambda rows, value: rows.filter(closing__isnull=value == "open"),
        ),
    )
    default_sort = ("-noticed_at", "pk")
    empty = Empty(
        _lazy("Belum ada kejadian"),
        _lazy("Catat begitu diketahui: waktunya 3 × 24 jam."),
        good="cloth",
    )
