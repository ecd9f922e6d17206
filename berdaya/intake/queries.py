"""What the program knows of a facility before a workbook comes in, and what came in before."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet, Sum

from berdaya.core import clock
from berdaya.goods.models import Variant
from berdaya.institutions.models import Facility
from berdaya.intake.examine import examine
from berdaya.intake.models import ColumnMap, ImportedRow, WorkbookImport
from berdaya.intake.plan import KnownBatch, KnownPerson, KnownProduct, Plan, World
from berdaya.intake.recognition import Memory, Shape
from berdaya.intake.records import Book, Sheet
from berdaya.intake.staging import from_json, left_out_from_json, understand
from berdaya.intake.values import MEASURE_CODES, name_key
from berdaya.intake.words import OUTPUT
from berdaya.people.models import (
    Consent,
    ConsentPurpose,
    FitnessCertificate,
    OwnRequest,
    Placement,
    StatusPeriod,
    WorkLimits,
)
from berdaya.people.rules import Limits
from berdaya.stock.models import StockLevel
from berdaya.workshop.models import Batch
from berdaya.workshop.queries import minutes_worked, work_before

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORDS_OF_MEASURES = {code: word for word, code in reversed(MEASURE_CODES.items())}


def memory_of(facility_id: int) -> Memory:
    """What this facility taught about its sheets and columns."""
    kinds: dict[str, str] = {}
    fields: dict[tuple[str, str], str] = {}
    for row in ColumnMap.objects.filter(facility_id=facility_id):
        if row.header:
            fields[row.sheet, row.header] = row.meaning
        else:
            kinds[row.sheet] = row.meaning
    return Memory(kinds, fields)


def staged_sheets(workbook: WorkbookImport) -> list[Sheet]:
    """The cells that wait to be booked."""
    return [Sheet(row.name, from_json(row.cells)) for row in workbook.sheets.all()]


def plan_of(workbook: WorkbookImport) -> tuple[list[Shape], Plan]:
    """How the sheets are read and what they will become, with the choices made so far."""
    shapes, book, notebook = understand(
        staged_sheets(workbook),
        left_out_from_json(workbook.left_out),
        memory_of(workbook.facility_id),
        workbook.choices,
    )
    return shapes, examine(book, world_of(workbook.facility, book), notebook)


def world_of(facility: Facility, book: Book) -> World:
    """Everything the examination may ask, in a number of queries that does not grow with rows."""
    days = [mark.day for mark in book.marks] or [clock.today(facility.timezone)]
    placements = _placements(facility, _numbers(book))
    numbers = {row.participant_id: row.work_number for row in placements}
    worked = minutes_worked(numbers, min(days) - WEEK, max(days) + WEEK)
    before = work_before(numbers, min(days), max(days))
    return World(
        facility_kind=facility.kind,
        go_live_on=facility.go_live_on,
        people=dict(_known(placements)),
        products=_products(facility),
        batches=_batches(facility),
        done=dict(_done(facility)),
        worked={numbers[pk]: rows for pk, rows in worked.items()},
        before={numbers[pk]: told for pk, told in before.items()},
        limits=_limits(max(days)),
    )


def _numbers(book: Book) -> set[str]:
    return {row.work_number for row in book.people} | {row.work_number for row in book.marks}


def _limits(day: date) -> Limits:
    row = WorkLimits.objects.on(day).first()
    if row is None:
        return Limits()
    return Limits(
        row.day_minutes_of_five, row.day_minutes_of_six, row.week_minutes, row.days_in_a_row
    )


def _placements(facility: Facility, numbers: Iterable[str]) -> list[Placement]:
    """The latest placement under each work number."""
    rows = Placement.objects.filter(facility=facility, work_number__in=set(numbers))
    latest = {row.work_number: row for row in rows.order_by("valid_from")}
    return list(latest.values())


def _known(placements: list[Placement]) -> Iterable[tuple[str, KnownPerson]]:
    """What the program knows of these people's papers: the first consent, the last fitness."""
    people = {row.participant_id for row in placements}
    statuses = dict(_last(StatusPeriod, people, "valid_from", "status"))
    to_work = Consent.objects.filter(purpose=ConsentPurpose.WORK)
    consents = dict(_last(Consent, people, "-given_on", "given_on", to_work))
    requests = dict(_last(OwnRequest, people, "-given_on", "given_on"))
    fit = FitnessCertificate.objects.filter(is_fit=True)
    fitness = dict(_last(FitnessCertificate, people, "valid_from", "valid_until", fit))
    for row in placements:
        person = row.participant_id
        until = fitness.get(person)
        yield (
            row.work_number,
            KnownPerson(
                placed_from=row.valid_from,
                placed_until=row.valid_until,
                status=statuses.get(person, ""),
                consent_on=consents.get(person),
                fit_until=until - ONE_DAY if until else None,
                requested_on=requests.get(person),
            ),
        )


def _last(
    model: type[Model], people: set[int], order: str, field: str, rows: QuerySet | None = None
) -> Iterable[tuple[int, Any]]:
    """The last in that order for each person."""
    found = model._default_manager.all() if rows is None else rows
    wanted = found.filter(participant_id__in=people).order_by(order)
    yield from wanted.values_list("participant_id", field)


def _products(facility: Facility) -> dict[str, KnownProduct]:
    rows = Variant.objects.filter(facility=facility).select_related("product", "measure")
    return {
        name_key(row.name): KnownProduct(
            row.name,
            row.product.line_of_work,
            WORDS_OF_MEASURES.get(row.measure.code, row.measure.code),
            row.list_price_rp,
            row.pay_basis,
        )
        for row in rows
    }


def _done(facility: Facility) -> Iterable[tuple[tuple[str, str], str]]:
    rows = ImportedRow.objects.filter(facility=facility)
    for kind, key, digest in rows.values_list("kind", "key", "digest"):
        yield (kind, key), digest


def _batches(facility: Facility) -> tuple[KnownBatch, ...]:
    """Batches that came from a workbook before, under the unit's own code, with what is left."""
    rows = ImportedRow.objects.filter(facility=facility, kind=OUTPUT).exclude(target="")
    codes = {int(row.target.partition(":")[2]): row.key for row in rows}
    batches = Batch.objects.filter(pk__in=codes, closing__isnull=False)
    found = list(batches.select_related("closing", "variant", "workshop"))
    lots = [batch.closing.lot_id for batch in found if batch.closing.lot_id]
    levels = StockLevel.objects.filter(lot_id__in=lots).values_list("lot_id")
    left = dict(levels.annotate(sum=Sum("on_hand")))
    return tuple(
        KnownBatch(
            code=codes[batch.pk],
            line=batch.workshop.line_of_work,
            product=batch.variant.name,
            starts_on=batch.started_on,
            ends_on=batch.closing.closed_on,
            left_qty=left.get(batch.closing.lot_id, Decimal(0)),
        )
        for batch in found
    )


def rows_behind(facility_id: int, targets: Iterable[str]) -> list[ImportedRow]:
    """Which rows of which workbook became these things (`workshop.batch:12`)."""
    wanted = Q(target__in=list(targets))
    return list(ImportedRow.objects.filter(wanted, facility_id=facility_id).order_by("pk"))
