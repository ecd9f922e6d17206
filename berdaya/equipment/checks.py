"""Promises about machines, their calendar and their tools that check_books proves."""

from datetime import date, timedelta
from itertools import islice

from django.db import connection
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core import clock
from berdaya.core.proofs import declare_check, rows_of
from berdaya.equipment.models import Equipment
from berdaya.equipment.queries import use_of

FIRST = 20
# So many days back the use of machines is counted again.
WEEKS = timedelta(days=28)

TWICE_TAKEN = """
    SELECT machine.code, one.id, other.id
    FROM equipment_booking AS one
    JOIN equipment_booking AS other ON other.equipment_id = one.equipment_id AND other.id > one.id
     AND other.starts_at < one.ends_at AND other.ends_at > one.starts_at
     AND other.declined_at IS NULL AND other.cancelled_at IS NULL
    JOIN equipment_equipment AS machine ON machine.id = one.equipment_id
    WHERE one.declined_at IS NULL AND one.cancelled_at IS NULL
    ORDER BY one.id, other.id
"""
# The day on which a share ends still counts: it may have been ended after the booking was made.
NEVER_SHARED = """
    SELECT machine.code, unit.code, taken.id
    FROM equipment_booking AS taken
    JOIN equipment_equipment AS machine ON machine.id = taken.equipment_id
    JOIN institutions_facility AS unit ON unit.id = taken.facility_id
    JOIN institutions_office AS its ON its.id = unit.office_id
    WHERE taken.facility_id <> machine.facility_id AND NOT EXISTS (
      SELECT FROM equipment_share AS share
      LEFT JOIN institutions_office AS office ON office.id = share.to_office_id
      WHERE share.equipment_id = machine.id
        AND (taken.booked_at AT TIME ZONE unit.timezone)::date
            BETWEEN share.valid_from AND coalesce(share.valid_until, 'infinity'::date)
        AND (share.to_facility_id = unit.id OR its.path = office.path
             OR its.path LIKE office.path || '/%'))
    ORDER BY taken.id
"""
TOOLS_DIFFER = """
    SELECT line.id, line.out_qty, line.in_qty, missing.qty
    FROM equipment_toolcountline AS line
    JOIN equipment_toolcount AS counted ON counted.id = line.count_id
    LEFT JOIN equipment_missingtool AS missing ON missing.line_id = line.id
    WHERE (counted.in_at IS NULL) <> (line.in_qty IS NULL)
       OR coalesce(missing.qty, 0) <> line.out_qty - coalesce(line.in_qty, line.out_qty)
    ORDER BY line.id
"""
# By machine and local day, as one would count it on paper: no row of our own code takes part.
USED = """
    SELECT machine.id, local.day, sum(floor(extract(epoch FROM
      least(taken.ends_at, local.closes) - greatest(taken.starts_at, local.opens)) / 60))::bigint
    FROM equipment_booking AS taken
    JOIN equipment_equipment AS machine ON machine.id = taken.equipment_id
    JOIN institutions_facility AS place ON place.id = machine.facility_id
    CROSS JOIN LATERAL (
      SELECT day::date AS day, (day::date + machine.opens_at) AT TIME ZONE place.timezone AS opens,
             (day::date + machine.closes_at) AT TIME ZONE place.timezone AS closes
      FROM generate_series(%s::date, %s::date, interval '1 day') AS day
    ) AS local
    WHERE taken.kind = 'use' AND taken.approved_at IS NOT NULL
      AND taken.declined_at IS NULL AND taken.cancelled_at IS NULL
      AND taken.starts_at < local.closes AND taken.ends_at > local.opens
      AND extract(isodow FROM local.day) <= machine.open_days
      AND taken.starts_at < %s::date + 2 AND taken.ends_at > %s::date - 2
    GROUP BY machine.id, local.day
"""


def use_differs() -> list[str]:
    """Days of the last weeks on which the heat map says another number of minutes."""
    last = clock.today()
    first = last - WEEKS
    recount = counted(first, last)
    machines = list(Equipment.objects.select_related("facility").order_by("code"))
    told = use_of(machines, first, last)
    wrong = (
        f"{one.code} {day}: {use.used_minutes}, {recount.get((one.pk, day), 0)}"
        for one in machines
        for day, use in told[one.pk].items()
        if use.used_minutes != recount.get((one.pk, day), 0)
    )
    return list(islice(wrong, FIRST))


def counted(first: date, last: date) -> dict[tuple[int, date], int]:
    """Minutes of use by machine and day, where there were any: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(USED, [first, last, last, first])
        return {(machine, day): minutes for machine, day, minutes in cursor.fetchall()}


CHECKS = [
    declare_check(
        "equipment_calendar", _lazy("Tidak ada sarana yang dipesan dua kali"), rows_of(TWICE_TAKEN)
    ),
    declare_check(
        "equipment_shares",
        _lazy("Setiap pemesanan dari luar dibuat selagi sarananya dibuka bagi UPT itu"),
        rows_of(NEVER_SHARED),
    ),
    declare_check(
        "equipment_tools",
        _lazy("Alat yang keluar, yang masuk, dan yang hilang berjumlah sama"),
        rows_of(TOOLS_DIFFER),
    ),
    declare_check(
        "equipment_use",
        _lazy("Menit pakai sarana sama dengan hitungan ulang kalendernya"),
        use_differs,
    ),
]
