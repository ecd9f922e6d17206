"""Who of a batch has not learned to work with the machines that are booked for it.

It is told and blocks nothing: the skill that work itself asks for is the workshop's matter
(skills.py), and a machine may be run by one while others help.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.verdicts import Reason, Verdict
from berdaya.equipment.models import Booking
from berdaya.people.models import WorkPlacement
from berdaya.training.models import HeldSkill, Session
from berdaya.training.queries import next_sessions
from berdaya.workshop.models import Batch, SkillExemption
from berdaya.workshop.rules_equipment import machine_skill_missing, machine_skill_unheld
from berdaya.workshop.skills import NextCourse


def booked_for(batch: Batch, makers: Collection[int]) -> "QuerySet[Any]":
    """Times that were asked for a batch, with equipment and its skill.

    `held`, `exempt`: ids of those who have the skill today, or are let off by the head: of the
    makers, before anybody has worked on it of those who are placed in its line of work.
    """
    today = clock.today(batch.facility.timezone)
    people: Any = list(makers) or _placed(batch, today)
    asked = {"participant__in": people, "skill": OuterRef("equipment__skill")}
    held = HeldSkill.objects.on(today).filter(**asked).order_by()
    exempt = SkillExemption.objects.on(today).filter(**asked, facility=batch.facility_id).order_by()
    rows = Booking.objects.filter(batch_booking__batch=batch).select_related("equipment__skill")
    return rows.annotate(
        held=ArraySubquery(held.values("participant")),
        exempt=ArraySubquery(exempt.values("participant")),
    ).order_by("starts_at", "pk")


def _placed(batch: Batch, today: date) -> "QuerySet[Any, Any]":
    rows = WorkPlacement.objects.on(today).filter(
        facility=batch.facility_id, line_of_work=batch.workshop.line_of_work
    )
    return rows.order_by().values("participant")


def lacking_skills(batch: Batch, bookings: Iterable[Any], makers: Mapping[int, str]) -> Verdict:
    """Machines of these bookings (booked_for) whose skill a maker (id -> pseudonym) lacks.

    Before anybody has worked on the batch, those that nobody of its line of work can run. One
    statement where something is lacking, for the next course; else none.
    """
    told: dict[int, tuple[Booking, list[str]]] = {}
    for one in bookings:
        able = {*one.held, *one.exempt}
        who = [name for pk, name in makers.items() if pk not in able]
        if one.holds_time and one.equipment.skill_id and (who or not able):
            told[one.equipment_id] = one, who
    skills = {one.equipment.skill_id for one, _who in told.values() if one.equipment.skill_id}
    today = clock.today(batch.facility.timezone)
    courses = next_sessions(batch.facility_id, skills, today) if told else {}
    return Verdict(tuple(_reason(one, courses, who) for one, who in told.values()))


def _reason(booking: Booking, courses: Mapping[int, Session], who: list[str]) -> Reason:
    machine, skill = booking.equipment, booking.equipment.skill
    session = courses.get(machine.skill_id or 0)
    url = reverse("training:session", args=[session.code]) if session else ""
    said = machine_skill_missing(who=", ".join(who)) if who else machine_skill_unheld()
    return said(machine=machine.label, skill=skill, next=NextCourse(session), next_url=url)
