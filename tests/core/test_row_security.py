"""Wherever a person can be reached there is a wall: found from the models, proved by SQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from berdaya.core import checks, reach
from berdaya.core.management.commands.row_security import FILE
from berdaya.core.scope import ClosedToPublic, ScopeMissing, system_scope
from berdaya.core.wall_list import page
from berdaya.core.walls import Wall, every_wall, wall
from tests.core.test_ground import as_django
from tests.core.test_scope import query

# What the program runs for nobody in particular, at the public's word.
PASSERS_BY = ("public", "shop")
PROTECTED = sorted(set(reach.protected()) - {"core_auditrow", "procrastinate_jobs"})


def lines() -> dict[str, Wall]:
    return {line.table: line for line in every_wall()}


def problems() -> list[str]:
    return [error.msg for error in checks.persons_stand_behind_walls(None)]


def test_every_table_that_reaches_a_person_is_walled_in() -> None:
    assert problems() == []
    assert {
        *("people_participant", "workshop_batchweight", "ledger_leg", "proceeds_slipline"),
        *("papers_document", "intake_stagedsheet", "core_auditrow", 'sealed"."identity'),
    } <= set(reach.protected())


def test_spared_tables_are_these_and_say_why() -> None:
    spared = {line.table: line.spared for line in every_wall() if line.spared}

    assert sorted(spared) == ["core_auditrow", "procrastinate_jobs"]
    assert all(len(why) > 20 for why in spared.values())


@isolate_apps("berdaya.people")
def test_model_added_without_a_wall_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    class Diary(models.Model):
        participant = models.ForeignKey(reach.person_model(), models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

    class DiaryPage(models.Model):
        diary = models.ForeignKey(Diary, models.PROTECT)

        class Meta:
            app_label = "people"

    added = [wall(f"people_{name}", "SI", why="nobody thought of it") for name in
             ("diary", "diarypage")]  # fmt: skip
    everything = [*reach.kept_models(), DiaryPage, Diary]
    monkeypatch.setattr(reach, "kept_models", lambda: everything)
    monkeypatch.setattr(reach, "every_wall", lambda: [*every_wall(), *added])

    assert problems() == [
        "people_diary has no facility policy",
        "people_diarypage has no facility policy",
    ]


@isolate_apps("berdaya.people")
@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"null": True}, "facility_id may be empty"),
        ({"db_index": False}, "facility_id has no index"),
    ],
)
def test_facility_column_that_is_empty_or_slow_fails_the_build(
    given: dict[str, bool], fault: str
) -> None:
    class Diary(models.Model):
        facility = models.ForeignKey(
            "institutions.Facility", models.PROTECT, related_name="+", **given
        )

        class Meta:
            app_label = "people"

    assert list(reach.faults(wall("people_diary", "S", "facility_id"), Diary)) == [fault]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"facility": None}, "has no facility policy"),
        ({"readers": "public"}, "is open to public pages or buyers"),
        ({"writers": "shop"}, "is open to public pages or buyers"),
        ({"visible_sql": "true"}, "shows its rows to every scope"),
    ],
)
def test_wall_that_is_opened_fails_the_build(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], fault: str
) -> None:
    table = "workshop_worklog"
    opened = [replace(one, **change) if one.table == table else one for one in every_wall()]
    monkeypatch.setattr(reach, "every_wall", lambda: opened)

    assert problems() == [f"{table} {fault}"]


def test_document_says_what_the_walls_are() -> None:
    assert Path("docs/row-security.md").resolve() == FILE
    assert FILE.read_text("utf-8") == page(), "bin/manage row_security --write"


def closure() -> set[str]:
    """Tables with a chain of foreign keys to a person, as the database itself knows them."""
    rows = query(
        "WITH RECURSIVE reached(oid) AS ("
        " SELECT 'people_participant'::regclass::oid"
        " UNION SELECT c.conrelid FROM pg_constraint c JOIN reached r ON c.confrelid = r.oid"
        " WHERE c.contype = 'f')"
        " SELECT n.nspname, k.relname, k.relrowsecurity FROM reached r"
        " JOIN pg_class k ON k.oid = r.oid JOIN pg_namespace n ON n.oid = k.relnamespace"
    )
    assert [name for _schema, name, is_guarded in rows if not is_guarded] == []
    return {as_django(name, schema) for schema, name, _ in rows}


@pytest.mark.usefixtures("db")
def test_database_knows_no_way_to_a_person_that_the_models_do_not() -> None:
    assert closure() <= set(reach.protected())


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("table", PROTECTED)
def test_column_policy_and_index_stand_in_the_database(table: str) -> None:
    column = lines()[table].facility

    filled = query(
        "SELECT attnotnull FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        f'"{table}"', column,
    )  # fmt: skip
    indexes = query(
        "SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
        " AND a.attnum = i.indkey[0] WHERE i.indrelid = %s::regclass AND a.attname = %s"
        " AND i.indpred IS NULL",
        f'"{table}"', column,
    )  # fmt: skip
    policy = query(
        "SELECT polpermissive, polcmd::text, pg_get_expr(polqual, polrelid),"
        " pg_get_expr(polwithcheck, polrelid) FROM pg_policy"
        " WHERE polrelid = %s::regclass AND polname = 'scope'",
        f'"{table}"',
    )

    assert filled == [(True,)]
    assert indexes
    [(is_permissive, command, using, check)] = policy
    assert (is_permissive, command) == (True, "*")
    assert f"{column} >= core_scope_floor_for(''" in using
    assert check == using


def tried(sql: str) -> Exception | None:
    try:
        with transaction.atomic():
            query(sql)
    except DatabaseError as error:
        return error
    return None


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("purpose", PASSERS_BY)
def test_public_and_buyers_are_refused_by_the_database_even_on_empty_tables(purpose: str) -> None:
    answers = {}
    with system_scope(purpose, [1, 2]):
        for table in PROTECTED:
            rights, column = lines()[table].rights, lines()[table].facility
            statements = {
                "S": f'SELECT count(*) FROM "{table}"',
                "U": f'UPDATE "{table}" SET {column} = 1',
                "D": f'DELETE FROM "{table}"',
                "I": f'INSERT INTO "{table}" SELECT * FROM "{table}"',
            }
            answers |= {(table, one): tried(statements[one]) for one in rights}

    assert {at for at, error in answers.items() if not isinstance(error, ClosedToPublic)} == set()
    assert len(answers) > 2 * len(PROTECTED)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("purpose", PASSERS_BY)
def test_audit_rows_are_closed_to_the_public_too(purpose: str) -> None:
    with system_scope(purpose, [1]):
        assert isinstance(tried("SELECT count(*) FROM core_auditrow"), ClosedToPublic)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("purpose", PASSERS_BY)
def test_what_is_not_opened_to_the_public_is_closed(purpose: str) -> None:
    """Not only where a person is reached: whatever no page of theirs needs."""
    rank = ("", "shop", "public")
    asked = [one for one in every_wall() if one.table in set(walled())]
    with system_scope(purpose, [1]):
        closed = {one.table for one in asked if tried(f'SELECT count(*) FROM "{one.table}"')}

    least = "public" if purpose == "public" else "shop"
    opened = {one.table for one in asked if rank.index(one.readers) >= rank.index(least)}
    assert closed == {one.table for one in asked} - opened
    assert "workshop_worksheet" in closed
    assert "catalog_listing" in opened


def walled() -> Iterator[str]:
    """Those that refuse even where no row is found. A guard that is a question alone is asked where
    there is one: tests/market/test_walls.py."""
    return (
        one.table
        for one in every_wall()
        if "core_scope_floor" in one.guard or (one.facility and one.visible_sql != "true")
    )


@pytest.mark.usefixtures("db")
def test_no_walled_table_answers_without_a_scope() -> None:
    answers = {table: tried(f'SELECT count(*) FROM "{table}"') for table in walled()}

    assert {at for at, error in answers.items() if not isinstance(error, ScopeMissing)} == set()


FORGERIES = {
    "trigger": "CREATE TRIGGER forge AFTER INSERT ON people_placement"
    " FOR EACH ROW EXECUTE FUNCTION core_audit('facility_id', '', '')",
    "chunks": "SELECT core_audit_chunks(current_date)",
    "digest trigger": "CREATE TRIGGER forge BEFORE INSERT ON people_placement"
    " FOR EACH ROW EXECUTE FUNCTION ledger_entry_opens()",
}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("how", FORGERIES)
def test_program_cannot_hang_the_owners_functions_on_tables_of_its_own(how: str) -> None:
    """A temporary table may have any name, and audit rows carry the name of their table."""
    with system_scope("tests", [1]):
        query("CREATE TEMPORARY TABLE people_placement (id bigint, facility_id bigint)")
        error = tried(FORGERIES[how])

    assert "permission denied for function" in str(error)
    query("DROP TABLE pg_temp.people_placement")


@pytest.mark.usefixtures("db")
def test_functions_of_the_owner_that_the_program_may_call_are_the_doors() -> None:
    from berdaya.core.walls import every_door

    rows = query(
        "SELECT p.oid::regprocedure::text FROM pg_proc p"
        " JOIN pg_roles o ON o.oid = p.proowner"
        " WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
        " AND has_function_privilege(current_user, p.oid, 'EXECUTE')"
    )

    assert {name for (name,) in rows} == {door.signature.replace(", ", ",") for door in
                                          every_door()}  # fmt: skip


@pytest.mark.usefixtures("db")
def test_functions_that_run_as_the_owner_look_at_no_temporary_table_first() -> None:
    rows = query(
        "SELECT p.oid::regprocedure::text, p.proconfig FROM pg_proc p"
        " WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
    )

    open_paths = {
        name for name, config in rows if not any(
            one.replace('"', "").replace(" ", "").startswith("search_path=pg_catalog,")
            and one.replace(" ", "").endswith(",pg_temp") for one in config or []
        )
    }  # fmt: skip
    assert rows
    assert open_paths == set()
    assert connection.is_usable()
