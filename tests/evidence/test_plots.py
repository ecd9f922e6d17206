"""Plots in the database: recorded, corrected, linked; what it refuses by itself."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.evidence.actions.plots import correct_plot, record_plots, set_plots
from berdaya.evidence.models import MaterialPlot, Plot
from berdaya.evidence.queries import (
    batch_of,
    for_eudr_goods,
    open_material,
    origin_facts,
    origins_of,
)
from berdaya.evidence.rules import may_go_to_eu
from berdaya.workshop.models import MaterialLot
from tests.evidence.scene import SQUARE, SQUARE_HA, Coffee, plotted, received, roasted, told
from tests.world import World


@pytest.fixture
def coffee(world: World) -> Coffee:
    return roasted(world)


def link(world: World, lot: MaterialLot, *plots: Plot) -> None:
    with world.acting() as scope:
        set_plots(by=scope.actor, material_lot=lot, plots=plots)


def test_a_plot_keeps_its_digits_and_gets_a_code(world: World) -> None:
    plot = plotted(world, "-9.1100000, 124.890000")

    with world.acting():
        kept = Plot.objects.get()
    assert (kept.code, kept.positions) == ("LP-ATB-26-KB0001", "124.890000 -9.1100000")
    assert kept.pk == plot.pk
    assert kept.drawn.places == [(124.89, -9.11)]


def test_several_are_kept_together_or_not_at_all(world: World) -> None:
    with world.acting() as scope, pytest.raises(Refused, match="plot_swapped"):
        record_plots(
            by=scope.actor, facility=world.atb, told=[told(), told("124.890000, -9.110000")]
        )

    with world.acting():
        assert not Plot.objects.exists()


def test_only_the_units_officer_records(world: World) -> None:
    for who in ("head", "outsider", "auditor"):
        with acting(world.actor(who), "test") as scope, pytest.raises(Refused):
            record_plots(by=scope.actor, facility=world.atb, told=[told()])

    with world.everywhere():
        assert not Plot.objects.exists()


def test_a_correction_is_judged_too(world: World) -> None:
    plot = plotted(world)

    with world.acting() as scope, pytest.raises(Refused, match="plot_too_large_for_point"):
        correct_plot(by=scope.actor, plot=plot, told=told(hectares=Decimal(5)))
    with world.acting() as scope:
        correct_plot(by=scope.actor, plot=plot, told=told(SQUARE, hectares=SQUARE_HA))

    with world.acting():
        kept = Plot.objects.get()
    assert (kept.code, kept.shape, kept.hectares) == (plot.code, "polygon", SQUARE_HA)


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("hectares", Decimal(5), "evidence_plot_shape"),
        ("positions", "124.89 -9.11", "evidence_plot_positions"),
        ("positions", "", "evidence_plot_positions"),
        ("group_name", "", "evidence_plot_told"),
        ("since_year", 98, "evidence_plot_since"),
    ],
)
def test_the_database_refuses_what_is_no_plot(
    world: World, column: str, value: object, name: str
) -> None:
    plot = plotted(world)

    with (
        world.acting(),
        pytest.raises(DatabaseError, match=name),
        transaction.atomic(),
    ):
        Plot.objects.filter(pk=plot.pk).update(**{column: value})


def test_a_lot_is_ready_once_all_its_material_is_known_and_packing_is_not_asked(
    world: World, coffee: Coffee
) -> None:
    plot = plotted(world)
    with world.acting():
        before = may_go_to_eu(origin_facts(origins_of(coffee.batch)))
        assert batch_of(coffee.lot) == coffee.batch

    link(world, coffee.beans, plot)

    with world.acting():
        after = may_go_to_eu(origin_facts(origins_of(coffee.batch)))
        assert open_material([world.atb.pk]) == 0
    assert before.codes == ("eudr_origin_unknown",)
    assert after.ok


def test_plots_of_material_are_told_anew_as_a_whole(world: World, coffee: Coffee) -> None:
    first, second = plotted(world), plotted(world, group_name="Kelompok Lain")
    link(world, coffee.beans, first, second)

    link(world, coffee.beans, second)
    link(world, coffee.beans, second)

    with world.acting():
        assert [one.plot_id for one in MaterialPlot.objects.all()] == [second.pk]
    link(world, coffee.beans)
    with world.acting():
        assert not MaterialPlot.objects.exists()
        assert open_material([world.atb.pk]) == 1


def test_a_neighbours_plot_is_refused_by_rule_and_database(world: World, coffee: Coffee) -> None:
    theirs = plotted(world, facility=world.kpg)

    with world.everywhere() as scope, pytest.raises(Refused, match="plot_elsewhere"):
        set_plots(by=scope.actor, material_lot=coffee.beans, plots=[theirs])

    for facility in (world.atb, world.kpg):
        with world.everywhere(), pytest.raises(DatabaseError), transaction.atomic():
            MaterialPlot.objects.create(
                material_lot=coffee.beans, plot=theirs, facility=facility,
                recorded_at=coffee.beans.recorded_at,
            )  # fmt: skip
    with world.everywhere():
        assert not MaterialPlot.objects.exists()


def test_only_material_of_coffee_is_asked(world: World, coffee: Coffee) -> None:
    with world.everywhere() as scope:
        received(scope.actor, world.atb, "Benang")

    with world.acting():
        asked = list(for_eudr_goods(MaterialLot.objects.all()))
    assert asked == [coffee.beans]
