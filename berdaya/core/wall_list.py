"""docs/row-security.md: every table and what guards it, written from the models and the walls."""

from collections.abc import Iterable, Iterator

from berdaya.core.limits import way_column
from berdaya.core.reach import protected
from berdaya.core.walls import Door, Wall, every_door, every_wall

HEAD = """# Row security

Written by `bin/manage row_security --write` from the models and each room's `walls.py`; a test
compares. Rights are letters of Select, Insert, Update, Delete of the program's login. A table not
listed here does not exist, or the build fails (`core.E001`, `core.E004`).
"""
PROTECTED = """
## Where a person can be reached

Each has a facility column that is never empty, an index on it, and policies that show and take only
rows of the facilities in scope. The statement fails, even on an empty table, without a scope, on a
public page, and in what a buyer sets off. *Opened* says which rows of another facility may be read
as well: those of a person who is, or was, placed here; writing stays with the facility.

A counsellor, where they are nothing else, is shown and may write only what is about people of their
own *caseload*: by the person's column, by the row it belongs to, or nothing there at all.
An auditor is shown rows of the *day* that their letter opens; `+` are later rows that show an
earlier one as well (docs/decisions/0023).

| table | a person is reached by | rights | facility | opened | caseload | day | audit | masked |
|---|---|---|---|---|---|---|---|---|
"""
SPARED = """
## Spared, and why

| table | a person is reached by | why it stands otherwise |
|---|---|---|
"""
WALLED = """
## Other walls of facilities

*Public pages* may read what is marked so, within the facilities that produce; buyers read that and
what their orders need. Everything else refuses both.

| table | rights | facility | public pages | buyers | day | audit | masked there |
|---|---|---|---|---|---|---|---|
"""
GUARDED = """
## Walls around tables without a facility

A row is of many facilities at once, or of none that anybody may open. The condition stands for the
whole table and refuses as the others do: no scope, a public page, a buyer.

| table | rights | shown where | what it is |
|---|---|---|---|
"""
OPEN = """
## Open to every scope

| table | rights | why |
|---|---|---|
"""
DOORS = """
## Doors: functions that look over a wall

| function | why |
|---|---|
"""


def page() -> str:
    """The whole document."""
    ways = protected()
    lines = sorted(every_wall(), key=lambda line: line.table)
    reached = [one for one in lines if one.table in ways]
    others = [one for one in lines if one.table not in ways]
    parts = (
        (HEAD, ()),
        (PROTECTED, (_person(one, ways[one.table]) for one in reached if not one.spared)),
        (SPARED, (_row(_code(w.table), ways[w.table], w.spared) for w in reached if w.spared)),
        (WALLED, (_walled(one) for one in others if one.facility)),
        (GUARDED, (_guarded(one) for one in others if one.guard)),
        (OPEN, (_open(one) for one in others if not one.facility and not one.guard)),
        (DOORS, (_door(one) for one in every_door())),
    )
    return "".join(_part(head, rows) for head, rows in parts)


def _part(head: str, rows: Iterable[str]) -> str:
    return head + "".join(f"{row}\n" for row in rows)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _code(name: str) -> str:
    return f"`{name}`".replace('"."', ".")


def _facilities(line: Wall) -> str:
    """The column of the row's facility, or the two of a row that two agree on."""
    return " or ".join(_code(column) for column in (line.facility, line.beside) if column)


def _person(line: Wall, way: str) -> str:
    opened = "by placement" if "people_placement" in line.visible_sql else ""
    return _row(_code(line.table), way, line.rights, _facilities(line), opened,
                _clients(line), _day(line), *_audit(line))  # fmt: skip


def _clients(line: Wall) -> str:
    if any(line.clients):
        return "own assignments"
    column = way_column(line)
    return _code(column.column) if column is not None else "nothing"


def _day(line: Wall) -> str:
    """The columns that date a row, or why nothing does."""
    if not line.days:
        return line.timeless
    later = [f"+ {_code(one.partition('.')[0])}" for one in line.touched]
    return ", ".join([*(_code(one) for one in line.days), *later])


def _audit(line: Wall) -> Iterator[str]:
    yield "yes" if line.audit else ""
    yield ", ".join(line.masked)


def _walled(line: Wall) -> str:
    audience = (_of(line, "public"), _of(line, "shop"))
    return _row(_code(line.table), line.rights, _facilities(line), *audience,
                _day(line), *_audit(line))  # fmt: skip


def _guarded(line: Wall) -> str:
    return _row(_code(line.table), line.rights, _code(line.guard), line.why)


def _of(line: Wall, who: str) -> str:
    reads = line.readers in ("public", who)
    everywhere = " all" if reads and line.visible_sql == "true" else ""
    return " and ".join(
        [f"read{everywhere}"] * reads + ["write"] * (line.writers in ("public", who))
    )


def _open(line: Wall) -> str:
    return _row(_code(line.table), line.rights, line.why)


def _door(door: Door) -> str:
    return _row(_code(door.signature), door.why)
