"""docs/rules/public-counts.md worked out again; whoever has every table learns no small count."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from berdaya.core import clock
from berdaya.core.scope import system_scope
from berdaya.people.models import LineOfWork
from berdaya.people.rounded import LEAST, about
from berdaya.workshop import published, tasks
from berdaya.workshop.actions.counts import publish_counts
from berdaya.workshop.models import PublishedCount, WorkLog, WorkSheet, Workshop
from berdaya.workshop.published import Cell, Minutes, family_of, tables, true_counts
from tests.counting import at_most
from tests.world import World

PAGE = Path(__file__).resolve().parents[2] / "docs/rules/public-counts.md"
OCTOBER = date(2026, 10, 1)
Cells = dict[Cell, int]


def rows_of(first_head: str) -> list[list[str]]:
    lines = PAGE.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_head} |"))
    found = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return [found[0], *found[2:]]


def test_rounding_of_the_page() -> None:
    people, told = rows_of("people")

    assert [about(int(one)) for one in people[1:]] == [int(one) for one in told[1:]]


def test_families_of_the_page() -> None:
    for family, lines in rows_of("family")[1:]:
        for line in lines.split(", "):
            assert line.startswith("and ") or family_of(line) == family, line
    assert {family_of(line.value) for line in LineOfWork} == set(published.FAMILIES)
    assert family_of("batu bata") == published.OTHER


@pytest.mark.parametrize("row", rows_of("case")[1:], ids=lambda row: row[0])
def test_worked_table(row: list[str]) -> None:
    numbers = [int(one) for one in row[1:]]
    cells = {
        Cell(place, family): numbers[2 * place + at]
        for place in range(3)
        for at, family in enumerate(("textile", "food"))
    }

    told = tables(cells)

    assert [told.by_facility[place] for place in range(3)] == numbers[6:9]
    assert [told.by_family[one] for one in ("textile", "food")] == numbers[9:11]
    assert told.total == numbers[11]


def test_person_counts_once_where_they_worked_longest() -> None:
    worked = [Minutes(1, "tenun", 60), Minutes(1, "kopi", 90), Minutes(1, "boga", 10),
              Minutes(2, "tenun", 50), Minutes(2, "kopi", 50)]  # fmt: skip

    assert true_counts(worked) == {"textile": 0, "food": 2, "craft": 0, "other": 0}


# Small worlds, each month with counts around the edge of five.
PARTS = [Cell(place, family) for place in (1, 2) for family in ("textile", "food")]
MONTH = st.fixed_dictionaries({cell: st.integers(0, 14) for cell in PARTS})
Publish = Callable[[Mapping[Cell, int]], Any]


def rounded_totals(cells: Mapping[Cell, int]) -> Any:
    """The usual way: every table rounds what is true."""
    ours = tables(cells)
    by_facility = {
        place: about(sum(n for cell, n in cells.items() if cell.facility_id == place))
        for place in ours.by_facility
    }
    return ours._replace(by_facility=by_facility, total=about(sum(cells.values())))


def band(people: int) -> range:
    """Every number that is told like this one."""
    return range(LEAST) if people < LEAST else range(max(about(people) - 2, LEAST),
                                                     about(people) + 3)  # fmt: skip


def left_possible(cells: Cells, publish: Publish) -> dict[Cell, set[int]]:
    """The attacker: all worlds of integers that would publish the same tables, part by part."""
    seen = publish(cells)
    worlds = (dict(zip(cells, numbers, strict=True))
              for numbers in product(*(band(n) for n in cells.values())))  # fmt: skip
    fitting = [world for world in worlds if publish(world) == seen]
    return {cell: {world[cell] for world in fitting} for cell in cells}


@settings(max_examples=60)
@given(MONTH)
def test_attacker_with_all_tables_of_a_month_cannot_narrow_a_small_count(cells: Cells) -> None:
    possible = left_possible(cells, tables)

    assert {cell: possible[cell] for cell, people in cells.items() if people < LEAST} == {
        cell: set(range(LEAST)) for cell, people in cells.items() if people < LEAST
    }


@settings(max_examples=200)
@given(st.lists(MONTH, min_size=1, max_size=3), st.data())
def test_worlds_that_differ_in_small_counts_publish_the_same_in_all_months(
    months: list[Cells], data: st.DataObject
) -> None:
    """All small parts at once, over months: whatever an attacker computes, it is the same."""
    others = [
        {cell: data.draw(st.integers(0, 4)) if people < LEAST else people
         for cell, people in month.items()}
        for month in months
    ]  # fmt: skip

    assert [tables(month) for month in months] == [tables(month) for month in others]


@given(st.dictionaries(st.sampled_from(PARTS), st.integers(0, 400)))
def test_nothing_told_is_between_one_and_four_nor_is_any_difference(cells: Cells) -> None:
    told = tables(cells)
    numbers = [*told.cells.values(), *told.by_facility.values(), *told.by_family.values(),
               told.total]  # fmt: skip

    assert all(number % 5 == 0 and number >= 0 for number in numbers)
    assert all((one - other) % 5 == 0 for one in numbers for other in numbers)
    assert all(abs(told.cells[cell] - people) <= 2 for cell, people in cells.items() if people >= 5)


def test_the_attacker_finds_what_rounded_true_totals_let_out() -> None:
    """Without this the tests above would prove nothing of the attacker."""
    cells = dict(zip(PARTS, (12, 4, 10, 3), strict=True))

    assert left_possible(cells, tables)[PARTS[1]] == set(range(LEAST))
    assert left_possible(cells, rounded_totals)[PARTS[1]] < set(range(LEAST))


def work(world: World, people: int, line: str = "tenun", day: date = date(2026, 10, 7)) -> None:
    """So many of Atambua are present in a workshop on a day, as the sheet would say."""
    from berdaya.people.actions.participants import register_participant

    shop, _new = Workshop.objects.get_or_create(
        facility=world.atb, code=line.upper(), name=line, line_of_work=line
    )
    sheet = WorkSheet.objects.create(
        workshop=shop, facility=world.atb, day=day, recorded_at=clock.now()
    )
    by = world.actor("officer")
    for number in range(people):
        person = register_participant(
            by=by, facility=world.atb, pseudonym=f"Rekaan {line} {number}",
            work_number=f"{line[:3]}-{number:03}", status="convict", valid_from=day,
        )  # fmt: skip
        WorkLog.objects.create(
            sheet=sheet, participant=person, facility=world.atb, day=day, mark="present",
            minutes=60, labour_status="in_custody",
        )  # fmt: skip


def publish(world: World) -> int:
    with (
        system_scope("nightly", [world.atb.pk]) as scope,
        clock.travel(clock.start_of(date(2026, 11, 6))),
    ):
        return publish_counts(by=scope.actor, facility=world.atb, month=OCTOBER)


def told(world: World) -> dict[str, int]:
    with world.everywhere():
        return dict(PublishedCount.objects.values_list("family", "about_people"))


def test_month_is_told_once_and_never_again(world: World) -> None:
    with world.acting():
        work(world, 7)
        work(world, 4, "kopi")

    first = publish(world)
    with world.acting():
        work(world, 6, "boga", date(2026, 10, 8))
    again = publish(world)

    assert (first, again) == (4, 0)
    assert told(world) == {"textile": 5, "food": 0, "craft": 0, "other": 0}


def test_month_that_goes_on_is_not_told(world: World) -> None:
    with world.acting():
        work(world, 7)
    with (
        system_scope("nightly", [world.atb.pk]) as scope,
        clock.travel(clock.start_of(date(2026, 10, 31))),
    ):
        made = publish_counts(by=scope.actor, facility=world.atb, month=OCTOBER)

    assert made == 0
    assert told(world) == {}


def test_nothing_is_told_of_an_lpka(world: World) -> None:
    lpka = world.facilities["LPKA-KPG"]
    with system_scope("nightly", [lpka.pk]) as scope:
        made = publish_counts(by=scope.actor, facility=lpka, month=OCTOBER)
        with pytest.raises(DatabaseError, match="facility_lpka"), transaction.atomic():
            PublishedCount.objects.create(
                facility=lpka, month=OCTOBER, family="other", about_people=0,
                recorded_at=clock.now(),
            )  # fmt: skip

    assert made == 0
    assert told(world) == {}


@pytest.mark.parametrize("people", [3, 7, -5])
def test_database_refuses_a_count_that_is_not_rounded(world: World, people: int) -> None:
    with world.everywhere(), pytest.raises(DatabaseError, match="rounded"), transaction.atomic():
        PublishedCount.objects.create(
            facility=world.atb, month=OCTOBER, family="food", about_people=people,
            recorded_at=clock.now(),
        )  # fmt: skip

    assert told(world) == {}


def test_program_cannot_change_what_was_told(world: World) -> None:
    with world.acting():
        work(world, 7)
    publish(world)

    with world.everywhere(), pytest.raises(DatabaseError, match="denied"), transaction.atomic():
        PublishedCount.objects.update(about_people=10)

    assert told(world)["textile"] == 5


def test_the_sixth_of_a_month_queues_a_job_for_each_producing_unit(world: World) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    tasks.publish_everywhere(0)

    jobs = ProcrastinateJob.objects.filter(task_name__endswith="publish_people")
    assert {job.args["facility_id"] for job in jobs} == {world.atb.pk, world.kpg.pk}
    with world.acting():
        work(world, 9)
    with clock.travel(clock.start_of(date(2026, 11, 6))):
        tasks.publish_people(facility_id=world.atb.pk)
    assert told(world)["textile"] == 10


def test_public_pages_tell_about_how_many_and_no_small_group(world: World) -> None:
    with world.acting():
        work(world, 37)
        work(world, 4, "kopi")
    before = Client().get("/unit/LP-ATB/").content.decode()
    publish(world)

    with at_most(8):
        page = Client().get("/unit/LP-ATB/").content.decode()
    english = Client().get("/en/unit/LP-ATB/").content.decode()
    other = Client().get("/unit/LP-KPG/").content.decode()

    assert "orang bekerja" not in before
    assert "Sekitar 35 orang bekerja di sini pada Oktober 2026" in page
    assert "About 35 people worked here in October 2026" in english
    assert "pangan" not in page
    assert "orang bekerja" not in other


def test_desk_shows_true_counts_of_its_own_scope_only(world: World) -> None:
    with world.acting():
        work(world, 37)
        work(world, 4, "kopi")
    publish(world)

    client = world.client()
    with at_most(12):
        page = client.get("/desk/people-counts/").content.decode()
    outside = world.client("outsider").get("/desk/people-counts/").content.decode()
    mentor = world.client("mentor").get("/desk/people-counts/")

    assert all(f">{number}<" in page for number in (37, 4, 41))
    assert "sekitar 35" in page
    assert ">37<" not in outside
    assert "Belum ada yang bekerja" in outside
    assert mentor.status_code == 403
