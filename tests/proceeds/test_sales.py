"""Sales, payments, releases and refunds over the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.ledger import chart
from berdaya.ledger.actions.books import open_book
from berdaya.ledger.queries import balance
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.policies import set_policy
from berdaya.proceeds.actions.refunds import RefundLine, refund_sale
from berdaya.proceeds.actions.releases import release_final
from berdaya.proceeds.models import PremiShare, Sale
from berdaya.proceeds.policies import VARIANTS
from berdaya.stock.models import StockLevel
from tests.proceeds.scene import SOLD, Scene, broken_checks, build, make_lot
from tests.world import SINCE, World


def shares(sale: Sale) -> list[int]:
    return list(sale.shares.order_by("participant_id").values_list("amount_rp", flat=True))


def test_sale_of_333_is_split_as_the_law_says(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        sale = scene.sell(price=333)

        part = sale.allocations.get()
        assert (part.makers_rp, part.capital_rp, part.state_rp) == (168, 116, 49)
        assert shares(sale) == [126, 42]
        assert balance(scene.book, chart.STATE_OWED) == 49
        assert balance(scene.book, chart.PREMI_SAVED) == 95 + 32
        assert sale.released_on == SOLD
        assert broken_checks() == {}


def test_sale_deducts_costs_but_never_donated_material(world: World) -> None:
    with world.everywhere():
        scene = build(world, costs=(1_000_000, 200_000, 999_999))

        sale = scene.sell(10)

        part = sale.allocations.get()
        assert (part.material_rp, part.packing_rp, part.donated_rp) == (100_000, 20_000, 99_999)
        assert part.base_rp == 880_000
        assert part.makers_rp == 440_000
        assert broken_checks() == {}


def test_sale_below_cost_falls_on_working_capital(world: World) -> None:
    with world.everywhere():
        scene = build(world, costs=(20_000_000, 0, 0))

        sale = scene.sell()

        part = sale.allocations.get()
        assert (part.base_rp, part.loss_rp, part.makers_rp) == (0, 100_000, 0)
        assert balance(scene.book, chart.CAPITAL) == -100_000
        assert broken_checks() == {}


def test_fee_of_qris_is_at_the_rate_in_force(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        small = scene.sell(5, paid=0)
        large = scene.sell(6, paid=0)
        record_payment(by=scene.by, sale=small, payment=PaymentInput("qris", 500_000))
        record_payment(by=scene.by, sale=large, payment=PaymentInput("qris", 600_000))

        assert balance(scene.book, chart.FEES) == 1_800
        assert balance(scene.book, chart.FEE_VARIANCE) == 1_800
        assert broken_checks() == {}


def test_gross_regime_owes_everything_and_makes_no_premi(world: World) -> None:
    with world.everywhere() as scope:
        scene = build(world, costs=(100_000, 0, 0))
        party = world.parties["satker_atb"]
        set_revenue_regime(
            by=scope.actor, party=party, kind="gross_pnbp", valid_from=SINCE, is_confirmed=False
        )
        book = open_book(by=scene.by, party=party, facility=scene.facility, opened_on=SINCE)

        sale = scene.sell(book=book)

        assert sale.state_rp == 100_000
        assert not sale.shares.exists()
        assert balance(book, chart.STATE_OWED) == 100_000
        assert broken_checks() == {}


def test_lot_without_premi_keeps_the_makers_part_aside(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        lot = make_lot(scene, {world.people["cendana"]: 1}, makes_premi=False)
        from berdaya.proceeds.actions.sales import SaleLineInput, record_sale

        sale = record_sale(
            by=scene.by, facility=scene.facility, kind="gate", buyer_kind="public", sold_on=SOLD,
            place=scene.place, book=scene.book,
            lines=[SaleLineInput(scene.variant.pk, Decimal(1), 100_000, 0, lot.pk)],
        )  # fmt: skip

        assert not sale.shares.exists()
        assert balance(scene.book, chart.PREMI_UNASSIGNED) == 50_000
        assert broken_checks() == {}


def test_history_sale_is_not_divided(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        sale = scene.sell(is_history=True)

        assert not sale.shares.exists()
        assert balance(scene.book, chart.HISTORY) == 100_000
        assert balance(scene.book, chart.STATE_OWED) == 0
        assert broken_checks() == {}


def test_policy_of_the_party_and_category_goes_before_the_default(world: World) -> None:
    with world.everywhere():
        scene = build(world, costs=(1_000_000, 0, 0))
        terms = VARIANTS["klungkung_2026"].terms()
        set_policy(by=scene.by, party=scene.book.party, valid_from=SINCE, terms=terms)

        part = scene.sell().allocations.get()

        assert part.material_rp == 0
        assert (part.makers_rp, part.capital_rp, part.cooperative_rp) == (50_000, 10_000, 40_000)
        assert broken_checks() == {}


def test_same_form_twice_is_one_sale(world: World) -> None:
    with world.everywhere():
        scene = build(world)

        first = scene.sell(request_key="form-1")
        again = scene.sell(request_key="form-1")

        assert first.pk == again.pk
        assert Sale.objects.count() == 1
        assert StockLevel.objects.get(lot=scene.lot).on_hand == 99


@pytest.mark.parametrize(
    "more, code",
    [
        ({"buyer_kind": "staff", "price": 99_999}, "staff_below_list_price"),
        ({"sold_on": date(2030, 1, 1)}, "sale_in_future"),
        ({"qty": 101}, "stock_short"),
        ({"paid": 100_001}, "payment_exceeds_due"),
    ],
)
def test_sale_refused_changes_nothing(world: World, more: dict, code: str) -> None:
    with world.everywhere():
        scene = build(world)

        with pytest.raises(Refused) as refused, transaction.atomic():
            scene.sell(**more)

        assert refused.value.verdict.codes == (code,)
        assert not Sale.objects.exists()
        assert StockLevel.objects.get(lot=scene.lot).on_hand == 100


def test_officer_of_another_facility_cannot_sell(world: World) -> None:
    with world.everywhere():
        scene = build(world)
    scene.by = world.actor("outsider")

    with pytest.raises(Refused) as refused, world.acting("outsider"):
        scene.sell()

    assert refused.value.verdict.codes == ("facility_out_of_scope",)


def test_database_refuses_premi_of_a_child(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        scene.lot = make_lot(scene, {world.people["tunas"]: 1})
        StockLevel.objects.exclude(lot=scene.lot).update(on_hand=0)

        with pytest.raises(DatabaseError, match="status_makes_no_premi"), transaction.atomic():
            scene.sell()


def test_frozen_money_cannot_be_changed(world: World) -> None:
    with world.everywhere():
        sale = build(world).sell()

        for change in ({"amount_rp": 1}, {"calculation": {}}, {"sold_on": date(2026, 1, 1)}):
            with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
                Sale.objects.filter(pk=sale.pk).update(**change)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            PremiShare.objects.filter(sale=sale).update(amount_rp=0)


def test_courier_sale_is_pending_until_final(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell(kind="courier")

        early = release_final(by=scene.by, today=date(2026, 3, 8))
        pending = balance(scene.book, chart.PREMI_PENDING)
        late = release_final(by=scene.by, today=date(2026, 3, 9))

        assert (early, pending, late) == (0, 50_000, 1)
        assert sale.final_on == date(2026, 3, 9)
        assert balance(scene.book, chart.PREMI_PENDING) == 0
        assert balance(scene.book, chart.PREMI_SAVED) == 28_125 + 9_375
        assert broken_checks() == {}


def refund(scene: Scene, sale: Sale, amount: int | None, **more: object) -> object:
    line = sale.lines.get()
    return refund_sale(
        by=scene.by,
        sale=sale,
        refunded_on=SOLD,
        reason="rusak",
        lines=[RefundLine(line.pk, amount, **more)],
    )


def test_refund_while_pending_takes_everything_back_in_parts(world: World) -> None:
    with world.everywhere():
        scene = build(world, costs=(1_000_000, 0, 0))
        sale = scene.sell(3, 33_333, kind="courier")

        for amount in (1, 33_333, 7, None):
            refund(scene, sale, amount)
            assert broken_checks() == {}

        assert sale.refunded_rp == 99_999
        assert all(sum(share.left.values()) == 0 for share in sale.shares.all())
        for account in (
            chart.STATE_OWED,
            chart.CAPITAL,
            chart.COSTS_BACK,
            chart.BUYERS,
            chart.CASH,
        ):
            assert balance(scene.book, account) == 0


def test_refund_once_payable_never_touches_a_maker(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell()
        before = balance(scene.book, chart.PREMI_SAVED)

        made = refund(scene, sale, None, returned_qty=Decimal(1))

        assert balance(scene.book, chart.PREMI_SAVED) == before
        assert made.reserve_rp == 50_000
        assert balance(scene.book, chart.RETURN_RESERVE) == -50_000
        assert balance(scene.book, chart.STATE_OWED) == 0
        assert StockLevel.objects.get(lot=scene.lot).on_hand == 100
        assert broken_checks() == {}


def test_refund_of_more_than_is_left_is_refused(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell()
        refund(scene, sale, 60_000)

        with pytest.raises(Refused) as refused, transaction.atomic():
            refund(scene, sale, 40_001)

        assert refused.value.verdict.codes == ("refund_exceeds",)
        assert Sale.objects.get().refunded_rp == 60_000


def test_unpaid_sale_is_paid_later_and_not_twice(world: World) -> None:
    with world.everywhere():
        scene = build(world)
        sale = scene.sell(paid=40_000)
        record_payment(by=scene.by, sale=sale, payment=PaymentInput("transfer", 60_000))

        with pytest.raises(Refused) as refused:
            record_payment(by=scene.by, sale=sale, payment=PaymentInput("cash", 1))

        assert refused.value.verdict.codes == ("payment_exceeds_due",)
        assert balance(scene.book, chart.BUYERS) == 0
        assert broken_checks() == {}
