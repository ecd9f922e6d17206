"""Mark a listing as made to order, hold and free its room, and reckon what may be promised."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile

from django.db.models import F, QuerySet

from berdaya.catalog import rules_to_order as rules
from berdaya.catalog.models import Listing, MadeToOrder
from berdaya.core import clock, scope
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, require
from berdaya.institutions.rules import may
from berdaya.workshop.calc import promise
from berdaya.workshop.models import StandardTime, Workshop
from berdaya.workshop.planning import Plan, plan_of, rule_on, shops_to_plan, task_of


def set_to_order(
    *, by: Actor, listing: Listing, most_open_qty: int, is_open: bool = True
) -> MadeToOrder:
    """From now on at most so many pieces wait to be made; its promise is reckoned at once.

    What was ordered stays, also when no more orders are taken. Refused: no ability,
    to_order_not_approved, to_order_without_time, to_order_below_open.
    """
    scope.required()
    require(may(by, "listing.propose", listing.facility_id))
    if listing.current is None or listing.current.lead_time_days is None:
        raise Refused(rules.to_order_not_approved())
    today = clock.today(listing.facility.timezone)
    time = StandardTime.objects.on(today).filter(variant=listing.variant_id).first()
    if time is None:
        raise Refused(rules.to_order_without_time())
    told = {"workshop_id": time.workshop_id, "most_open_qty": most_open_qty, "is_open": is_open}
    row, is_new = MadeToOrder.objects.get_or_create(
        listing=listing, defaults={"facility_id": listing.facility_id, **told}
    )
    # Asked with the count itself: an order may come in at this moment.
    fits = MadeToOrder.objects.filter(pk=row.pk, open_qty__lte=most_open_qty)
    if not is_new and not fits.update(**told):
        raise Refused(rules.to_order_below_open(open=row.open_qty))
    reckon_promises(by=by, facility_id=listing.facility_id)
    row.refresh_from_db()
    return row


def take_room(*, by: Actor, listing_id: int, qty: int) -> MadeToOrder | None:
    """Hold room for `qty` pieces; None where there is none, or where they cannot be promised.

    One conditional UPDATE: the row stays locked until the transaction ends, so what is read of it
    afterwards is what was taken.
    """
    scope.required()
    fits = MadeToOrder.objects.filter(
        listing=listing_id,
        is_open=True,
        open_qty__lte=F("most_open_qty") - qty,
        promised_until_qty__gte=F("open_qty") + qty,
    )
    if qty <= 0 or not fits.update(open_qty=F("open_qty") + qty):
        return None
    return MadeToOrder.objects.get(listing=listing_id)


def free_room(*, by: Actor, to_order_id: int, qty: int) -> None:
    """Give room back. ValueError where less is held: a caller freed it twice."""
    scope.required()
    held = MadeToOrder.objects.filter(pk=to_order_id, open_qty__gte=qty)
    if qty <= 0 or not held.update(open_qty=F("open_qty") - qty):
        raise ValueError("more freed than held")


def reckon_promises(*, by: Actor, facility_id: int) -> int:
    """Reckon anew what every listing of a facility may promise; returns how many changed.

    The open pieces are read before the work: an order that comes in between makes a promise later,
    never earlier.
    """
    scope.required()
    rows = MadeToOrder.objects.filter(facility=facility_id).select_related("listing__current")
    by_shop: dict[int, list[MadeToOrder]] = {}
    for row in rows:
        by_shop.setdefault(row.workshop_id, []).append(row)
    shops = shops_to_plan().in_bulk(by_shop)
    found = [pair for pk, here in by_shop.items() for pair in _reckon(shops[pk], here)]
    # In the order in which orders take room, or the two could wait for each other.
    found.sort(key=lambda pair: pair[0].listing_id)
    return sum(_keep(row, days) for row, days in found)


def _reckon(shop: Workshop, rows: list[MadeToOrder]) -> list[tuple[MadeToOrder, list[date]]]:
    today = clock.today(shop.facility.timezone)
    rule = rule_on(today)
    plan = plan_of(shop, rule.horizon_days)
    times = _times(rows, today)
    return [
        (row, _promises(row, times.get(row.listing.variant_id), plan, rule.buffer_bp))
        for row in rows
    ]


def _times(rows: Iterable[MadeToOrder], today: date) -> dict[int, StandardTime]:
    found: QuerySet[StandardTime] = StandardTime.objects.on(today).filter(
        variant__in=[row.listing.variant_id for row in rows]
    )
    return {time.variant_id: time for time in found}


def _promises(
    row: MadeToOrder, time: StandardTime | None, plan: Plan, buffer_bp: int
) -> list[date]:
    """The days of one piece more, of two …; never before the lead time that the head approved.

    Each piece is reckoned with a set-up of its own: nobody knows into how many orders they fall.
    """
    if time is None or not plan.days:
        return []
    variant_id, setup = row.listing.variant_id, time.setup_minutes
    wanted = range(1, row.most_open_qty - row.open_qty + 1)
    alone = [task_of(time, qty, variant_id, plan.needs, None) for qty in wanted]
    tasks = [
        type(task)(task.key, task.minutes + setup * (qty - 1), task.machines)
        for qty, task in zip(wanted, alone, strict=True)
    ]
    version = row.listing.current
    lead = timedelta(days=(version.lead_time_days or 0) if version else 0)
    found = promise(plan.tasks, tasks, plan.days, buffer_bp)
    known = takewhile(lambda day: day is not None, found)
    return [max(day, plan.days[0].day + lead) for day in known if day]


def _keep(row: MadeToOrder, days: list[date]) -> bool:
    facts = {
        "promises": days,
        "reckoned_open_qty": row.open_qty,
        "promised_until_qty": row.open_qty + len(days),
    }
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    MadeToOrder.objects.filter(pk=row.pk).update(reckoned_at=clock.now(), **facts)
    return True
