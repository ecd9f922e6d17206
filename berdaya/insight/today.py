"""What waits in reports: to be sent by the head, to be checked by the region."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.insight.models import Report, ReportRule, ReportState
from berdaya.insight.periods import after, finished_month
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import places_of
from berdaya.institutions.today import Item, Waiting, waits

MOST = 20


def register() -> None:
    """Tell Hari Ini."""
    waits("insight.unsent", unsent)
    waits("insight.returned", returned)
    waits("insight.to_check", to_check)


def unsent(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """The last month that is over and has no report, for the head and for who checks it."""
    today = clock.today()
    month = finished_month(today)
    ids = places_of(actor, "report.send", facility_ids)
    ids = ids or places_of(actor, "report.accept", facility_ids)
    if ids:
        there = Report.objects.filter(facility=OuterRef("pk"), month=month)
        rule = ReportRule.objects.on(after(month))
        before = Report.objects.filter(facility=OuterRef("pk"), month__lt=month)
        begun = Q(go_live_on__lt=after(month)) | Exists(before)
        rows = Facility.objects.producing().filter(begun, ~Exists(there), Exists(rule), pk__in=ids)
        due = rule.values("day_of_month")[:1]
        rows = rows.order_by("name").annotate(due=due)
        yield Waiting(rows[:MOST].values("code", "name", "due"), _unsent)


def _unsent(row: dict[str, Any]) -> Item:
    today = clock.today()
    month = finished_month(today)
    due = after(month).replace(day=int(row["due"]))
    is_late = due < today
    return Item(
        text=_("Laporan bulanan belum dikirim"),
        url=reverse("insight:report", args=[row["code"], f"{month:%Y-%m}"]),
        age_on=min(due, today),
        detail=_("%(unit)s, paling lambat %(day)s")
        % {"unit": row["name"], "day": clock.format_date(due)},
        state="bad" if is_late else "warn",
        state_text=_("Lewat waktu") if is_late else _("Kirim"),
    )


def _rows(ids: list[int], state: ReportState) -> Any:
    rows = Report.objects.filter(facility__in=ids, state=state)
    rows = rows.annotate(code=F("facility__code"), name=F("facility__name"))
    return rows.order_by("first_sent_on", "pk")[:MOST].values(
        "code", "name", "month", "first_sent_on"
    )


def returned(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What the region returned, for the head."""
    if ids := places_of(actor, "report.send", facility_ids):
        yield Waiting(_rows(ids, ReportState.RETURNED), _returned)


def to_check(actor: Actor, facility_ids: frozenset[int]) -> Iterator[Waiting]:
    """What was sent, for the region."""
    if ids := places_of(actor, "report.accept", facility_ids):
        yield Waiting(_rows(ids, ReportState.SENT), _to_check)


def _item(row: dict[str, Any], text: str, state: str, word: str) -> Item:
    month = date.fromisoformat(row["month"])
    return Item(
        text=text,
        url=reverse("insight:report", args=[row["code"], f"{month:%Y-%m}"]),
        age_on=date.fromisoformat(row["first_sent_on"]),
        detail=f"{row['name']}, {clock.format_date(month).partition(' ')[2]}",
        state=state,
        state_text=word,
    )


def _returned(row: dict[str, Any]) -> Item:
    return _item(row, _("Laporan bulanan dikembalikan"), "bad", _("Perbaiki"))


def _to_check(row: dict[str, Any]) -> Item:
    return _item(row, _("Laporan bulanan menunggu diperiksa"), "warn", _("Periksa"))
