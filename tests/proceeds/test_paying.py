"""Payouts, deposits, exits, consignments, slips and objections over the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.queries import balance
from berdaya.proceeds.actions import consignments, deposits, exits, objections, payouts, slips
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import PayoutApproval, PayoutLine, PayoutRun, PremiShare
from berdaya.proceeds.slip import work_out
from berdaya.proceeds.tasks import release_premi
from berdaya.stock.models import Place, StockLevel
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.world import World

PAID = date(2026, 3, 31)
NUMBERS = {"billing_code": "820260331000001", "account_code": "425151", "ntpn": "A1B2C3D4E5F6G7H8"}


def run_list(world: World, scene: Scene) -> PayoutRun:
    """A list prepared and approved by two people."""
    with world.acting("payments"):
        run = payouts.prepare_payout(
            by=scene.staff("payments"), book=scene.book, until=PAID, prepared_on=PAID
        )
    with world.acting("head"):
        payouts.approve_payout(by=scene.staff("head"), run=run, approved_on=PAID)
    return run


@pytest.fixture
def sold(world: World) -> Scene:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
    return scene


def test_three_people_pay_a_list(world: World, sold: Scene) -> None:
    run = run_list(world, sold)
    with world.acting("cooperative"):
        payouts.pay_payout(
            by=sold.staff("cooperative"), run=run, paid_on=PAID,
            channels={line.pk: ("bank", "TRF-1") for line in run.lines.all()},
        )  # fmt: skip

    with world.everywhere():
        assert PayoutRun.objects.get().state == "paid"
        assert run.total_rp == 150_000
        assert balance(sold.book, chart.PREMI_SAVED) == 0
        assert balance(sold.book, chart.BANK) == -150_000
        assert broken_checks() == {}


@pytest.mark.parametrize("step, name", [("approve", "head"), ("pay", "regional"), ("pay", "coop")])
def test_nobody_acts_twice_on_a_list(
    world: World,
    sold: Scene,
    step: str,
    name: str,
) -> None:
    preparer = sold.staff("regional") if step == "approve" else sold.staff("payments")
    with acting(preparer, "prepare"):
        run = payouts.prepare_payout(by=preparer, book=sold.book, until=PAID, prepared_on=PAID)
    if step == "approve":
        with acting(preparer, "approve"), pytest.raises(Refused) as refused:
            payouts.approve_payout(by=preparer, run=run, approved_on=PAID)
    else:
        with world.acting("regional"):
            payouts.approve_payout(by=sold.staff("regional"), run=run, approved_on=PAID)
        payer = sold.staff("regional") if name == "regional" else preparer
        with acting(payer, "pay"), pytest.raises(Refused) as refused:
            payouts.pay_payout(by=payer, run=run, paid_on=PAID)

    assert refused.value.verdict.codes == ("payout_same_person",)


def test_database_insists_on_different_people(world: World, sold: Scene) -> None:
    with world.acting("payments"):
        run = payouts.prepare_payout(
            by=sold.staff("payments"), book=sold.book, until=PAID, prepared_on=PAID
        )
    same = world.staff["payments"].pk
    other = world.staff["head"].pk

    for claimed in (same, other):  # the second pretends that somebody else prepared it
        with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
            PayoutApproval.objects.create(
                run=run, facility=sold.facility, prepared_by_id=claimed, approved_by_id=same,
                approved_on=PAID, recorded_at=run.recorded_at,
            )  # fmt: skip


def test_shares_go_on_one_list_only(world: World, sold: Scene) -> None:
    run = run_list(world, sold)

    with world.acting("payments"), pytest.raises(Refused) as refused:
        payouts.prepare_payout(
            by=sold.staff("payments"), book=sold.book, until=PAID, prepared_on=PAID
        )
    with world.acting("head"):
        payouts.return_payout(by=sold.staff("head"), run=run, reason="salah rekening")
    again = run_list(world, sold)

    assert refused.value.verdict.codes == ("nothing_payable",)
    assert again.total_rp == run.total_rp


def test_list_takes_what_became_final_without_waiting_for_the_night(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(1, kind="courier")

    run = run_list(world, scene)

    assert run.total_rp == 50_000
    with world.everywhere():
        assert broken_checks() == {}


def test_nightly_job_releases_what_is_final(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(1, kind="courier")

    for _twice in range(2):
        release_premi(facility_id=scene.facility.pk)

    with world.everywhere():
        assert balance(scene.book, chart.PREMI_PENDING) == 0
        assert broken_checks() == {}


def test_paying_needs_a_reference(world: World, sold: Scene) -> None:
    run = run_list(world, sold)

    with world.acting("cooperative"), pytest.raises(Refused) as refused:
        payouts.pay_payout(
            by=sold.staff("cooperative"), run=run, paid_on=PAID,
            channels={line.pk: ("bank", "") for line in run.lines.all()},
        )  # fmt: skip

    assert refused.value.verdict.codes == ("payout_reference_missing",)
    with world.everywhere():
        assert PayoutRun.objects.get().state == "approved"


def test_line_that_waits_for_an_account_is_paid_later(world: World, sold: Scene) -> None:
    run = run_list(world, sold)
    with world.acting("cooperative"):
        payouts.pay_payout(by=sold.staff("cooperative"), run=run, paid_on=PAID)
    with world.everywhere():
        waiting = balance(sold.book, chart.PREMI_WAITING)
        assert broken_checks() == {}
    for line in _lines(world):
        with world.acting("cooperative"):
            payouts.complete_line(
                by=sold.staff("cooperative"), line=line, channel="bank", reference="T", paid_on=PAID
            )

    with world.everywhere():
        assert waiting == 150_000
        assert balance(sold.book, chart.PREMI_WAITING) == 0
        assert broken_checks() == {}


def _lines(world: World) -> list[PayoutLine]:
    with world.everywhere():
        return list(PayoutLine.objects.select_related("run__book__facility"))


def test_deposit_covers_the_oldest_sales_and_no_more_than_owed(
    world: World,
    sold: Scene,
) -> None:
    by = sold.staff("receipts")
    with world.acting("receipts"), pytest.raises(Refused) as refused:
        deposits.record_deposit(
            by=by, book=sold.book, amount_rp=45_001, deposited_on=PAID, **NUMBERS
        )
    with world.acting("receipts"):
        deposit = deposits.record_deposit(
            by=by, book=sold.book, amount_rp=45_000, deposited_on=PAID, **NUMBERS
        )

    assert refused.value.verdict.codes == ("deposit_exceeds_owed",)
    assert deposit.due_on == SOLD
    assert deposit.is_late
    with world.everywhere():
        assert balance(sold.book, chart.STATE_OWED) == 0
        assert broken_checks() == {}


def test_deposited_pnbp_of_a_refund_becomes_a_claim(world: World, sold: Scene) -> None:
    with world.acting("receipts"):
        deposits.record_deposit(
            by=sold.staff("receipts"), book=sold.book, amount_rp=20_000, deposited_on=PAID,
            **NUMBERS,
        )  # fmt: skip

    with world.everywhere():
        share = PremiShare.objects.first()
        assert share is not None
        refund = refund_sale(by=sold.by, sale=share.sale, refunded_on=PAID, reason="rusak")
        assert refund.claim_rp == 20_000
        assert balance(sold.book, chart.STATE_CLAIM) == 20_000
        assert balance(sold.book, chart.STATE_OWED) == 0
        assert broken_checks() == {}


@pytest.mark.parametrize(
    "change", [{"ntpn": "short"}, {"billing_code": "82"}, {"account_code": "42515"}]
)
def test_deposit_numbers_are_checked(world: World, sold: Scene, change: dict) -> None:
    with world.acting("receipts"), pytest.raises(Refused) as refused:
        deposits.record_deposit(
            by=sold.staff("receipts"), book=sold.book, amount_rp=1, deposited_on=PAID,
            **{**NUMBERS, **change},
        )  # fmt: skip

    assert refused.value.verdict.codes == ("deposit_number_wrong",)


def test_leaving_settles_every_pocket_at_once(world: World, sold: Scene) -> None:
    who = world.people["cendana"]
    with world.everywhere():
        sold.sell(1, kind="courier")
    run_list(world, sold)
    with world.acting("payments"):
        settlement = exits.settle_exit(
            by=sold.staff("payments"), facility=sold.facility, participant=who, left_on=PAID,
            exit_kind="detainee_out", method="cash_at_gate", reference="BA-1",
        )  # fmt: skip

    with world.everywhere():
        assert settlement.amount_rp == 112_500 + 37_500
        assert not PremiShare.objects.filter(participant=who, exit_settlement=None).exists()
        assert PayoutLine.objects.get(participant=who).is_withdrawn
        assert broken_checks() == {}
    with world.acting("payments"), pytest.raises(Refused) as refused:
        exits.settle_exit(
            by=sold.staff("payments"), facility=sold.facility, participant=who, left_on=PAID,
            exit_kind="release", method="bank", reference="BA-2",
        )  # fmt: skip
    assert refused.value.verdict.codes == ("exit_nothing_owed",)


def test_rest_of_a_list_is_paid_after_somebody_left(world: World, sold: Scene) -> None:
    run = run_list(world, sold)
    with world.acting("payments"):
        exits.settle_exit(
            by=sold.staff("payments"), facility=sold.facility, participant=world.people["cendana"],
            left_on=PAID, exit_kind="release", method="bank", reference="BA-1",
        )  # fmt: skip
    with world.acting("cooperative"):
        payouts.pay_payout(by=sold.staff("cooperative"), run=run, paid_on=PAID)

    with world.everywhere():
        assert balance(sold.book, chart.PREMI_WAITING) == 37_500
        assert broken_checks() == {}


def test_pending_premi_of_a_leaver_may_follow(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        scene.sell(1, kind="courier")
        settlement = exits.settle_exit(
            by=scene.by, facility=scene.facility, participant=world.people["cendana"],
            left_on=PAID, exit_kind="release", method="bank", reference="BA-1",
            pending_treatment="pay_later",
        )  # fmt: skip

        assert (settlement.amount_rp, settlement.pending_rp) == (0, 37_500)
        assert balance(scene.book, chart.PREMI_PENDING) == 50_000
        assert broken_checks() == {}


def test_consignment_is_sold_when_settled(world: World, sold: Scene) -> None:
    with world.everywhere():
        shop = Place.objects.create(facility=sold.facility, kind="consignee", name="Toko Contoh")
        given = consignments.hand_over(
            by=sold.by, facility=sold.facility, from_place=sold.place, place=shop, handed_on=SOLD,
            lines=[consignments.ConsignmentInput(sold.variant.pk, Decimal(10), 120_000)],
        )  # fmt: skip
        line = given.lines.get()
        terms = {
            "by": sold.by,
            "consignment": given,
            "settled_on": PAID,
            "payments": [PaymentInput("cash", 480_000)],
            "request_key": "settle-1",
        }

        sale = consignments.settle_consignment(
            sold={line.pk: Decimal(4)}, returned={line.pk: Decimal(6)}, **terms
        )
        again = consignments.settle_consignment(
            sold={line.pk: Decimal(4)}, returned={line.pk: Decimal(6)}, **terms
        )

        assert sale is not None
        assert again == sale
        assert (sale.kind, sale.released_on) == ("consignment", PAID)
        assert not StockLevel.objects.get(place=shop).on_hand
        assert broken_checks() == {}
        with pytest.raises(Refused) as refused, transaction.atomic():
            consignments.settle_consignment(
                by=sold.by, consignment=given, settled_on=PAID, sold={}, returned={line.pk: 1}
            )
        assert refused.value.verdict.codes == ("consignment_not_left",)


def test_slip_can_be_worked_out_by_hand(world: World, sold: Scene) -> None:
    with world.acting("officer"):
        made = slips.issue_slips(by=sold.staff("officer"), facility=sold.facility, month=SOLD)
        again = slips.issue_slips(by=sold.staff("officer"), facility=sold.facility, month=SOLD)

    assert again == []
    assert [slip.earned_rp for slip in made] == [112_500, 37_500]
    slip = made[0]
    (share,) = slip.content["shares"]
    assert work_out(share) == (share["base_rp"], share["share_rp"])
    assert share["pot_rp"] == share["base_rp"] * share["makers_bp"] // 10_000
    assert slip.content["saved_rp"] == 84_375
    assert slip.shortfall_rp == 700_000 - 112_500
    assert "endana" not in str(slip.content)
    with world.everywhere():
        assert broken_checks() == {}


def test_objection_goes_to_somebody_uninvolved(world: World, sold: Scene) -> None:
    with world.acting("officer"):
        slip = slips.issue_slips(by=sold.staff("officer"), facility=sold.facility, month=SOLD)[0]
        objection = objections.raise_objection(
            by=sold.staff("officer"), slip=slip, text="jam saya kurang", raised_on=PAID
        )

    assert objection.handler == world.staff["head"]
    assert objection.answer_due_on == date(2026, 4, 14)
    with world.acting("head"):
        answer = objections.answer_objection(
            by=sold.staff("head"), objection=objection, outcome="upheld", text="benar",
            answered_on=PAID, correction_rp=1_001,
        )  # fmt: skip
    with world.acting("head"), pytest.raises(Refused) as refused:
        objections.answer_objection(
            by=sold.staff("head"), objection=objection, outcome="refused", text="x",
            answered_on=PAID,
        )  # fmt: skip

    assert refused.value.verdict.codes == ("objection_answered",)
    assert answer.correction is not None
    assert (answer.correction.saved_rp, answer.correction.spendable_rp) == (751, 250)
    with world.everywhere():
        assert broken_checks() == {}


def test_objection_skips_a_head_who_paid(world: World, sold: Scene) -> None:
    with world.everywhere():
        share = PremiShare.objects.first()
        assert share is not None
    with world.acting("officer"):
        slip = slips.issue_slips(by=sold.staff("officer"), facility=sold.facility, month=SOLD)[0]
    with world.acting("payments"):
        run = payouts.prepare_payout(
            by=sold.staff("payments"), book=sold.book, until=PAID, prepared_on=PAID
        )
    with world.acting("head"):
        payouts.approve_payout(by=sold.staff("head"), run=run, approved_on=PAID)
    with world.acting("regional"):
        payouts.pay_payout(by=sold.staff("regional"), run=run, paid_on=PAID)

    with world.acting("officer"):
        objection = objections.raise_objection(
            by=sold.staff("officer"), slip=slip, text="kurang", raised_on=PAID
        )
    with world.acting("regional"), pytest.raises(Refused) as refused:
        objections.answer_objection(
            by=sold.staff("regional"), objection=objection, outcome="refused", text="x",
            answered_on=PAID,
        )  # fmt: skip

    assert objection.handler == world.staff["head"]
    assert refused.value.verdict.codes == ("objection_own_work",)
