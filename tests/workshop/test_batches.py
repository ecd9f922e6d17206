"""Materials, batches and their closing into a lot; corrections afterwards; two who race."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core.links import find_node, links_of
from berdaya.core.scope import acting, system_scope
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Measure
from berdaya.stock.models import Lot, StockLevel
from berdaya.workshop.actions import batches, materials, sheets
from berdaya.workshop.models import (
    Batch,
    BatchClosing,
    BatchCorrection,
    BatchWeight,
    MaterialLot,
    MaterialUse,
    WorkLog,
)
from berdaya.workshop.queries import suggested_input_qty, weights_of
from tests.workshop import scene as scenes
from tests.workshop.scene import MONDAY, Scene

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def scene(db: None) -> Scene:
    return scenes.build()


def start(scene: Scene, **more: object) -> Batch:
    with acting(scene.officer, "batch"):
        return batches.start_batch(
            by=scene.officer,
            workshop=scene.workshop,
            variant=scene.variant,
            started_on=MONDAY,
            **more,
        )


def receive(scene: Scene, **more: object) -> MaterialLot:
    values = {"qty": Decimal(3), "total_rp": 100_000, "source": "purchase", "reference": "N-1"}
    with acting(scene.officer, "material"):
        return materials.receive_material(
            by=scene.officer,
            facility=scene.facility,
            material=scene.material,
            received_on=MONDAY,
            **{**values, **more},
        )


def use(scene: Scene, batch: Batch, lot: MaterialLot, qty: str, day=MONDAY) -> MaterialUse:
    with acting(scene.officer, "use"):
        return materials.use_material(
            by=scene.officer, batch=batch, material_lot=lot, qty=Decimal(qty), used_on=day
        )


def work(scene: Scene, batch: Batch, minutes: tuple[int, ...], day=MONDAY, **more: object) -> None:
    rows = [
        sheets.SheetRow(person.pk, minutes=time, pieces=Decimal(time) / 60, batch_id=batch.pk)
        for person, time in zip(scene.people, minutes, strict=False)
    ]
    with acting(scene.officer, "sheet"):
        sheets.record_sheet(by=scene.officer, workshop=scene.workshop, day=day, rows=rows, **more)


def close(scene: Scene, batch: Batch, good: str = "10", **more: object) -> BatchClosing:
    with acting(scene.officer, "close"):
        return batches.close_batch(
            by=scene.officer,
            batch=batch,
            closed_on=FRIDAY,
            good_qty=Decimal(good),
            place=scene.place,
            **more,
        )


def test_receipt_converts_its_measure_and_needs_its_paper(scene: Scene) -> None:
    lot = receive(scene, qty=Decimal(2500), measure=Measure.objects.get(code="g"))

    assert (lot.qty, lot.remaining_qty, lot.code) == (
        Decimal("2.5"),
        Decimal("2.5"),
        "LP-ATB-26-M0001",
    )
    for wrong, code in (
        ({"reference": " "}, "material_reference_missing"),
        ({"source": "donation", "reference": ""}, "material_reference_missing"),
        ({"measure": Measure.objects.get(code="m")}, "measure_differs"),
        ({"qty": Decimal(0)}, "qty_not_positive"),
    ):
        with pytest.raises(Refused, match=code):
            receive(scene, **wrong)
    with acting(scene.officer, "look"):
        assert MaterialLot.objects.count() == 1


def test_uses_of_a_lot_cost_its_value_exactly_and_never_more(scene: Scene) -> None:
    batch, lot = start(scene), receive(scene)

    costs = [use(scene, batch, lot, "1").cost_rp for _ in range(3)]

    assert costs == [33_333, 33_333, 33_334]
    with pytest.raises(Refused, match="material_short"):
        use(scene, batch, lot, "0.001")
    with acting(scene.officer, "look"):
        assert MaterialLot.objects.get().remaining_qty == 0
    with (
        pytest.raises(DatabaseError, match="workshop_materiallot_qty"),
        acting(scene.officer, "look"),
        transaction.atomic(),
    ):
        MaterialLot.objects.update(remaining_qty=-1)


def test_material_from_before_it_came_or_of_another_unit_is_refused(scene: Scene) -> None:
    batch, lot = start(scene), receive(scene)

    with pytest.raises(Refused, match="material_not_there_yet"):
        use(scene, batch, lot, "1", MONDAY - timedelta(days=1))
    lot.facility = scene.outside
    with pytest.raises(Refused, match="material_elsewhere"):
        use(scene, batch, lot, "1")


def test_closing_freezes_quantity_costs_and_weights(scene: Scene) -> None:
    batch = start(scene)
    use(scene, batch, receive(scene), "1.5")
    use(scene, batch, receive(scene, source="donation", reference="BAST-1"), "3")
    work(scene, batch, (420, 300))

    closing = close(scene, batch, "10", rejected_qty=Decimal(1))

    with acting(scene.officer, "look"):
        lot = Lot.objects.get()
        assert closing.lot == lot
        assert (lot.made_qty, lot.material_total_rp, lot.donated_total_rp) == (10, 50_000, 100_000)
        assert lot.makes_premi
        assert lot.is_prison_made
        assert StockLevel.objects.get().on_hand == 10
        assert weights_of([lot.pk]) == {
            lot.pk: [(scene.people[0].pk, 420), (scene.people[1].pk, 300)]
        }


@pytest.mark.parametrize(("basis", "weights"), [("pieces", [7000, 5000]), ("equal", [1, 1])])
def test_closing_weighs_by_the_batchs_own_basis(
    scene: Scene, basis: str, weights: list[int]
) -> None:
    batch = start(scene, pay_basis=basis)
    work(scene, batch, (420, 300))

    close(scene, batch)

    with acting(scene.officer, "look"):
        found = BatchWeight.objects.order_by("participant_id").values_list("weight", flat=True)
        assert list(found) == weights


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, "batch_without_work"),
        ({"good": "0", "works": True}, "batch_without_output"),
        ({"works": True, "input_qty": Decimal(20)}, "loss_reason_missing"),
        ({"works": True, "late": True}, "closing_too_early"),
    ],
)
def test_closing_is_refused_and_changes_nothing(scene: Scene, more: dict, code: str) -> None:
    batch = start(scene)
    if more.pop("works", False):
        day = FRIDAY + timedelta(days=3) if more.pop("late", False) else MONDAY
        work(scene, batch, (420,), day)

    with pytest.raises(Refused, match=code):
        close(scene, batch, **more)

    with acting(scene.officer, "look"):
        assert not Lot.objects.exists()
        assert not BatchClosing.objects.exists()


def test_loss_above_the_custom_closes_with_a_reason(scene: Scene) -> None:
    batch = start(scene)
    work(scene, batch, (420,))

    closing = close(scene, batch, "18", input_qty=Decimal(20), loss_reason="Benang putus")

    assert closing.yield_loss_bp == 1000


def test_batch_with_nothing_good_closes_without_a_lot(scene: Scene) -> None:
    batch = start(scene)
    work(scene, batch, (420,))

    closing = close(scene, batch, "0", rejected_qty=Decimal(2))

    assert closing.lot is None


def test_closed_batch_takes_no_work_no_material_and_no_second_closing(scene: Scene) -> None:
    batch, lot = start(scene), receive(scene)
    work(scene, batch, (420, 300))
    close(scene, batch)

    with pytest.raises(Refused, match="batch_closed"):
        close(scene, batch)
    with pytest.raises(Refused, match="batch_closed"):
        use(scene, batch, lot, "1")
    with pytest.raises(Refused, match="correction_reason_missing"):
        work(scene, batch, (420, 240))
    with acting(scene.officer, "look"):
        assert sorted(WorkLog.objects.values_list("minutes", flat=True)) == [300, 420]
        line = WorkLog.objects.first()
    with (
        pytest.raises(DatabaseError, match="batch_closed"),
        acting(scene.officer, "raw"),
        transaction.atomic(),
    ):
        WorkLog.objects.filter(pk=line.pk).update(minutes=60)


def test_change_after_closing_is_a_correction_once_and_nothing_is_divided_anew(
    scene: Scene,
) -> None:
    batch = start(scene)
    work(scene, batch, (420, 300))
    close(scene, batch)

    for _ in range(2):
        work(scene, batch, (420, 240, 60), reason="Salah baca kertas")

    with acting(scene.officer, "look"):
        found = BatchCorrection.objects.order_by("participant_id")
        assert list(found.values_list("minutes_delta", flat=True)) == [-60, 60]
        weights = BatchWeight.objects.order_by("participant_id").values_list("weight", flat=True)
        assert list(weights) == [420, 300]


def test_batch_before_the_first_day_here_makes_a_lot_without_premi(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        scene.facility.go_live_on = FRIDAY + timedelta(days=1)
        scene.facility.save()
    batch = start(scene)
    work(scene, batch, (420,))

    closing = close(scene, batch)

    assert closing.is_history
    assert not closing.lot.makes_premi


def test_finished_job_of_a_service_is_a_lot(scene: Scene) -> None:
    with system_scope("tests", [scene.facility.pk]):
        scene.variant = scenes.variant(scene.facility, "CUCI", "service")
    batch = start(scene)
    work(scene, batch, (60,))

    assert batch.is_service
    assert close(scene, batch, "1").lot.variant == scene.variant


def test_head_and_outsider_start_and_close_nothing(scene: Scene) -> None:
    batch = start(scene)
    for actor in (scene.head, scene.outsider):
        scene.officer = actor
        with pytest.raises(Refused):
            start(scene)
        with pytest.raises(Refused):
            close(scene, batch)

    with system_scope("tests", [scene.facility.pk]):
        assert Batch.objects.count() == 1


def test_input_is_suggested_from_material_of_the_same_dimension(scene: Scene) -> None:
    gram, kg = Measure.objects.get(code="g"), Measure.objects.get(code="kg")
    with system_scope("tests", [scene.facility.pk]):
        scene.variant.content_qty, scene.variant.content_measure = Decimal(250), gram
        scene.variant.save()
    batch = start(scene)
    use(scene, batch, receive(scene, measure=kg), "2")

    with acting(scene.officer, "look"):
        assert suggested_input_qty(batch) == 8


@pytest.mark.race
def test_of_two_closings_at_once_one_wins_and_the_other_is_told(real_db: str) -> None:
    scene = scenes.build()
    batch = start(scene)
    work(scene, batch, (420,))
    together = threading.Barrier(2)
    told: list[str] = []

    def press() -> None:
        try:
            together.wait(5)
            close(scene, batch)
            told.append("won")
        except Refused as refusal:
            told.append(refusal.verdict.codes[0])
        finally:
            connection.close()

    run(press, press)

    assert sorted(told) == ["batch_closed", "won"]
    with acting(scene.officer, "look"):
        assert (Lot.objects.count(), BatchClosing.objects.count()) == (1, 1)
        assert StockLevel.objects.get().on_hand == 10


@pytest.mark.race
def test_of_two_who_take_the_last_material_one_is_told(real_db: str) -> None:
    scene = scenes.build()
    two, lot = [start(scene), start(scene)], receive(scene)
    together = threading.Barrier(2)
    told: list[str] = []

    def take(batch: Batch) -> None:
        try:
            together.wait(5)
            use(scene, batch, lot, "2")
            told.append("won")
        except Refused as refusal:
            told.append(refusal.verdict.codes[0])
        finally:
            connection.close()

    run(*(lambda batch=batch: take(batch) for batch in two))

    assert sorted(told) == ["material_short", "won"]
    with acting(scene.officer, "look"):
        assert MaterialLot.objects.get().remaining_qty == 1


@pytest.mark.race
def test_of_two_workshops_that_log_one_person_at_once_one_is_told(real_db: str) -> None:
    scene = scenes.build()
    with system_scope("tests", [scene.facility.pk]):
        other = scenes.Workshop.objects.create(
            facility=scene.facility, code="T2", name="Tenun 2", line_of_work=scenes.LINE
        )
    together = threading.Barrier(2)
    told: list[str] = []

    def file(workshop: scenes.Workshop) -> None:
        try:
            together.wait(5)
            with acting(scene.officer, "sheet"):
                sheets.record_sheet(
                    by=scene.officer,
                    workshop=workshop,
                    day=MONDAY,
                    rows=[sheets.SheetRow(scene.people[0].pk, minutes=300)],
                )
            told.append("won")
        except Refused as refusal:
            told.append(refusal.verdict.codes[0])
        finally:
            connection.close()

    run(lambda: file(scene.workshop), lambda: file(other))

    assert sorted(told) == ["hours_over_day", "won"]


def run(*jobs: object) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def test_trace_walks_from_a_lot_to_maker_sheet_material_and_back(scene: Scene) -> None:
    batch = start(scene)
    use(scene, batch, receive(scene), "1")
    work(scene, batch, (420,))
    lot = close(scene, batch).lot

    with acting(scene.officer, "trace"):
        lot_node = next(node for node in find_node(lot.code) if node.kind == "lot")
        batch_node = next(node for _how, node in links_of(lot_node) if node.kind == "batch")
        found = {node.kind: node for _how, node in links_of(batch_node)}
        assert {"lot", "material", "sheet", "maker"} <= found.keys()
        assert found["lot"] == lot_node
        for kind in ("material", "sheet", "maker"):
            assert batch_node in [node for _how, node in links_of(found[kind])], kind
            assert find_node(found[kind].code) == [found[kind]]
    with acting(scene.outsider, "trace"):
        assert find_node(lot.code) == find_node(batch.code) == []
