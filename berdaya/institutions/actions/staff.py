"""Staff accounts, and the decrees by which staff hold a role somewhere."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import rules
from berdaya.institutions.models import Appointment, AppointmentKind, Facility, Office, Staff
from berdaya.institutions.queries import reach_of
from berdaya.institutions.roles import ROLES


def add_staff(
    *,
    by: Actor,
    username: str,
    display_name: str,
    password_hash: str = "",
    nip: str = "",
    email: str = "",
    is_demo: bool = False,
) -> Staff:
    """A new account without any role; its owner chooses the password by invitation.

    Demo accounts share one `password_hash`: a hundred of their own would take half a minute.
    """
    required()
    require(rules.may_somewhere(by, "staff.edit"))
    staff = Staff(
        username=username, display_name=display_name, nip=nip, email=email, is_demo=is_demo
    )
    staff.password = password_hash or make_password(None)
    staff.clean_fields(exclude=["password"])
    staff.save(force_insert=True)
    return staff


def appoint(
    *,
    by: Actor,
    staff: Staff,
    role: str,
    place: Facility | Office,
    decree_no: str,
    decree_on: date,
    valid_from: date,
    valid_until: date | None = None,
    kind: str = AppointmentKind.DEFINITIVE,
) -> Appointment:
    """Give a role at a facility or office for a while.

    Raises ValueError for a role that is not held at such a place. Refused: appoint_self,
    place_out_of_reach, appointment_overlaps (the role, or the one definitive head, is given).
    """
    required()
    _may_appoint(by, staff.pk, place)
    at = "facility" if isinstance(place, Facility) else "office"
    if at not in ROLES[role].at:
        raise ValueError(f"nobody is {role} at an {at}")
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                staff=staff,
                role=role,
                kind=kind,
                decree_no=decree_no,
                decree_on=decree_on,
                valid_from=valid_from,
                valid_until=valid_until,
                recorded_by_id=by.user_id,
                **{at: place},
            )
    except IntegrityError as error:
        if "appointment_" not in str(error):
            raise
        raise Refused(rules.appointment_overlaps()) from error


def end_appointment(*, by: Actor, appointment: Appointment, on: date) -> None:
    """`on` is the first day without the role. Refused as appointing is, and: ends_early."""
    required()
    _may_appoint(by, appointment.staff_id, appointment.place)
    try:
        end_on(appointment, on)
    except ValueError as error:
        raise Refused(rules.ends_early()) from error


def _may_appoint(by: Actor, staff_id: int, place: Facility | Office) -> None:
    ability = "staff.edit" if isinstance(place, Facility) else "office.appoint"
    reach = reach_of(by, ability, clock.today()) if by.user_id else rules.Reach()
    require(rules.may_appoint(by, staff_id, reach, place))
