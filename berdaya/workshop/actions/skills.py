"""Asking for a skill in a workshop, and letting somebody learn it on the job."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.dated import end_on
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused, require
from berdaya.goods.models import Product
from berdaya.institutions.models import Facility
from berdaya.institutions.rules import may
from berdaya.people.models import Participant
from berdaya.people.queries import placements_of
from berdaya.people.rules import not_placed, paper_on_wrong_day, paper_overlaps
from berdaya.training.models import Skill
from berdaya.workshop import rules
from berdaya.workshop.models import SkillExemption, SkillRequirement, Workshop

LONGEST_EXEMPTION = timedelta(days=92)


def require_skill(
    *, by: Actor, workshop: Workshop, skill: Skill, valid_from: date, product: Product | None = None
) -> SkillRequirement:
    """From that day on nobody stands on this workshop's sheets without the skill.

    What was filed before stays. Refused: workshop_elsewhere (another unit's product),
    paper_overlaps (asked for already).
    """
    required()
    require(may(by, "work.approve", workshop.facility_id))
    if product is not None and product.facility_id != workshop.facility_id:
        raise Refused(rules.workshop_elsewhere())
    try:
        with transaction.atomic():
            return SkillRequirement.objects.create(
                workshop=workshop,
                facility_id=workshop.facility_id,
                product=product,
                skill=skill,
                valid_from=valid_from,
                recorded_by_id=by.user_id,
                recorded_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(paper_overlaps()) from error


def end_requirement(*, by: Actor, requirement: SkillRequirement, ends_on: date) -> SkillRequirement:
    """No longer ask for it from that day on. Refused: paper_on_wrong_day."""
    required()
    require(may(by, "work.approve", requirement.facility_id))
    try:
        end_on(requirement, ends_on)
    except ValueError:
        raise Refused(paper_on_wrong_day()) from None
    return requirement


def exempt(
    *,
    by: Actor,
    participant: Participant,
    facility: Facility,
    skill: Skill,
    supervisor: str,
    valid_from: date,
    last_day: date,
) -> SkillExemption:
    """The head lets somebody learn it on the job, under supervision, three months at most.

    Refused: not_placed, paper_on_wrong_day, exemption_too_long, paper_overlaps.
    """
    required()
    require(may(by, "work.approve", facility.pk))
    if not placements_of(facility.pk, [participant.pk], valid_from):
        raise Refused(not_placed())
    if last_day < valid_from:
        raise Refused(paper_on_wrong_day())
    if last_day - valid_from > LONGEST_EXEMPTION:
        raise Refused(rules.exemption_too_long(days=LONGEST_EXEMPTION.days))
    try:
        with transaction.atomic():
            return SkillExemption.objects.create(
                participant=participant,
                facility=facility,
                skill=skill,
                supervisor=supervisor.strip(),
                valid_from=valid_from,
                valid_until=last_day + timedelta(days=1),
                approved_by_id=by.user_id,
                approved_at=clock.now(),
            )
    except IntegrityError as error:
        raise Refused(paper_overlaps()) from error
