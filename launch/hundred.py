"""A demo's database a hundred times over: as many units, and one unit grown large and old.

Two passes, both made of what the catalogue says of every table: keys and what refers to them move
by one stride a copy, codes get the copy's number in front. The first copies the whole world. The
second copies one unit's rows into the same unit, ten times as many people and workshops, and these
ten times as long: what a unit owns once (its books, places, goods, accounts) stays as it is.
Triggers and foreign keys are off meanwhile, so what is copied is as right as the demo is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from launch.say import Stop

STRIDE = 1_000_000  # above every key of the demo
MOST = 400  # times; both passes' copies have three figures, and keys fit into four bytes
WIDE = 10  # the second pass: so many times the people and workshops, the rest of it is history
YEAR = 371  # days from one history of the unit to the one before: whole weeks, so Mondays stay so
# Counters, journals and what belongs to libraries: nothing of it is listed by our pages. Audit
# rows, half of all rows, are left out: their page asks by day and unit and they would take hours.
# Agreements are the country's, however many units there are.
LIBRARIES = (
    *("account_", "auth_", "axes_", "core_", "django_", "mfa_", "procrastinate_"), "programme_",
)  # fmt: skip
REFERENCE = {
    "facilitation_route", "facilitation_routestep",
    "goods_category", "goods_measure", "insight_officesum", "insight_target",
    "institutions_assignmentletter", "institutions_attempts",
    "institutions_cardcode", "institutions_demoworld", "institutions_factorcard",
    "institutions_holiday", "institutions_invitation", "institutions_letterfacility",
    "institutions_office", "institutions_pcuser", "institutions_referenceset",
    "institutions_region", "institutions_staffsession", "institutions_unitpc",
    "legality_factgroup", "legality_indication", "legality_judginground", "legality_marketentry",
    "legality_motif", "legality_kbli", "legality_permitkind", "legality_rulechange",
    "legality_ruledecision",
    "market_application", "market_bookrow", "market_decision",
    "market_order", "market_ordercontact", "market_orderline", "market_picture", "market_product",
    "market_seller", "market_sellerinvitation", "market_sellersession", "market_shop",
    "market_shoppermit", "legality_requirement", "orders_paymentterm", "orders_shippingrate",
    "papers_documenttype", "people_consenttext", "people_hazardousline", "people_retentionrule",
    "people_worklimits", "proceeds_feerate", "training_competenceunit", "training_criterion",
    "training_skill", "workshop_planningrule",
}  # fmt: skip
# Rows that hold for everybody stay alone; only a unit's or a party's own are copied.
ONLY = {
    "institutions_appointment": "facility_id IS NOT NULL",
    "proceeds_depositrule": "party_id IS NOT NULL",
    "proceeds_splitpolicy": "party_id IS NOT NULL",
}
LOOSE = {("proceeds_allocation", "policy_id"): "proceeds_splitpolicy"}  # no constraint says so
# The second pass leaves these rooms and tables of the unit as they are.
ONCE_A_UNIT = (
    "insight_", "aftercare_", "catalog_", "evidence_", "goods_", "institutions_", "intake_",
    "ledger_account", "ledger_book", "ledger_periodclose", "labels_labeltext", "legality_",
    "facilitation_", "mentoring_", "proceeds_auditsample", "stock_place", "stock_stockcount",
    "till_", "workshop_material", "workshop_publishedcount", "workshop_standardtime",
    "papers_unitnumbering",
)  # fmt: skip
TWICE_ALL_THE_SAME = {"workshop_materiallot", "workshop_materialuse"}
STANDING = (
    "people_", "equipment_equipment", "equipment_maintenanceplan", "equipment_share",
    "equipment_tool", "training_course", "workshop_equipmentneed", "workshop_skill",
    "workshop_incident", "workshop_workshop",
)  # fmt: skip
NOT_STANDING = {"equipment_toolcount", "equipment_toolcountline"}
# What a unit's rows are where its own column does not say so; a machine may be another unit's.
THROUGH = {
    "equipment_booking": "facility_id = {unit} AND equipment_id IN"
    " (SELECT id FROM equipment_equipment WHERE facility_id = {unit})",
    "training_credential": "id IN (SELECT credential_id FROM training_certificate"
    " WHERE facility_id = {unit})",
}
NUMBERED = {"institutions_bankaccount"}  # an exclusion compares it
CODES = {"nmid", "reference", "source_ref", "subject", "subject_ref", "work_number"}
PARTYS_OWN = {"payee_key"}  # names an account, which only the first pass copies
TELLING = ("code", "number", "reference", "slug", "name", "key", "receipt_no", "digest")

TEXT = r"""
CREATE SCHEMA hundred;
CREATE FUNCTION hundred.key(was uuid, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT overlay(was::text placing lpad(to_hex(copy), 4, '0') from 20 for 4)::uuid $$;
CREATE FUNCTION hundred.front(was text, copy int, room int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN length(was) + 4 <= room THEN lpad(copy::text, 3, '0') || '-' || was
              ELSE lpad(copy::text, 3, '0') || substr(was, 4) END $$;
CREATE FUNCTION hundred.code(was text, copy int, room int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN was = '' THEN was
    WHEN was ~ ':[0-9a-f-]{36}$' THEN
      left(was, -17) || lpad(to_hex(copy), 4, '0') || right(was, 13)
    WHEN was ~ '^[a-z_]+:\d+$' THEN
      split_part(was, ':', 1) || ':' || split_part(was, ':', 2)::bigint + copy * 1000000::bigint
    WHEN was ~ '^[a-z_]+:' THEN
      split_part(was, ':', 1) || ':'
        || hundred.front(split_part(was, ':', 2), copy, room - 1 - strpos(was, ':'))
    ELSE hundred.front(was, copy, room) END $$;
"""
# What triggers, off meanwhile, would have added up.
SUMS = """
SELECT insight_add_up(
  ARRAY(SELECT id FROM institutions_office), ARRAY(SELECT code::text FROM institutions_region),
  ARRAY(SELECT DISTINCT month FROM insight_figure))
"""
COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), greatest(a.atttypmod - 4, 0)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY c.relname, a.attnum
"""
REFERENCES = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace
"""
UNIQUE = """
SELECT i.indrelid::regclass::text, i.indisprimary, array_agg(a.attname::text)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
GROUP BY i.indexrelid, i.indrelid, i.indisprimary
"""


@dataclass
class Table:
    """What the catalogue says of one table."""

    name: str
    kinds: dict[str, str] = field(default_factory=dict)  # column -> type
    room: dict[str, int] = field(default_factory=dict)  # column -> characters, 0 without a limit
    points: dict[str, str] = field(default_factory=dict)  # column -> table it refers to
    unique: list[set[str]] = field(default_factory=list)
    primary: str = ""

    @property
    def quoted(self) -> sql.Identifier:
        return sql.Identifier(self.name)


def catalogue(db: psycopg.Connection) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for name, column, kind, room in db.execute(COLUMNS):
        table = tables.setdefault(name, Table(name))
        table.kinds[column] = kind
        table.room[column] = room
    for name, column, other in db.execute(REFERENCES):
        if name in tables:
            tables[name].points[column] = other
    for (name, column), other in LOOSE.items():
        tables[name].points[column] = other
    for name, is_primary, columns in db.execute(UNIQUE):
        if is_primary and len(columns) == 1:
            tables[name].primary = columns[0]
        elif not is_primary:
            tables[name].unique.append(set(columns))
    return tables


@dataclass(frozen=True)
class Pass:
    """Which copies are made: their numbers, of what stands still within them, and days back."""

    numbers: str  # SELECT copy, wide, back
    facts: frozenset[str]
    standing: frozenset[str] = frozenset()
    unit: int | None = None
    first: int = 0

    @property
    def moved(self) -> frozenset[str]:
        return self.facts | self.standing


def everywhere(tables: dict[str, Table], times: int) -> Pass:
    copied = {name for name in tables if not name.startswith(LIBRARIES) and name not in REFERENCE}
    return Pass(
        f"SELECT k AS copy, k AS wide, 0 AS back FROM generate_series(1, {times - 1}) k",
        frozenset(copied),
    )


def one_unit(tables: dict[str, Table], times: int, unit: int, world: Pass) -> Pass:
    """Ten times the people, each of these ten times as long; fewer of both for fewer times."""
    of_the_unit = {
        name
        for name in world.moved
        if ("facility_id" in tables[name].kinds or name in THROUGH)
        and (name in TWICE_ALL_THE_SAME or not name.startswith(ONCE_A_UNIT))
    }
    standing = {
        name for name in of_the_unit if name.startswith(STANDING) and name not in NOT_STANDING
    }
    return Pass(
        f"SELECT {times} + j AS copy, CASE j % {WIDE} WHEN 0 THEN 0 ELSE {times} + j % {WIDE} END"
        f" AS wide, j / {WIDE} * {YEAR} AS back FROM generate_series(1, {times - 1}) j",
        frozenset(of_the_unit - standing), frozenset(standing), unit, times,
    )  # fmt: skip


def numbers_of(one: Pass, table: Table) -> str:
    """People and workshops are copied once a wide copy, whatever the years behind them."""
    if table.name not in one.standing:
        return one.numbers
    return f"SELECT * FROM ({one.numbers}) every WHERE copy < {one.first + WIDE}"


def members(db: psycopg.Connection, tables: dict[str, Table], one: Pass) -> None:
    """The keys of what this pass copies, one table each; taken before the first row is made."""
    for name in one.moved:
        if one.unit is not None:
            which = THROUGH.get(name, "facility_id = {unit}").format(unit=one.unit)
            which += "".join(
                f" AND coalesce({column} IN"
                f" (SELECT id FROM {other} WHERE facility_id = {one.unit}), true)"
                for column, other in tables[name].points.items()
                if name in one.standing and other in one.standing
            )
        else:
            which = ONLY.get(name, "true")
        table, key = tables[name], tables[name].primary
        db.execute(
            sql.SQL("CREATE TABLE hundred.{} AS SELECT {} AS key FROM {} WHERE ").format(
                kept(one, name), sql.Identifier(key), table.quoted
            )
            + sql.SQL(which)
        )


def kept(one: Pass, name: str) -> sql.Identifier:
    return sql.Identifier(f"{'unit' if one.unit else 'all'}_{name}"[:63])


def copied_value(one: Pass, table: Table, column: str) -> sql.Composable:
    """What a copy of this column says, `t` being the row and `n` the copy's numbers."""
    kind, here = table.kinds[column], sql.SQL("t.{}").format(sql.Identifier(column))
    pointed = table.points.get(column)
    if pointed in one.moved:
        number = "wide" if pointed in one.standing else "copy"
        shifted = moved_key(kind, here, number)
        return sql.SQL("CASE WHEN {} IN (SELECT key FROM hundred.{}) THEN {} ELSE {} END").format(
            here, kept(one, pointed), shifted, here
        )
    if pointed:
        return here
    if column == table.primary or kind == "uuid":
        return moved_key(kind, here, "copy", table.room[column])
    if column in told_apart(one, table):
        return moved_key(kind, here, "copy", table.room[column], apart=True)
    if kind == "bigint[]" and column == "facility_ids" and one.unit is None:
        return sql.SQL("(SELECT array_agg(f + n.copy * {}) FROM unnest({}) f)").format(
            sql.Literal(STRIDE), here
        )
    if one.unit is not None and column == "month":  # always a first day
        return sql.SQL(f"({{}} - make_interval(years => n.back / {YEAR}))::date").format(here)
    if one.unit is not None and (kind == "date" or kind.startswith("timestamp")):
        days = "n.back" if kind == "date" else "make_interval(days => n.back)"
        return sql.SQL(f"{{}} - {days}").format(here)
    return here


def moved_key(
    kind: str, here: sql.Composable, number: str, room: int = 0, *, apart: bool = False
) -> sql.Composable:
    if kind == "uuid":
        return sql.SQL(f"hundred.key({{}}, n.{number})").format(here)
    if kind in ("text", "character varying"):
        return sql.SQL(f"hundred.code({{}}, n.{number}, {room or 1000})").format(here)
    step_ = {"smallint": 1, "integer": 100_000}.get(kind, STRIDE) if apart else STRIDE
    return sql.SQL(f"{{}} + n.{number} * {step_}").format(here)


def told_apart(one: Pass, table: Table) -> set[str]:
    """Columns without a key in them that a copy must say otherwise, or two rows would be one."""
    found = CODES & set(table.kinds)
    found |= PARTYS_OWN & set(table.kinds) if one.unit is None else set()
    found |= {"number"} & set(table.kinds) if table.name in NUMBERED else set()
    for columns in table.unique:
        if is_apart(one, table, columns) or columns & found:
            continue
        texts = [c for c in columns if table.kinds[c] in ("text", "character varying")]
        numbers = [c for c in columns if table.kinds[c] in ("smallint", "integer", "bigint")]
        best = [c for c in TELLING if c in texts] + sorted(texts)
        best += sorted(c for c in numbers if c not in table.points and c != "year")
        if not best:
            raise Stop(f"{table.name} {sorted(columns)}: nothing tells copies apart")
        found.add(best[0])
    return found


def is_apart(one: Pass, table: Table, columns: set[str]) -> bool:
    """Whether keys and days alone keep the copies of these columns distinct."""
    facts = {table.points.get(column) for column in columns} & one.facts
    wide = {table.points.get(column) for column in columns} & one.standing
    if table.primary in columns or facts or any(table.kinds[c] == "uuid" for c in columns):
        return True
    dated = any(table.kinds[column] == "date" for column in columns)
    return bool(wide) and (dated or table.name in one.standing)


def copy_rows(db: psycopg.Connection, one: Pass, table: Table) -> None:
    anything = sql.SQL("SELECT EXISTS (SELECT FROM hundred.{})").format(kept(one, table.name))
    if db.execute(anything).fetchone() == (False,):
        return
    values = [copied_value(one, table, column) for column in table.kinds]
    db.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} t, ({}) n WHERE t.{} IN ({})").format(
            table.quoted, sql.SQL(", ").join(map(sql.Identifier, table.kinds)),
            sql.SQL(", ").join(values), table.quoted, sql.SQL(numbers_of(one, table)),
            sql.Identifier(table.primary),
            sql.SQL("SELECT key FROM hundred.{}").format(kept(one, table.name)),
        )
    )  # fmt: skip


def multiply(address: str, times: int, unit_code: str) -> None:
    """Fill the database at `address`, reached as superuser; raises Stop on a table it cannot."""
    if not 1 <= times <= MOST // 2:
        raise Stop(f"--times 1 … {MOST // 2}")
    if times == 1:
        return
    with psycopg.connect(address, autocommit=True) as db:
        for setting in ("session_replication_role = replica", "synchronous_commit = off"):
            db.execute(f"SET {setting}")
        db.execute("SET work_mem = '64MB'")
        db.execute("SET maintenance_work_mem = '512MB'")
        db.execute(TEXT)
        tables = catalogue(db)
        asked = "SELECT id FROM institutions_facility WHERE code = %s"
        found = db.execute(asked, [unit_code]).fetchone()
        if found is None:
            raise Stop(f"no unit {unit_code}")
        world = everywhere(tables, times)
        unit = one_unit(tables, times, found[0], world)
        for one in (world, unit):
            members(db, tables, one)
        for one in (world, unit):
            for name in sorted(one.moved):
                copy_rows(db, one, tables[name])
        db.execute(SUMS)
        db.execute("DROP SCHEMA hundred CASCADE")
        db.execute("VACUUM (ANALYZE)")


def rows(address: str, unit_code: str) -> dict[str, tuple[int, int]]:
    """Table -> rows in all and of that unit, of those tables that have any."""
    with psycopg.connect(address) as db:
        tables = catalogue(db)
        counted: dict[str, tuple[int, int]] = {}
        for name in tables:
            if name.startswith(LIBRARIES) or name in REFERENCE:
                continue
            of_unit = "facility_id = (SELECT id FROM institutions_facility WHERE code = %(code)s)"
            if "facility_id" not in tables[name].kinds:
                of_unit = "%(code)s = ''"
            asked = sql.SQL(f"SELECT count(*), count(*) FILTER (WHERE {of_unit}) FROM {{}}")
            counted[name] = db.execute(
                asked.format(tables[name].quoted), {"code": unit_code}
            ).fetchone()  # type: ignore[assignment]
        return {name: count for name, count in counted.items() if count[0]}
