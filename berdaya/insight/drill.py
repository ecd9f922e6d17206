"""The rows behind a figure of one facility and month, as far as an office may see them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from berdaya.core.money import format_qty, format_rp
from berdaya.insight.periods import Period
from berdaya.institutions.models import Facility
from berdaya.proceeds.models import PayoutLine, PnbpDeposit, Sale
from berdaya.proceeds.models.payouts import PAID_OUT
from berdaya.stock.models import Lot
from berdaya.training.models import Attendance
from berdaya.workshop.models import BatchClosing, Incident, WorkSheet

MOST = 200


class Line(NamedTuple):
    """One row: its day, what it is, how much, and its own page where it has one."""

    day: date
    what: str
    amount: str
    url: str = ""


Rows = Callable[[Facility, tuple[date, date]], Iterable[Line]]


def _people(number: int) -> str:
    return ngettext("%(n)s orang", "%(n)s orang", number) % {"n": number}


def _sales(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = Sale.objects.filter(facility=unit, sold_on__range=days).order_by("sold_on", "code")
    for one in rows[:MOST]:
        yield Line(
            one.sold_on, f"{one.code} · {one.get_kind_display()}", format_rp(one.amount_rp),
            reverse("proceeds:sale", args=[one.code]),
        )  # fmt: skip


def _closings(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = BatchClosing.objects.filter(facility=unit, closed_on__range=days)
    told = rows.select_related("batch__variant__product", "batch__variant__measure")
    for one in told.order_by("closed_on", "pk")[:MOST]:
        batch = one.batch
        yield Line(
            one.closed_on, f"{batch.code} · {batch.variant.label}",
            f"{format_qty(one.good_qty)} {batch.variant.measure.label}",
            reverse("workshop:batch", args=[batch.code]),
        )  # fmt: skip


def _lots(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = Lot.objects.filter(facility=unit, made_on__range=days)
    for one in rows.select_related("variant__product").order_by("made_on", "pk")[:MOST]:
        url = reverse("stock:lot", args=[one.code])
        yield Line(one.made_on, one.code, one.variant.label, url)


def _payouts(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = PayoutLine.objects.filter(
        facility=unit, is_withdrawn=False, channel__in=PAID_OUT, paid_on__range=days
    ).values_list("paid_on", "run__code", "amount_rp")
    sums: dict[tuple[date, str], int] = {}
    for day, code, amount in rows:
        sums[day, code] = sums.get((day, code), 0) + amount
    for (day, code), amount in sorted(sums.items())[:MOST]:
        yield Line(day, code, format_rp(amount), reverse("proceeds:payout", args=[code]))


def _deposits(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = PnbpDeposit.objects.filter(facility=unit, deposited_on__range=days)
    for one in rows.order_by("deposited_on", "pk")[:MOST]:
        url = reverse("proceeds:deposit", args=[one.code])
        yield Line(one.deposited_on, one.code, format_rp(one.amount_rp), url)


def _sheets(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = WorkSheet.objects.filter(facility=unit, day__range=days, logs__mark="present")
    told = rows.annotate(people=Count("logs__participant", distinct=True))
    for one in told.select_related("workshop").order_by("day", "pk")[:MOST]:
        url = reverse("workshop:sheet", args=[one.workshop_id, one.day.isoformat()])
        yield Line(one.day, one.workshop.label, _people(one.people), url)


def _lessons(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = Attendance.objects.filter(facility=unit, day__range=days, mark="present")
    told = rows.values_list("day", "session__code").annotate(n=Count("participant", distinct=True))
    for day, code, people in told.order_by("day", "session__code")[:MOST]:
        url = reverse("training:session", args=[code])
        yield Line(day, code, _people(people), url)


def _incidents(unit: Facility, days: tuple[date, date]) -> Iterable[Line]:
    rows = Incident.objects.filter(facility=unit, happened_on__range=days)
    for one in rows.order_by("happened_on", "pk")[:MOST]:
        url = reverse("workshop:incident", args=[one.code])
        yield Line(one.happened_on, one.code, str(one.get_severity_display()), url)


ROWS: dict[str, Rows] = {
    "sold": _sales,
    "made": _closings,
    "lots_lawful": _lots,
    "paid": _payouts,
    "deposited": _deposits,
    "incidents": _incidents,
    "trained": _lessons,
    **dict.fromkeys(["makers", "consenting", "fit", "working_share"], _sheets),
}


def rows_of(indicator: str, facility: Facility, month: date) -> list[Line] | None:
    """The rows, the first 200; None where an indicator has none that can be listed."""
    found = ROWS.get(indicator)
    period = Period.month(month)
    return None if found is None else list(found(facility, (period.start, period.last_day)))
