"""Offices are told once that a commitment is late, the ones above them once it is late for long."""

from datetime import date

from berdaya.core import clock
from berdaya.core.scope import Actor, required
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Office
from berdaya.programme.actions.signing import require_seat
from berdaya.programme.evidence import Standing, rule_on, standings
from berdaya.programme.models import Telling
from berdaya.programme.rules import changes
from berdaya.programme.rules.standing import LATE, Thresholds, level_to_tell


def tell_lateness(*, by: Actor, today: date) -> int:
    """Tell whoever is to be told of every late commitment, once; returns how many were.

    Run twice, the second time tells nobody: one open telling an office (a unique index). What is
    late no more is over, so that a later delay is told again.
    """
    required()
    rule = rule_on(today)
    late = [one for one in standings(by, today) if one.state == LATE]
    still = [one.commitment.pk for one in late]
    Telling.objects.filter(over_on__isnull=True).exclude(commitment__in=still).update(over_on=today)
    offices = {one.pk: one for one in Office.objects.select_related("parent")}
    rows = [row for one in late for row in _tellings(one, today, rule, offices)]
    open_now = set(Telling.objects.filter(over_on__isnull=True).values_list("commitment", "office"))
    fresh = [row for row in rows if (row.commitment_id, row.office_id) not in open_now]
    # Two nights at once: the index lets one telling through.
    Telling.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _tellings(
    one: Standing, today: date, rule: Thresholds, offices: dict[int, Office]
) -> list[Telling]:
    since = one.late_since or today
    below = [
        offices[one.commitment.corrections_office_id], offices[one.commitment.umkm_office_id]
    ]  # fmt: skip
    told = [(0, office) for office in below]
    if level_to_tell(since, today, rule) == 1:
        told += [(1, office.parent) for office in below if office.parent is not None]
    found: dict[int, Telling] = {}
    for level, office in told:
        found.setdefault(
            office.pk,
            Telling(commitment=one.commitment, level=level, office=office, late_since=since,
                    told_on=max(today, since)),
        )  # fmt: skip
    return list(found.values())


def see_telling(*, by: Actor, telling: Telling) -> Telling:
    """Somebody of a side has read it; it leaves Hari Ini. Refused: programme_recorded."""
    require_seat(by, telling.commitment.agreement, changes.may_edit)
    seen = {"seen_by_id": by.person_id, "seen_on": clock.today()}
    if not Telling.objects.filter(pk=telling.pk, seen_on__isnull=True).update(**seen):
        raise Refused(changes.recorded_before())
    return telling
