"""Cells that nobody booked go by themselves, once their month is over."""

from datetime import timedelta

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.intake.models import ImportState, StagedSheet, WorkbookImport
from berdaya.people.actions.retention import run_retention
from tests.intake.conftest import Unit
from tests.intake.test_pages import signed_in, staged


def test_staged_cells_are_put_away_after_their_time(unit: Unit, sample: bytes) -> None:
    pk = staged(unit, signed_in(unit.officer), sample)
    facility, today = unit.facility, clock.today()

    def night(days: int) -> tuple[int, int, int]:
        with system_scope("nightly", [facility.pk]) as scope:
            day = today + timedelta(days=days)
            run = run_retention(by=scope.actor, facility=facility, today=day)
            count = run.counts.get(purpose="import_staging")
        return count.due, count.done, count.left

    early, late, after = night(20), night(40), night(41)

    assert early[:2] == (0, 0)
    assert early[2] > 0
    assert late == (1, 1, 0)
    assert after == (0, 0, 0)
    with system_scope("tests", [facility.pk]):
        assert WorkbookImport.objects.get(pk=pk).state == ImportState.DISCARDED
        assert not StagedSheet.objects.exists()
