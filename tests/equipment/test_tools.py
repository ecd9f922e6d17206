"""A missing tool calls the head and holds the day until two people end the search."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.equipment.actions.tools import (
    confirm_missing,
    count_in,
    count_out,
    explain_missing,
)
from berdaya.equipment.models import MissingTool, ToolCount, ToolCountLine, ToolSet
from berdaya.institutions.today import waiting
from berdaya.workshop.actions.equipment import use_tool_set
from berdaya.workshop.actions.sheets import record_sheet
from berdaya.workshop.models import WorkSheet, Workshop
from tests.equipment.scene import board
from tests.world import World


@pytest.fixture
def tools(world: World) -> ToolSet:
    return board(world)


@pytest.fixture
def shop(world: World, tools: ToolSet) -> Workshop:
    with world.acting() as scope:
        made = Workshop.objects.create(
            facility=world.atb, code="MEB", name="Mebel", line_of_work="mebel"
        )
        use_tool_set(by=scope.actor, workshop=made, tool_set=tools)
        return made


def out(world: World, tools: ToolSet) -> ToolCount:
    with world.acting() as scope:
        counts = {one.pk: one.qty for one in tools.tools.all()}
        return count_out(by=scope.actor, tool_set=tools, day=clock.today(), counts=counts)


def back(world: World, count: ToolCount, *, lacking: int = 0) -> list[MissingTool]:
    with world.acting() as scope:
        lines = list(count.lines.order_by("tool__name"))
        counts = {line.pk: line.out_qty for line in lines}
        counts[lines[0].pk] -= lacking
        return count_in(by=scope.actor, count=count, counts=counts)


def file_sheet(world: World, shop: Workshop) -> None:
    with world.acting() as scope:
        record_sheet(by=scope.actor, workshop=shop, day=clock.today(), rows=[])


def explain(world: World, missing: MissingTool, who: str = "officer") -> None:
    with world.acting(who) as scope:
        explain_missing(
            by=scope.actor, missing=missing, outcome="found", found_by="Regu jaga II",
            ended_at=clock.now(), reason="Terselip di bawah meja ketam",
        )  # fmt: skip


def held(world: World, shop: Workshop) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        file_sheet(world, shop)
    with world.acting():
        assert WorkSheet.objects.count() == 0
    return refusal.value.verdict.codes


def test_complete_count_lets_the_day_close(world: World, tools: ToolSet, shop: Workshop) -> None:
    count = out(world, tools)
    assert held(world, shop) == ("tools_out",)

    assert back(world, count) == []

    file_sheet(world, shop)
    with world.acting():
        assert WorkSheet.objects.count() == 1


def test_missing_tool_holds_the_closing_until_two_people_end_the_search(
    world: World, tools: ToolSet, shop: Workshop
) -> None:
    (missing,) = back(world, out(world, tools), lacking=1)
    assert held(world, shop) == ("tools_missing",)
    with world.acting("head") as scope:
        told = [str(one.text) for one in waiting(scope.actor, frozenset({world.atb.pk}))]
    assert "Alat hilang: 1 Gunting" in told

    explain(world, missing)
    assert held(world, shop) == ("tools_missing",)
    with world.acting("head") as scope:
        confirm_missing(by=scope.actor, missing=missing)

    file_sheet(world, shop)
    with world.acting():
        row = MissingTool.objects.get()
        assert (row.state, row.explained_by, row.confirmed_by) == (
            "closed", world.staff["officer"], world.staff["head"],
        )  # fmt: skip


def test_who_explains_does_not_confirm(world: World, tools: ToolSet) -> None:
    (missing,) = back(world, out(world, tools), lacking=2)
    with world.acting("head") as scope, pytest.raises(Refused) as early:
        confirm_missing(by=scope.actor, missing=missing)
    explain(world, missing, "head")

    with world.acting("head") as scope, pytest.raises(Refused) as refusal:
        confirm_missing(by=scope.actor, missing=missing)

    assert early.value.verdict.codes == ("missing_unexplained",)
    assert refusal.value.verdict.codes == ("missing_same_person",)
    with world.acting(), pytest.raises(DatabaseError), transaction.atomic():
        MissingTool.objects.update(confirmed_by=world.staff["head"], confirmed_at=clock.now())
    with world.acting():
        assert MissingTool.objects.get().state == "explained"


def test_search_does_not_end_before_it_began(world: World, tools: ToolSet) -> None:
    (missing,) = back(world, out(world, tools), lacking=1)

    with world.acting() as scope, pytest.raises(Refused) as refusal:
        explain_missing(
            by=scope.actor, missing=missing, outcome="found", found_by="Regu", reason="x",
            ended_at=clock.now() - timedelta(hours=1),
        )  # fmt: skip

    assert refusal.value.verdict.codes == ("missing_early",)
    with world.acting():
        assert MissingTool.objects.get().state == "open"


def test_set_is_counted_once_a_day_and_never_more_than_belongs_there(
    world: World, tools: ToolSet
) -> None:
    with world.acting() as scope, pytest.raises(Refused) as more:
        counts = {one.pk: one.qty + 1 for one in tools.tools.all()}
        count_out(by=scope.actor, tool_set=tools, day=clock.today(), counts=counts)
    count = out(world, tools)
    with pytest.raises(Refused) as again:
        out(world, tools)
    back(world, count)
    with pytest.raises(Refused) as twice:
        back(world, count, lacking=1)

    assert more.value.verdict.codes == ("tools_more_than_set",)
    assert again.value.verdict.codes == twice.value.verdict.codes == ("tools_counted",)
    with world.acting():
        assert MissingTool.objects.count() == 0
        assert ToolCountLine.objects.count() == 2


def test_outsider_knows_nothing_of_tools(world: World, tools: ToolSet) -> None:
    back(world, out(world, tools), lacking=1)

    with world.acting("outsider"):
        assert [model.objects.count() for model in (ToolSet, ToolCount, MissingTool)] == [0, 0, 0]


def test_day_without_a_count_is_not_held(world: World, shop: Workshop) -> None:
    file_sheet(world, shop)

    with world.acting():
        assert WorkSheet.objects.count() == 1
