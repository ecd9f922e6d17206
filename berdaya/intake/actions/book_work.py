"""Books workshops, batches, day sheets, materials and closings, in the order they depend."""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

from berdaya.goods.models import Measure
from berdaya.intake.actions.desk import BOOK, Desk
from berdaya.intake.models import ImportedRow
from berdaya.intake.plan import MaterialPlan, WorkPlan
from berdaya.intake.values import MEASURE_CODES, name_key
from berdaya.intake.words import OUTPUT
from berdaya.workshop.actions.batches import close_batch, start_batch
from berdaya.workshop.actions.materials import receive_material, use_material
from berdaya.workshop.actions.sheets import DaySheet, SheetRow, record_sheets
from berdaya.workshop.models import Batch, Material, WorkLog, Workshop

Lines = dict[tuple[int, int | None], SheetRow]


def book_work(desk: Desk) -> None:
    """Start batches, file sheets, take materials, close batches oldest first."""
    _find_batches(desk)
    _start(desk)
    _file(desk)
    for material in desk.plan.fresh(desk.plan.materials):
        _take_in(desk, material)
        desk.steps.step()
    _close(desk)


def find_workshops(desk: Desk) -> None:
    """The workshop of each line of work; a line without one gets it."""
    for workshop in Workshop.objects.filter(facility=desk.facility, is_active=True):
        desk.workshops.setdefault(name_key(workshop.line_of_work), workshop)
    needed = [(row.line, row.pay_basis) for row in desk.plan.fresh(desk.plan.batches)]
    needed += [(row.line, "hours") for row in desk.plan.fresh(desk.plan.work)]
    for line, basis in needed:
        key = name_key(line)
        if key not in desk.workshops:
            like = next((k for k in desk.workshops if is_part_of(k, key)), None)
            desk.workshops[key] = (
                desk.workshops[like] if like else _open_workshop(desk, line, basis)
            )


def is_part_of(line: str, longer: str) -> bool:
    """`sabun` is meant by `sabun minyak`: every word of the one is in the other."""
    return set(line.split()) <= set(longer.split())


def _open_workshop(desk: Desk, line: str, basis: str) -> Workshop:
    taken = set(Workshop.objects.filter(facility=desk.facility).values_list("code", flat=True))
    stem = re.sub("[^A-Z]", "", line.upper())[:6] or "BENGKEL"
    codes = [stem, *(f"{stem}{number}" for number in range(2, 100))]
    return Workshop.objects.create(
        facility=desk.facility,
        code=next(code for code in codes if code not in taken),
        name=line,
        line_of_work=line,
        pay_basis=basis,
    )


def _find_batches(desk: Desk) -> None:
    """Batches that came in before, by the unit's own code."""
    before = ImportedRow.objects.filter(facility=desk.facility, kind=OUTPUT).exclude(target="")
    codes = {int(row.target.partition(":")[2]): row.key for row in before}
    for batch in Batch.objects.filter(pk__in=codes).select_related("closing__lot", "workshop"):
        desk.batches[codes[batch.pk]] = batch
        if batch.closing.lot is not None:
            desk.lots[codes[batch.pk]] = batch.closing.lot


def _start(desk: Desk) -> None:
    for row in sorted(desk.plan.fresh(desk.plan.batches), key=lambda b: (b.starts_on, b.code)):
        batch = start_batch(
            by=desk.by,
            workshop=desk.workshops[name_key(row.line)],
            variant=desk.variants[name_key(row.product)],
            started_on=row.starts_on,
            pay_basis=row.pay_basis,
            note=f"{BOOK}: {row.code}",
        )
        desk.batches[row.code.upper()] = batch
        desk.remember(row.source, f"workshop.batch:{batch.pk}")


def _file(desk: Desk) -> None:
    by_line: dict[str, dict[date, list[WorkPlan]]] = defaultdict(lambda: defaultdict(list))
    for row in desk.plan.fresh(desk.plan.work):
        by_line[name_key(row.line)][row.day].append(row)
    for line, days in sorted(by_line.items()):
        workshop = desk.workshops[line]
        standing = _standing(workshop, list(days))
        sheets = [
            DaySheet(day, list((standing[day] | _lines(desk, rows)).values()))
            for day, rows in sorted(days.items())
        ]
        record_sheets(by=desk.by, workshop=workshop, sheets=sheets, keyed_late=True, reason=BOOK)
        desk.steps.step(len(days))
    told: set[str] = set()
    for row in desk.plan.fresh(desk.plan.work):
        if row.source.key not in told:
            told.add(row.source.key)
            person = desk.people[row.work_number].pk
            desk.remember(row.source, f"workshop.day:{person}:{row.day.isoformat()}")


def _lines(desk: Desk, rows: list[WorkPlan]) -> Lines:
    lines: Lines = {}
    for row in rows:
        batch = desk.batches.get(row.batch_code.upper()) if row.batch_code else None
        line = SheetRow(
            participant_id=desk.people[row.work_number].pk,
            mark=row.mark,
            minutes=row.minutes,
            pieces=row.pieces,
            batch_id=batch.pk if batch else None,
        )
        lines[line.key] = line
    return lines


def _standing(workshop: Workshop, days: list[date]) -> dict[date, Lines]:
    """What the sheets of these days say already: a sheet is filed whole."""
    found: dict[date, Lines] = defaultdict(dict)
    for log in WorkLog.objects.filter(sheet__workshop=workshop, day__in=days):
        line = SheetRow(log.participant_id, log.mark, log.minutes, log.pieces, log.batch_id)
        found[log.day][line.key] = line
    return found


def _take_in(desk: Desk, row: MaterialPlan) -> None:
    measure = Measure.objects.get(code=MEASURE_CODES.get(row.measure, "pcs"))
    material, _is_new = Material.objects.get_or_create(
        facility=desk.facility, name=row.name, defaults={"measure": measure}
    )
    lot = receive_material(
        by=desk.by,
        facility=desk.facility,
        material=material,
        source=row.kind,
        qty=row.qty,
        # Only a donation is valued without being deducted; what the unit asked not to deduct has
        # no price here.
        total_rp=row.total_rp if row.is_deductible or row.kind == "donation" else 0,
        received_on=row.day,
        measure=measure,
        reference=row.reference or f"{BOOK} {row.source.at}",
        supplier=row.reference if row.kind == "partner" else "",
    )
    batch = desk.batches.get(row.batch_code.upper()) if row.batch_code else None
    if batch is not None and not _is_closed(desk, row):
        use_material(by=desk.by, batch=batch, material_lot=lot, qty=lot.qty, used_on=row.day)
    desk.remember(row.source, f"workshop.materiallot:{lot.pk}")


def _is_closed(desk: Desk, row: MaterialPlan) -> bool:
    """A batch of an earlier run is closed: its late material only goes into the store."""
    return row.batch_code.upper() in desk.lots


def _close(desk: Desk) -> None:
    place = desk.store()
    for row in sorted(desk.plan.fresh(desk.plan.batches), key=lambda b: (b.ends_on, b.code)):
        closing = close_batch(
            by=desk.by,
            batch=desk.batches[row.code.upper()],
            closed_on=row.ends_on,
            good_qty=Decimal(row.good_qty),
            rejected_qty=row.rejected_qty,
            place=place,
            note=row.note,
        )
        if closing.lot is not None:
            desk.lots[row.code.upper()] = closing.lot
        desk.steps.step()
