"""No money moves before what it rests on, nor on a day to come; the database says so too."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.verdicts import Refused
from berdaya.proceeds.actions import consignments, deposits, exits, objections, payouts, slips
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import (
    ExitSettlement,
    PayoutRun,
    PnbpDeposit,
    PremiShare,
    Refund,
    Sale,
)
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.proceeds.test_edges import hand_over
from tests.proceeds.test_paying import NUMBERS, PAID, _lines, run_list
from tests.world import World

DAY = timedelta(days=1)
NEVER = date(2099, 1, 1)
EARLY, COMING = ("day_too_early",), ("day_in_future",)


@pytest.fixture
def sold(world: World) -> Scene:
    with world.everywhere():
        scene = build(world)
        scene.sell(3)
    return scene


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The codes of the refusal; nothing of it is kept."""
    before = AuditRow.objects.count()
    with pytest.raises(Refused) as told, transaction.atomic():
        act()
    assert AuditRow.objects.count() == before
    return told.value.verdict.codes


@pytest.mark.parametrize("on, codes", [(SOLD - DAY, EARLY), (NEVER, COMING)])
def test_refund_deposit_and_leaving_have_their_day(
    world: World, sold: Scene, on: date, codes: tuple[str, ...]
) -> None:
    with world.everywhere():
        sale = Sale.objects.get()
        answers = [
            refused(lambda: refund_sale(by=sold.by, sale=sale, refunded_on=on, reason="rusak")),
            refused(
                lambda: deposits.record_deposit(
                    by=sold.by, book=sold.book, amount_rp=1, deposited_on=on, **NUMBERS
                )
            ),
            refused(
                lambda: exits.settle_exit(
                    by=sold.by, facility=sold.facility, participant=world.people["cendana"],
                    left_on=on, exit_kind="release", method="bank", reference="BA-1",
                )
            ),
        ]  # fmt: skip

    assert answers == [codes] * 3


@pytest.mark.parametrize("on, codes", [(SOLD - DAY, EARLY), (NEVER, COMING)])
def test_a_consignment_is_settled_after_it_was_handed_over(
    world: World, sold: Scene, on: date, codes: tuple[str, ...]
) -> None:
    with world.everywhere():
        given = hand_over(sold, 90_000)
        back = {given.lines.get().pk: Decimal(1)}

        answer = refused(
            lambda: consignments.settle_consignment(
                by=sold.by, consignment=given, settled_on=on, sold={}, returned=back
            )
        )

    assert answer == codes


def test_a_list_is_prepared_then_approved_then_paid(world: World, sold: Scene) -> None:
    by, head, cashier = sold.staff("payments"), sold.staff("head"), sold.staff("cooperative")
    with world.acting("payments"):
        coming = refused(lambda: payouts.prepare_payout(by=by, book=sold.book, until=NEVER))
        run = payouts.prepare_payout(by=by, book=sold.book, until=PAID, prepared_on=PAID)
    with world.acting("head"):
        approved = refused(lambda: payouts.approve_payout(by=head, run=run, approved_on=PAID - DAY))
        payouts.approve_payout(by=head, run=run, approved_on=PAID)
    with world.acting("cooperative"):
        paid = [
            refused(lambda day=day: payouts.pay_payout(by=cashier, run=run, paid_on=day))
            for day in (PAID - DAY, NEVER)
        ]

    assert coming == COMING
    assert approved == EARLY
    assert paid == [EARLY, COMING]


def test_what_waited_is_paid_after_its_list(world: World, sold: Scene) -> None:
    run, by = run_list(world, sold), sold.staff("cooperative")
    with world.acting("cooperative"):
        payouts.pay_payout(by=by, run=run, paid_on=PAID)
    line = _lines(world)[0]

    with world.acting("cooperative"):
        answer = refused(
            lambda: payouts.complete_line(
                by=by, line=line, channel="bank", reference="T", paid_on=PAID - DAY
            )
        )

    assert answer == EARLY


def test_an_answer_follows_its_objection(world: World, sold: Scene) -> None:
    with world.acting("officer"):
        by = sold.staff("officer")
        slip = slips.issue_slips(by=by, facility=sold.facility, month=SOLD)[0]
        coming = refused(
            lambda: objections.raise_objection(by=by, slip=slip, text="x", raised_on=NEVER)
        )
        objection = objections.raise_objection(by=by, slip=slip, text="x", raised_on=PAID)
    with world.acting("head"):
        early = refused(
            lambda: objections.answer_objection(
                by=sold.staff("head"), objection=objection, outcome="refused", text="x",
                answered_on=PAID - DAY,
            )
        )  # fmt: skip

    assert (coming, early) == (COMING, EARLY)


def test_a_buyer_pays_before_the_hand_over_but_not_tomorrow(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell(1, paid=0)

        answer = refused(
            lambda: record_payment(
                by=scene.by, sale=sale, payment=PaymentInput("cash", 1, paid_on=NEVER)
            )
        )
        record_payment(by=scene.by, sale=sale, payment=PaymentInput("cash", 1, paid_on=SOLD - DAY))

    assert answer == COMING


def test_a_leaving_recorded_late_is_settled_on_its_own_day(world: World, sold: Scene) -> None:
    with world.everywhere():
        settlement = exits.settle_exit(
            by=sold.by, facility=sold.facility, participant=world.people["cendana"],
            left_on=SOLD - DAY, settled_on=PAID, exit_kind="release", method="bank",
            reference="BA-1",
        )  # fmt: skip

        assert (settlement.left_on, settlement.paid_on) == (SOLD - DAY, PAID)
        assert broken_checks() == {}


@pytest.mark.parametrize("model", [Sale, PremiShare])
def test_database_releases_nothing_before_it_is_final(
    world: World, sold: Scene, model: type[Sale | PremiShare]
) -> None:
    with (
        world.everywhere(),
        pytest.raises(IntegrityError, match="_released"),
        transaction.atomic(),
    ):
        model.objects.update(released_on=SOLD - DAY)


def test_database_dates_nothing_on_a_day_to_come_nor_before_what_stands_beside_it(
    world: World, sold: Scene
) -> None:
    with world.everywhere():
        shared = {"facility": sold.facility, "recorded_at": clock.now()}
        rows = [
            Refund(sale=Sale.objects.get(), refunded_on=NEVER, amount_rp=1, reason="x", **shared),
            PayoutRun(
                code="X", book=sold.book, until=PAID, prepared_on=NEVER, total_rp=1, line_count=1,
                prepared_by=world.staff["head"], **shared,
            ),
            PnbpDeposit(
                code="X", book=sold.book, amount_rp=1, deposited_on=NEVER, due_on=NEVER, **NUMBERS,
                **shared,
            ),
            ExitSettlement(
                code="X", participant=world.people["cendana"], left_on=PAID,
                settled_on=PAID - DAY, exit_kind="release", method="bank", reference="X",
                pending_treatment="pay_now", amount_rp=1, **shared,
            ),
        ]  # fmt: skip
        for row in rows:
            with pytest.raises(IntegrityError, match=r"_day|_order"), transaction.atomic():
                row.save(force_insert=True)
