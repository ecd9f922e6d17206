"""Whose names a certificate opens: the one who gets it, or everybody of a session who does."""

from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Facility
from berdaya.people.assigned import Assigned, assigns
from berdaya.people.models import RevealPurpose
from berdaya.training.models import Certificate
from berdaya.training.rules_certificates import certificate_not_issued


def register() -> None:
    """Tell the people's room."""
    assigns(RevealPurpose.CERTIFICATE, certified)


def certified(by: Actor, facility: Facility, subject: str) -> Assigned:
    """`certificate:<code>` or `certificates:<session>`: only what is issued and in force."""
    kind, _colon, code = subject.partition(":")
    rows = Certificate.objects.filter(facility=facility, is_live=True, credential__isnull=False)
    mine = rows.filter(code=code) if kind == "certificate" else rows.filter(session__code=code)
    people = frozenset(mine.values_list("participant_id", flat=True))
    if not people:
        raise Refused(certificate_not_issued())
    return Assigned(people, code)
