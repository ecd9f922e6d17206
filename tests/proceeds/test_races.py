"""Real threads over real connections: one wins, the other is told, and the books agree."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.proceeds.actions import payouts
from berdaya.proceeds.actions.obligations import settle_obligation
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import PayoutRun, PremiShare, Refund, Sale
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.world import World, make_world

pytestmark = pytest.mark.race
PAID = date(2026, 3, 31)


@pytest.fixture
def committed(real_db: str) -> Scene:
    world = make_world()
    with world.everywhere():
        return build(world)


def both(scene: Scene, name: str, act: Callable[[], object]) -> list[str]:
    """Run `act` twice at once; each answer is `done` or the codes of the refusal."""
    gate, answers = threading.Barrier(2), []

    def run() -> None:
        try:
            with acting(scene.staff(name), "race"):
                gate.wait(timeout=10)
                act()
            answers.append("done")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def agree(world: World) -> None:
    with world.everywhere():
        assert broken_checks() == {}


def test_two_lists_for_the_same_shares(committed: Scene) -> None:
    with committed.world.everywhere():
        committed.sell(3)
    by = committed.staff("payments")

    answers = both(
        committed,
        "payments",
        lambda: payouts.prepare_payout(by=by, book=committed.book, until=PAID, prepared_on=PAID),
    )

    assert answers[0] == "done"
    assert answers[1] in ("payout_shares_taken", "nothing_payable")
    with committed.world.everywhere():
        assert PayoutRun.objects.count() == 1
    agree(committed.world)


def test_two_people_pay_one_list(committed: Scene) -> None:
    with committed.world.everywhere():
        committed.sell(3)
    with committed.world.acting("payments"):
        run = payouts.prepare_payout(
            by=committed.staff("payments"), book=committed.book, until=PAID, prepared_on=PAID
        )
    with committed.world.acting("head"):
        payouts.approve_payout(by=committed.staff("head"), run=run, approved_on=PAID)
    by = committed.staff("cooperative")

    answers = both(
        committed, "cooperative", lambda: payouts.pay_payout(by=by, run=run, paid_on=PAID)
    )

    assert answers == ["done", "payout_not_approved"]
    agree(committed.world)


def test_two_refunds_of_one_sale(committed: Scene) -> None:
    with committed.world.everywhere():
        sale = committed.sell(1, kind="courier")
    by = committed.staff("head")

    answers = both(
        committed,
        "head",
        lambda: refund_sale(
            by=by, sale=Sale.objects.get(pk=sale.pk), refunded_on=SOLD, reason="rusak"
        ),
    )

    assert answers == ["done", "refund_exceeds"]
    with committed.world.everywhere():
        assert Refund.objects.count() == 1
        assert all(not sum(share.left.values()) for share in PremiShare.objects.all())
    agree(committed.world)


def test_two_last_payments(committed: Scene) -> None:
    with committed.world.everywhere():
        sale = committed.sell(1, paid=0)
    by = committed.staff("receipts")

    answers = both(
        committed,
        "receipts",
        lambda: record_payment(
            by=by, sale=Sale.objects.get(pk=sale.pk), payment=PaymentInput("cash", 100_000)
        ),
    )

    assert answers == ["done", "payment_exceeds_due"]
    agree(committed.world)


def test_two_settlements_of_the_same_money(committed: Scene) -> None:
    with committed.world.everywhere():
        committed.sell(1, paid=0)
        sale, paid = Sale.objects.get(), PaymentInput("qris", 90_000, paid_on=SOLD)
        record_payment(by=committed.by, sale=sale, payment=paid)
    by, references = committed.staff("receipts"), iter(("RK-1", "RK-2"))

    answers = both(
        committed,
        "receipts",
        lambda: settle_obligation(
            by=by, book=committed.book, obligation="qris", source="bank", amount_rp=90_000,
            settled_on=PAID, reference=next(references),
        ),
    )  # fmt: skip

    assert answers == ["done", "settlement_exceeds"]
    agree(committed.world)


def test_one_form_posted_twice_at_once(committed: Scene) -> None:
    committed.by = committed.staff("officer")

    answers = both(committed, "officer", lambda: committed.sell(request_key="form-1"))

    assert answers == ["done", "done"]
    with committed.world.everywhere():
        assert Sale.objects.count() == 1
    agree(committed.world)
