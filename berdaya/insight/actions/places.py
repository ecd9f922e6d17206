"""Targets and seats: dated rows, each ending the one before it."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError

from berdaya.core import clock, scope
from berdaya.core.dated import succeed
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused, Verdict, require
from berdaya.insight import rules
from berdaya.insight.models import Seat, Target
from berdaya.institutions.models import Facility, Office, Region
from berdaya.institutions.rules import may, may_somewhere

# A facility's first seat says how it was before its first move.
EARLIEST = date(2000, 1, 1)


def set_target(
    *, by: Actor, indicator: str, year: int, region: Region | None, value: Decimal, basis: str,
    valid_from: date,
) -> Target:  # fmt: skip
    """Aim at a value from a day on; the target before it ends there.

    Refused: target_region_not_yours, target_exists, target_year_differs.
    """
    scope.required()
    require(may_set_target(by, region))
    if valid_from.year > year:
        raise Refused(rules.target_year_differs())
    before = Target.objects.filter(
        indicator=indicator, year=year, region=region, valid_until__isnull=True
    ).first()
    row = Target(
        indicator=indicator, year=year, region=region, value=value, basis=basis.strip(),
        valid_from=valid_from, recorded_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    if before is not None and valid_from <= before.valid_from:
        raise Refused(rules.target_exists())
    try:
        succeed(before, row)
    except IntegrityError as error:
        raise Refused(rules.target_exists()) from error
    return row


def may_set_target(by: Actor, region: Region | None) -> Verdict:
    """The national office everywhere, a regional one in the regions of its own units."""
    found = may_somewhere(by, "target.edit")
    if not found.ok or by.user_id is None or _is_national(by):
        return found
    mine = Facility.objects.filter(pk__in=by.facility_ids).select_related("region")
    codes = {code for one in mine for code in (one.region_id, one.region.parent_id)}
    if region is None or region.pk not in codes:
        found += rules.target_region_not_yours()
    return found


def _is_national(by: Actor) -> bool:
    return any("national" in roles for roles in by.roles.values())


def record_seat(
    *, by: Actor, facility: Facility, region: Region, office: Office, places: int | None,
    source: str, valid_from: date,
) -> Seat:  # fmt: skip
    """From a day on a facility belongs there and has so much room; what was before keeps its
    place. The facility itself follows once the day has come.

    Refused: seat_overlaps.
    """
    scope.required()
    require(may(by, "seat.edit", facility.pk))
    before = Seat.objects.filter(facility=facility).order_by("-valid_from").first()
    if before is None and (facility.region_id, facility.office_id) != (region.pk, office.pk):
        before = Seat.objects.create(
            facility=facility, region=facility.region, office=facility.office,
            source=source.strip(), valid_from=EARLIEST, recorded_by_id=by.user_id,
            recorded_at=clock.now(),
        )  # fmt: skip
    if before is not None and (valid_from <= before.valid_from or before.valid_until is not None):
        raise Refused(rules.seat_overlaps())
    row = Seat(
        facility=facility, region=region, office=office, places=places, source=source.strip(),
        valid_from=valid_from, recorded_by_id=by.user_id, recorded_at=clock.now(),
    )  # fmt: skip
    try:
        succeed(before, row)
    except IntegrityError as error:
        raise Refused(rules.seat_overlaps()) from error
    if valid_from <= clock.today(facility.timezone):
        Facility.objects.filter(pk=facility.pk).update(region=region, office=office)
    return row
