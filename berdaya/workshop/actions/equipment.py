"""What a workshop needs of the equipment, booked for its batches; tools that hold its day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.equipment import calc
from berdaya.equipment.actions.bookings import Ask, book_all
from berdaya.equipment.models import Equipment, EquipmentKind, ToolCount, ToolSet
from berdaya.equipment.queries import busy_slots, candidate, tools_holding, usable
from berdaya.equipment.rules import Moment, equipment_kind_missing, equipment_kind_short
from berdaya.goods.models import Variant
from berdaya.institutions.rules import may
from berdaya.workshop import rules_equipment as rules
from berdaya.workshop.models import (
    Batch,
    BatchBooking,
    BatchClosing,
    EquipmentNeed,
    Workshop,
    WorkshopToolSet,
)
from berdaya.workshop.queries import needs_on
from berdaya.workshop.rules import batch_closed


def add_need(
    *,
    by: Actor,
    workshop: Workshop,
    kind: str,
    qty: int,
    hours: int,
    valid_from: date,
    variant: Variant | None = None,
) -> EquipmentNeed:
    """From a day on a batch here needs so many machines of a kind for so many open hours.

    Refused: no ability, need_elsewhere, need_exists.
    """
    required()
    require(may(by, "batch.start", workshop.facility_id))
    if variant is not None and variant.facility_id != workshop.facility_id:
        raise Refused(rules.need_elsewhere())
    try:
        with transaction.atomic():
            return EquipmentNeed.objects.create(
                workshop=workshop,
                facility_id=workshop.facility_id,
                variant=variant,
                kind=kind,
                qty=qty,
                hours=hours,
                valid_from=valid_from,
            )
    except IntegrityError as error:
        raise Refused(rules.need_exists()) from error


def end_need(*, by: Actor, need: EquipmentNeed, day: date) -> EquipmentNeed:
    """`day` is the first on which batches no longer need it. Refused: need_ends_early."""
    required()
    require(may(by, "batch.start", need.facility_id))
    try:
        end_on(need, day)
    except ValueError as error:
        raise Refused(rules.need_ends_early()) from error
    return need


def book_for_batch(*, by: Actor, batch: Batch, starts_at: datetime) -> list[BatchBooking]:
    """Everything this batch needs from `starts_at` on, or nothing: own machines before shared ones.

    Outside open hours a machine begins with the next open one. Refused: no ability, batch_closed,
    batch_needs_nothing, equipment_kind_missing, equipment_kind_short (with the next time at which
    all of it is free), and the reasons of book_all.
    """
    required()
    require(may(by, "batch.start", batch.facility_id))
    if BatchClosing.objects.filter(batch=batch).exists():
        raise Refused(batch_closed(code=batch.code))
    machines = _machines(batch, starts_at)
    purpose = f"{batch.code} {batch.variant.full_label}"[:160]
    asks = [Ask(machines[pk], slot, purpose) for pk, slot in _chosen(batch, machines, starts_at)]
    made = book_all(by=by, facility=batch.facility, asks=asks)
    return BatchBooking.objects.bulk_create(
        BatchBooking(batch=batch, facility_id=batch.facility_id, booking=one) for one in made
    )


def _machines(batch: Batch, starts_at: datetime) -> dict[int, Equipment]:
    """What could be taken, the best first: own ones, then those that nobody has to allow."""
    rows = usable(batch.facility, starts_at.date()).order_by("-is_own", "-is_at_once", "code")
    return {one.pk: one for one in rows}


def _chosen(batch: Batch, machines: dict[int, Equipment], starts_at: datetime) -> calc.Chosen:
    wanted = needs_on(batch.workshop_id, batch.variant_id, batch.started_on)
    if not wanted:
        raise Refused(rules.batch_needs_nothing())
    needs = [_need(one, machines.values()) for one in wanted]
    busy = busy_slots(machines, starts_at)
    chosen = calc.choose(needs, busy, starts_at)
    if not chosen:
        free = calc.next_free(needs, busy, starts_at)
        raise Refused(equipment_kind_short(free=Moment(free, batch.facility.timezone)))
    return chosen


def _need(one: EquipmentNeed, machines: Iterable[Equipment]) -> calc.Need:
    fitting = [candidate(machine) for machine in machines if machine.kind == one.kind]
    if len(fitting) < one.qty:
        kind = EquipmentKind(one.kind).label
        raise Refused(equipment_kind_missing(qty=one.qty, kind=kind, there=len(fitting)))
    return calc.Need(fitting, one.qty, one.hours * 60)


def use_tool_set(*, by: Actor, workshop: Workshop, tool_set: ToolSet) -> WorkshopToolSet:
    """From now on this set's count holds the workshop's day; asked twice it is the same.

    Refused: no ability, need_elsewhere.
    """
    required()
    require(may(by, "batch.start", workshop.facility_id))
    if tool_set.facility_id != workshop.facility_id:
        raise Refused(rules.need_elsewhere())
    made, _new = WorkshopToolSet.objects.get_or_create(
        workshop=workshop, tool_set=tool_set, defaults={"facility_id": workshop.facility_id}
    )
    return made


def drop_tool_set(*, by: Actor, link: WorkshopToolSet) -> None:
    """The set no longer belongs to the workshop's day; counts stay."""
    required()
    require(may(by, "batch.start", link.facility_id))
    link.delete()


def sheets_held(count: ToolCount) -> list[str]:
    """The workshops whose sheet of that day is held by this set, by name; one statement."""
    links = WorkshopToolSet.objects.filter(tool_set=count.tool_set_id).select_related("workshop")
    return sorted(link.workshop.label for link in links)


def require_tools_back(workshop: Workshop, days: Iterable[date]) -> None:
    """Refused tools_out or tools_missing while a count of one of these days is not over.

    A day on which no tools were counted out is not held. One statement.
    """
    sets = WorkshopToolSet.objects.filter(workshop=workshop).values("tool_set")
    found: dict[bool, list[str]] = defaultdict(list)
    first = 0
    for count in tools_holding(sets, days).select_related("tool_set"):
        first = first or count.pk
        found[count.in_at is None].append(count.tool_set.name)
    reasons = {True: rules.tools_out, False: rules.tools_missing}
    for is_out, names in found.items():
        url = reverse("equipment:tool_count", args=[first])
        raise Refused(reasons[is_out](tools=", ".join(names), next_url=url))
