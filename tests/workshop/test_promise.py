"""A promise is never earlier than a plain recount, day by day, of the same work."""

from datetime import date, timedelta
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from berdaya.workshop.calc import DayRoom, Task, machine_minutes, promise, schedule, with_buffer

TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


def days_of(minutes: list[tuple[int, int]]) -> list[DayRoom]:
    return [
        DayRoom(TODAY + n * DAY, people, (("loom", loom),))
        for n, (people, loom) in enumerate(minutes)
    ]


rooms = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=25).map(
    days_of
)
tasks = st.lists(
    st.builds(
        lambda people, loom, wait: (people, loom, wait),
        st.integers(1, 1500), st.integers(0, 1500), st.none() | st.integers(0, 12),
    ),
    max_size=6,
).map(
    lambda rows: [
        Task(key, people, (("loom", loom),), None if wait is None else TODAY + wait * DAY)
        for key, (people, loom, wait) in enumerate(rows, start=1)
    ]
)  # fmt: skip
buffers = st.integers(0, 10_000)


def recount(work: list[Task], days: list[DayRoom]) -> dict[int, date | None]:
    """The other way round: each day, each in turn takes what it still needs of what is left."""
    left = {task.key: dict(task.needs) for task in work}
    finished: dict[int, date | None] = {task.key: None for task in work}
    for one in days:
        free = {"": one.minutes, **dict(one.machines)}
        for task in work:
            if task.not_before is not None and one.day < task.not_before:
                continue
            for name in left[task.key]:
                while left[task.key][name] and free[name]:
                    part = min(left[task.key][name], free[name], 7)
                    left[task.key][name] -= part
                    free[name] -= part
                    finished[task.key] = one.day
    return {key: day if not any(left[key].values()) else None for key, day in finished.items()}


@given(tasks, rooms)
def test_schedule_is_the_plain_recount(work: list[Task], days: list[DayRoom]) -> None:
    planned = schedule(work, days)

    assert {key: one.last for key, one in planned.items()} == recount(work, days)


@given(tasks, rooms)
def test_no_day_is_given_away_twice(work: list[Task], days: list[DayRoom]) -> None:
    planned = schedule(work, days)

    for one in days:
        used = sum(dict(plan.parts).get(one.day, 0) for plan in planned.values())
        assert used <= one.minutes


@given(tasks, rooms, st.integers(1, 2000), buffers)
def test_promise_is_not_before_the_recount_nor_today(
    work: list[Task], days: list[DayRoom], minutes: int, buffer_bp: int
) -> None:
    new = Task(0, minutes, (("loom", minutes // 2),))

    (found,) = promise(work, [new], days, buffer_bp)

    plain = recount([*work, new], days)[0]
    assert (found is None) == (plain is None)
    if found is not None and plain is not None:
        needed = (plain - TODAY).days
        assert found >= max(plain, TODAY) + timedelta(days=ceil(needed * buffer_bp / 10_000))


@given(tasks, rooms, st.integers(1, 1000), st.integers(0, 1000), buffers)
def test_more_work_is_never_promised_earlier(
    work: list[Task], days: list[DayRoom], minutes: int, more: int, buffer_bp: int
) -> None:
    small, large = Task(0, minutes), Task(0, minutes + more)

    first, second = promise(work, [small, large], days, buffer_bp)

    assert second is None or (first is not None and first <= second)


@given(tasks, rooms, st.integers(1, 900), buffers)
def test_work_that_was_there_before_is_never_hurried(
    work: list[Task], days: list[DayRoom], minutes: int, buffer_bp: int
) -> None:
    new = Task(0, minutes)

    (with_less,) = promise(work[:-1], [new], days, buffer_bp)
    (with_all,) = promise(work, [new], days, buffer_bp)

    assert with_all is None or (with_less is not None and with_less <= with_all)


def test_buffer_is_rounded_up_and_waits_for_an_open_day() -> None:
    # Three days of work and 20 %: one day more, which is closed, so the day after.
    days = days_of([(60, 0), (60, 0), (60, 0), (60, 0), (0, 0), (60, 0)])

    assert with_buffer(TODAY + 3 * DAY, days, 2_000) == TODAY + 5 * DAY
    assert with_buffer(TODAY, days, 2_000) == TODAY
    assert promise([], [Task(0, 240)], days, 2_000) == [TODAY + 5 * DAY]


def test_runs_of_the_equipment_are_begun_whole() -> None:
    assert machine_minutes(9, 4, 2, 3) == 3 * 2 * 3 * 60
    assert machine_minutes(8, 4, 1, 1) == 120
