"""Staff accounts, and the decrees by which staff hold a role somewhere."""

from datetime import date

from django.contrib.auth.hashers import make_password

from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.institutions.models import Appointment, AppointmentKind, Facility, Office, Staff
from berdaya.institutions.roles import ROLES


def add_staff(
    *,
    by: Actor,
    username: str,
    display_name: str,
    password: str | None = None,
    password_hash: str = "",
    nip: str = "",
    email: str = "",
    is_demo: bool = False,
) -> Staff:
    """A new account without any role; without a password nobody can sign in with it yet.

    Demo accounts share one `password_hash`: a hundred of their own would take half a minute.
    """
    required()
    staff = Staff(
        username=username, display_name=display_name, nip=nip, email=email, is_demo=is_demo
    )
    staff.password = password_hash or make_password(password)
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

    Raises ValueError for a role that is not held at such a place, IntegrityError where the role,
    or the one definitive head, is already given for these days.
    """
    required()
    at = "facility" if isinstance(place, Facility) else "office"
    if at not in ROLES[role].at:
        raise ValueError(f"nobody is {role} at an {at}")
    return Appointment.objects.create(
        staff=staff,
        role=role,
        kind=kind,
        decree_no=decree_no,
        decree_on=decree_on,
        valid_from=valid_from,
        valid_until=valid_until,
        **{at: place},
    )


def end_appointment(*, by: Actor, appointment: Appointment, on: date) -> None:
    """`on` is the first day without the role; ValueError if it lies before the beginning."""
    required()
    end_on(appointment, on)
