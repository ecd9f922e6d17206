"""The SQL that a database's administrator runs once: two logins, one database, four extensions."""

from __future__ import annotations

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent", "ltree")

LOGIN = """DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}') THEN
    CREATE ROLE {name};
  END IF;
END $$;
ALTER ROLE {name} LOGIN {may} NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS
  PASSWORD '{password}';
"""


def logins(owner_password: str, app_password: str) -> str:
    """The owner may make databases (for tests and a fresh start); the program owns nothing.

    The owner is a member of the program's login so that it may end its connections, as
    DROP DATABASE … WITH (FORCE) does; it owns every table anyway.
    """
    return (
        LOGIN.format(name="berdaya_owner", may="CREATEDB", password=owner_password)
        + LOGIN.format(name="berdaya_app", may="NOCREATEDB", password=app_password)
        + "GRANT berdaya_app TO berdaya_owner;\n"
    )


def database() -> str:
    """Byte order and UTF-8 whatever the server's own locale is; run outside a transaction."""
    return (
        "CREATE DATABASE berdaya OWNER berdaya_owner TEMPLATE template0 ENCODING 'UTF8'\n"
        "  LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8';\n"
    )


def extensions() -> str:
    return "".join(f"CREATE EXTENSION IF NOT EXISTS {name};\n" for name in EXTENSIONS)


def quiet_log() -> str:
    """A refused statement is logged without its text and its row: both hold what was typed."""
    return "".join(
        f"ALTER DATABASE berdaya SET {name} = {value};\n"
        for name, value in (("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"))
    )


def for_administrator() -> str:
    """The whole script for psql, with a comment where a person has to choose."""
    return (
        "-- Berdaya: run once with psql as administrator of PostgreSQL 15+ (with contrib).\n"
        "-- Replace the two passwords first.\n"
        f"{logins('CHANGE-ME-OWNER', 'CHANGE-ME-APP')}"
        f"{database()}"
        "\\connect berdaya\n"
        f"{extensions()}"
        f"{quiet_log()}"
        "-- Afterwards, with host and passwords filled in:\n"
        "-- DATABASE_URL=postgresql://berdaya_app:CHANGE-ME-APP@HOST:5432/berdaya\n"
        "-- DATABASE_OWNER_URL=postgresql://berdaya_owner:CHANGE-ME-OWNER@HOST:5432/berdaya\n"
    )
