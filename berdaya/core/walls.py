"""Who may do what with which table: the program's rights, row policies and audit triggers.

Each room lists its tables in `walls.py`; a table without a line fails the build. After every
migrate the owner applies the whole list, so the database always stands as the code says.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

RIGHTS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}
# The list is read once per statement. The second half is true of every row, but the planner asks
# for its value, so that a statement without a scope fails even where it would find no row.
IN_SCOPE = (
    "{column} = ANY ((SELECT core_scope_facilities_for('{audience}'))::bigint[])"
    " AND {column} >= core_scope_floor_for('{audience}')"
)
# Whom a table is open to beside staff: buyers, or buyers and whoever passes by.
AUDIENCES = ("", "shop", "public")


@dataclass(frozen=True)
class Wall:
    """One table's line. `facility` names the column that row security compares, None is open."""

    table: str
    rights: str
    facility: str | None
    why: str
    audit: bool
    masked: tuple[str, ...]
    unaudited: tuple[str, ...]
    visible_sql: str
    readers: str
    writers: str
    people: str
    spared: str
    days: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    timeless: str = ""
    clients: tuple[str, str] = ("", "")
    beside: str = ""
    writable_sql: str = ""
    guard: str = ""

    @property
    def schema(self) -> str:
        """Django writes a table of another schema as `schema"."table`."""
        return self.table.partition('"."')[0] if '"."' in self.table else "public"

    @property
    def privileges(self) -> str:
        return ", ".join(RIGHTS[letter] for letter in self.rights)


def wall(
    table: str,
    rights: str,
    facility: str | None = None,
    *,
    why: str = "",
    audit: bool = False,
    masked: tuple[str, ...] = (),
    unaudited: tuple[str, ...] = (),
    visible_sql: str = "",
    writable_sql: str = "",
    readers: str = "",
    writers: str = "",
    people: str = "",
    spared: str = "",
    day: str | tuple[str, ...] = (),
    touched: tuple[str, ...] = (),
    timeless: str = "",
    clients: tuple[str, str] = ("", ""),
    beside: str = "",
    guard: str = "",
) -> Wall:
    """A line of the list. An open table must say why it needs no row security.

    `masked` columns never reach the audit rows; `unaudited` ones change without leaving a row.
    `visible_sql` adds rows to what may be read (writing stays with facilities in scope);
    `writable_sql` adds rows that may be inserted and changed, never deleted, by somebody without
    the facility: they must be visible too.
    `readers` and `writers` open it to "shop" (buyers) or to "public" pages as well; all else is
    closed to both. `beside` names the column of a second facility, which sees and writes the row as
    the first does: a row that two have to agree on. `guard` is the whole condition of a table
    without a facility: of rows of many facilities together, or of none that anybody may open. It
    must refuse without a scope, and who is limited within a facility must read none. `people` says
    how a person can be reached from it without a foreign key, `spared` why a table that reaches
    people stands otherwise than core/reach.py asks. `day`, `touched`, `timeless` and `clients` are
    the limits within a facility: core/limits.py.
    """
    if facility is None and not why:
        raise ValueError(f"{table}: an open table says why")
    if facility is not None and guard:
        raise ValueError(f"{table}: a guard stands in place of a facility")
    if set(rights) - set(RIGHTS):
        raise ValueError(f"{table}: rights are letters of {''.join(RIGHTS)}")
    if {readers, writers} - set(AUDIENCES):
        raise ValueError(f"{table}: readers and writers are of {AUDIENCES}")
    return Wall(
        table, rights, facility, why, audit, masked, unaudited, visible_sql,
        readers, writers, people, spared,
        (day,) if isinstance(day, str) and day else tuple(day), touched, timeless, clients, beside,
        writable_sql, guard,
    )  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A function of the owner's that the program may call: it looks over a wall and says why."""

    signature: str
    why: str


LIBRARY = "a library's own table, no person of ours in it"
TABLES = [
    wall(
        "core_auditrow",
        "S",
        "facility_id",
        visible_sql="(facility_id IS NULL AND core_scope_floor() < 0) OR {in_scope}",
        people="what changed, protected columns masked",
        spared="a change of an open table has no facility; it is shown to staff only",
        day="day",
    ),
    wall("core_auditseal", "S", why="hashes of past days"),
    wall("core_numberseries", "SIU", why="counters without a person"),
    wall("core_systemscope", "S", why="which system purpose ran when"),
    wall("django_migrations", "S", why=LIBRARY),
    wall("django_content_type", "S", why=LIBRARY),
    wall("django_session", "SIUD", why="random keys of signed-in staff"),
    wall("auth_permission", "S", why=LIBRARY),
    wall("auth_group", "S", why=LIBRARY),
    wall("auth_group_permissions", "S", why=LIBRARY),
    wall("account_emailaddress", "SIUD", why="staff addresses of the sign-in library"),
    wall("account_emailconfirmation", "SIUD", why=LIBRARY),
    wall("axes_accessattempt", "SIUD", why="locks guessing; dropped after the cool-off"),
    wall("axes_accessattemptexpiration", "SIUD", why=LIBRARY),
    wall("axes_accesslog", "SIUD", why=LIBRARY),
    wall("axes_accessfailurelog", "SIUD", why=LIBRARY),
    wall(
        "mfa_authenticator",
        "SIUD",
        why="second factors, read at sign-in before any scope; secrets are encrypted",
        audit=True,
        masked=("data",),
        unaudited=("last_used_at",),
    ),
    wall(
        "procrastinate_jobs",
        "SIUD",
        why="jobs carry ids only",
        people="an id among the arguments may be a person's",
        spared="the worker takes jobs before any scope; ids and codes only (core/tasks.py)",
    ),
    wall("procrastinate_events", "SIUD", why="jobs carry ids only"),
    wall("procrastinate_periodic_defers", "SIUD", why="jobs carry ids only"),
    wall("procrastinate_workers", "SIUD", why="heartbeats of workers"),
]


# A temporary table is found before every named schema, unless the path says where it stands: last.
SHADOWS_LAST = """
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
      AND proconfig @> ARRAY['search_path=pg_catalog, public']
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', one);
  END LOOP;
END $$"""


# A trigger runs whoever may call its function; only making one asks. Whoever could hang the audit's
# trigger on a table of his own, of any name, could write audit rows as he likes.
OWNERS_ALONE = """
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
      AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
  END LOOP;
END $$"""
# Nothing of ours needs a temporary table. Who does not own the database cannot take it away, then
# the two lists above must do.
NO_SCRATCH = """
DO $$
BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$"""
DOORS = [
    Door("core_note_system_scope()", "a system purpose leaves a line of its own"),
    Door("core_seal_audit(date)", "the worker seals past days; never the present one"),
    Door("core_verify_audit()", "answers with days and numbers of rows that no longer fit"),
]


def every_wall() -> list[Wall]:
    return [line for room in _rooms() for line in room.TABLES]


def _rooms() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if config.name.startswith("berdaya.") and module_has_submodule(config.module, "walls"):
            yield import_module(f"{config.name}.walls")


def every_door() -> list[Door]:
    """What rooms list as DOORS in their walls.py; nobody else may call these."""
    return [door for room in _rooms() for door in getattr(room, "DOORS", ())]


def statements(line: Wall, program: str) -> Iterator[str]:
    """The SQL that makes one table stand as its line says; safe to run again."""
    table = f'"{line.table}"'
    yield f'REVOKE ALL ON {table} FROM PUBLIC, "{program}"'
    if line.rights:
        yield f'GRANT {line.privileges} ON {table} TO "{program}"'
    yield from _policies(line, table, program)
    yield f"DROP TRIGGER IF EXISTS audit ON {table}"
    if line.audit:
        listed = "', '".join((line.facility or "", ",".join(line.masked), ",".join(line.unaudited)))
        yield (
            f"CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION core_audit('{listed}')"
        )


def _policies(line: Wall, table: str, program: str) -> Iterator[str]:
    yield f"DROP POLICY IF EXISTS scope ON {table}"
    yield f"DROP POLICY IF EXISTS scope_read ON {table}"
    yield f"DROP POLICY IF EXISTS scope_delete ON {table}"
    yield f"DROP POLICY IF EXISTS scope_insert ON {table}"
    yield f"DROP POLICY IF EXISTS scope_update ON {table}"
    if line.guard:
        asked = f"USING ({line.guard}) WITH CHECK ({line.guard})"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f'CREATE POLICY scope ON {table} TO "{program}" {asked}'
        return
    if line.facility is None:
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        return
    inside, writing = _in_scope(line, line.readers), _in_scope(line, line.writers)
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f'CREATE POLICY scope ON {table} TO "{program}" USING ({inside}) WITH CHECK ({writing})'
    if "D" in line.rights:
        yield (
            f'CREATE POLICY scope_delete ON {table} AS RESTRICTIVE FOR DELETE TO "{program}"'
            f" USING ({writing})"
        )
    if line.visible_sql:
        # Permissive policies are joined by OR: this one adds to what the scope shows.
        visible = line.visible_sql.format(in_scope=f"({inside})")
        yield f'CREATE POLICY scope_read ON {table} FOR SELECT TO "{program}" USING ({visible})'
    if line.writable_sql:
        added = line.writable_sql
        yield (
            f'CREATE POLICY scope_insert ON {table} FOR INSERT TO "{program}" WITH CHECK ({added})'
        )
        if "U" in line.rights:
            yield (
                f'CREATE POLICY scope_update ON {table} FOR UPDATE TO "{program}"'
                f" USING ({added}) WITH CHECK ({added})"
            )


def _in_scope(line: Wall, audience: str) -> str:
    """The condition over the row's facility, or either of its two."""
    columns = filter(None, (line.facility, line.beside))
    each = [IN_SCOPE.format(column=column, audience=audience) for column in columns]
    return " OR ".join(f"({one})" for one in each) if line.beside else each[0]


def apply_walls(connection: Any, limits: Callable[[Wall, str], Iterator[str]]) -> int:
    """Apply the whole list as the owner, in one transaction; returns the number of tables.

    `limits` gives the further statements of a line, those of core/limits.py.
    """
    program = str(settings.DATABASES["default"]["USER"])
    lines = every_wall()
    with connection.cursor() as cursor:
        for schema in sorted({line.schema for line in lines}):
            cursor.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC")
            cursor.execute(f'GRANT USAGE ON SCHEMA {schema} TO "{program}"')
            cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO "{program}"')
        for statement in (SHADOWS_LAST, OWNERS_ALONE, NO_SCRATCH):
            cursor.execute(statement)
        for line in lines:
            for statement in (*statements(line, program), *limits(line, program)):
                cursor.execute(statement)
        for door in every_door():
            cursor.execute(f"REVOKE ALL ON FUNCTION {door.signature} FROM PUBLIC")
            cursor.execute(f'GRANT EXECUTE ON FUNCTION {door.signature} TO "{program}"')
    return len(lines)
