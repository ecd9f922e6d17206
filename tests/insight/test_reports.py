"""A month's report: sent, returned, sent again, accepted, locked; corrections come later."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.insight.actions.reports import answer_report, send_report
from berdaya.insight.calc import digest_of
from berdaya.insight.checks import altered
from berdaya.insight.models import Report, ReportAnswer, ReportState, ReportVersion
from berdaya.insight.queries import standings
from tests.insight.scene import MARCH, answer_march, send_march
from tests.proceeds.scene import Scene, build
from tests.web.desk import log_work
from tests.world import World


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        made = build(world, work=lambda batch: log_work(world, batch))
        made.sell(2, 100_000)
        return made


def number_of(version: ReportVersion, code: str) -> str:
    return next(x["numerator"] for x in version.snapshot["indicators"] if x["code"] == code)


def test_what_was_sent_is_frozen_with_its_hash(world: World, scene: Scene) -> None:
    version = send_march(world)
    with world.everywhere():
        scene.sell(1, 100_000)
        version.refresh_from_db()

    assert number_of(version, "sold") == "200000"
    assert version.digest == digest_of(version.snapshot)
    with world.everywhere():
        assert altered() == []
        assert Report.objects.get().was_late


@pytest.mark.parametrize(
    ("who", "code"), [("officer", "ability_missing"), ("outside_head", "facility_out_of_scope")]
)
def test_only_the_head_sends(world: World, scene: Scene, who: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        send_march(world, who)

    assert code in refused.value.verdict.codes
    with world.everywhere():
        assert not Report.objects.exists()


def test_a_month_that_goes_on_is_not_sent(world: World, scene: Scene) -> None:
    with world.acting("head") as scope, pytest.raises(Refused, match="report_month_open"):
        send_report(by=scope.actor, facility=world.atb, month=clock.today().replace(day=1))


def test_an_lpka_reports_nothing(world: World) -> None:
    child = world.facilities["LPKA-KPG"]
    with world.everywhere() as scope, pytest.raises(Refused, match="report_not_producing"):
        send_report(by=scope.actor, facility=child, month=MARCH)


def test_what_was_returned_is_sent_again_and_accepted(world: World, scene: Scene) -> None:
    send_march(world)
    with pytest.raises(Refused, match="report_waits"):
        send_march(world)
    with pytest.raises(Refused, match="report_comment_missing"):
        answer_march(world, "returned")
    answer_march(world, "returned", "Periksa nota")
    with world.everywhere():
        scene.sell(1, 100_000)
    again = send_march(world, note="Nota diperiksa")
    answer_march(world)

    assert again.number == 2
    assert number_of(again, "sold") == "300000"
    with world.everywhere():
        assert Report.objects.get().state == ReportState.ACCEPTED
    for step in (lambda: send_march(world), lambda: answer_march(world)):
        with pytest.raises(Refused):
            step()


def test_a_correction_goes_to_the_next_month_once(world: World, scene: Scene) -> None:
    send_march(world)
    answer_march(world)
    with world.everywhere():
        scene.sell(1, 100_000)
    with world.acting("head") as scope:
        april = send_report(by=scope.actor, facility=world.atb, month=date(2026, 4, 1))
    with world.acting("regional") as scope:
        answer_report(by=scope.actor, report=april.report, outcome="accepted")
    with world.acting("head") as scope:
        may = send_report(by=scope.actor, facility=world.atb, month=date(2026, 5, 1))

    told = {(one["month"], one["code"]): one for one in april.snapshot["corrections"]}
    assert told["2026-03", "sold"] == {
        "month": "2026-03", "code": "sold", "told": "200000", "now": "300000",
    }  # fmt: skip
    assert may.snapshot["corrections"] == []


def test_the_database_locks_what_was_accepted(world: World, scene: Scene) -> None:
    version = send_march(world)
    answer_march(world)
    with world.everywhere():
        row = Report.objects.get()
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            Report.objects.filter(pk=row.pk).update(state="sent")
        version.pk, version.number = None, 2
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            version.save(force_insert=True)


def test_an_answer_names_who_sent(world: World, scene: Scene) -> None:
    version = send_march(world)
    with (
        world.everywhere(),
        pytest.raises(IntegrityError, match="sender"),
        transaction.atomic(),
    ):
        ReportAnswer.objects.create(
            version=version, facility=world.atb, outcome="accepted", sent_by=None,
            answered_by=world.staff["head"], answered_at=clock.now(),
        )  # fmt: skip


def test_months_are_due_then_late(world: World, scene: Scene) -> None:
    with world.everywhere():
        world.atb.go_live_on = date(2026, 9, 7)
        world.atb.save(update_fields=["go_live_on"])
        before = standings([world.atb.pk], date(2026, 11, 10))
        after = standings([world.atb.pk], date(2026, 11, 11))
    with world.acting("head") as scope:
        send_report(by=scope.actor, facility=world.atb, month=date(2026, 9, 1))
        then = standings([world.atb.pk], date(2026, 11, 11))

    assert [(one.month, one.state) for one in before] == [(date(2026, 10, 1), "due")]
    assert [one.state for one in after] == ["late"]
    assert [one.state for one in then] == ["late", "sent"]


def test_today_tells_the_head_what_is_late_and_the_region_what_waits(
    world: World, scene: Scene
) -> None:
    with world.everywhere():
        world.atb.go_live_on = date(2026, 1, 1)
        world.atb.save(update_fields=["go_live_on"])
    october = "/desk/reports/LP-ATB/2026-10/"

    assert october in world.client("head").get("/desk/").content.decode()
    with world.acting("head") as scope:
        send_report(by=scope.actor, facility=world.atb, month=date(2026, 10, 1))
    assert october not in world.client("head").get("/desk/").content.decode()
    page = world.client("regional").get("/desk/").content.decode()
    assert october in page
    assert "menunggu diperiksa" in page
