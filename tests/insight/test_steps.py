"""Steps of a way, parts of a rupiah and days of a month: each against a plain recount."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.goods.models import Variant
from berdaya.insight.actions.figures import counted, tell
from berdaya.insight.indicators.market import STEPS
from berdaya.insight.indicators.selling import DIVISION
from berdaya.insight.models import Figure, ToldFigure
from berdaya.workshop.models import PublishedCount
from tests.insight.recount import Recount
from tests.insight.scene import MARCH, YEAR, reckon_all
from tests.web.desk import Desk


def test_every_step_to_market_equals_a_plain_recount(desk: Desk) -> None:
    world, seen = desk.world, set()
    with world.everywhere():
        product = dict(Variant.objects.values_list("pk", "product_id"))
        found = counted(world.atb, YEAR)
        for month in YEAR:
            way = [len({product[pk] for pk in step}) for step in Recount(world.atb, month).way()]
            told = [found["to_market", month, step].numerator for step in STEPS]
            assert told == way == sorted(way, reverse=True), month
            seen.add(tuple(way))

    # The furnished unit made, sold and had permits in some month, or the recount means nothing.
    assert len(seen) > 1
    assert max(seen)[0] > 0


def test_every_part_of_a_rupiah_equals_a_plain_recount_and_explains_the_whole(desk: Desk) -> None:
    world = desk.world
    with world.everywhere():
        found = counted(world.atb, YEAR)
        for month in YEAR:
            recount = Recount(world.atb, month)
            told = {
                name: found["makers_share", month, name].numerator
                if ("makers_share", month, name) in found else 0
                for name in DIVISION
            }  # fmt: skip
            assert told == {name: recount.share(f"{name}_rp") for name in DIVISION}, month
            whole = told.pop("amount") + told.pop("loss")
            assert whole == sum(told.values()), month
        amounts = [part.numerator for (code, _month, name), part in found.items()
                   if code == "makers_share" and name == "amount"]  # fmt: skip

    assert sum(amounts) > 0


def test_days_add_up_to_the_hours_of_the_month(desk: Desk) -> None:
    world = desk.world
    with world.everywhere():
        found = counted(world.atb, YEAR)
        for month in YEAR:
            part = found["hours", month, ""]
            days: dict[date, int] = defaultdict(int)
            for one in Recount(world.atb, month).present:
                days[one.day] += one.minutes or 0
            assert part.days is not None
            told = {month + timedelta(days=n): value for n, value in enumerate(part.days) if value}
            assert told == {day: value for day, value in days.items() if value}
        assert any(found["hours", month, ""].numerator for month in YEAR)


def test_days_are_those_of_a_month(desk: Desk) -> None:
    with desk.world.everywhere():
        facts = {
            "facility": desk.world.atb, "month": MARCH, "indicator": "hours", "part": "x",
            "version": 1, "numerator": 1, "reckoned_at": clock.now(),
        }  # fmt: skip
        with pytest.raises(IntegrityError, match="insight_figure_days"), transaction.atomic():
            Figure.objects.create(**facts, days=[1, 2])
        Figure.objects.create(**facts, days=[0] * 31)


def test_only_steps_of_goods_are_told_beside_wholes(desk: Desk) -> None:
    world = desk.world
    reckon_all(world)
    with world.everywhere() as scope:
        PublishedCount.objects.get_or_create(
            facility=world.atb,
            month=MARCH,
            family="textile",
            defaults={"about_people": 5, "recorded_at": clock.now()},
        )
        tell(by=scope.actor, facility=world.atb, months=[MARCH])
        parts = ToldFigure.objects.exclude(part="").values_list("indicator", flat=True)
        told = ToldFigure.objects.filter(indicator="to_market").exclude(part="")
        figures = Figure.objects.filter(indicator="to_market", month=MARCH, facility=world.atb)

        assert set(parts) <= {"makers", "to_market"}
        assert dict(told.values_list("part", "numerator")) == dict(
            figures.exclude(part="").values_list("part", "numerator")
        )
