"""Every change leaves a row that the program cannot touch; sealed days show any tampering."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.audit import findings, seal_past_days
from berdaya.core.models import AuditRow
from berdaya.core.scope import Actor, ScopeMissing, acting
from tests import databases
from tests.core.test_scope import HERE, OFFICER, THERE, notes, query

__all__ = ["notes"]
THEIRS = Actor("staff:9", 9, frozenset({THERE}))


@pytest.fixture
def sealed(notes: str) -> str:
    """Three audit rows of yesterday, sealed."""
    for text in ("a", "b", "c"):
        with acting(OFFICER, "proof"):
            query("UPDATE proof_note SET text = %s", text)
    with databases.owner_connection(notes) as owner:
        owner.execute("UPDATE core_auditrow SET day = day - 1, at = at - interval '1 day'")
        owner.execute("UPDATE core_auditrow r SET digest = core_audit_digest(r)")
    assert seal_past_days() == 1
    assert findings() == []
    return notes


def tamper(database: str, sql: str) -> None:
    with databases.owner_connection(database) as owner:
        owner.execute(sql)


def test_change_leaves_actor_reason_before_and_after(notes: str) -> None:
    with acting(OFFICER, "note.correct"):
        query("UPDATE proof_note SET text = 'corrected'")

    with acting(OFFICER, "view", read_only=True):
        row = AuditRow.objects.get()
    assert (row.actor, row.reason, row.table, row.row_pk) == (
        "staff:1",
        "note.correct",
        "proof_note",
        "1",
    )
    assert (row.before["text"], row.after["text"]) == ("ours", "corrected")
    assert abs(row.at - clock.now()) < timedelta(minutes=1)


def test_masked_columns_never_reach_the_audit_rows(notes: str) -> None:
    with acting(OFFICER, "note.correct"):
        query("UPDATE proof_note SET secret = 'Warga Contoh'")

    with databases.owner_connection(notes) as owner:
        everything = str(owner.execute("SELECT core_auditrow::text FROM core_auditrow").fetchall())
    assert "Warga Contoh" not in everything
    assert "•" in everything


def test_audit_rows_of_another_facility_are_hidden(notes: str) -> None:
    with acting(OFFICER, "note.correct"):
        query("UPDATE proof_note SET text = 'ours again'")

    with acting(THEIRS, "view"):
        assert AuditRow.objects.count() == 0
    with pytest.raises(ScopeMissing):
        AuditRow.objects.count()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditrow SET reason = 'x'",
        "DELETE FROM core_auditrow",
        "TRUNCATE core_auditrow",
        "INSERT INTO core_auditrow SELECT * FROM core_auditrow",
        "INSERT INTO core_auditseal SELECT * FROM core_auditseal",
        "UPDATE core_auditseal SET hash = ''",
    ],
)
def test_program_cannot_change_audit_rows(notes: str, sql: str) -> None:
    with acting(OFFICER, "note.correct"):
        query("UPDATE proof_note SET text = 'kept'")

    with pytest.raises(DatabaseError, match="denied"), acting(OFFICER, "tamper"):
        query(sql)

    with databases.owner_connection(notes) as owner:
        assert owner.execute("SELECT count(*), min(reason) FROM core_auditrow").fetchall() == [
            (1, "note.correct")
        ]


def test_untouched_days_verify(sealed: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")

    assert "1 sealed day" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE core_auditrow SET reason = 'x' WHERE id = 2", "changed"),
        (
            "UPDATE core_auditrow r SET after = '{}', digest = core_audit_digest(r) WHERE id = 2",
            "changed",
        ),
        ("DELETE FROM core_auditrow WHERE id = 2", "removed"),
        ("DELETE FROM core_auditrow", "removed"),
        ("UPDATE core_auditrow SET day = day + 1 WHERE id = 3", "removed"),
        (
            "INSERT INTO core_auditrow SELECT (jsonb_populate_record(r, '{\"id\": 99}')).*"
            " FROM core_auditrow r WHERE id = 3",
            "inserted",
        ),
        (
            "INSERT INTO core_auditrow SELECT (jsonb_populate_record(r, jsonb_build_object("
            "'id', 98, 'day', r.day - 5))).* FROM core_auditrow r WHERE id = 3",
            "inserted",
        ),
        ("UPDATE core_auditseal SET chunks = '[]'", "seal"),
        ("UPDATE core_auditseal SET hash = sha256('x')", "seal"),
    ],
)
def test_tampering_with_a_sealed_day_is_found(sealed: str, sql: str, problem: str) -> None:
    tamper(sealed, sql)

    found = findings()

    assert problem in {finding.problem for finding in found}
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit")


def test_changed_row_is_named(sealed: str) -> None:
    tamper(sealed, "UPDATE core_auditrow SET reason = 'x' WHERE id = 2")

    assert findings()[0].row_ids == [2]


def test_removed_seal_breaks_the_chain(sealed: str) -> None:
    with databases.owner_connection(sealed) as owner:
        owner.execute(
            "INSERT INTO core_auditrow SELECT (jsonb_populate_record(r, jsonb_build_object("
            "'id', 50, 'day', r.day - 1))).* FROM core_auditrow r WHERE id = 3"
        )
        owner.execute("DELETE FROM core_auditseal")
        owner.execute("SELECT core_seal_audit(current_date)")
        assert findings() == []
        owner.execute(
            "DELETE FROM core_auditseal WHERE day = (SELECT min(day) FROM core_auditseal)"
        )

    assert {finding.problem for finding in findings()} >= {"seal"}


def test_sealing_twice_changes_nothing(sealed: str) -> None:
    before = query("SELECT * FROM core_auditseal")

    assert seal_past_days() == 0

    assert query("SELECT * FROM core_auditseal") == before


def test_audited_table_without_scope_is_refused(notes: str) -> None:
    line_off = "ALTER TABLE proof_note DISABLE ROW LEVEL SECURITY"
    tamper(notes, line_off)

    with pytest.raises(ScopeMissing), transaction.atomic():
        query("UPDATE proof_note SET text = 'anonymous'")

    assert connection.is_usable()
    assert HERE in OFFICER.facility_ids
