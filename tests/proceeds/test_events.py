"""Sales, payments, refunds, releases, payouts, deposits and exits in any order: the books agree."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from berdaya.core.scope import Actor
from berdaya.core.verdicts import Refused
from berdaya.proceeds.actions import deposits, exits, payouts
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.proceeds.actions.releases import release_final
from berdaya.proceeds.models import PremiShare, Sale
from berdaya.proceeds.queries import state_owed
from tests.proceeds.scene import SOLD, Scene, broken_checks, build, make_lot
from tests.world import World

LATER = SOLD + timedelta(days=30)
EVENT = st.tuples(
    st.sampled_from(
        [
            "sell",
            "sell",
            "courier",
            "pay",
            "refund",
            "refund",
            "release",
            "payout",
            "deposit",
            "exit",
        ]
    ),
    st.integers(0, 10**6),
)


class Story:
    """One order of events; what is refused simply does not happen."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.people = [
            Actor(
                name,
                scene.world.staff[name].pk,
                scene.by.facility_ids,
                scene.world.actor(name).roles,
            )
            for name in ("payments", "head", "cooperative")
        ]

    def tell(self, event: str, number: int) -> None:
        try:
            with transaction.atomic():
                getattr(self, event)(number)
        except Refused:
            return

    def sell(self, number: int) -> None:
        self.scene.sell(1 + number % 4, number, paid=number // 2)

    def courier(self, number: int) -> None:
        self.scene.sell(1 + number % 4, number, kind="courier", paid=0)

    def _sale(self, number: int) -> Sale:
        sales = list(Sale.objects.order_by("pk"))
        if not sales:
            self.sell(number)
            return Sale.objects.get()
        return sales[number % len(sales)]

    def pay(self, number: int) -> None:
        sale = self._sale(number)
        record_payment(by=self.scene.by, sale=sale, payment=PaymentInput("qris", 1 + number // 3))

    def refund(self, number: int) -> None:
        sale = self._sale(number)
        line = RefundLine(sale.lines.get().pk, None if number % 5 == 0 else 1 + number // 7)
        refund_sale(by=self.scene.by, sale=sale, refunded_on=SOLD, reason="retur", lines=[line])

    def release(self, number: int) -> None:
        release_final(by=self.scene.by, today=SOLD + timedelta(days=number % 14))

    def payout(self, number: int) -> None:
        # The scene's scope is the program's own; the three people are named by their ids.
        first, second, third = self.people
        run = payouts.prepare_payout(by=first, book=self.scene.book, until=LATER, prepared_on=LATER)
        payouts.approve_payout(by=second, run=run, approved_on=LATER)
        if number % 3:
            payouts.pay_payout(by=third, run=run, paid_on=LATER, reference=f"T{number}")
        else:
            payouts.return_payout(by=second, run=run, reason="ulang")

    def deposit(self, number: int) -> None:
        owed = state_owed([self.scene.book.pk]).get(self.scene.book.pk, 0)
        deposits.record_deposit(
            by=self.scene.by, book=self.scene.book, amount_rp=owed * (1 + number % 3) // 3,
            deposited_on=LATER, billing_code=f"{number:015d}", account_code="425151",
            ntpn=f"{number:016d}",
        )  # fmt: skip

    def exit(self, number: int) -> None:
        who = self.scene.world.people["cendana" if number % 2 else "lontar"]
        exits.settle_exit(
            by=self.scene.by, facility=self.scene.facility, participant=who, left_on=LATER,
            exit_kind="release", method="bank", reference="BA",
            pending_treatment="pay_now" if number % 3 else "pay_later",
        )  # fmt: skip


@given(st.lists(EVENT, min_size=4, max_size=18))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Shrinking would replay the database for minutes; the failing order is told as it is.
    phases=[Phase.explicit, Phase.generate],
)
def test_any_order_of_events_leaves_the_books_true(
    world: World, events: list[tuple[str, int]]
) -> None:
    mark = transaction.savepoint()
    with world.everywhere():
        scene = build(world, weights=(7, 3), costs=(333_333, 44_444, 55_555))
        make_lot(scene, {world.people["cendana"]: 11, world.people["lontar"]: 13}, qty=3)
    story = Story(scene)

    for event, number in events:
        # Each in a scope of its own, as a request is: locks are kept only that long.
        with world.everywhere():
            story.tell(event, number)

    with world.everywhere():
        assert broken_checks() == {}
        for share in PremiShare.objects.all():
            assert min(share.left.values()) >= 0
    transaction.savepoint_rollback(mark)
