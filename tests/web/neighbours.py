"""The same rows again at the neighbours': every walled table of Atambua gets a twin in Kupang.

What the world of a test has in Atambua is copied by the owner, table by table as the catalogue of
the database lists them, so that a new table is never left out. The copies say PLANTED wherever a
page might show words, and belong to a person of Kupang. Constraints other than keys are taken away
in that database first: copies may break what only the same facility must keep.
"""

from dataclasses import dataclass

import psycopg

from berdaya.core.reach import kept_models
from berdaya.core.walls import Wall, every_wall
from tests.web.desk import Desk
from tests.world import World

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


# What other units may read by design: their sessions, and who stands at an event one is invited to.
KNOWN_TO_OTHERS = {
    *("training_course", "training_courseunit", "training_session", "training_sessionday"),
    *("training_sessioncount", "till_stall"),
}


def walled() -> dict[str, Wall]:
    """Tables whose rows only their facility may read, with what a placement opens."""
    return {
        line.table: line
        for line in every_wall()
        if line.facility
        and line.visible_sql != "true"
        and line.table != "core_auditrow"
        and line.table not in KNOWN_TO_OTHERS
    }


def models_by_table() -> dict[str, type]:
    return {model._meta.db_table: model for model in kept_models()}


def key_of(table: str) -> str:
    """The column of a table's primary key."""
    return str(models_by_table()[table]._meta.pk.column)


def quoted(table: str) -> str:
    """A table's name for SQL, a schema of its own included."""
    return f'"{table}"'


def double(owner: psycopg.Connection, desk: Desk) -> dict[str, str]:
    """Give every walled table a twin at Kupang; answers with the key of each by table."""
    made = {}
    for table in walled():
        _let_in(owner, table)
    for table, line in walled().items():
        made[table] = _twin(owner, line, desk.world)
    for table in made:
        owner.execute(f"ALTER TABLE {quoted(table)} ENABLE TRIGGER USER")
    return made


def _let_in(owner: psycopg.Connection, table: str) -> None:
    owner.execute(f"ALTER TABLE {quoted(table)} DISABLE TRIGGER USER")
    rows = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass"
        " AND contype IN ('c', 'f', 'x')",
        [quoted(table)],
    )
    for (name,) in rows.fetchall():
        owner.execute(f'ALTER TABLE {quoted(table)} DROP CONSTRAINT "{name}"')
    rows = owner.execute(
        "SELECT c.relname, o.conname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.contype = 'u'"
        " WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary",
        [quoted(table)],
    )
    for index, constraint in rows.fetchall():
        if constraint:
            owner.execute(f'ALTER TABLE {quoted(table)} DROP CONSTRAINT "{constraint}" CASCADE')
        else:
            owner.execute(f'DROP INDEX "{index}"')


@dataclass(frozen=True)
class Column:
    """One column as the catalogue describes it."""

    name: str
    kind: str
    length: int | None
    is_empty_allowed: bool

    @property
    def is_text(self) -> bool:
        return self.kind in ("character varying", "text")

    @property
    def most(self) -> int:
        return self.length or 200


def _columns(owner: psycopg.Connection, line: Wall) -> list[Column]:
    rows = owner.execute(
        "SELECT column_name, data_type, character_maximum_length, is_nullable = 'YES'"
        " FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " ORDER BY ordinal_position",
        [line.schema, line.table.rpartition('"')[2]],
    )
    return [Column(*row) for row in rows.fetchall()]


def _twin(owner: psycopg.Connection, line: Wall, world: World) -> str:
    here, there = world.atb.pk, world.kpg.pk
    ours, theirs = world.people["cendana"].pk, world.people["waru"].pk
    columns = _columns(owner, line)
    copied = ", ".join(_copied(line, one, there, theirs) for one in columns)
    key = key_of(line.table)
    source = f"FROM {quoted(line.table)} WHERE {line.facility} = {here} ORDER BY {key} LIMIT 1"
    made = _insert(owner, line, f"{copied} {source}")
    if made is None:
        _insert(owner, line, ", ".join(_made_up(line, one, here, ours, "") for one in columns))
        values = (_made_up(line, one, there, theirs, PLANTED) for one in columns)
        made = _insert(owner, line, ", ".join(values))
    assert made is not None, line.table
    return made


def _insert(owner: psycopg.Connection, line: Wall, selected: str) -> str | None:
    key = key_of(line.table)
    row = owner.execute(
        f"INSERT INTO {quoted(line.table)} SELECT {selected} RETURNING {key}::text"
    ).fetchone()
    return str(row[0]) if row else None


def _copied(line: Wall, column: Column, there: int, person: int) -> str:
    """What the copy of a row says in a column."""
    # What lies at a stall is its host's as well: the twin lies at a stall of its own unit.
    if column.name in (line.facility, line.beside, "host_id"):
        return str(there)
    if column.name == "participant_id":
        return str(person)
    if column.name == key_of(line.table):
        return _next(line.table, column)
    if column.name in WORDS and column.is_text and not _choices(line.table, column.name):
        return f"left('{PLANTED} {line.table}', {column.most})"
    return f'"{column.name}"'


def _next(table: str, column: Column) -> str:
    if column.kind == "uuid":
        return "gen_random_uuid()"
    if column.is_text:
        return f"left('x' || {column.name}, {column.most})"
    return f"(SELECT max({column.name}) + 1000 FROM {quoted(table)})"


def _choices(table: str, column: str) -> bool:
    fields = models_by_table()[table]._meta.concrete_fields
    return any(one.choices for one in fields if one.column == column)


def _made_up(line: Wall, column: Column, place: int, person: int, words: str) -> str:
    """What a row says in a column when there is none to copy."""
    if column.name in (line.facility, line.beside, "host_id"):
        return str(place)
    if column.name == "participant_id":
        return str(person)
    if column.name == key_of(line.table) and column.kind in ("bigint", "integer"):
        return str(700_000 + place)
    if column.is_empty_allowed:
        return f"NULL::{column.kind}" if column.kind != "ARRAY" else "NULL"
    if column.is_text:
        return f"left('{words}', {column.most})"
    value = FILLED.get(column.kind, "1")
    return value if column.kind == "ARRAY" else f"{value}::{column.kind}"
