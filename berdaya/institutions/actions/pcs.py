"""Registered PCs of a unit, and the PINs that hold there and nowhere else."""

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, QuerySet

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.institutions import pc_cookie, rules_signin
from berdaya.institutions.models import Facility, PcUser, Staff, StaffSession, UnitPc
from berdaya.institutions.queries import reach_of
from berdaya.institutions.rules import may_somewhere, place_out_of_reach


def register_pc(*, by: Actor, facility: Facility, label: str) -> tuple[UnitPc, str]:
    """A new PC and its key in the clear, for the cookie of that browser. Refused as reach is."""
    required()
    _may_keep(by, facility)
    key = pc_cookie.new_key()
    pc = UnitPc.objects.create(
        facility=facility, label=label, key_hash=pc_cookie.hash_of(key),
        registered_by_id=by.person_id, registered_at=clock.now(),
    )  # fmt: skip
    return pc, key


def end_pc(*, by: Actor, pc: UnitPc) -> None:
    """Its cookie opens nothing any more, and whoever is signed in there is out at once."""
    required()
    _may_keep(by, pc.facility)
    rows = UnitPc.objects.filter(pk=pc.pk, ended_at=None)
    rows.update(ended_at=clock.now(), ended_by_id=by.person_id)
    PcUser.objects.filter(pc=pc, enrolled_on__isnull=False).update(enrolled_on=None)
    StaffSession.objects.filter(pc=pc).delete()


def set_pin(*, by: Actor, pc: UnitPc, pin: str) -> None:
    """One's own PIN on this PC. Refused: pin_weak; pin_not_here without a full sign-in today."""
    required()
    require(rules_signin.may_be_pin(pin))
    here = enrolled(pc).filter(staff_id=by.person_id)
    if not here.update(pin_hash=make_password(pin), failures=0):
        raise Refused(rules_signin.pin_not_here())


def is_pin(*, row: PcUser, pin: str) -> bool:
    """Judge a PIN; counted before it is compared, and never after PIN_TRIES wrong ones."""
    mine = PcUser.objects.filter(pk=row.pk)
    counted = mine.filter(failures__lt=rules_signin.PIN_TRIES).update(failures=F("failures") + 1)
    if not counted or not row.pin_hash or not check_password(pin, row.pin_hash):
        return False
    mine.update(failures=0)
    return True


def enrolled(pc: UnitPc) -> "QuerySet[PcUser]":
    """Who signed in fully on this PC today and has not left for the day."""
    today = clock.today(pc.facility.timezone)
    return PcUser.objects.filter(pc=pc, enrolled_on=today, staff__is_active=True)


def person_at(*, pc: UnitPc, staff_id: int) -> tuple[PcUser, Staff] | None:
    """Somebody who may take over this PC today."""
    row = enrolled(pc).filter(staff_id=staff_id).select_related("staff").first()
    return (row, row.staff) if row else None


def _may_keep(by: Actor, facility: Facility) -> None:
    found = may_somewhere(by, "pc.register")
    reach = reach_of(by, "pc.register", clock.today())
    require(found if not found.ok or reach.covers(facility) else found + place_out_of_reach())
