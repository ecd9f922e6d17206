"""Whose names a workshop's roll opens: placed in its line, or on its sheet, that day."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.assigned import Assigned
from berdaya.people.models import Placement, WorkPlacement
from berdaya.workshop.models import WorkLog, Workshop
from berdaya.workshop.rules import roll_day_far, roll_unknown

# A sheet may be keyed late; older rolls are nobody's daily work any more.
ROLL_BACK = timedelta(days=31)


def roll_subject(workshop: Workshop, day: date) -> str:
    """How a roll is named as a subject of an opening."""
    return f"workshop:{workshop.pk}:{day}"


def roll(by: Actor, facility: Facility, subject: str) -> Assigned:
    """The people of one workshop's roll of one day: two queries."""
    _workshop, pk, text = subject.split(":")
    day, today = date.fromisoformat(text), clock.today(facility.timezone)
    if not today - ROLL_BACK <= day <= today:
        raise Refused(roll_day_far(days=ROLL_BACK.days))
    shop = Workshop.objects.filter(pk=int(pk), facility=facility).first()
    if shop is None:
        raise Refused(roll_unknown())
    return Assigned(frozenset(_people(shop, day)), f"{shop.name}, {day:%d-%m-%Y}")


def _people(shop: Workshop, day: date) -> list[int]:
    in_line = WorkPlacement.objects.on(day).filter(
        participant=OuterRef("participant"),
        facility_id=shop.facility_id,
        line_of_work=shop.line_of_work,
    )
    on_sheet = WorkLog.objects.filter(
        participant=OuterRef("participant"), sheet__workshop=shop, day=day
    )
    here = Placement.objects.on(day).filter(facility_id=shop.facility_id)
    rows = here.filter(Q(Exists(in_line)) | Q(Exists(on_sheet)))
    return list(rows.values_list("participant_id", flat=True))
