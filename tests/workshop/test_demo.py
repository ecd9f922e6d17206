"""The demo's year of work: made by the same actions, quickly, and clean."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.proofs import declared_checks
from berdaya.core.scope import system_scope
from berdaya.workshop import demo
from berdaya.workshop.models import Batch, BatchClosing, WorkSheet, Workshop
from tests.workshop import scene as scenes
from tests.world import TODAY


@pytest.mark.usefixtures("db")
def test_demo_year_is_made_once_and_every_check_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "DAYS", 60)
    scene = scenes.build(0, with_workshop=False)
    with system_scope("tests", [scene.facility.pk]):
        for number in range(1, 9):
            scenes.person(scene.facility, number, papers=False)

    # How many batches a span of 60 days closes depends on where in its weeks it ends.
    with clock.travel(clock.start_of(TODAY) + timedelta(hours=9)):
        for _ in range(2):
            demo.load(DemoContext(today=TODAY))

    with system_scope("check", [scene.facility.pk]):
        assert Workshop.objects.count() == 1
        closed = BatchClosing.objects.count()
        assert closed == 2
        assert Batch.objects.count() == closed + 1
        assert WorkSheet.objects.latest("day").day < TODAY - timedelta(days=1)
        found = {
            check.code: check.rows() for check in declared_checks() if "workshop" in check.code
        }
    assert found
    assert not any(found.values())
