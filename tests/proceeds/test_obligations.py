"""What a book owes beside premi and PNBP is settled once, never beyond what is owed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.links import find_node, walk
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.queries import balance
from berdaya.proceeds.actions.obligations import settle_obligation
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.policies import set_policy
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import ObligationLine, ObligationSettlement, Sale, SellerTax
from berdaya.proceeds.policies import VARIANTS
from tests.proceeds.scene import SOLD, Scene, broken_checks, build
from tests.world import SINCE, World

PAID = date(2026, 3, 31)


@pytest.fixture
def scene(world: World) -> Scene:
    """Two sales of a cooperative that gets 40 of 100, with tax inside, paid late by QRIS."""
    with world.everywhere():
        scene = build(world)
        party = scene.book.party
        terms = VARIANTS["klungkung_2026"].terms()
        set_policy(by=scene.by, party=party, valid_from=SINCE, terms=terms)
        SellerTax.objects.create(party=party, valid_from=SINCE, rate_bp=1100, legal_basis="PPN")
        for _twice in range(2):
            sale = scene.sell(6, 111_000, paid=0)
            paid = PaymentInput("qris", 666_000, paid_on=SOLD + timedelta(days=1))
            record_payment(by=scene.by, sale=sale, payment=paid)
        assert broken_checks() == {}
    return scene


def settle(scene: Scene, **change: object) -> ObligationSettlement:
    facts = {
        "obligation": "cooperative", "source": "bank", "amount_rp": 300_000, "settled_on": PAID,
        "reference": "TRF-1", **change,
    }  # fmt: skip
    with scene.world.acting("receipts"):
        return settle_obligation(by=scene.staff("receipts"), book=scene.book, **facts)


@pytest.mark.parametrize(
    "obligation, source, account, owed, money",
    [
        ("cooperative", "bank", chart.COOPERATIVE, 480_000, chart.BANK),
        ("cooperative", "cash", chart.COOPERATIVE, 480_000, chart.CASH),
        ("tax", "bank", chart.TAX, 132_000, chart.BANK),
        ("fees", "cash", chart.FEES, 3_996, chart.CASH),
        ("fees", "qris", chart.FEES, 3_996, chart.QRIS),
        ("qris", "bank", chart.QRIS, 1_332_000, chart.BANK),
    ],
)
def test_every_obligation_is_settled_to_the_rupiah(
    world: World, scene: Scene, obligation: str, source: str, account: str, owed: int, money: str
) -> None:
    with world.everywhere():
        assert balance(scene.book, account) == owed
        before = balance(scene.book, money)

    with pytest.raises(Refused) as refused:
        settle(scene, obligation=obligation, source=source, amount_rp=owed + 1)
    done = settle(scene, obligation=obligation, source=source, amount_rp=owed)

    assert refused.value.verdict.codes == ("settlement_exceeds",)
    with world.everywhere():
        assert balance(scene.book, account) == 0
        assert balance(scene.book, money) == before + (owed if obligation == "qris" else -owed)
        assert done.lines.count() == 2
        assert broken_checks() == {}


def test_it_covers_the_oldest_sales_and_then_the_rest(world: World, scene: Scene) -> None:
    first, second = settle(scene), settle(scene, amount_rp=180_000, reference="TRF-2")

    with world.everywhere():
        parts = [
            list(one.lines.order_by("sale__sold_on", "sale_id").values_list("amount_rp", flat=True))
            for one in (first, second)
        ]
        assert parts == [[240_000, 60_000], [180_000]]
        steps = {step.node.code for step in walk(find_node(first.code))}
        assert set(Sale.objects.values_list("code", flat=True)) <= steps
        back = walk(find_node(Sale.objects.earliest("pk").code))
        assert first.code in {step.node.code for step in back}
        assert find_node("TRF-2")[0].code == second.code


def test_the_same_reference_is_the_same_settlement(world: World, scene: Scene) -> None:
    first, again = settle(scene), settle(scene)

    with pytest.raises(Refused) as other:
        settle(scene, amount_rp=1)

    assert first == again
    assert other.value.verdict.codes == ("settlement_known",)
    with world.everywhere():
        assert ObligationSettlement.objects.count() == 1
        assert balance(scene.book, chart.COOPERATIVE) == 180_000


@pytest.mark.parametrize(
    "change, code",
    [
        ({"reference": "  "}, "settlement_reference_missing"),
        ({"source": "qris"}, "settlement_source_wrong"),
        ({"obligation": "qris", "source": "cash"}, "settlement_source_wrong"),
        ({"settled_on": SOLD - timedelta(days=1)}, "settlement_exceeds"),
        ({"settled_on": date(2099, 1, 1)}, "day_in_future"),
        ({"amount_rp": 0}, "settlement_exceeds"),
    ],
)
def test_refused_settlements_change_nothing(
    world: World, scene: Scene, change: dict, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        settle(scene, **change)

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not ObligationLine.objects.exists()
        assert broken_checks() == {}


def test_a_refund_lessens_what_is_owed(world: World, scene: Scene) -> None:
    settle(scene)
    with world.everywhere():
        sale = Sale.objects.earliest("pk")
        refund_sale(by=scene.by, sale=sale, refunded_on=PAID, reason="rusak")

    with pytest.raises(Refused) as refused:
        settle(scene, amount_rp=1, reference="TRF-2")

    assert refused.value.verdict.codes == ("settlement_exceeds",)
    with world.everywhere():
        assert balance(scene.book, chart.COOPERATIVE) == -60_000
        assert broken_checks() == {}


def test_database_knows_the_ways_and_a_reference_once(world: World, scene: Scene) -> None:
    done = settle(scene)
    for change in ({"source": "qris"}, {"code": "X"}, {"code": "X", "amount_rp": 0}):
        row = ObligationSettlement(
            **{
                "code": "Y", "facility": scene.facility, "book": scene.book,
                "obligation": "cooperative", "source": "bank", "amount_rp": 1,
                "settled_on": PAID, "reference": done.reference, "recorded_at": clock.now(),
                **change,
            }
        )  # fmt: skip
        with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_a_settlement_with_lost_lines_is_named(world: World, scene: Scene) -> None:
    done = settle(scene)
    with world.everywhere():
        sale = scene.sell(1)
        ObligationLine.objects.create(
            settlement=done, sale=sale, facility=scene.facility, amount_rp=5
        )

        assert set(broken_checks()) == {"settlements_are_their_lines"}


def test_desk_settles_and_posts_once(world: World, scene: Scene) -> None:
    client, url = world.client("cooperative"), reverse("proceeds:new_settlement")
    facts = {
        "book": scene.book.pk, "obligation": "tax", "source": "bank", "amount_rp": "132.000",
        "settled_on": "2026-03-31", "reference": "SSP-1",
    }  # fmt: skip

    listed = client.get(reverse("proceeds:settlements")).content.decode()
    first, again = client.post(url, facts), client.post(url, facts)
    shown = client.get(first["Location"]).content.decode()

    assert "Rp132.000" in listed
    assert first["Location"] == again["Location"]
    assert "SSP-1" in shown
    with world.everywhere():
        assert balance(scene.book, chart.TAX) == 0
