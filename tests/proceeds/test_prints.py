"""Money on paper: what nota, slip and payout list say, and what they hide."""

import re
from datetime import date
from decimal import Decimal

import pytest

from berdaya.core.codes import format_code
from berdaya.core.money import format_rp
from berdaya.papers.actions.documents import issue_document, print_document
from berdaya.people.models import Participant
from berdaya.proceeds import prints
from berdaya.proceeds.actions import exits, payouts, slips
from berdaya.proceeds.actions.payments import PaymentInput
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.actions.sales import SaleLineInput, record_sale
from berdaya.proceeds.models import Sale, Slip
from tests.papers.pages import page_count as pages
from tests.proceeds.scene import SOLD, Scene, build
from tests.world import World

PAID = date(2026, 3, 31)
# A share of 271 minutes in 401: nothing divides without a rest.
WEIGHTS = (271, 130)


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        return build(world, weights=WEIGHTS, costs=(1_250_000, 77_777, 0))


def issue(world: World, scene: Scene) -> list[Slip]:
    with world.acting("officer"):
        return slips.issue_slips(by=scene.staff("officer"), facility=scene.facility, month=SOLD)


def amounts(words: str) -> list[int]:
    """Every rupiah amount of a sentence."""
    return [int(one.replace(".", "")) for one in re.findall(r"Rp([\d.]*\d)", words)]


def test_nota_names_the_seller_and_nobody_else(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale = record_sale(
            by=scene.by, facility=scene.facility, book=scene.book, place=scene.place,
            kind="gate", buyer_kind="public", sold_on=SOLD, own_receipt_no="NM-7",
            lines=[
                SaleLineInput(scene.variant.pk, Decimal(1), 100_000, 12_500),
                SaleLineInput(scene.variant.pk, Decimal(2), 98_000),
            ],
            payments=[PaymentInput("cash", 200_000)],
        )  # fmt: skip

        told = prints.nota_words(sale)
        hidden = [*Participant.objects.values_list("pseudonym", flat=True), "A-001"]

    assert told["facility"]["name"] == scene.book.party.name
    assert told["number"] == sale.receipt_no
    assert ["Nota manual", "NM-7"] in told["facts"]
    assert told["sums"] == [["Sebelum potongan", 296_000], ["Potongan", -12_500]]
    assert told["total_rp"] == sum(line["amount_rp"] for line in told["lines"]) == 283_500
    assert told["paid"] == [["Dibayar 02-03-2026 (Tunai)", 200_000], ["Belum dibayar", 83_500]]
    assert told["words"] == "dua ratus delapan puluh tiga ribu lima ratus rupiah"
    assert told["mark"] == ""
    assert not [word for word in hidden if word in str(told)]


def test_nota_marks_staff_and_is_the_same_each_time(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale = scene.sell(1, buyer_kind="staff")

        assert prints.nota_words(sale)["mark"] == prints.STAFF_MARK
        for paper in ("a6", "58mm"):
            first = prints.nota_pdf(sale, paper)
            assert pages(first) == 1
            assert prints.nota_pdf(sale, paper) == first


def test_nota_tells_money_given_back(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale = scene.sell(1)
        refund_sale(by=scene.by, sale=sale, refunded_on=PAID, reason="rusak", method="cash")

        told = prints.nota_words(Sale.objects.get())

    assert told["paid"][-1] == ["Dikembalikan 31-03-2026 (Tunai)", 100_000]


def test_slip_sentences_can_be_worked_out(world: World, scene: Scene) -> None:
    with world.everywhere():
        scene.sell(3, 123_457)
    slip = issue(world, scene)[0]

    (share,) = prints.slip_words(slip)["shares"]
    price, sold, base, pot, mine, pockets = share
    taken = amounts(base)

    assert price.startswith("Selendang 60 cm: 3 × Rp123.457 = Rp370.371")
    assert "2 Maret 2026" in sold
    assert taken[-2] == taken[0] + taken[1]
    assert amounts(price)[-1] - taken[-2] == taken[-1]
    assert "50%" in pot
    assert pot.endswith("(pecahan rupiah untuk pembuat).")
    assert 0 <= amounts(pot)[1] - taken[-1] // 2 <= 2
    weight, total = WEIGHTS[0], sum(WEIGHTS)
    assert f"{weight} dari {total} menit kerja" in mine
    assert mine.endswith("(dibulatkan).")
    assert 0 <= amounts(mine)[1] - amounts(pot)[1] * weight // total <= 1
    assert sum(amounts(pockets)) == amounts(mine)[1] == slip.earned_rp


def test_slip_adds_up_returns_and_says_what_waits(world: World, scene: Scene) -> None:
    with world.everywhere():
        scene.sell(2)
        scene.sell(1, kind="courier")
    with world.everywhere():
        sale = Sale.objects.get(kind="courier")
        refund_sale(by=scene.by, sale=sale, refunded_on=date(2026, 3, 5), reason="x", method="cash")
    slip = issue(world, scene)[0]

    told = prints.slip_words(slip)

    assert told["earned_sum"].endswith(f"= {format_rp(slip.earned_rp)}.")
    *parts, earned = amounts(told["earned_sum"])
    assert parts[0] + parts[1] - parts[2] == earned
    assert told["notes"][0].startswith("Pengembalian dari pembeli 5 Maret 2026")
    assert told["shares"][1][-1] == "Belum dapat dibayarkan: penjualan ini final pada 9 Maret 2026."
    assert "kurang" in told["floor"]
    assert "14 hari" in told["objection"]


def test_slip_keeps_the_person_private(world: World, scene: Scene) -> None:
    with world.everywhere():
        scene.sell(1)
    slip = issue(world, scene)[0]

    told = prints.slip_words(slip)

    assert told["work_number"] == "A-001"
    assert told["cover_code"] == format_code(slip.cover_code)
    with world.everywhere():
        names = list(Participant.objects.values_list("pseudonym", flat=True))
    assert not [name for name in names if name in str(told)]


def test_slips_have_a_page_each_and_the_same_bytes(world: World, scene: Scene) -> None:
    with world.everywhere():
        scene.sell(2)
        scene.sell(1)
    made = issue(world, scene)

    with world.everywhere():
        for paper in ("a5", "80mm"):
            pdf = prints.slips_pdf(scene.facility, made, paper)
            assert pages(pdf) == len(made) == 2
            assert prints.slips_pdf(scene.facility, made, paper) == pdf


def test_long_slip_goes_on_inside(world: World, scene: Scene) -> None:
    with world.everywhere():
        for _again in range(12):
            scene.sell(1, kind="courier")
    made = issue(world, scene)

    with world.everywhere():
        assert pages(prints.slips_pdf(scene.facility, made[:1], "a5")) > 1
        assert pages(prints.slips_pdf(scene.facility, made[:1], "80mm")) == 1


def test_payout_list_and_record_of_leaving_print(world: World, scene: Scene) -> None:
    with world.everywhere():
        scene.sell(3)
    with world.acting("payments"):
        run = payouts.prepare_payout(by=scene.staff("payments"), book=scene.book, until=PAID)
    with world.everywhere():
        row = exits.settle_exit(
            by=scene.by, facility=scene.facility, participant=world.people["cendana"],
            left_on=PAID, exit_kind="release", method="cash_at_gate", reference="BA-1",
        )  # fmt: skip
        for kind, subject in (("DPP", f"payout:{run.code}"), ("BAK", f"exit:{row.code}")):
            paper = issue_document(
                by=scene.by, type=kind, facility=scene.facility, day=PAID, subject_ref=subject
            )
            first = print_document(by=scene.by, document=paper)
            assert pages(first) == 1
            assert print_document(by=scene.by, document=paper) != first, "no SALINAN"
