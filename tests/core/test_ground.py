"""Number series, locks, events, tasks, and the checks over the models."""

import threading
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob

from berdaya.core import checks, events, locks, tasks
from berdaya.core.models import NumberSeries
from berdaya.core.numbers import draw, draw_many
from berdaya.core.scope import Actor, ScopeMissing, acting, system_scope
from berdaya.core.walls import every_wall, wall

OFFICER = Actor("staff:1", 1, frozenset({1}))


def in_thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_number_drawn_in_failed_transaction_is_given_again(real_db: str) -> None:
    with acting(OFFICER, "number"):
        first = draw("nota:ATB", 2026)
    with pytest.raises(RuntimeError), acting(OFFICER, "number"):
        draw("nota:ATB", 2026)
        raise RuntimeError
    with acting(OFFICER, "number"):
        second = draw("nota:ATB", 2026)
        other_year = draw("nota:ATB", 2027)

    assert (first, second, other_year) == (1, 2, 1)


def test_many_numbers_follow_what_was_drawn(real_db: str) -> None:
    with acting(OFFICER, "number"):
        first = draw("nota:ATB", 2026)
        three = draw_many("nota:ATB", 2026, 3)
        last = draw("nota:ATB", 2026)

    assert (first, list(three), last) == (1, [2, 3, 4], 5)


@pytest.mark.race
def test_numbers_drawn_at_once_have_no_gap_and_no_twin(real_db: str) -> None:
    drawn: list[int] = []

    def draw_ten() -> None:
        for _ in range(10):
            with acting(OFFICER, "number"):
                drawn.append(draw("nota:ATB", 2026))

    threads = [in_thread(draw_ten) for _ in range(4)]
    for thread in threads:
        thread.join()

    assert sorted(drawn) == list(range(1, 41))


@pytest.mark.usefixtures("db")
def test_number_outside_scope_is_refused() -> None:
    with pytest.raises(ScopeMissing):
        draw("nota:ATB", 2026)

    assert not NumberSeries.objects.exists()


@pytest.fixture
def lock_order(settings: Any) -> None:
    settings.LOCK_ORDER = ["core.NumberSeries", "core.SystemScope"]


@pytest.mark.usefixtures("db", "lock_order")
def test_locks_against_the_order_are_refused() -> None:
    from berdaya.core.models import SystemScope

    with system_scope("tests", [1]):
        locks._taken.set((_scope(), 1))
        with pytest.raises(locks.LockOrder, match="NumberSeries comes before"):
            locks.lock_rows(NumberSeries, [1])
        with pytest.raises(locks.LockOrder, match="not in settings"):
            locks.lock_rows(ProcrastinateJob, [1])
    assert SystemScope._meta.label in ("core.SystemScope",)


def _scope() -> Any:
    from berdaya.core.scope import required

    return required()


@pytest.mark.race
@pytest.mark.usefixtures("lock_order")
def test_lock_reads_what_the_winner_wrote_and_waits_no_longer_than_its_time(
    real_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "TIMEOUT", "200ms")
    with acting(OFFICER, "number"):
        draw("nota:ATB", 2026)
    row = NumberSeries.objects.get()
    holding, release = threading.Event(), threading.Event()

    def hold() -> None:
        with acting(OFFICER, "hold"):
            locks.lock_row(row)
            NumberSeries.objects.update(last=77)
            holding.set()
            release.wait(5)

    holder = in_thread(hold)
    holding.wait(5)
    with pytest.raises(locks.Busy), acting(OFFICER, "late"):
        locks.lock_row(row)
    release.set()
    holder.join()
    with acting(OFFICER, "late"):
        fresh = locks.lock_row(row)

    assert (row.last, fresh.last) == (1, 77)


def test_unknown_event_is_refused() -> None:
    with pytest.raises(events.UnknownEvent):
        events.publish("core.no_such_fact", facility_id=1, subject_id=1)
    with pytest.raises(events.UnknownEvent):
        events.subscribe("core.no_such_fact")(lambda facility_id, subject_id: None)


def test_event_queues_one_job_per_subscriber_and_none_when_it_rolls_back(
    real_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_subscribers", {})
    seen: list[tuple[int, int | str]] = []
    events.declare_event("proof.happened")

    @events.subscribe("proof.happened", purpose="tests")
    def first(facility_id: int, subject_id: int | str) -> None:
        seen.append((facility_id, subject_id))

    @events.subscribe("proof.happened", purpose="tests")
    def second(facility_id: int, subject_id: int | str) -> None:
        seen.append((facility_id, subject_id))

    with pytest.raises(RuntimeError), acting(OFFICER, "proof"):
        events.publish("proof.happened", facility_id=1, subject_id=7)
        raise RuntimeError
    assert ProcrastinateJob.objects.count() == 0
    with acting(OFFICER, "proof"):
        events.publish("proof.happened", facility_id=1, subject_id=7)

    queued = list(ProcrastinateJob.objects.order_by("id"))
    assert [job.args for job in queued] == [{"facility_id": 1, "subject_id": 7}] * 2
    for subscriber in events._subscribers["proof.happened"]:
        subscriber(facility_id=1, subject_id=7)
    assert seen == [(1, 7), (1, 7)]


@tasks.task(purpose="tests")
def noop(facility_id: int, **ids: Any) -> None:
    """A task that does nothing, to see what may be queued."""


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("bad", [{"person": object()}, {"text": "a sentence"}, {"flag": True}])
def test_task_takes_ids_only(bad: dict[str, Any]) -> None:
    with system_scope("tests", [1]), pytest.raises(tasks.NotAnId):
        noop.queue(facility_id=1, **bad)
    with pytest.raises(ScopeMissing):
        noop.queue(facility_id=1)

    assert ProcrastinateJob.objects.count() == 0


@pytest.mark.usefixtures("db")
def test_failed_and_retried_jobs_are_seen() -> None:
    for state, attempts in (("failed", 5), ("todo", 1), ("todo", 0), ("succeeded", 1)):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
                " VALUES ('default', %s, '{}', %s, %s)",
                [f"proof.{state}.{attempts}", state, attempts],
            )

    seen = {(job.name, job.state) for job in tasks.failed_jobs()}

    assert seen == {("proof.failed.5", "failed"), ("proof.todo.1", "todo")}


SERVERS_OWN = "('pg_catalog', 'information_schema', 'pg_toast')"


def as_django(table: str, schema: str) -> str:
    """A table's name as models write it."""
    return table if schema == "public" else f'{schema}"."{table}'


@pytest.mark.usefixtures("db")
def test_every_table_of_the_database_has_a_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, n.nspname FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
            f" AND n.nspname NOT IN {SERVERS_OWN}"
        )
        tables = {as_django(*found) for found in cursor.fetchall()}

    assert tables == {line.table for line in every_wall()}


def test_table_without_a_wall_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    without_one = every_wall()[1:]
    monkeypatch.setattr(checks, "every_wall", lambda: without_one)

    assert [problem.id for problem in checks.every_table_has_a_wall(None)] == ["core.E001"]


def test_models_stand_behind_walls_and_point_down() -> None:
    assert checks.every_table_has_a_wall(None) == []
    assert checks.foreign_keys_point_down(None) == []


def test_open_table_says_why() -> None:
    with pytest.raises(ValueError, match="why"):
        wall("core_open", "S")


@pytest.mark.usefixtures("db")
def test_rights_of_the_program_are_those_of_the_list() -> None:
    program = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, n.nspname,"
            " string_agg(left(privilege_type, 1), '' ORDER BY privilege_type)"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,"
            " aclexplode(c.relacl) a WHERE c.relkind IN ('r', 'p')"
            f" AND n.nspname NOT IN {SERVERS_OWN} AND a.grantee = %s::regrole"
            " GROUP BY c.relname, n.nspname",
            [program],
        )
        found = cursor.fetchall()
        granted = {as_django(name, schema): set(letters) for name, schema, letters in found}

    assert granted == {line.table: set(line.rights) for line in every_wall() if line.rights}
