"""Where a rupiah could be lost, paid by the wrong hand, or said twice."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.institutions.models import Party
from berdaya.ledger import chart
from berdaya.ledger.queries import balance
from berdaya.proceeds.actions import consignments, exits, objections, payouts, slips
from berdaya.proceeds.actions.policies import set_policy
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.calc import Calculation
from berdaya.proceeds.forms import SettleForm
from berdaya.proceeds.models import (
    Consignment,
    ConsignmentLine,
    PayoutRun,
    Sale,
    SplitPolicy,
)
from berdaya.proceeds.policies import VARIANTS
from berdaya.stock.models import Place
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.proceeds.test_paying import PAID, _lines, run_list
from tests.world import World


def hand_over(scene: Scene, *prices: int) -> Consignment:
    """Ten pieces at each price to a shop."""
    shop = Place.objects.create(facility=scene.facility, kind="consignee", name="Toko Contoh")
    asked = [consignments.ConsignmentInput(scene.variant.pk, Decimal(10), one) for one in prices]
    return consignments.hand_over(
        by=scene.by, facility=scene.facility, from_place=scene.place, place=shop, handed_on=SOLD,
        lines=asked,
    )  # fmt: skip


def test_refund_of_a_final_sale_spares_the_makers_before_the_night(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell(1, kind="courier")

        refund = refund_sale(by=scene.by, sale=sale, refunded_on=sale.final_on, reason="rusak")

        assert refund.reserve_rp == 50_000
        assert balance(scene.book, chart.PREMI_PENDING) == 0
        assert balance(scene.book, chart.PREMI_SAVED) == 37_500
        assert broken_checks() == {}


@pytest.mark.parametrize("name", ["payments", "regional"])
def test_who_prepared_or_approved_does_not_pay_what_waited(world: World, name: str) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
    with world.acting("payments"):
        run = payouts.prepare_payout(
            by=scene.staff("payments"), book=scene.book, until=PAID, prepared_on=PAID
        )
    with world.acting("regional"):
        payouts.approve_payout(by=scene.staff("regional"), run=run, approved_on=PAID)
    with world.acting("cooperative"):
        payouts.pay_payout(by=scene.staff("cooperative"), run=run, paid_on=PAID)
    line = _lines(world)[0]

    with world.acting(name), pytest.raises(Refused) as refused:
        payouts.complete_line(
            by=scene.staff(name), line=line, channel="bank", reference="T", paid_on=PAID
        )

    assert refused.value.verdict.codes == ("payout_same_person",)


def test_one_lot_is_not_handed_over_at_two_prices(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        with pytest.raises(Refused) as refused, transaction.atomic():
            hand_over(scene, 100_000, 120_000)
        same = hand_over(scene, 100_000, 100_000)

        assert refused.value.verdict.codes == ("consignment_two_prices",)
        assert same.lines.get().qty == 20


def test_goods_given_back_twice_come_back_once(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        given = hand_over(scene, 100_000)
        line = given.lines.get()

        for _twice in range(2):
            consignments.settle_consignment(
                by=scene.by, consignment=given, settled_on=PAID, sold={},
                returned={line.pk: Decimal(4)}, request_key="back-1",
            )  # fmt: skip

        assert ConsignmentLine.objects.get().returned_qty == 4


def test_part_of_a_piece_is_settled_without_a_rupiah_left(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        line = hand_over(scene, 333).lines.get()
        data = {"request_key": "x", "settled_on": "2026-03-31", "method": "cash",
                f"sold_{line.pk}": "2,5"}  # fmt: skip
        form = SettleForm(data, lines=[line])

        assert form.is_valid(), form.errors
        assert form.amount_rp() == 833


def test_two_long_references_are_two_sales(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        for number in (1, 2):
            scene.sell(source_ref=f"{'x' * 90}{number}")

        assert Sale.objects.count() == 2


def test_policy_of_a_party_without_facility_is_not_everybodys(world: World) -> None:
    with world.everywhere():
        party = Party.objects.create(code="MITRA", kind="partner_business", name="Mitra")

    with world.acting("outsider"), pytest.raises(Refused):
        set_policy(
            by=world.actor("outsider"), party=party, valid_from=SOLD,
            terms=VARIANTS["bukittinggi_2023"].terms(),
        )  # fmt: skip


def test_correction_of_a_correction_goes_by_the_sellers_own_pockets(world: World) -> None:
    terms = {**VARIANTS["kepmenkeh_1990"].terms(), "saved_bp": 0, "spendable_bp": 10_000}
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
        strange = world.parties["coop_kpg"]
        SplitPolicy.objects.create(party=strange, valid_from=SOLD, **terms)
        may = date(2026, 5, 1)
        answers = []
        for month in (SOLD, may):
            slip = slips.issue_slips(by=scene.by, facility=scene.facility, month=month)[0]
            objection = objections.raise_objection(
                by=scene.by, slip=slip, text="kurang", raised_on=month
            )
            answers.append(
                objections.answer_objection(
                    by=world.actor("head"), objection=objection, outcome="upheld", text="benar",
                    answered_on=may, correction_rp=1_000,
                ).correction
            )  # fmt: skip

        assert [one.saved_rp for one in answers if one] == [750, 750]
        assert broken_checks() == {}


def test_who_settled_a_leaving_does_not_answer_the_objection(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
        slip = slips.issue_slips(by=scene.by, facility=scene.facility, month=SOLD)[0]
    with world.acting("payments"):
        exits.settle_exit(
            by=scene.staff("payments"), facility=scene.facility, participant=slip.participant,
            left_on=PAID, exit_kind="release", method="bank", reference="BA-1",
        )  # fmt: skip

    with world.everywhere():
        assert world.staff["payments"].pk in objections.involved_in(slip)


@pytest.mark.parametrize(
    "model, change",
    [(PayoutRun, {"total_rp": 1}), (ConsignmentLine, {"unit_price_rp": 1})],
)
def test_lists_and_prices_are_frozen(world: World, model: type, change: dict) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
        hand_over(scene, 100_000)
    run_list(world, scene)

    with world.everywhere(), pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        model.objects.update(**change)


def test_list_lies_in_the_facility_of_its_book(world: World) -> None:
    with world.everywhere():
        scene = build(world)

    with world.acting("outsider"), pytest.raises(IntegrityError), transaction.atomic():
        PayoutRun.objects.create(
            code="X", facility=world.kpg, book=scene.book, until=PAID, prepared_on=PAID,
            prepared_by=world.staff["outsider"], total_rp=1, line_count=1,
            recorded_at=clock.now(),
        )  # fmt: skip
        connection.check_constraints()


def test_sale_without_its_calculation_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Calculation, "as_json", lambda self: {})
    with world.everywhere():
        build(world).sell()

        assert set(broken_checks()) == {"frozen_is_booked"}
