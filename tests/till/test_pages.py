"""The desk's pages of events: the whole way by hand, counted statements, who sees what, papers."""

from decimal import Decimal

import pytest
from django.urls import reverse

from berdaya.core import clock
from berdaya.goods.models import Product, Variant
from berdaya.legality.models import Requirement
from berdaya.papers.models import Document
from berdaya.till.actions import events
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.models import Event, HandOut, HandOutLoss, ProposalDecision, Settlement
from tests.counting import at_most
from tests.till.scene import DAY, Festival, open_festival
from tests.till.test_settlements import approve, prepare, sold_out
from tests.world import World

MOST = 12


@pytest.fixture
def festival(world: World) -> Festival:
    return open_festival(world)


def test_event_is_made_and_units_are_invited_by_hand(world: World) -> None:
    client = world.client("regional")
    with world.everywhere():
        office, region = world.offices["NTT-KWL"], world.atb.region
    facts = {
        "name": "Pasar Karya", "code": "pas26", "venue": "Alun-alun", "region": region.pk,
        "begins_on": DAY.isoformat(), "ends_on": DAY.isoformat(), "office": office.pk,
    }  # fmt: skip

    made = client.post(reverse("till:new_event"), facts)
    event = Event.objects.get()
    invited = client.post(
        reverse("till:invitations", args=[event.pk]), {"facilities": [world.atb.pk]}
    )

    assert (made.status_code, invited.status_code) == (302, 302)
    assert event.code == "PAS26"
    with world.everywhere():
        assert [one.facility_id for one in event.invitations.all()] == [world.atb.pk]


def test_a_choice_against_the_market_is_refused_whole(festival: Festival) -> None:
    world, scene = festival.world, festival.scene
    with world.everywhere():
        product = Product.objects.create(
            facility=world.atb, code="ATB-KUE", name="Kue", line_of_work="kuliner",
            category=Requirement.objects.filter(market="retail").first().category,
        )  # fmt: skip
        variant = Variant.objects.create(
            product=product, facility=world.atb, sku="KUE", name="Kue", list_price_rp=9_000,
            measure=scene.variant.measure,
        )  # fmt: skip
    with world.acting() as scope:
        asked = [events.ProposalInput(variant, Decimal(5), 9_000, 8_000)]
        (row,) = events.propose_products(
            by=scope.actor, event=festival.event, facility=world.atb, products=asked
        )
    client = world.client("regional")
    url = reverse("till:decisions", args=[festival.event.pk])

    page = client.get(url)
    refused = client.post(url, {f"choice_{row.pk}": "ya"})
    unexplained = client.post(url, {f"choice_{row.pk}": "tidak"})

    assert "Belum" in page.content.decode()
    assert refused.status_code == 409
    assert "decision_reason_missing" in unexplained.content.decode()
    with world.everywhere():
        assert not ProposalDecision.objects.filter(proposal=row).exists()


def test_owner_hands_out_and_host_receives_by_hand(festival: Festival) -> None:
    world, scene = festival.world, festival.scene
    officer, head = world.client(), world.client("head")
    with world.everywhere():
        level = scene.lot.levels.get(place=scene.place)
    facts = {
        f"lot_{level.pk}": "4", "day": DAY.isoformat(), "carrier": "Giatja", "is_agreed": "on",
    }  # fmt: skip

    made = officer.post(reverse("till:new_hand_out", args=[festival.stall.pk]), facts)
    with world.everywhere():
        row = HandOut.objects.select_related("gate_pass").get()
        line = row.lines.get()
    head.post(reverse("stock:approval", args=[row.gate_pass.code]))
    seller = world.client("kpg_seller")
    page = seller.get(reverse("till:hand_out", args=[row.pk]))
    done = seller.post(reverse("till:receipt", args=[row.pk]), {f"line_{line.pk}": "4"})

    assert made.status_code == 302
    assert reverse("till:receipt", args=[row.pk]) in page.content.decode()
    assert done.status_code == 302
    assert festival.line(row).received_qty == 4


def test_loss_goes_from_seller_to_owner_by_hand(festival: Festival) -> None:
    made = festival.receive(festival.hand_out(5))
    line = festival.line(made)
    facts = {
        "line": line.pk, "qty": "1", "day": DAY.isoformat(), "reason": "sobek", "borne_by": "owner",
    }  # fmt: skip

    festival.world.client("kpg_seller").post(reverse("till:loss", args=[made.pk]), facts)
    with festival.world.everywhere():
        loss = HandOutLoss.objects.get()
    url = reverse("till:loss_decision", args=[loss.pk])
    own = festival.world.client("kpg_officer").post(url, {"pasti": "ya"})
    done = festival.world.client().post(url, {"pasti": "ya"})

    assert own.status_code in (403, 404)
    assert done.status_code == 302
    with festival.world.everywhere():
        assert HandOutLoss.objects.get().is_confirmed


def test_settlement_is_reckoned_approved_paid_and_printed_by_hand(festival: Festival) -> None:
    sold_out(festival)
    treasurer, head = (festival.world.client(f"kpg_{one}") for one in ("cooperative", "head"))
    book = festival.scene.book

    treasurer.post(reverse("till:new_settlement", args=[festival.stall.pk, book.pk]))
    with festival.world.everywhere():
        row = Settlement.objects.get()
    head.post(reverse("till:settlement_approval", args=[row.pk]))
    facts = {"method": "cash", "paid_on": DAY.isoformat()}
    paid = treasurer.post(reverse("till:settlement_payment", args=[row.pk]), facts)
    pdf = treasurer.post(reverse("till:settlement_print", args=[row.pk]), {"paper": "a4"})

    assert paid.status_code == 302
    assert pdf["Content-Type"] == "application/pdf"
    with festival.world.everywhere():
        assert Settlement.objects.get().state == "paid"
        assert Document.objects.get(type__code="BAPT").printed_count == 1


@pytest.mark.parametrize("who", ["officer", "kpg_seller", "regional"])
def test_papers_print_for_both_sides(festival: Festival, who: str) -> None:
    made = sold_out(festival)
    with festival.world.everywhere():
        back = made.hand_backs.get()
    client = festival.world.client(who)

    handed = client.post(reverse("till:hand_out_print", args=[made.pk]), {"paper": "f4"})
    returned = client.post(reverse("till:hand_back_print", args=[back.pk]), {"paper": "a4"})

    assert handed.content.startswith(b"%PDF")
    assert returned.content.startswith(b"%PDF")


def pages(festival: Festival, made: HandOut, settlement: Settlement) -> list[str]:
    """Every page of events that a unit looks at."""
    event = [festival.event.pk]
    return [
        reverse("till:events"),
        reverse("till:event", args=event),
        reverse("till:results", args=event),
        reverse("till:hand_outs"),
        reverse("till:hand_out", args=[made.pk]),
        reverse("till:settlements"),
        reverse("till:settlement", args=[settlement.pk]),
    ]


@pytest.mark.parametrize("who", ["officer", "kpg_cooperative"])
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_any_number_of_rows(
    festival: Festival, who: str, rows: int
) -> None:
    for _more in range(rows - 1):
        festival.receive(festival.hand_out(2))
    made = festival.receive(festival.hand_out(3), 2, "satu jatuh")
    with festival.world.everywhere():
        row = Settlement.objects.create(
            code="X", stall=festival.stall, host=festival.world.kpg, facility=festival.world.atb,
            book=festival.scene.book, reckoned_on=DAY, gross_rp=0, fee_rp=0, payable_rp=0,
            prepared_at=clock.now(),
        )  # fmt: skip
    client = festival.world.client(who)

    for url in pages(festival, made, row):
        with at_most(MOST):
            answer = client.get(url)
        assert answer.status_code == 200, url


@pytest.mark.parametrize("rows", [1, 3])
def test_forms_and_papers_cost_at_most_twelve_statements(festival: Festival, rows: int) -> None:
    asked = festival.hand_out(2)
    made = festival.receive(festival.hand_out(9))
    line = festival.line(made)
    for _each in range(rows):
        festival.sell(made)
    with festival.world.acting() as scope:
        back = take_back(by=scope.actor, hand_out=made, lines={line.pk: Decimal(1)}, day=DAY)
    world, stall, event = festival.world, [festival.stall.pk], [festival.event.pk]
    owner, seller = world.client(), world.client("kpg_seller")
    looked = [
        (owner, reverse("till:new_hand_out", args=stall)),
        (owner, reverse("till:hand_back", args=[made.pk])),
        (owner, reverse("till:new_proposal", args=event)),
        (owner, reverse("till:answer", args=event)),
        (seller, reverse("till:receipt", args=[asked.pk])),
        (seller, reverse("till:loss", args=[made.pk])),
        (world.client("regional"), reverse("till:new_stall", args=event)),
        (world.client("regional"), reverse("till:invitations", args=event)),
        (world.client("regional"), reverse("till:decisions", args=event)),
        (world.client("regional"), reverse("till:results", args=event)),
    ]  # fmt: skip

    for client, url in looked:
        with at_most(MOST):
            answer = client.get(url)
        assert answer.status_code == 200, url
    assert back.code


@pytest.mark.parametrize("rows", [1, 3])
def test_a_settlement_costs_at_most_twelve_statements(festival: Festival, rows: int) -> None:
    sold_out(festival, rows)
    settlement = approve(festival, prepare(festival))
    client = festival.world.client("kpg_cooperative")

    for name in ("settlement", "settlement_payment"):
        with at_most(MOST):
            answer = client.get(reverse(f"till:{name}", args=[settlement.pk]))
        assert answer.status_code == 200, name


def test_export_has_every_product(festival: Festival) -> None:
    sold_out(festival)

    url = reverse("till:results", args=[festival.event.pk])
    told = festival.world.client("regional").get(url, {"ekspor": "csv"})

    body = told.getvalue().decode("utf-8-sig") if told.streaming else told.content.decode()
    assert "300000" in body.replace(".", "").replace(",", "")


def test_an_outsider_finds_neither_goods_nor_money(festival: Festival) -> None:
    made = sold_out(festival)
    settlement = approve(festival, prepare(festival))
    client = festival.world.client("lpka_officer")

    for url in pages(festival, made, settlement):
        answer = client.get(url)
        if "/events/" in url or url.endswith(("hand-outs/", "stall-settlements/")):
            assert made.code not in answer.content.decode()
        else:
            assert answer.status_code == 404


def test_hari_ini_says_what_waits(festival: Festival) -> None:
    made = festival.hand_out(3)

    seller = festival.world.client("kpg_seller").get(reverse("institutions:today"))
    officer = festival.world.client().get(reverse("institutions:today"))

    assert made.code in seller.content.decode()
    assert made.code not in officer.content.decode()
    festival.receive(made, 2, "satu jatuh")
    again = festival.world.client().get(reverse("institutions:today"))
    assert "satu jatuh" in again.content.decode()
