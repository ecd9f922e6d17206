"""The lists this room knows itself: one person, and a counsellor's own clients."""

from django.db.models import Q

from berdaya.core import clock
from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.assigned import Assigned
from berdaya.people.models import CaseCover, Caseload, Participant, Placement
from berdaya.people.queries import within_caseload
from berdaya.people.rules_reveals import reveal_not_here


def person_subject(code: str) -> str:
    """How one person is named as a subject."""
    return f"person:{code}"


def one_person(by: Actor, facility: Facility, subject: str) -> Assigned:
    """Somebody whose identity is kept here or who is here now; a counsellor's own client only."""
    today = clock.today(facility.timezone)
    here = Placement.objects.on(today).filter(facility=facility)
    people = Participant.objects.filter(
        Q(identity__facility=facility) | Q(pk__in=here.values("participant")),
        code=subject.removeprefix("person:"),
    )
    found = within_caseload(people, by, today, "pk").first()
    if found is None:
        raise Refused(reveal_not_here())
    return Assigned(frozenset({found.pk}), f"{found.pseudonym} ({found.code})")


def one_consent(by: Actor, facility: Facility, subject: str) -> Assigned:
    """Whose consent it is, where their identity is kept now: `consent:<pk>`."""
    consent = subject.removeprefix("consent:")
    people = Participant.objects.filter(identity__facility=facility)
    found = people.filter(consents__proof__isnull=False, consents__pk=consent).first()
    if found is None:
        raise Refused(reveal_not_here())
    return Assigned(frozenset({found.pk}), f"{found.pseudonym} ({found.code})")


def own_clients(by: Actor, facility: Facility, subject: str) -> Assigned:
    """Whom this counsellor guides today, or stands in for today."""
    today = clock.today(facility.timezone)
    cases = Caseload.objects.on(today).filter(staff_id=by.person_id, facility=facility)
    covers = CaseCover.objects.filter(staff_id=by.person_id, facility=facility, day=today)
    people = cases.values_list("participant_id").union(covers.values_list("participant_id"))
    return Assigned(frozenset(pk for (pk,) in people), "Klien bimbingan")
