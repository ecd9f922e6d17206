"""Constraints go in with the tables they belong to, and with nothing else."""

from django.db import migrations, models
from django.db.models import Q

from berdaya.core.folding import folded


def table(name: str, *fields: str) -> migrations.CreateModel:
    return migrations.CreateModel(name, [(field, models.IntegerField()) for field in fields])


def check(model: str, name: str) -> migrations.AddConstraint:
    return migrations.AddConstraint(model, models.CheckConstraint(condition=Q(a__gt=0), name=name))


def index(model: str, name: str) -> migrations.AddIndex:
    return migrations.AddIndex(model, models.Index(fields=["a"], name=name))


def named(operation: migrations.CreateModel, option: str) -> list[str]:
    return [one.name for one in operation.options.get(option, [])]


def test_constraints_and_indexes_go_into_their_own_tables() -> None:
    first, second = table("First", "a"), table("Second", "a")

    kept = folded([first, second, check("first", "f"), index("second", "s"), check("second", "t")])

    assert [one.name for one in kept] == ["First", "Second"]
    assert (named(kept[0], "constraints"), named(kept[0], "indexes")) == (["f"], [])
    assert (named(kept[1], "constraints"), named(kept[1], "indexes")) == (["t"], ["s"])
    assert first.options == {}


def test_constraint_waits_for_what_came_in_between() -> None:
    column = migrations.AddField("first", "b", models.IntegerField(default=0))
    for between in (column, migrations.RunSQL("SELECT 1"), migrations.RunPython(print)):
        late = check("first", "late")

        kept = folded([table("First", "a"), between, late])

        assert kept[1:] == [between, late]
        assert named(kept[0], "constraints") == []


def test_constraint_of_an_older_table_stays_by_itself() -> None:
    alone = check("older", "alone")

    assert folded([table("First", "a"), alone])[1] is alone
