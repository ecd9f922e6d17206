"""What is true of lots: their batches, materials and plots, and who worked, in aggregate only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from berdaya.core.verdicts import Refused
from berdaya.evidence.models import MaterialPlot, Pack, Plot
from berdaya.evidence.rules import EUDR_GOODS, OriginFact
from berdaya.evidence.rules_export import evidence_without_lots
from berdaya.legality.rules.shipping import HOME
from berdaya.orders.models import HeldOutcome, Hold, Order
from berdaya.people.queries import WorkRecords, work_records
from berdaya.people.rules import WorkFacts
from berdaya.proceeds.models import Allocation
from berdaya.stock.models import Lot
from berdaya.workshop.models import (
    Batch,
    BatchClosing,
    BatchWeight,
    MaterialLot,
    MaterialUse,
    WorkLog,
)
from berdaya.workshop.queries import minutes_worked

WITH = ("facility__region", "variant__product__category__parent", "variant__measure")


def last_pack() -> Subquery:
    """The day of the pack made last of an outer lot."""
    packs = Pack.objects.filter(lot=OuterRef("pk"), made_at__isnull=False)
    return Subquery(packs.order_by("-as_of").values("as_of")[:1])


def lots_of_order(order: Order) -> list[Lot]:
    """The lots that an order took or holds, by code; one query."""
    held = Hold.objects.filter(line__order=order).exclude(outcome=HeldOutcome.FREED)
    rows = Lot.objects.filter(pk__in=held.values("lot"))
    return list(rows.select_related(*WITH).order_by("code"))


def lots_of(*, lot: Lot | None, order: Order | None) -> list[Lot]:
    """The lot itself, or all of an order's, with what a pack needs loaded; one query."""
    if order is not None:
        return lots_of_order(order)
    return list(Lot.objects.filter(pk=lot.pk).select_related(*WITH)) if lot else []


def require_lots(*, lot: Lot | None, order: Order | None) -> list[Lot]:
    """The same. Refused `evidence_without_lots` where there are none."""
    found = lots_of(lot=lot, order=order)
    if not found:
        raise Refused(evidence_without_lots())
    return found


def with_batch(rows: "QuerySet[Lot]") -> "QuerySet[Lot]":
    """Lots with `batch_key` and `batch_code` of the batch they were closed from, in one query."""
    closing = BatchClosing.objects.filter(lot=OuterRef("pk"))
    return rows.annotate(
        batch_key=Subquery(closing.values("batch_id")[:1]),
        batch_code=Subquery(closing.values("batch__code")[:1]),
    )


def last_abroad(lot: Lot) -> str:
    """The country that goods of a lot were sold to last; empty where none left the country."""
    rows = Allocation.objects.filter(lot=lot).exclude(sale__destination=HOME)
    newest = rows.order_by("-sale__sold_on", "-pk").values_list("sale__destination", flat=True)
    return newest.first() or ""


def batch_of(lot: Lot) -> Batch | None:
    """The batch that a lot was closed from; None for opening stock."""
    rows = BatchClosing.objects.filter(lot=lot).select_related("batch__workshop", "batch__facility")
    closing = rows.first()
    return closing.batch if closing else None


def commodity_of(lot: Lot) -> str:
    """What Regulation (EU) 2023/1115 calls it, by its category or the one above; empty if none."""
    category = lot.variant.product.category
    above = category.parent.code if category.parent else ""
    return EUDR_GOODS.get(category.code) or EUDR_GOODS.get(above) or ""


@dataclass
class Origin:
    """A material lot that a batch took from, how much of it, and its plots."""

    lot: MaterialLot
    is_packing: bool
    qty: Decimal = Decimal(0)
    plots: list[Plot] = field(default_factory=list)


def origins_of(batch: Batch | int) -> list[Origin]:
    """What a batch was made of, material before packing; two queries."""
    uses = MaterialUse.objects.filter(batch=batch).select_related("material_lot__material__measure")
    found: dict[int, Origin] = {}
    for use in uses.order_by("is_packing", "material_lot__code", "pk"):
        one = found.setdefault(use.material_lot_id, Origin(use.material_lot, use.is_packing))
        one.qty += use.qty
    links = MaterialPlot.objects.filter(material_lot__in=found).select_related("plot__region")
    for link in links.order_by("plot__code"):
        found[link.material_lot_id].plots.append(link.plot)
    return list(found.values())


def origin_facts(origins: Iterable[Origin]) -> list[OriginFact]:
    """The same as the rule for the EU asks it: what the goods are of, without their packing."""
    return [
        OriginFact(one.lot.code, tuple((plot.code, plot.is_stated) for plot in one.plots))
        for one in origins
        if not one.is_packing
    ]


def for_eudr_goods(rows: "QuerySet[MaterialLot]") -> "QuerySet[MaterialLot]":
    """Material that went into goods for which the EU asks the plots; packing left out."""
    asked = Q(batch__variant__product__category__code__in=EUDR_GOODS) | Q(
        batch__variant__product__category__parent__code__in=EUDR_GOODS
    )
    uses = MaterialUse.objects.filter(asked, material_lot=OuterRef("pk"))
    return rows.filter(Exists(uses), material__is_packing=False)


def with_known_plots(rows: "QuerySet[MaterialLot]", are_known: bool) -> "QuerySet[MaterialLot]":
    """Material lots whose plots are told, or those of unknown origin."""
    told = Exists(MaterialPlot.objects.filter(material_lot=OuterRef("pk")))
    return rows.filter(told) if are_known else rows.filter(~told)


def qty_in_order(order: Order) -> dict[int, Decimal]:
    """By lot how much of it an order took or holds."""
    held = Hold.objects.filter(line__order=order).exclude(outcome=HeldOutcome.FREED)
    return dict(held.values_list("lot").annotate(total=Sum("qty")).order_by())


@dataclass(frozen=True)
class Work:
    """The work of one batch, by person: to be added up at once, shown nowhere.

    `days`: (person, day) pairs worked on it; `minutes` by person and day of all work that day.
    `by_step`: (line of work, labour status) -> minutes; `people_in`: the same -> persons.
    """

    people: frozenset[int]
    days: tuple[tuple[int, date], ...]
    minutes: dict[int, dict[date, int]]
    by_step: dict[tuple[str, str], int]
    people_in: dict[tuple[str, str], int]
    records: WorkRecords

    @property
    def facts(self) -> list[WorkFacts]:
        """Papers and limits of each day of work."""
        return [self.records.facts(person, day) for person, day in self.days]

    @property
    def minutes_a_day(self) -> list[int]:
        """All that a maker worked on each day of work for the batch."""
        return [self.minutes.get(person, {}).get(day, 0) for person, day in self.days]


def work_of(batch: Batch) -> Work | None:
    """Everything needed to add up a batch's work: three queries. None where no sheet tells."""
    rows = WorkLog.objects.filter(batch=batch, mark="present").order_by("day", "participant_id")
    logs = list(
        rows.values_list(
            "participant_id", "day", "minutes", "labour_status", "sheet__workshop__line_of_work"
        )
    )
    if not logs:
        return None
    people = frozenset(log[0] for log in logs)
    first, last = logs[0][1], max(log[1] for log in logs)
    by_step: dict[tuple[str, str], int] = defaultdict(int)
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for person, _day, minutes, status, line in logs:
        by_step[line, status] += minutes
        groups[line, status].add(person)
    # Whole weeks, so that the lawful hours of each can be asked.
    start, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    return Work(
        people=people,
        days=tuple(sorted({(log[0], log[1]) for log in logs})),
        minutes=minutes_worked(people, start, end),
        by_step=dict(by_step),
        people_in={step: len(names) for step, names in groups.items()},
        records=work_records(batch.facility, people, first, last + timedelta(days=1)),
    )


def makers_of(batch: Batch) -> frozenset[int]:
    """Who has a weight in a closed batch."""
    rows = BatchWeight.objects.filter(batch=batch).values_list("participant_id", flat=True)
    return frozenset(rows)


def open_material(facility_ids: Iterable[int]) -> int:
    """How many material lots of such goods have no plot yet."""
    rows = MaterialLot.objects.filter(facility__in=list(facility_ids))
    return with_known_plots(for_eudr_goods(rows), are_known=False).count()
