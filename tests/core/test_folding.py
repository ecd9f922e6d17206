"""Constraints go in with the tables they belong to, and with nothing else."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState
from django.db.models import Q

from berdaya.core.folding import folded, sparingly_drawn


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


def test_a_new_table_or_constraint_leaves_others_as_they_were_drawn() -> None:
    link = migrations.AddField("first", "b", models.ForeignKey("x.Second", models.CASCADE))
    third = migrations.CreateModel(
        "Third", [("first", models.ForeignKey("x.First", models.CASCADE))]
    )
    state = ProjectState()
    for operation in (table("First", "a"), table("Second", "a"), link):
        operation.state_forwards("x", state)
    before = state.apps.get_model("x", "First")

    with sparingly_drawn():
        third.state_forwards("x", state)
        check("first", "late").state_forwards("x", state)
        index("first", "sooner").state_forwards("x", state)

    drawn = state.apps.get_model("x", "First")
    assert drawn is before
    assert [one.name for one in drawn._meta.constraints] == ["late"]
    assert [one.name for one in drawn._meta.indexes] == ["sooner"]
    assert state.apps.get_model("x", "Third")._meta.get_field("first").remote_field.model is drawn
    state.clear_delayed_apps_cache()  # as before the Python of a migration
    whole = state.apps.get_model("x", "First")
    assert whole is not before
    assert [one.name for one in whole._meta.constraints] == ["late"]
    assert whole._meta.get_field("third").related_model is state.apps.get_model("x", "Third")


def test_a_changed_column_still_draws_what_points_at_it() -> None:
    state = ProjectState()
    link = models.ForeignKey("x.First", models.CASCADE)
    with sparingly_drawn():
        table("First", "a").state_forwards("x", state)
        state.apps.get_model("x", "First")
        migrations.CreateModel("Second", [("first", link)]).state_forwards("x", state)
        wide = migrations.AlterField("first", "id", models.BigAutoField(primary_key=True))
        wide.state_forwards("x", state)

        first, second = (state.apps.get_model("x", name) for name in ("First", "Second"))

    assert isinstance(first._meta.pk, models.BigAutoField)
    assert second._meta.get_field("first").remote_field.model is first
