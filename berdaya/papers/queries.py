"""Who signs a document on a day, and what stands at its head."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import override

from berdaya.institutions.models import Appointment, AppointmentKind, Facility, Office
from berdaya.institutions.roles import ROLES

# An acting appointment goes before the definitive one, the daily one (Plh.) first.
BEFORE = Case(
    When(kind=AppointmentKind.PLH, then=Value(0)),
    When(kind=AppointmentKind.PLT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def signer_for(
    facility: Facility, role: str, day: date, staff_id: int | None = None
) -> dict[str, str]:
    """Who signs that day: {role, post, name, nip, acting}; an empty name is filled in by pen.

    `staff_id` is preferred among several holders. Official papers are Indonesian.
    """
    held = Appointment.objects.on(day).filter(facility=facility, role=role)
    rows = list(held.select_related("staff").order_by(BEFORE, "valid_from", "pk"))
    row = next((one for one in rows if one.staff_id == staff_id), rows[0] if rows else None)
    with override("id"):
        signer = {"role": role, "post": str(ROLES[role].label), "name": "", "nip": "", "acting": ""}
        if row is not None:
            acting = row.kind != AppointmentKind.DEFINITIVE
            signer |= {"name": row.staff.display_name, "nip": row.staff.nip}
            signer["acting"] = str(AppointmentKind(row.kind).label) if acting else ""
    return signer


def signers_for(
    facility: Facility, roles: Iterable[str], day: date, staff_id: int | None = None
) -> list[dict[str, str]]:
    """The signers of a document, in the order in which they stand on the paper."""
    return [signer_for(facility, role, day, staff_id) for role in roles]


def letterhead(facility: Facility) -> dict[str, Any]:
    """The facility as prints have it: the offices above, from the ministry down, name and town."""
    codes = facility.office.path.split("/")
    names = dict(Office.objects.filter(code__in=codes).values_list("code", "name"))
    return {
        "code": facility.code,
        "name": facility.name,
        "above": [names[code] for code in codes if code in names],
        "address": facility.town,
    }
