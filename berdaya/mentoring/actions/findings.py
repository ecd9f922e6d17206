"""The product clinic: a finding with its remedy, then what came of it."""

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.mentoring import rules
from berdaya.mentoring.actions.adoptions import require_part, require_running
from berdaya.mentoring.models import Adoption, Finding
from berdaya.mentoring.queries import today_of


def record_finding(*, by: Actor, adoption: Adoption, before: str, remedy: str) -> Finding:
    """Either side writes what is wrong with the product and what would help.

    Refused: not_its_mentor, mentoring_not_running.
    """
    required()
    require_part(by, adoption, "mentoring.work")
    row = require_running(adoption)
    return Finding.objects.create(
        adoption=row,
        facility_id=row.facility_id,
        found_on=today_of(row),
        before=before,
        remedy=remedy,
        found_by_id=by.user_id,
        recorded_at=clock.now(),
    )


def mend_finding(*, by: Actor, finding: Finding, after: str) -> Finding:
    """How it came out, once. Locks the adoption.

    Refused: finding_mended, not_its_mentor, mentoring_not_running.
    """
    required()
    require_part(by, finding.adoption, "mentoring.work")
    adoption = require_running(finding.adoption)
    kept = Finding.objects.filter(pk=finding.pk, mended_on__isnull=True).update(
        after=after, mended_on=today_of(adoption), mended_by=by.user_id
    )
    if not kept:
        raise Refused(rules.finding_mended())
    finding.refresh_from_db()
    return finding
