"""The walls, proved with a small protected table: nothing without a scope, nothing of others."""

import time

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from berdaya.core.scope import Actor, NestedScope, ScopeMissing, acting, current, system_scope
from berdaya.core.walls import statements, wall
from tests import databases

HERE, THERE = 11, 22
OFFICER = Actor("staff:1", 1, frozenset({HERE}))


@pytest.fixture
def notes(real_db: str) -> str:
    """Table proof_note with one row at each of two facilities."""
    line = wall("proof_note", "SIUD", "facility_id", audit=True, masked=("secret",))
    with databases.owner_connection(real_db) as owner:
        owner.execute(
            "CREATE TABLE proof_note (id bigint PRIMARY KEY, facility_id bigint NOT NULL,"
            " text text NOT NULL, secret text)"
        )
        owner.execute(
            "INSERT INTO proof_note VALUES (1, %s, 'ours'), (2, %s, 'theirs')", [HERE, THERE]
        )
        for statement in statements(line, settings.DATABASES["default"]["USER"]):
            owner.execute(statement)
    return real_db


def query(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def wait_for_connection(pid: list[tuple]) -> list[tuple]:
    """Ask the pool until it hands out the connection with this process id again."""
    for _ in range(50):
        given = query("SELECT pg_backend_pid()")
        if given == pid:
            break
        connection.close()
        time.sleep(0.02)
    return given


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM proof_note",
        "SELECT count(*) FROM proof_note WHERE id = 99",
        "INSERT INTO proof_note VALUES (3, 11, 'new')",
        "UPDATE proof_note SET text = 'x'",
        "UPDATE proof_note SET text = 'x' WHERE false OR id = 99",
        "DELETE FROM proof_note",
    ],
)
def test_statement_without_scope_fails(notes: str, sql: str) -> None:
    with pytest.raises(ScopeMissing, match="scope_missing"):
        query(sql)

    with databases.owner_connection(notes) as owner:
        assert owner.execute("SELECT text FROM proof_note ORDER BY id").fetchall() == [
            ("ours",),
            ("theirs",),
        ]


def test_empty_table_without_scope_fails_too(notes: str) -> None:
    with databases.owner_connection(notes) as owner:
        owner.execute("DELETE FROM proof_note")

    with pytest.raises(ScopeMissing):
        query("SELECT * FROM proof_note")


def test_scope_shows_only_its_facilities(notes: str) -> None:
    with acting(OFFICER, "proof"):
        rows = query("SELECT id FROM proof_note")
        query("UPDATE proof_note SET text = 'changed'")
        query("DELETE FROM proof_note WHERE id = 2")

    assert rows == [(1,)]
    with databases.owner_connection(notes) as owner:
        assert owner.execute("SELECT id, text FROM proof_note ORDER BY id").fetchall() == [
            (1, "changed"),
            (2, "theirs"),
        ]


def test_row_for_another_facility_is_refused(notes: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), acting(OFFICER, "proof"):
        query("INSERT INTO proof_note VALUES (3, %s, 'smuggled')", THERE)

    with pytest.raises(DatabaseError, match="row-level security"), acting(OFFICER, "proof"):
        query("UPDATE proof_note SET facility_id = %s WHERE id = 1", THERE)


def test_actor_without_facilities_sees_nothing(notes: str) -> None:
    with acting(Actor("staff:2", 2), "proof"):
        assert query("SELECT id FROM proof_note") == []


def test_pooled_connection_carries_nothing_over(notes: str) -> None:
    with acting(OFFICER, "proof"):
        first = query("SELECT pg_backend_pid()")
    connection.close()

    again = wait_for_connection(first)

    assert again == first, "the pool gave another connection: the test proves nothing"
    assert query("SELECT coalesce(current_setting('berdaya.facilities', true), '')") == [("",)]
    with pytest.raises(ScopeMissing):
        query("SELECT * FROM proof_note")


def test_scope_that_fails_leaves_nothing(notes: str) -> None:
    with pytest.raises(RuntimeError), acting(OFFICER, "proof"):
        query("UPDATE proof_note SET text = 'half done'")
        raise RuntimeError

    assert current() is None
    with acting(OFFICER, "proof"):
        assert query("SELECT text FROM proof_note") == [("ours",)]


def test_read_only_scope_refuses_to_write(notes: str) -> None:
    with (
        pytest.raises(DatabaseError, match="read-only"),
        acting(OFFICER, "proof", read_only=True),
    ):
        query("UPDATE proof_note SET text = 'x'")


def test_scope_inside_another_actors_scope_is_refused(notes: str) -> None:
    with acting(OFFICER, "proof"):
        with acting(OFFICER, "inner"):
            assert query("SELECT id FROM proof_note") == [(1,)]
        with pytest.raises(NestedScope), system_scope("tests", [THERE]):
            pass


def test_writing_scope_inside_read_only_scope_is_refused(notes: str) -> None:
    with (
        acting(OFFICER, "proof", read_only=True),
        pytest.raises(NestedScope),
        acting(OFFICER, "proof"),
    ):
        pass


def test_unknown_system_purpose_is_refused() -> None:
    with pytest.raises(ValueError, match="SYSTEM_PURPOSES"), system_scope("because", []):
        pass


def test_system_scope_leaves_a_line(notes: str) -> None:
    with system_scope("tests", [HERE, THERE]):
        query("UPDATE proof_note SET text = 'all'")

    assert query("SELECT purpose, facility_count FROM core_systemscope") == [("tests", 2)]


def test_program_owns_nothing_and_cannot_truncate(notes: str) -> None:
    program = settings.DATABASES["default"]["USER"]

    owned = query("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", program)
    bypass = query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", program)

    assert owned == [(0,)]
    assert bypass == [(False, False)]
    for statement in ("TRUNCATE proof_note", "ALTER TABLE proof_note DISABLE ROW LEVEL SECURITY"):
        with pytest.raises(DatabaseError, match=r"denied|must be owner"), transaction.atomic():
            query(statement)
