"""Rounds: everything judged anew, place by place, each in its own transaction, seen as it goes.

A round that was killed goes on where it stood: what is done is counted with what was written.
"""

from collections.abc import Iterator

from procrastinate.contrib.django import app as django_app

from berdaya.core import clock
from berdaya.core.scope import Actor, required, system_scope
from berdaya.institutions.models import Facility
from berdaya.legality.actions.judging import everything_asked, judge_groups, judge_places
from berdaya.legality.models import FactGroup, Judgement, JudgingRound, RuleChange

PLACES = 25  # in one transaction
GROUPS = 2000
TASK = "legality.judge_everything"


def start_round(*, by: Actor, change: RuleChange | None = None) -> JudgingRound:
    """Queue one, in the open transaction; it reads the rules as they will then stand."""
    required()
    found = JudgingRound.objects.create(
        change=change, total=Facility.objects.producing().count(), started_at=clock.now()
    )
    django_app.configure_task(TASK, allow_unknown=True).defer(round_id=found.pk)
    return found


def run_round(round_id: int) -> JudgingRound:
    """Judge every group of equal facts, then write what follows at every place.

    Opens a scope of its own for each part; running it again only goes on.
    """
    with system_scope("nightly", []):
        found = JudgingRound.objects.get(pk=round_id)
        places = list(Facility.objects.producing().order_by("pk").values_list("pk", flat=True))
    if found.done == 0:
        _judge_all_groups()
    while found.finished_at is None:
        found = _next_places(round_id, places)
    return found


def _judge_all_groups() -> None:
    day = clock.today()
    with system_scope("nightly", []):
        asked = everything_asked(day)
    for told in _chunks():
        with system_scope("nightly", []):
            judge_groups(told, day, asked)


def _chunks() -> Iterator[dict[int, str]]:
    last = 0
    while True:
        with system_scope("nightly", []):
            rows = FactGroup.objects.filter(pk__gt=last).order_by("pk")[:GROUPS]
            told = dict(rows.values_list("pk", "facts"))
        if not told:
            return
        yield told
        last = max(told)


def _next_places(round_id: int, places: list[int]) -> JudgingRound:
    """The next places in their order, and the count of them, in one transaction."""
    with system_scope("nightly", []):
        done = JudgingRound.objects.values_list("done", flat=True).get(pk=round_id)
    here = places[done : done + PLACES]
    with system_scope("nightly", here) as scope:
        found = JudgingRound.objects.select_for_update().get(pk=round_id)
        if found.done == done and here:
            found.changed += judge_places(by=scope.actor, facility_ids=here)
            found.judged += Judgement.objects.filter(facility__in=here).count()
            found.done = min(found.done + len(here), found.total)
        if done + PLACES >= len(places):
            found.done, found.finished_at = found.total, clock.now()
        found.save()
    return found
