"""The week board: hours against people, work moved by forms, overload seen and not refused."""

from datetime import timedelta

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Holiday
from berdaya.people.models import FitnessCertificate, WorkPlacement
from berdaya.workshop.actions import work as actions
from berdaya.workshop.board import board_of
from berdaya.workshop.models import StandardTime, WorkOrder
from berdaya.workshop.planning import plan_of, shops_to_plan
from tests.counting import at_most
from tests.workshop.scene import Scene
from tests.workshop.test_pages import browser, scene  # noqa: F401 - a fixture


def next_monday() -> object:
    today = clock.today()
    return today + timedelta(days=7 - today.weekday())


def add(scene: Scene, qty: int = 1, minutes: int = 0) -> WorkOrder:  # noqa: F811
    with system_scope("tests", [scene.facility.pk]) as scope:
        if minutes:
            actions.add_standard_time(
                by=scope.actor, workshop=scene.workshop, variant=scene.variant,
                minutes_each=minutes, setup_minutes=0, batch_qty=1, valid_from=clock.today(),
            )  # fmt: skip
        return actions.add_work(
            by=scope.actor, workshop=scene.workshop, variant=scene.variant, qty=qty
        )


def rooms(scene: Scene, days: int = 14) -> dict[object, int]:  # noqa: F811
    with system_scope("tests", [scene.facility.pk]):
        return {one.day: one.minutes for one in plan_of(planned(scene), days).days}


def planned(scene: Scene) -> object:  # noqa: F811
    return shops_to_plan().get(pk=scene.workshop.pk)


def queue() -> list[int]:
    return list(WorkOrder.objects.filter(outcome="open").values_list("pk", flat=True))


def test_hours_are_those_of_people_who_may_work_on_open_days(scene: Scene) -> None:  # noqa: F811
    monday = next_monday()
    tuesday, sunday = monday + timedelta(days=1), monday + timedelta(days=6)
    with system_scope("tests", [scene.facility.pk]):
        Holiday.objects.update_or_create(
            day=tuesday,
            defaults={
                "kind": "national", "name": "Libur", "name_en": "Off", "legal_basis": "SKB",
                "is_confirmed": True,
            },
        )  # fmt: skip
    before = rooms(scene)
    with system_scope("tests", [scene.facility.pk]):
        FitnessCertificate.objects.filter(participant=scene.people[0]).update(
            valid_until=monday + timedelta(days=2)
        )

    after = rooms(scene)

    week = [before[monday + timedelta(days=n)] for n in range(7)]
    # Forty hours a week at the most: five days of seven hours leave five for the sixth.
    assert before[monday] == 2 * 420
    assert (before[tuesday], before[sunday]) == (0, 0)
    assert sum(week) <= 2 * 2400
    assert after[monday] == before[monday]
    assert after[monday + timedelta(days=2)] == before[monday + timedelta(days=2)] // 2


def test_people_of_two_lines_are_counted_half(scene: Scene) -> None:  # noqa: F811
    monday = next_monday()
    whole = rooms(scene)[monday]
    with system_scope("tests", [scene.facility.pk]):
        type(scene.workshop).objects.create(
            facility=scene.facility, code="LAS", name="Las", line_of_work="las"
        )
        for person in scene.people:
            WorkPlacement.objects.create(
                participant=person, facility=scene.facility, valid_from=clock.today(),
                line_of_work="las", decree_no="TPP-2",
            )  # fmt: skip

    assert rooms(scene)[monday] == whole // 2


def test_board_shows_overload_and_takes_twelve_statements(scene: Scene) -> None:  # noqa: F811
    first = add(scene, 3, minutes=600)
    client, monday = browser(), next_monday()
    url = f"/desk/workshops/{scene.workshop.pk}/board/?week={monday}"
    client.get(url)
    with at_most(12):
        client.get(url)
    others = [add(scene, 2) for _more in range(3)]
    for one in (first, *others):
        client.post(f"/desk/work-orders/{one.pk}/place/", {"day": monday, "week": monday})

    with at_most(12):
        page = client.get(url).content.decode()

    assert "Penuh" in page
    assert "lanjut ke hari berikutnya" in page
    assert page.count('class="board-card"') == 4
    with system_scope("tests", [scene.facility.pk]):
        column = board_of(planned(scene), monday).columns[0]
        assert column.asked_minutes == 9 * 600
        assert column.over


def test_buttons_move_work_up_and_down(scene: Scene) -> None:  # noqa: F811
    one, two = add(scene, minutes=60), add(scene)
    client = browser()

    client.post(f"/desk/work-orders/{two.pk}/place/", {"step": "earlier"})
    with system_scope("tests", [scene.facility.pk]):
        assert queue() == [two.pk, one.pk]
    client.post(f"/desk/work-orders/{two.pk}/place/", {"step": "earlier"})
    client.post(f"/desk/work-orders/{two.pk}/place/", {"step": "later"})

    with system_scope("tests", [scene.facility.pk]):
        assert queue() == [one.pk, two.pk]


def test_refusals_change_nothing(scene: Scene) -> None:  # noqa: F811
    work = add(scene, minutes=60)
    yesterday = clock.today() - timedelta(days=1)
    client = browser()

    late = client.post(f"/desk/work-orders/{work.pk}/place/", {"day": yesterday})
    outside = browser("tetangga").post(f"/desk/work-orders/{work.pk}/place/", {"step": "later"})
    head = browser("kepala").post(f"/desk/work-orders/{work.pk}/ending/", {"outcome": "done"})

    assert (late.status_code, outside.status_code, head.status_code) == (409, 404, 403)
    with system_scope("tests", [scene.facility.pk]) as scope:
        work.refresh_from_db()
        assert (work.planned_on, work.outcome) == (None, "open")
        WorkOrder.objects.filter(pk=work.pk).update(source="order", reference="PS-1")
        work.refresh_from_db()
        with pytest.raises(Refused, match="work_of_order"):
            actions.end_work(by=scope.actor, work=work, outcome="done")
        with pytest.raises(Refused, match="time_exists"):
            actions.add_standard_time(
                by=scope.actor, workshop=scene.workshop, variant=scene.variant, minutes_each=1,
                setup_minutes=0, batch_qty=1, valid_from=clock.today(),
            )  # fmt: skip
        assert StandardTime.objects.count() == 1


def test_officer_writes_a_time_and_adds_work(scene: Scene) -> None:  # noqa: F811
    client, base = browser(), f"/desk/workshops/{scene.workshop.pk}"
    told = {
        "variant": scene.variant.pk, "minutes_each": 90, "setup_minutes": 10, "batch_qty": 1,
        "valid_from": clock.today().isoformat(),
    }  # fmt: skip

    assert client.post(f"{base}/times/new/", told).status_code == 302
    added = client.post(f"{base}/board/new/", {"variant": scene.variant.pk, "qty": 4})

    assert added.status_code == 302
    assert "90 menit tiap buah" in client.get(f"{base}/times/").content.decode()
    assert "4 × Selendang" in client.get(f"{base}/board/").content.decode()
    with system_scope("tests", [scene.facility.pk]):
        work = WorkOrder.objects.get()
        assert plan_of(planned(scene), 30).tasks[0].minutes == 10 + 4 * 90
    done = client.post(f"/desk/work-orders/{work.pk}/ending/", {"outcome": "done"})
    assert done.status_code == 302
    assert Client().get(f"{base}/board/").status_code == 302
