"""What is true of workshops: time worked, a sheet's page, weights, costs, what waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from berdaya.people.queries import Before
from berdaya.people.queries import work_facts as papers_of
from berdaya.people.rules import WorkFacts
from berdaya.workshop.calc import Worked, corrected_weight
from berdaya.workshop.models import (
    Batch,
    BatchClosing,
    BatchCorrection,
    BatchWeight,
    EquipmentNeed,
    MaterialUse,
    PublishedCount,
    WorkLog,
    WorkSheet,
    Workshop,
)
from berdaya.workshop.published import FAMILIES, Minutes, true_counts


def minutes_worked(
    participant_ids: Iterable[int],
    start: date,
    last: date,
    without_sheets: Iterable[int] = (),
) -> dict[int, dict[date, int]]:
    """Minutes by person and day over [start, last], days without work left out: one query."""
    rows = WorkLog.objects.filter(
        participant_id__in=set(participant_ids), day__range=(start, last), mark="present"
    ).exclude(sheet_id__in=list(without_sheets))
    worked: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for person, day, minutes in rows.values_list("participant_id", "day", "minutes"):
        worked[person][day] += minutes
    # A day is in the map only if somebody worked then: from here on reading adds nothing.
    return defaultdict(dict, {person: dict(days) for person, days in worked.items()})


def work_before(participant_ids: Iterable[int], start: date, last: date) -> dict[int, list[Before]]:
    """What people who came lately had worked elsewhere, as far as it counts for lawful hours on a
    day of [start, last]; one query. No row of the other facility is read.
    """
    found: dict[int, list[Before]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM workshop_work_before(%s::bigint[], %s, %s)",
            [sorted(set(participant_ids)), start, last],
        )
        for person, *told in cursor.fetchall():
            found[person].append(Before(*told))
    return found


def work_facts(
    workshop: Workshop, participant_ids: Iterable[int], day: date, around: tuple[date, date]
) -> dict[int, WorkFacts]:
    """Papers and time of these people on `day`, three queries; `around` bounds the days read."""
    ids = list(participant_ids)
    worked = minutes_worked(ids, *around)
    return papers_of(workshop.facility_id, ids, day, worked, workshop.line_of_work)


def weights_of(lot_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """The frozen weights of lots: lot id -> [(participant id, weight)] by participant."""
    found: dict[int, list[tuple[int, int]]] = {lot: [] for lot in lot_ids}
    rows = BatchWeight.objects.filter(batch__closing__lot_id__in=found).order_by("participant_id")
    for lot, person, weight in rows.values_list(
        "batch__closing__lot_id", "participant_id", "weight"
    ):
        found[lot].append((person, weight))
    return found


def lots_of(batch_ids: Iterable[int]) -> "QuerySet[BatchClosing, int]":
    """Ids of the lots that closed batches became, to look up by."""
    rows = BatchClosing.objects.filter(batch_id__in=batch_ids, lot__isnull=False)
    return rows.values_list("lot_id", flat=True)


def corrected_weights(batch: Batch) -> dict[int, tuple[int, int]]:
    """Participant -> (frozen weight, what corrections say it should have been): two queries."""
    frozen = dict(BatchWeight.objects.filter(batch=batch).values_list("participant", "weight"))
    rows = BatchCorrection.objects.filter(batch=batch).values_list("participant")
    sums = rows.annotate(minutes=Sum("minutes_delta"), pieces=Sum("pieces_delta")).order_by()
    deltas = {person: (minutes, pieces) for person, minutes, pieces in sums}
    found = {}
    for person in sorted(frozen.keys() | deltas.keys()):
        weight = frozen.get(person, 0)
        change = deltas.get(person, (0, Decimal(0)))
        found[person] = weight, corrected_weight(batch.pay_basis, weight, *change)
    return found


@dataclass(frozen=True)
class Forgotten:
    """A maker whose work on a closed batch was corrected upwards."""

    batch_id: int
    code: str
    participant_id: int


def forgotten_work(facility_id: int, limit: int = 200) -> list[Forgotten]:
    """Makers of closed batches with more work than their sheets said, last corrected first."""
    rows = BatchCorrection.objects.filter(facility=facility_id)
    sums = rows.values_list("batch_id", "batch__code", "participant_id").annotate(
        minutes=Sum("minutes_delta"), pieces=Sum("pieces_delta"), last=Max("booked_on")
    )
    more = sums.filter(Q(minutes__gt=0) | Q(pieces__gt=0)).order_by("-last", "batch_id")[:limit]
    return [Forgotten(batch, code, person) for batch, code, person, *_sums in more]


def work_on(batch_id: int) -> list[Worked]:
    """What each person did for a batch in all, by participant."""
    rows = WorkLog.objects.filter(batch_id=batch_id, mark="present").values_list("participant_id")
    sums = rows.annotate(minutes=Sum("minutes"), pieces=Sum("pieces")).order_by("participant_id")
    return [Worked(person, minutes, pieces) for person, minutes, pieces in sums]


def labour_of(batch_id: int) -> dict[str, int]:
    """Minutes of a batch by the labour status of its work; a status that only counts pieces is 0.

    Empty where no sheet tells who worked.
    """
    rows = WorkLog.objects.filter(batch_id=batch_id, mark="present").values_list("labour_status")
    return dict(rows.annotate(total=Sum("minutes")).order_by("labour_status"))


def last_work_on(batch_id: int) -> date | None:
    """The last day with work or material for a batch."""
    logs = WorkLog.objects.filter(batch_id=batch_id).aggregate(day=Max("day"))["day"]
    uses = MaterialUse.objects.filter(batch_id=batch_id).aggregate(day=Max("used_on"))["day"]
    return max(filter(None, (logs, uses)), default=None)


def costs_of(batch_id: int) -> dict[str, int]:
    """Rupiah of what a batch took: material, packing (both deductible) and donated (valued)."""
    paid = Q(is_deductible=True)
    sums = MaterialUse.objects.filter(batch_id=batch_id).aggregate(
        material=Sum("cost_rp", filter=paid & Q(is_packing=False)),
        packing=Sum("cost_rp", filter=paid & Q(is_packing=True)),
        donated=Sum("cost_rp", filter=~paid),
    )
    return {name: value or 0 for name, value in sums.items()}


def suggested_input_qty(batch: Batch) -> Decimal | None:
    """How many of the variant the materials taken would fill, where both are of one dimension.

    Roasting 10 kg into bags of 250 g suggests 40; None where no comparison is possible.
    """
    variant = batch.variant
    content = (variant.content_measure if variant.content_qty else None) or variant.measure
    each = (variant.content_qty or Decimal(1)) * content.factor_to_base
    uses = MaterialUse.objects.filter(
        batch=batch,
        is_packing=False,
        material_lot__material__measure__dimension=content.dimension,
    ).select_related("material_lot__material__measure")
    base = sum(
        (use.qty * use.material_lot.material.measure.factor_to_base for use in uses), Decimal(0)
    )
    return round(base / each, 3) if base else None


def open_batches(workshop: Workshop, day: date | None = None) -> list[Batch]:
    """Batches of a workshop that are not closed (and had started by `day`), newest first."""
    rows = Batch.objects.filter(workshop=workshop, closing__isnull=True)
    if day is not None:
        rows = rows.filter(started_on__lte=day)
    return list(rows.select_related("variant__product").order_by("-started_on", "-pk"))


def template_of(workshop: Workshop, day: date) -> WorkSheet | None:
    """The sheet filed last before `day`: yesterday's, or Saturday's on a Monday."""
    rows = WorkSheet.objects.filter(workshop=workshop, day__lt=day).order_by("-day")
    return rows.prefetch_related("logs").first()


def closing_of(batch: Batch) -> BatchClosing | None:
    """How a batch ended, with its lot."""
    return BatchClosing.objects.filter(batch=batch).select_related("lot").first()


def people_by_family(facility_id: int, month: date) -> dict[str, int]:
    """How many people of a facility really worked in a month, by family of work: one query.

    For the desk, and for rounding before anything is published; never shown as it is in public.
    """
    until = (month + timedelta(days=32)).replace(day=1)
    rows = WorkLog.objects.filter(
        facility=facility_id, day__gte=month, day__lt=until, mark="present"
    )
    sums = rows.values_list("participant_id", "sheet__workshop__line_of_work")
    return true_counts(Minutes(*row) for row in sums.annotate(total=Sum("minutes")).order_by())


@dataclass(frozen=True)
class PeopleOfMonth:
    """Who worked in a month, counted; `told` is the public's figure, None while there is none."""

    month: date
    by_family: dict[str, int]
    told: int | None

    @property
    def people(self) -> int:
        return sum(self.by_family.values())

    @property
    def families(self) -> list[tuple[str, int]]:
        return [(str(label), self.by_family[code]) for code, label in FAMILIES.items()]


def months_of_people(facility_ids: Iterable[int], start: date, until: date) -> list[PeopleOfMonth]:
    """True counts of facilities together by month of [start, until), the newest first; two
    queries. Who worked in two facilities counts once, where it was longest."""
    ids = list(facility_ids)
    logs = WorkLog.objects.filter(
        facility__in=ids,
        day__gte=start,
        day__lt=until,
        mark="present",
        sheet__day__gte=start,
        sheet__day__lt=until,  # the same day: spares the sheets of all years
    ).annotate(month=TruncMonth("day"))
    sums = logs.values_list("month", "participant_id", "sheet__workshop__line_of_work")
    worked: dict[date, list[Minutes]] = defaultdict(list)
    for month, *row in sums.annotate(total=Sum("minutes")).order_by():
        worked[month].append(Minutes(*row))
    rows = PublishedCount.objects.filter(facility__in=ids, month__gte=start, month__lt=until)
    told = dict(rows.values_list("month").annotate(told=Sum("about_people")).order_by())
    return [
        PeopleOfMonth(month, true_counts(worked[month]), told.get(month))
        for month in sorted(worked, reverse=True)
    ]


def needs_on(workshop_id: int, variant_id: int, day: date) -> list[EquipmentNeed]:
    """What a batch of this variant needs of the equipment on a day, a row a kind; one query.

    What is said of the variant goes before what is said of the workshop.
    """
    rows = EquipmentNeed.objects.on(day).filter(workshop=workshop_id)
    of_either = rows.filter(Q(variant=None) | Q(variant=variant_id))
    by_kind = {
        one.kind: one for one in of_either.order_by(F("variant").asc(nulls_first=True), "pk")
    }
    return list(by_kind.values())
