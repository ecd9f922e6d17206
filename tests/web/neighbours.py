"""The same rows again at the neighbours': every walled table of Atambua gets a twin in Kupang.

What the world of a test has in Atambua is copied by the owner, table by table as the catalogue of
the database lists them, so that a new table is never left out. The copies say PLANTED wherever a
page might show words, and belong to a person of Kupang. Constraints other than keys are taken away
in that database first: copies may break what only the same facility must keep.
"""

import psycopg
from django.apps import apps

from berdaya.core.reach import kept_models
from berdaya.core.walls import Wall, every_wall
from tests.web.desk import Desk

PLANTED = "Bocoran Kedondong"
# Words a page might show; codes stay unique by the number behind them.
WORDS = {
    *("code", "pseudonym", "name", "name_en", "reason", "note", "story", "story_en", "text"),
    *("work_number", "decree_no", "reference", "title", "label", "buyer_label", "answer"),
    *("restrictions", "address", "gift_note", "carrier", "destination", "number"),
}
FILLED = {"boolean": "false", "jsonb": "'{}'", "date": "'2026-03-01'", "bytea": "'x'",
          "timestamp with time zone": "'2026-03-01'", "ARRAY": "'{}'", "uuid": "gen_random_uuid()",
          "tsvector": "''", "inet": "'127.0.0.1'"}  # fmt: skip


def walled() -> dict[str, Wall]:
    """Tables whose rows only their facility may read, with what a placement opens."""
    return {
        line.table: line
        for line in every_wall()
        if line.facility and line.visible_sql != "true" and line.table != "core_auditrow"
    }


def models_by_table() -> dict[str, type]:
    return {model._meta.db_table: model for model in kept_models()}


def double(owner: psycopg.Connection, desk: Desk) -> dict[str, str]:
    """Give every walled table a twin at Kupang; answers with the key of each by table."""
    owner.execute("SET session_replication_role = replica")
    world = desk.world
    made = {}
    for table, line in walled().items():
        _let_in(owner, table)
        made[table] = _twin(owner, line, world.atb.pk, world.kpg.pk, world.people["waru"].pk)
    owner.execute("SET session_replication_role = origin")
    return made


def _let_in(owner: psycopg.Connection, table: str) -> None:
    rows = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c','x')",
        [table],
    )
    for (name,) in rows.fetchall():
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    rows = owner.execute(
        "SELECT c.relname, o.conname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype = 'u'"
        " WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary",
        [table],
    )
    for index, constraint in rows.fetchall():
        if constraint:
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')
        else:
            owner.execute(f'DROP INDEX "{index}"')


def _twin(owner: psycopg.Connection, line: Wall, here: int, there: int, person: int) -> str:
    columns = owner.execute(
        "SELECT column_name, data_type, character_maximum_length, is_nullable FROM"
        " information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [line.table],
    ).fetchall()
    key = next(name for name, *_ in columns if name == _key(line.table))
    given = {
        name: _value(line, name, kind, length, here, there, person)
        for name, kind, length, _null in columns
    }
    listed = ", ".join(f'"{name}"' for name in given)
    from_here = f"SELECT {', '.join(given.values())} FROM {line.table} WHERE {line.facility} = %s"
    for sql, arguments in (
        (f"{from_here} ORDER BY {key} LIMIT 1", [here]),
        (f"SELECT {', '.join(_made_up(line, *one, there, person) for one in columns)}", []),
    ):
        row = owner.execute(
            f"INSERT INTO {line.table} ({listed}) {sql} RETURNING {key}::text", arguments
        ).fetchone()
        if row:
            return str(row[0])
        _also_here(owner, line, columns, here, person)
    raise AssertionError(line.table)


def _also_here(
    owner: psycopg.Connection, line: Wall, columns: list[tuple], here: int, person: int
) -> None:
    """Where Atambua has no row either, it gets one that is made up."""
    values = ", ".join(_made_up(line, *one, here, person, mark="'sendiri'") for one in columns)
    owner.execute(f"INSERT INTO {line.table} SELECT {values}")


def _key(table: str) -> str:
    return str(models_by_table()[table]._meta.pk.column)


def _value(
    line: Wall, name: str, kind: str, length: int | None, here: int, there: int, person: int
) -> str:
    """What a copied row says in a column."""
    if name == line.facility:
        return str(there)
    if name == _key(line.table) and not _is_shared_key(line.table):
        return "gen_random_uuid()" if kind == "uuid" else _next(line.table, name, kind)
    if name in ("participant_id",) or (line.table == "people_participant" and name == "pk"):
        return str(person)
    if name in WORDS and kind in ("character varying", "text") and not _choices(line.table, name):
        return f"left('{PLANTED} {line.table}', {length or 200})"
    return f'"{name}"'


def _is_shared_key(table: str) -> bool:
    return models_by_table()[table]._meta.pk.is_relation


def _next(table: str, name: str, kind: str) -> str:
    if kind in ("character varying", "text"):
        return f"'x' || left({name}, 30)"
    return f"(SELECT max({name}) + 1000 FROM {table})"


def _choices(table: str, column: str) -> bool:
    fields = models_by_table()[table]._meta.concrete_fields
    return any(one.choices for one in fields if one.column == column)


def _made_up(
    line: Wall, name: str, kind: str, length: int | None, null: str, place: int, person: int,
    mark: str = "",
) -> str:  # fmt: skip
    """What a row says in a column when there is none to copy."""
    if name == line.facility:
        return str(place)
    if name == "participant_id":
        return str(person)
    if name == _key(line.table) and kind in ("bigint", "integer"):
        return str(700_000 + place)
    if null == "YES":
        return "NULL"
    if kind in ("character varying", "text"):
        return f"left({mark or repr(PLANTED)}, {length or 200})"
    return f"{FILLED.get(kind, '1')}::{kind}" if kind != "ARRAY" else "'{}'"


def model_of(table: str) -> type:
    return apps.get_model(models_by_table()[table]._meta.label)
