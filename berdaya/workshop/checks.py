"""Promises about the workshop's rows that check_books proves."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.people.models import StatusPeriod
from berdaya.workshop.models import (
    BatchClosing,
    BatchWeight,
    MaterialLot,
    MaterialUse,
    WorkLog,
)

FIRST = 20
# A sheet that was filed while tools of its day were out or being searched for, and still are.
FILED_SHORT = """
    SELECT shop.code, sheet.day, tools.name
    FROM workshop_worksheet AS sheet
    JOIN workshop_workshop AS shop ON shop.id = sheet.workshop_id
    JOIN workshop_workshoptoolset AS link ON link.workshop_id = shop.id
    JOIN equipment_toolset AS tools ON tools.id = link.tool_set_id
    JOIN equipment_toolcount AS counted
      ON counted.tool_set_id = tools.id AND counted.day = sheet.day
    WHERE counted.out_at < sheet.recorded_at AND (counted.in_at IS NULL OR EXISTS (
      SELECT FROM equipment_toolcountline AS line
      JOIN equipment_missingtool AS missing ON missing.line_id = line.id
      WHERE line.count_id = counted.id AND missing.confirmed_at IS NULL))
    ORDER BY sheet.day, shop.code
"""
# A batch works with what its own unit has booked, and no time is two batches'.
BOOKED_ELSEWHERE = """
    SELECT batch.code, taken.id
    FROM workshop_batchbooking AS link
    JOIN workshop_batch AS batch ON batch.id = link.batch_id
    JOIN equipment_booking AS taken ON taken.id = link.booking_id
    WHERE taken.facility_id <> batch.facility_id OR taken.kind <> 'use'
    ORDER BY batch.code
"""
# The law looks at every step: one in custody or SAE, or none that is known, makes it prison-made.
LABOUR_DIFFERS = """
    SELECT lot.code FROM stock_lot AS lot
    LEFT JOIN workshop_batchclosing AS closing ON closing.lot_id = lot.id
    LEFT JOIN workshop_worklog AS log ON log.batch_id = closing.batch_id AND log.mark = 'present'
    GROUP BY lot.id
    HAVING lot.is_prison_made <> (
      count(log.id) = 0 OR count(*) FILTER (WHERE log.labour_status IN ('in_custody', 'sae')) > 0)
    ORDER BY lot.code
"""


def _weights_missing() -> list[str]:
    weights = BatchWeight.objects.filter(batch=OuterRef("batch"))
    rows = BatchClosing.objects.filter(~Exists(weights)).select_related("batch")
    return [row.batch.code for row in rows[:FIRST]]


def _barred_people() -> list[str]:
    barred = StatusPeriod.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("day")),
        participant=OuterRef("participant"),
        valid_from__lte=OuterRef("day"),
        status__in=("anak", "community_service"),
    )
    rows = WorkLog.objects.filter(Exists(barred) | Q(facility__kind="lpka"))
    return [f"{row.day} {row.pk}" for row in rows[:FIRST]]


def _material_overspent() -> list[str]:
    rows = MaterialLot.objects.annotate(
        used=Coalesce(Sum("uses__qty"), 0, output_field=MaterialLot._meta.get_field("qty"))
    )
    wrong = rows.exclude(used=F("qty") - F("remaining_qty"))
    return [f"{row.code}: {row.used} used, {row.remaining_qty} left" for row in wrong[:FIRST]]


def _material_miscosted() -> list[str]:
    """A lot that is used up has spent its value exactly."""
    rows = MaterialLot.objects.filter(remaining_qty=0).annotate(spent=Sum("uses__cost_rp"))
    wrong = rows.exclude(spent=F("total_rp"))
    return [f"{row.code}: {row.spent} of {row.total_rp}" for row in wrong[:FIRST]]


def _totals_differ() -> list[str]:
    rows = BatchClosing.objects.select_related("batch", "lot")
    sums = {row["batch_id"]: row for row in _sums_by_batch()}
    return [row.batch.code for row in rows if not _is_frozen_right(row, sums)][:FIRST]


def _sums_by_batch() -> Any:
    paid = Q(is_deductible=True)
    return MaterialUse.objects.values("batch_id").annotate(
        material=Sum("cost_rp", filter=paid & Q(is_packing=False)),
        packing=Sum("cost_rp", filter=paid & Q(is_packing=True)),
        donated=Sum("cost_rp", filter=~paid),
    )


def _is_frozen_right(closing: BatchClosing, sums: dict[int, Any]) -> bool:
    found = sums.get(closing.batch_id, {})
    used = tuple(found.get(name) or 0 for name in ("material", "packing", "donated"))
    frozen = (closing.material_total_rp, closing.packing_total_rp, closing.donated_total_rp)
    lot = closing.lot
    if lot is None:
        return used == frozen
    on_lot = (lot.material_total_rp, lot.packing_total_rp, lot.donated_total_rp)
    return used == frozen == on_lot and lot.made_qty == closing.good_qty


CHECKS = [
    declare_check(
        "workshop_labour",
        _lazy("Setiap lot berkata benar siapa yang membuatnya: di dalam, SAE, atau di luar"),
        rows_of(LABOUR_DIFFERS),
    ),
    declare_check(
        "workshop_weights", _lazy("Setiap batch yang ditutup punya bobot"), _weights_missing
    ),
    declare_check(
        "workshop_barred",
        _lazy("Tidak ada kerja anak, pidana kerja sosial, atau di LPKA"),
        _barred_people,
    ),
    declare_check(
        "workshop_material",
        _lazy("Bahan terpakai sama dengan yang diterima dikurangi sisanya"),
        _material_overspent,
    ),
    declare_check(
        "workshop_material_cost",
        _lazy("Bahan yang habis menghabiskan nilainya tepat"),
        _material_miscosted,
    ),
    declare_check(
        "workshop_frozen",
        _lazy("Jumlah dan biaya lot sama dengan batchnya"),
        _totals_differ,
    ),
    declare_check(
        "workshop_tools",
        _lazy("Tidak ada daftar hadir yang disimpan selagi alatnya di luar atau hilang"),
        rows_of(FILED_SHORT),
    ),
    declare_check(
        "workshop_bookings",
        _lazy("Setiap batch memakai sarana yang dipesan UPT-nya sendiri"),
        rows_of(BOOKED_ELSEWHERE),
    ),
]
