"""Hold room to make what is not there yet; let it go, or end it when the lots are given."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from berdaya.catalog.actions.to_order import free_room, take_room
from berdaya.catalog.models import Listing, MadeToOrder
from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Reason, Refused, Verdict, require
from berdaya.orders import rules
from berdaya.orders.models import MakingHold, MakingOutcome, Order, OrderLine, OrderState
from berdaya.orders.queries import shown_name
from berdaya.workshop.actions.work import close_work, confirm_work, open_work
from berdaya.workshop.models import WorkOutcome, WorkSource

# Of each listing, the row from which room was taken.
Rooms = dict[int, MadeToOrder]


def take_rooms(by: Actor, asked: Iterable[tuple[Listing, int]]) -> tuple[Rooms, list[Reason]]:
    """Room for these, listing by listing in one order for everybody, and what is short.

    Taken after every level, by everybody. A listing without a limit needs no room.
    """
    rooms: Rooms = {}
    reasons = []
    for listing, qty in sorted(asked, key=lambda line: line[0].pk):
        limit = getattr(listing, "to_order", None)
        if limit is None:
            continue
        row = take_room(by=by, listing_id=listing.pk, qty=qty)
        if row is None:
            limit.refresh_from_db()
            reasons.append(rules.short(shown_name(listing.current), limit.room))
        else:
            rooms[listing.pk] = row
    return rooms, reasons


def write_making(by: Actor, line: OrderLine, room: MadeToOrder, *, is_paid: bool) -> MakingHold:
    """What was taken is held for this line, and its work joins the queue of the workshop."""
    qty = int(line.qty)
    day = room.promise_after(0)
    assert day is not None
    work = open_work(
        by=by, workshop_id=room.workshop_id, facility_id=line.facility_id,
        variant_id=line.variant_id, qty=qty, source=WorkSource.ORDER, reference=line.order.code,
        wanted_by=day, is_confirmed=is_paid,
    )  # fmt: skip
    return MakingHold.objects.create(
        line=line, facility_id=line.facility_id, to_order=room, work=work, qty=qty,
        promised_on=day, told_on=day, held_at=clock.now(),
    )  # fmt: skip


def open_making(*orders: Order) -> "QuerySet[MakingHold]":
    """Open room of these orders, in the order in which everybody touches it."""
    rows = MakingHold.objects.filter(line__order__in=orders, outcome=MakingOutcome.OPEN)
    return rows.order_by("to_order__listing", "pk")


def free_making(by: Actor, *orders: Order) -> None:
    """Nothing is made for these orders any more."""
    for hold in open_making(*orders):
        _end(by, hold, MakingOutcome.FREED, WorkOutcome.DROPPED)


def end_made(by: Actor, line: OrderLine) -> None:
    """All of a line has its lots: its room is free for the next buyer."""
    for hold in MakingHold.objects.filter(line=line, outcome=MakingOutcome.OPEN):
        _end(by, hold, MakingOutcome.MADE, WorkOutcome.DONE)


def _end(by: Actor, hold: MakingHold, outcome: str, work_outcome: str) -> None:
    """Who comes second changes nothing."""
    rows = MakingHold.objects.filter(pk=hold.pk, outcome=MakingOutcome.OPEN)
    if rows.update(outcome=outcome, ended_at=clock.now()):
        free_room(by=by, to_order_id=hold.to_order_id, qty=hold.qty)
        close_work(
            by=by, facility_id=hold.facility_id, work_ids=[hold.work_id], outcome=work_outcome
        )


def follow_state(by: Actor, order: Order, state: str) -> None:
    """Work for a paid order may begin; where its money was taken off again it waits."""
    if state in (OrderState.PAID, OrderState.PLACED):
        works = open_making(order).values_list("work_id", flat=True)
        confirm_work(by=by, work_ids=works, is_confirmed=state == OrderState.PAID)


def make_again(by: Actor, order: Order, lines: Sequence[OrderLine]) -> None:
    """An order that had ended goes on: its lines hold room anew. Refused: goods_*."""
    had = set(MakingHold.objects.filter(line__in=lines).values_list("line_id", flat=True))
    again = {line.version.listing_id: line for line in lines if line.pk in had}
    listings = Listing.objects.select_related("to_order", "current").in_bulk(again)
    asked = [(one, int(again[pk].qty)) for pk, one in listings.items()]
    rooms, reasons = take_rooms(by, asked)
    require(Verdict(tuple(reasons)))
    for pk, room in rooms.items():
        write_making(by, again[pk], room, is_paid=True)


def lock_rooms(orders: Iterable[Order], variant_ids: Iterable[int]) -> None:
    """Every room that this transaction will touch, in one order for everybody."""
    held = MakingHold.objects.filter(line__order__in=list(orders), outcome=MakingOutcome.OPEN)
    ids = set(held.values_list("to_order_id", flat=True))
    wanted = MadeToOrder.objects.filter(listing__variant__in=set(variant_ids))
    ids |= set(wanted.values_list("pk", flat=True))
    rows = MadeToOrder.objects.filter(pk__in=ids).order_by("listing")
    # Read, so that the database locks them one by one in this order.
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def require_slipped(order: Order) -> None:
    """Refused order_has_money: only what became later than promised is cancelled after payment."""
    slipped = open_making(order).filter(slipped_at__isnull=False)
    if not slipped.exists():
        raise Refused(rules.order_has_money(code=order.code))
