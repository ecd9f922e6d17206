"""Who signs a document on a day, what stands at its head, and which scans are kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import override

from berdaya.core.models import AuditRow
from berdaya.core.scope import system_scope
from berdaya.institutions.models import Appointment, AppointmentKind, Facility, Office
from berdaya.institutions.queries import ups
from berdaya.institutions.roles import ROLES
from berdaya.papers.models import Document

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
        if row is None:
            signer |= _in_stead(facility, role, day, staff_id)
        else:
            acting = row.kind != AppointmentKind.DEFINITIVE
            signer |= {"name": row.staff.display_name, "nip": row.staff.nip}
            signer["acting"] = str(AppointmentKind(row.kind).label) if acting else ""
    return signer


def _in_stead(facility: Facility, role: str, day: date, staff_id: int | None) -> dict[str, str]:
    """The regional office's officer who acts now, on behalf of a head whom the unit lacks."""
    if role != "head" or staff_id is None:
        return {}
    roles = [one.code for one in ROLES.values() if one.in_stead]
    held = Appointment.objects.on(day).filter(staff=staff_id, role__in=roles)
    row = held.filter(office__path__in=ups(facility.office.path)).select_related("staff").first()
    if row is None:
        return {}
    return {"name": row.staff.display_name, "nip": row.staff.nip, "acting": "a.n."}


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


def scans_in_use(names: frozenset[str]) -> set[str]:
    """Of these files those that a document holds, or held until a later scan took its place.

    What was once signed stays as evidence; only what no row ever held is an orphan.
    """
    everywhere = Facility.objects.values_list("pk", flat=True)
    with system_scope("nightly", everywhere, read_only=True):
        held = set(Document.objects.filter(scan__in=names).values_list("scan", flat=True))
        rows = AuditRow.objects.filter(table="papers_document", before__scan__in=names - held)
        return held | set(rows.values_list("before__scan", flat=True)) if names - held else held
