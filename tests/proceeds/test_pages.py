"""The desk pages of sales and money: who may, what they cost, what they do; papers are PDFs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from berdaya.core import clock
from berdaya.proceeds.actions import (
    consignments,
    corrections,
    deposits,
    exits,
    objections,
    payouts,
    slips,
)
from berdaya.proceeds.actions.obligations import settle_obligation
from berdaya.proceeds.actions.payments import PaymentInput, record_payment
from berdaya.proceeds.actions.policies import propose_policy
from berdaya.proceeds.models import PayoutRun, PremiShare, Sale, Slip
from berdaya.proceeds.policies import VARIANTS
from berdaya.stock.models import Place
from berdaya.workshop.models import BatchCorrection, BatchWeight
from tests.counting import at_most
from tests.proceeds.scene import MADE, SOLD, Scene, build, make_lot
from tests.world import World

PAID = date(2026, 3, 31)
LISTS = (
    ("sales", "officer"),
    ("consignments", "officer"),
    ("payouts", "payments"),
    ("deposits", "receipts"),
    ("slips", "officer"),
    ("objections", "officer"),
    ("corrections", "officer"),
    ("new_correction", "officer"),
    ("settlements", "receipts"),
    ("new_settlement", "receipts"),
    ("exits", "payments"),
    ("policies", "head"),
)


def fill(scene: Scene, rounds: int) -> dict[str, str]:
    """Something of everything, `rounds` times; the last codes by page."""
    world, codes = scene.world, {}
    with world.everywhere():
        shop = Place.objects.create(facility=scene.facility, kind="consignee", name="Toko")
    for number in range(rounds):
        with world.everywhere():
            make_lot(scene, {world.people["cendana"]: 2, world.people["lontar"]: 1}, qty=20)
            codes["sale"] = scene.sell(3).code
            scene.sell(1, kind="courier", paid=0)
            given = consignments.hand_over(
                by=scene.by, facility=scene.facility, from_place=scene.place, place=shop,
                handed_on=SOLD,
                lines=[consignments.ConsignmentInput(scene.variant.pk, Decimal(2), 90_000)],
            )  # fmt: skip
            codes["consignment"] = given.code
        with world.acting("receipts"):
            codes["deposit"] = deposits.record_deposit(
                by=scene.staff("receipts"), book=scene.book, amount_rp=1_000, deposited_on=PAID,
                billing_code=f"{number:015d}", account_code="425151", ntpn=f"{number:016d}",
            ).code  # fmt: skip
        with world.acting("officer"):
            month = date(2026, 3 + number, 1)
            made = slips.issue_slips(
                by=scene.staff("officer"), facility=scene.facility, month=month
            )
            codes["slip"] = made[0].code
            codes["objection"] = objections.raise_objection(
                by=scene.staff("officer"), slip=made[0], text="kurang", raised_on=PAID
            ).code
        with world.acting("payments"):
            run = payouts.prepare_payout(
                by=scene.staff("payments"), book=scene.book, until=PAID, prepared_on=PAID
            )
            codes["payout"] = run.code
        with world.acting("head"):
            payouts.approve_payout(by=scene.staff("head"), run=run, approved_on=PAID)
    with world.everywhere():
        batch = BatchWeight.objects.earliest("pk").batch
        BatchCorrection.objects.create(
            batch=batch, participant=world.people["cendana"], facility=scene.facility, day=MADE,
            booked_on=SOLD, minutes_delta=60, reason="terlupa", recorded_at=clock.now(),
        )  # fmt: skip
    with world.acting("officer"):
        (correction,) = corrections.propose_correction(
            by=scene.staff("officer"), batch=batch, participant=world.people["cendana"],
            proposed_on=PAID,
        )  # fmt: skip
        codes["correction"] = correction.code
    with world.acting("cooperative"):
        terms = VARIANTS["kepmenkeh_1990"].terms()
        proposal = propose_policy(
            by=scene.staff("cooperative"), book=scene.book, category=None, terms=terms,
            valid_from=clock.today() + timedelta(days=1), proposed_on=PAID,
        )  # fmt: skip
        codes["policy"] = str(proposal.pk)
    with world.everywhere():
        scene.sell(1, paid=0, request_key="qris")
        sale = Sale.objects.get(request__key__endswith=":qris")
        paid = PaymentInput("qris", 90_000, paid_on=SOLD)
        record_payment(by=scene.by, sale=sale, payment=paid)
        codes["settlement"] = settle_obligation(
            by=scene.by, book=scene.book, obligation="qris", source="bank", amount_rp=1_000,
            settled_on=PAID, reference="RK-1",
        ).code  # fmt: skip
    with world.acting("payments"):
        codes["exit"] = exits.settle_exit(
            by=scene.staff("payments"), facility=scene.facility,
            participant=world.people["lontar"], left_on=PAID, exit_kind="release", method="bank",
            reference="BA-1",
        ).code  # fmt: skip
    return codes


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        return build(world)


@pytest.mark.parametrize("rounds", [1, 3])
def test_no_page_outgrows_twelve_queries(scene: Scene, rounds: int) -> None:
    codes = fill(scene, rounds)
    world = scene.world
    asked = [(name, reverse(f"proceeds:{name}"), user) for name, user in LISTS]
    asked += [
        (name, reverse(f"proceeds:{name}", args=[codes[name]]), "payments")
        for name in ("payout", "deposit", "exit", "slip", "settlement")
    ]
    asked += [
        (name, reverse(f"proceeds:{name}", args=[codes[name]]), "officer")
        for name in ("sale", "consignment", "objection", "correction")
    ]
    asked += [
        ("new_sale", reverse("proceeds:new_sale"), "officer"),
        ("new_exit", reverse("proceeds:new_exit"), "payments"),
        ("pay", reverse("proceeds:payment", args=[codes["payout"]]), "cooperative"),
        ("trace sale", reverse("proceeds:trace", args=[codes["sale"]]), "payments"),
        ("books", reverse("ledger:books"), "payments"),
        ("book", reverse("ledger:book", args=["KOP-LP-ATB"]), "payments"),
    ]

    for name, url, user in asked:
        client = world.client(user)
        for address in (url, f"/en{url}"):
            with at_most(12):
                response = client.get(address)
            assert response.status_code == 200, (name, response.status_code)


def test_officer_records_a_sale_with_the_form(scene: Scene) -> None:
    client = scene.world.client("officer")
    page = client.get(reverse("proceeds:new_sale"))
    facts = {
        "request_key": page.context["form"]["request_key"].value(),
        "sold_on": "2026-03-02",
        "place": scene.place.pk,
        "kind": "gate",
        "buyer_kind": "public",
        "book": scene.book.pk,
        "method": "cash",
        "own_receipt_no": "N-17",
        "baris-TOTAL_FORMS": "4",
        "baris-INITIAL_FORMS": "0",
        "baris-0-variant": scene.variant.pk,
        "baris-0-qty": "2",
    }

    more = client.post(reverse("proceeds:new_sale"), {**facts, "more": "1"})
    first = client.post(reverse("proceeds:new_sale"), facts)
    again = client.post(reverse("proceeds:new_sale"), facts)

    assert more.status_code == 200
    assert more.content.count(b"-variant") > page.content.count(b"-variant")
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    with scene.world.everywhere():
        sale = Sale.objects.get()
        assert (sale.amount_rp, sale.paid_rp, sale.own_receipt_no) == (200_000, 200_000, "N-17")


def test_form_that_is_wrong_comes_back(scene: Scene) -> None:
    client = scene.world.client("officer")

    response = client.post(
        reverse("proceeds:new_sale"), {"baris-TOTAL_FORMS": "1", "baris-INITIAL_FORMS": "0"}
    )

    assert response.status_code == 422
    with scene.world.everywhere():
        assert not Sale.objects.exists()


def test_three_people_walk_a_list_on_the_desk(scene: Scene) -> None:
    world = scene.world
    with world.everywhere():
        scene.sell(3)
    facts = {"book": scene.book.pk, "until": "2026-03-31"}
    world.client("payments").post(reverse("proceeds:new_payout"), facts)
    with world.everywhere():
        run = PayoutRun.objects.get()
        lines = list(run.lines.all())

    refused = world.client("payments").post(reverse("proceeds:approval", args=[run.code]))
    world.client("head").post(reverse("proceeds:approval", args=[run.code]))
    paid = {"paid_on": clock.today().isoformat(), "reference": "TRF-9"}
    for line in lines:
        paid |= {f"channel_{line.pk}": "bank", f"reference_{line.pk}": ""}
    done = world.client("cooperative").post(reverse("proceeds:payment", args=[run.code]), paid)
    paper = world.client("payments").post(reverse("proceeds:payout_printing", args=[run.code]))

    assert refused.status_code == 403
    assert done.status_code == 302
    assert paper.content.startswith(b"%PDF")
    with world.everywhere():
        assert PayoutRun.objects.get().state == "paid"
        assert set(run.lines.values_list("reference", flat=True)) == {"TRF-9"}


def test_other_unit_gets_404(scene: Scene) -> None:
    with scene.world.everywhere():
        sale = scene.sell()

    client = scene.world.client("outsider")

    assert client.get(reverse("proceeds:sale", args=[sale.code])).status_code == 404
    assert sale.code.encode() not in client.get(reverse("proceeds:sales")).content


@pytest.mark.parametrize("paper", ["a6", "58mm"])
def test_nota_is_a_pdf(scene: Scene, paper: str) -> None:
    with scene.world.everywhere():
        sale = scene.sell()

    url = reverse("proceeds:receipt", args=[sale.code])
    response = scene.world.client("officer").get(f"{url}?paper={paper}")

    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["a5", "80mm"])
def test_slip_is_a_pdf_without_a_name(scene: Scene, paper: str) -> None:
    codes = fill(scene, 1)
    client: Client = scene.world.client("officer")

    response = client.get(reverse("proceeds:slip_print", args=[codes["slip"]]) + f"?paper={paper}")
    page = client.get(reverse("proceeds:slip", args=[codes["slip"]]))

    assert response.content.startswith(b"%PDF")
    with scene.world.everywhere():
        slip = Slip.objects.get(code=codes["slip"])
    assert b"Cendana" not in page.content
    assert slip.content["work_number"].encode() in page.content


def test_record_of_leaving_is_printed(scene: Scene) -> None:
    codes = fill(scene, 1)
    url = reverse("proceeds:exit_printing", args=[codes["exit"]])

    response = scene.world.client("payments").post(url)

    assert response.content.startswith(b"%PDF")


def test_today_tells_each_role_its_own(scene: Scene) -> None:
    fill(scene, 1)
    told = {
        name: scene.world.client(name).get(reverse("institutions:today")).content.decode()
        for name in ("cooperative", "receipts", "head", "officer")
    }

    assert "Daftar pembayaran premi" in told["cooperative"]
    assert "Setor PNBP" in told["receipts"]
    assert "Keberatan premi" in told["head"]
    assert "Daftar pembayaran premi" not in told["officer"]


def test_pay_of_others_is_not_listed_openly(scene: Scene) -> None:
    fill(scene, 1)

    page = scene.world.client("officer").get(reverse("proceeds:slips")).content.decode()

    with scene.world.everywhere():
        share = PremiShare.objects.first()
        assert share is not None
    assert "Rp" not in page
