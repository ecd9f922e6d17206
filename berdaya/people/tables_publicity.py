"""Who may be asked to be mentioned: work number and pseudonym, and nothing else of a person."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.look.tables import Column, Empty, Filter, State, Table
from berdaya.people.models import Consent, ConsentPurpose, Placement
from berdaya.people.queries_consent import SOON

PUBLICITY_STATES = {
    "none": State(_lazy("Belum ditanya"), ""),
    "holds": State(_lazy("Bersedia"), "done"),
    "soon": State(_lazy("Segera berakhir"), "warn"),
}


def to_ask(facility_ids: Any) -> "QuerySet[Any]":
    """Everybody placed at these facilities today, with `state` and `ends`: the first consent to be
    mentioned that holds and ends."""
    today = clock.today()
    theirs = Consent.objects.on(today).filter(  # type: ignore[attr-defined]
        participant=OuterRef("participant"), purpose=ConsentPurpose.PUBLICITY
    )
    first = theirs.order_by().values("participant").annotate(end=Min("valid_until")).values("end")
    state = Case(
        When(ends=None, then=Value("none")),
        When(Q(ends__lte=today + SOON), then=Value("soon")),
        default=Value("holds"),
    )
    rows = Placement.objects.on(today).filter(facility__in=facility_ids)
    return rows.annotate(ends=Subquery(first)).annotate(state=state)


def _last_day(row: Any) -> date | None:
    """As papers print it; rows keep the first day after."""
    return row.ends - timedelta(days=1) if row.ends else None


class PublicityTable(Table):
    """People of today, to record the consent of one."""

    name = "disebut"
    caption = _lazy("Kesediaan disebut")
    columns = (
        Column("nomor", _lazy("Nomor kerja"), field="work_number"),
        Column("samaran", _lazy("Nama samaran"), field="participant.pseudonym",
               sort="participant__pseudonym",
               url=lambda row: reverse("people:publicity", args=[row.participant.code])),
        Column("keadaan", _lazy("Keadaan"), "state", field="state", states=PUBLICITY_STATES),
        Column("sampai", _lazy("Sampai dengan"), "date", value=_last_day, sort="ends"),
        Column("upt", _lazy("UPT"), field="facility.name"),
    )  # fmt: skip
    search = ("work_number__icontains", "participant__pseudonym__icontains")
    search_label = _lazy("Cari nomor kerja atau nama samaran")
    filters = (
        Filter(
            "keadaan",
            _lazy("Keadaan"),
            tuple((code, state.label) for code, state in PUBLICITY_STATES.items()),
            field="state",
        ),
    )
    default_sort = ("work_number", "pk")
    empty = Empty(
        _lazy("Belum ada yang ditempatkan hari ini"),
        _lazy("Petugas kegiatan kerja mencatat penempatannya dulu; lalu orangnya tampil di sini."),
        good="cloth",
    )
