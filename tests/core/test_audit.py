"""Every change leaves a row that the program cannot touch; sealed days show any tampering."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.audit import findings, head, is_in_chain, seal_past_days
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
        # What stood before is swapped with what stood after, in a row and between two.
        ("UPDATE core_auditrow SET before = after, after = before WHERE id = 2", "changed"),
        (
            "UPDATE core_auditrow r SET before = o.before, after = o.after, digest = o.digest"
            " FROM core_auditrow o WHERE (r.id, o.id) IN ((1, 2), (2, 1))",
            "changed",
        ),
        ("UPDATE core_auditrow SET at = at + interval '1 microsecond' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET facility_id = 22 WHERE id = 3", "changed"),
        ("UPDATE core_auditrow SET facility_id = NULL WHERE id = 3", "changed"),
        ("UPDATE core_auditrow SET actor = 'staff:9' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET request = 'x' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET operation = 'I' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET table_name = 'other' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET row_pk = '2' WHERE id = 1", "changed"),
        ("UPDATE core_auditrow SET digest = sha256('x') WHERE id = 2", "changed"),
        ("DELETE FROM core_auditrow WHERE id = 1", "removed"),
        ("DELETE FROM core_auditrow WHERE id = 3", "removed"),
        # Renumbered, all of them or two exchanged.
        ("UPDATE core_auditrow SET id = id + 100", "removed"),
        ("UPDATE core_auditseal SET row_count = 2", "seal"),
        ("UPDATE core_auditseal SET sealed_at = sealed_at - interval '2 days'", "seal"),
        ("UPDATE core_auditseal SET previous_hash = sha256('x')", "seal"),
        ("UPDATE core_auditseal SET day = day - 1", "seal"),
        (
            "UPDATE core_auditseal SET chunks = '[]', row_count = 0,"
            " hash = core_audit_day_hash(day, '[]', '')",
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


@pytest.fixture
def chain(sealed: str) -> str:
    """Three sealed days of one row each, and two rows of today."""
    with databases.owner_connection(sealed) as owner:
        owner.execute("DELETE FROM core_auditseal")
        owner.execute("UPDATE core_auditrow SET day = day - id::int, at = at - id * interval '1 d'")
        owner.execute("UPDATE core_auditrow r SET digest = core_audit_digest(r)")
    for text in ("d", "e"):
        with acting(OFFICER, "proof"):
            query("UPDATE proof_note SET text = %s", text)
    assert seal_past_days() == 3
    assert findings() == []
    return sealed


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        # A whole day, in the middle, at the beginning or at the end.
        ("DELETE FROM core_auditrow WHERE id = 1", "removed"),
        ("DELETE FROM core_auditrow WHERE id = 2", "removed"),
        ("DELETE FROM core_auditrow WHERE id = 3", "removed"),
        # Its seal with it.
        (
            "WITH gone AS (DELETE FROM core_auditseal WHERE day = (SELECT day FROM core_auditrow"
            " WHERE id = 2)) DELETE FROM core_auditrow WHERE id = 2",
            "seal",
        ),
        (
            "WITH gone AS (DELETE FROM core_auditseal WHERE day = (SELECT day FROM core_auditrow"
            " WHERE id = 3)) DELETE FROM core_auditrow WHERE id = 3",
            "seal",
        ),
        # Two days exchanged, with and without their seals.
        (
            "UPDATE core_auditrow r SET day = o.day FROM core_auditrow o"
            " WHERE (r.id, o.id) IN ((1, 2), (2, 1))",
            "removed",
        ),
        ("UPDATE core_auditseal SET sealed_at = now() - interval '9 d' WHERE day = "
         "(SELECT max(day) FROM core_auditseal)", "seal"),
        # A row of today, which no seal covers yet.
        ("UPDATE core_auditrow SET reason = 'x' WHERE id = 5", "changed"),
        ("UPDATE core_auditrow SET after = before WHERE id = 4", "changed"),
        # A row of today put into the past, and one of the past into today.
        ("UPDATE core_auditrow r SET day = (SELECT min(day) FROM core_auditseal) WHERE id = 5",
         "inserted"),
        ("UPDATE core_auditrow r SET day = (SELECT day FROM core_auditrow WHERE id = 5)"
         " WHERE id = 1", "removed"),
    ],
)  # fmt: skip
def test_tampering_with_a_chain_of_days_is_found(chain: str, sql: str, problem: str) -> None:
    tamper(chain, sql)

    assert problem in {finding.problem for finding in findings()}
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditrow r SET after = '{}' WHERE id = 1;"
        "UPDATE core_auditrow r SET digest = core_audit_digest(r);"
        "DELETE FROM core_auditseal; SELECT core_seal_audit(current_date)",
        "DELETE FROM core_auditseal; DELETE FROM core_auditrow",
        "DELETE FROM core_auditseal WHERE day = (SELECT max(day) FROM core_auditseal);"
        "DELETE FROM core_auditrow WHERE id = 1",
    ],
)
def test_chain_made_anew_by_the_owner_does_not_hold_the_head_that_was_noted(
    chain: str, capsys: pytest.CaptureFixture[str], sql: str
) -> None:
    noted = head()
    call_command("verify_audit", "--noted", noted)
    tamper(chain, sql)

    assert noted in capsys.readouterr().out
    assert findings() == []
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_audit", "--noted", noted)
    assert not is_in_chain("yesterday")


def test_changed_row_is_named(sealed: str) -> None:
    tamper(sealed, "UPDATE core_auditrow SET reason = 'x' WHERE id = 2")

    assert findings()[0].row_ids == [2]


def test_removed_seal_breaks_the_chain(sealed: str) -> None:
    with databases.owner_connection(sealed) as owner:
        owner.execute(
            "INSERT INTO core_auditrow SELECT (jsonb_populate_record(r, jsonb_build_object("
            "'id', 50, 'day', r.day - 1))).* FROM core_auditrow r WHERE id = 3"
        )
        owner.execute("UPDATE core_auditrow r SET digest = core_audit_digest(r)")
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
