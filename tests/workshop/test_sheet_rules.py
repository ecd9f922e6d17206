"""Filing sheets: what is refused, and that nothing is saved then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.people.models import Consent, FitnessCertificate, OwnRequest, WorkPlacement
from berdaya.workshop.actions.sheets import (
    DaySheet,
    SheetRefused,
    SheetRow,
    record_sheet,
    record_sheets,
)
from berdaya.workshop.models import WorkLog, WorkSheet
from tests.workshop import scene as scenes
from tests.workshop.scene import MONDAY, Scene

HOUR = 60


@pytest.fixture
def scene(db: None) -> Scene:
    return scenes.build()


def file(scene: Scene, day: date, *rows: SheetRow, **more: object) -> WorkSheet:
    with acting(scene.officer, "sheet"):
        return record_sheet(by=scene.officer, workshop=scene.workshop, day=day, rows=rows, **more)


def row(scene: Scene, index: int = 0, hours: float = 7, **more: object) -> SheetRow:
    return SheetRow(scene.people[index].pk, minutes=int(hours * HOUR), **more)


def refused(scene: Scene, day: date, *rows: SheetRow) -> tuple[str, ...]:
    """The codes, after a check that nothing was saved."""
    with acting(scene.officer, "look"):
        before = WorkLog.objects.count(), WorkSheet.objects.count()
    with pytest.raises(Refused) as caught:
        file(scene, day, *rows)
    with acting(scene.officer, "look"):
        assert (WorkLog.objects.count(), WorkSheet.objects.count()) == before
    return caught.value.verdict.codes


def test_sheet_with_every_paper_is_filed(scene: Scene) -> None:
    sheet = file(scene, MONDAY, row(scene, 0), row(scene, 1, mark="sick", hours=0))

    with acting(scene.officer, "look"):
        lines = list(
            WorkLog.objects.order_by("mark").values_list("mark", "minutes", "labour_status")
        )
        assert sheet.recorded_by_id == scene.officer.user_id
    assert lines == [("present", 420, "in_custody"), ("sick", 0, "in_custody")]


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (Consent, "consent_missing"),
        (FitnessCertificate, "fitness_missing"),
        (WorkPlacement, "work_placement_missing"),
    ],
)
def test_sheet_without_one_paper_is_refused(scene: Scene, model: type, code: str) -> None:
    later = MONDAY + timedelta(days=1)
    name = "given_on" if model is Consent else "valid_from"
    with system_scope("tests", [scene.facility.pk]):
        model.objects.filter(participant=scene.people[0]).update(**{name: later})

    assert refused(scene, MONDAY, row(scene, 0), row(scene, 1)) == (code,)
    assert file(scene, later, row(scene, 0))


def test_sheet_for_someone_found_unfit_is_refused(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        FitnessCertificate.objects.filter(participant=scene.people[0]).update(is_fit=False)

    assert refused(scene, MONDAY, row(scene)) == ("unfit",)
    assert file(scene, MONDAY, row(scene, hours=0, mark="sick"))


def test_sheet_after_consent_was_withdrawn_is_refused(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        Consent.objects.filter(participant=scene.people[0]).update(withdrawn_on=MONDAY)

    assert refused(scene, MONDAY, row(scene)) == ("consent_missing",)
    assert file(scene, MONDAY - timedelta(days=1), row(scene))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("anak", "status_anak"),
        ("community_service", "status_community_service"),
        ("released", "released"),
        ("detainee", "detainee_without_request"),
    ],
)
def test_sheet_for_a_status_that_may_not_work_is_refused(
    scene: Scene, status: str, code: str
) -> None:
    with system_scope("tests", [scene.facility.pk]):
        scene.people.append(scenes.person(scene.facility, 9, status=status))

    assert refused(scene, MONDAY, row(scene, 3)) == (code,)


def test_sheet_for_a_detainee_on_own_request_is_filed(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        who = scenes.person(scene.facility, 9, status="detainee")
        OwnRequest.objects.create(participant=who, facility=scene.facility, given_on=MONDAY)
        scene.people.append(who)

    assert file(scene, MONDAY, row(scene, 3))
    assert refused(scene, MONDAY - timedelta(days=1), row(scene, 3)) == (
        "detainee_without_request",
    )


def test_sheet_for_someone_placed_elsewhere_is_refused(scene: Scene) -> None:
    with system_scope("tests", [scene.outside.pk]):
        scene.people.append(scenes.person(scene.outside, 9))

    assert refused(scene, MONDAY, row(scene, 3))[0] == "not_placed"


def test_sheet_over_the_day_is_refused(scene: Scene) -> None:
    assert refused(scene, MONDAY, row(scene, hours=8.5)) == ("hours_over_day",)


def test_sheet_over_the_week_is_refused(scene: Scene) -> None:
    for n in range(5):
        file(scene, MONDAY + timedelta(days=n), row(scene, hours=7.5))

    saturday = MONDAY + timedelta(days=5)
    assert refused(scene, saturday, row(scene, hours=3)) == ("hours_over_week",)
    assert file(scene, saturday, row(scene, hours=2.5))


def test_sixth_day_of_a_week_allows_seven_hours(scene: Scene) -> None:
    for n in range(5):
        file(scene, MONDAY + timedelta(days=n), row(scene, hours=4))

    saturday = MONDAY + timedelta(days=5)
    assert refused(scene, saturday, row(scene, hours=7.5)) == ("hours_over_day",)


def test_seventh_day_in_a_row_is_refused_over_the_week_end_too(scene: Scene) -> None:
    for n in range(3, 9):
        file(scene, MONDAY + timedelta(days=n), row(scene, hours=4))

    assert refused(scene, MONDAY + timedelta(days=9), row(scene, hours=4)) == ("rest_day_missing",)
    assert refused(scene, MONDAY + timedelta(days=2), row(scene, hours=4)) == ("rest_day_missing",)


def test_hours_of_another_workshop_count(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        other = scenes.Workshop.objects.create(
            facility=scene.facility, code="T2", name="Tenun 2", line_of_work=scenes.LINE
        )
    file(scene, MONDAY, row(scene, hours=5))
    scene.workshop = other

    assert refused(scene, MONDAY, row(scene, hours=4)) == ("hours_over_day",)


def test_a_month_at_once_counts_its_own_days(scene: Scene) -> None:
    days = [DaySheet(MONDAY + timedelta(days=n), [row(scene, hours=4)]) for n in range(7)]

    with pytest.raises(SheetRefused) as caught, acting(scene.officer, "month"):
        record_sheets(by=scene.officer, workshop=scene.workshop, sheets=days)

    assert list(caught.value.lines) == [(MONDAY + timedelta(days=6), scene.people[0].pk)]
    assert caught.value.of_day(MONDAY) == {}


def test_present_without_hours_or_pieces_is_refused(scene: Scene) -> None:
    assert refused(scene, MONDAY, row(scene, hours=0)) == ("work_empty",)
    assert file(scene, MONDAY, row(scene, hours=0, pieces=Decimal(3)))


def test_sheet_of_tomorrow_is_refused(scene: Scene) -> None:
    from berdaya.core import clock

    assert refused(scene, clock.today() + timedelta(days=1), row(scene)) == ("sheet_in_future",)


def test_sheet_before_the_first_day_here_is_history_and_only_never_is_refused(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        scene.facility.go_live_on = MONDAY
        scene.facility.save()
        scene.workshop.facility = scene.facility
        Consent.objects.all().update(given_on=MONDAY)

    sunday = MONDAY - timedelta(days=1)
    sheet = file(scene, sunday, row(scene, hours=12), is_history=True)

    assert sheet.is_history
    with system_scope("tests", [scene.facility.pk]):
        scene.people.append(scenes.person(scene.facility, 9, status="anak"))
    assert refused(scene, sunday, row(scene, 3)) == ("status_anak",)
    with pytest.raises(Refused, match="not_history"):
        file(scene, MONDAY, row(scene), is_history=True)


def test_officer_of_another_unit_and_head_may_not_file(scene: Scene) -> None:
    for actor, code in ((scene.outsider, "facility_out_of_scope"), (scene.head, "ability_missing")):
        with pytest.raises(Refused, match=code), acting(actor, "sheet"):
            record_sheet(by=actor, workshop=scene.workshop, day=MONDAY, rows=[row(scene)])

    with acting(scene.officer, "look"):
        assert not WorkLog.objects.exists()


def test_sheet_filed_anew_is_rewritten(scene: Scene) -> None:
    first = file(scene, MONDAY, row(scene, 0), row(scene, 1))
    again = file(scene, MONDAY, row(scene, 0, hours=5), row(scene, 2))

    with acting(scene.officer, "look"):
        lines = dict(WorkLog.objects.values_list("participant_id", "minutes"))
    assert again.pk == first.pk
    assert lines == {scene.people[0].pk: 300, scene.people[2].pk: 420}


def test_database_refuses_what_may_never_be(scene: Scene) -> None:
    sheet = file(scene, MONDAY, row(scene))
    with system_scope("tests", [scene.facility.pk]):
        child = scenes.person(scene.facility, 9, status="anak")
        served = scenes.person(scene.facility, 10, status="community_service")
        gone = scenes.person(scene.facility, 11, placed_until=MONDAY)
    for who, code in (
        (child, "worker_barred"),
        (served, "worker_barred"),
        (gone, "placement_missing"),
    ):
        line = WorkLog(
            sheet=sheet,
            participant=who,
            facility=scene.facility,
            day=MONDAY,
            mark="present",
            minutes=60,
            labour_status="in_custody",
        )
        with (
            pytest.raises(DatabaseError, match=code),
            system_scope("tests", [scene.facility.pk]),
            transaction.atomic(),
        ):
            line.save(force_insert=True)


def test_database_refuses_a_workshop_at_an_lpka(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        lpka = scenes.facility("LPKA-KPG", scene.facility.office, scene.facility.region, "lpka")

    with (
        pytest.raises(DatabaseError, match="facility_lpka"),
        system_scope("tests", [lpka.pk]),
        transaction.atomic(),
    ):
        scenes.Workshop.objects.create(facility=lpka, code="X", name="X", line_of_work="tenun")
