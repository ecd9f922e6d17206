"""Money that never came is borne where it was agreed: QRIS, lost pieces, rounding."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.actions.entries import credit, debit, post_entry
from berdaya.ledger.models import Entry
from berdaya.proceeds.models import PremiShare, Sale
from berdaya.till.actions.closing import close_session
from berdaya.till.actions.hand_backs import take_back
from berdaya.till.actions.losses import decide_loss, report_loss
from berdaya.till.actions.proving import match_qris, note_qris
from berdaya.till.actions.rounding import set_cash_rounding
from berdaya.till.actions.write_offs import ask_write_off, decide_write_off
from berdaya.till.models import CashRounding, QrisWriteOff, StallSale
from berdaya.till.queries_sales import rounding_step
from tests.counting import at_most
from tests.proceeds.scene import broken_checks
from tests.till.scene import DAY, Festival, open_festival
from tests.till.stall_scene import Fair, balance, open_fair, qris_paid
from tests.till.test_settlements import NO_NOTA, approve, balances, pay, prepare
from tests.world import World


@pytest.fixture
def fair(world: World) -> Fair:
    with world.everywhere():
        return open_fair(world)


@pytest.fixture
def festival(world: World) -> Festival:
    return open_festival(world)


def never_came(fair: Fair) -> StallSale:
    """A closed stall with a nota of two owners whose QRIS nobody saw."""
    session = fair.open(float_rp=0)
    nota = fair.sell(session, 1, 2, payment=qris_paid(seen=""))
    with acting(fair.actor_of("seller"), "note") as scope:
        note_qris(by=scope.actor, nota=nota, note="Pembeli menunjukkan gambar")
        close_session(by=scope.actor, session=session, counts={})
    return fresh(fair, nota)


def fresh(fair: Fair, nota: StallSale) -> StallSale:
    """As it stands now, with what an action reads of it."""
    with fair.world.everywhere():
        return StallSale.objects.select_related("session", "stall__event").get(pk=nota.pk)


def ask(fair: Fair, nota: StallSale, who: str = "cooperative") -> QrisWriteOff:
    with acting(fair.actor_of(who), "ask") as scope:
        return ask_write_off(by=scope.actor, nota=nota, reason="Tidak di mutasi sampai hari ini")


def decide(fair: Fair, asked: QrisWriteOff, is_granted: bool = True, note: str = "") -> None:
    with acting(fair.actor_of("head"), "decide") as scope:
        decide_write_off(by=scope.actor, write_off=asked, is_granted=is_granted, note=note)


def test_qris_that_never_came_is_borne_by_the_cash_taker_to_the_rupiah(fair: Fair) -> None:
    nota = never_came(fair)
    with fair.world.everywhere():
        assert balance(fair.scene.book, chart.QRIS) == 174_500

    decide(fair, ask(fair, nota))

    with fair.world.everywhere():
        nota.refresh_from_db()
        assert nota.proof == "missing"
        assert balance(fair.scene.book, chart.QRIS) == 0
        assert balance(fair.scene.book, chart.QRIS_MISSING) == 174_500
        # The other owner is owed its goods all the same; no maker bears it.
        assert balance(fair.scene.book, chart.CONSIGNORS) == -74_500
        assert balance(fair.other.book, chart.BUYERS) == 74_500
        assert broken_checks() == {}


def test_a_write_off_books_nothing_before_the_head_decides(fair: Fair) -> None:
    asked = ask(fair, never_came(fair))

    with fair.world.everywhere():
        assert balance(fair.scene.book, chart.QRIS) == 174_500
        assert not Entry.objects.filter(kind="stall_qris_missing").exists()
    today = fair.world.client("head").get(reverse("institutions:today")).content.decode()
    assert reverse("till:write_off_decision", args=[asked.pk]) in today
    still = fair.world.client("cooperative").get(reverse("institutions:today")).content.decode()
    assert asked.stall_sale.code in still


def test_a_write_off_refused_is_searched_again_and_may_be_matched(fair: Fair) -> None:
    nota = never_came(fair)

    with pytest.raises(Refused, match="nota_reason_missing"):
        decide(fair, ask(fair, nota), is_granted=False)
    with fair.world.everywhere():
        asked = QrisWriteOff.objects.get()
    decide(fair, asked, is_granted=False, note="Periksa mutasi hari Senin")
    ask(fair, nota)
    with acting(fair.actor_of("cooperative"), "match") as scope:
        match_qris(by=scope.actor, nota=nota, note="TRX 7781")
    with fair.world.everywhere():
        again = QrisWriteOff.objects.get(decided_at=None)

    with pytest.raises(Refused, match="qris_not_waiting"):
        decide(fair, again)

    with fair.world.everywhere():
        assert balance(fair.scene.book, chart.QRIS_MISSING) == 0
        assert broken_checks() == {}


def test_a_write_off_is_asked_once_after_the_closing_and_not_by_the_seller(fair: Fair) -> None:
    session = fair.open()
    early = fair.sell(session, 1, payment=qris_paid(seen=""))
    with pytest.raises(Refused, match="write_off_early"):
        ask(fair, early)
    with acting(fair.actor_of("seller"), "note") as scope:
        note_qris(by=scope.actor, nota=early, note="x")
        close_session(by=scope.actor, session=session, counts={100_000: 2})
    late = fresh(fair, early)

    ask(fair, late)
    with pytest.raises(Refused, match="write_off_asked"):
        ask(fair, late)

    with fair.world.everywhere():
        (asked,) = QrisWriteOff.objects.all()
        with pytest.raises(IntegrityError), transaction.atomic():
            QrisWriteOff.objects.filter(pk=asked.pk).update(asked_by_id=asked.sold_by_id)


def test_a_write_off_goes_by_hand_from_treasurer_to_head(fair: Fair) -> None:
    nota = never_came(fair)
    treasurer, head = fair.world.client("cooperative"), fair.world.client("head")
    page = treasurer.get(reverse("till:nota", args=[nota.pk])).content.decode()

    asked = treasurer.post(reverse("till:nota_write_off", args=[nota.pk]), {"reason": "Tidak ada"})
    with fair.world.everywhere():
        row = QrisWriteOff.objects.get()
    url = reverse("till:write_off_decision", args=[row.pk])
    with at_most(12):
        shown = head.get(url)
    done = head.post(url, {"is_granted": "ya", "note": ""})
    with at_most(12):
        after = treasurer.get(reverse("till:nota", args=[nota.pk]))

    assert reverse("till:nota_write_off", args=[nota.pk]) in page
    assert "Rp174.500" in shown.content.decode()
    assert (asked.status_code, done.status_code) == (302, 302)
    assert "disetujui" in after.content.decode()


def lost(festival: Festival, borne_by: str) -> None:
    """Ten handed out: two sold, one lost, seven back."""
    made = festival.receive(festival.hand_out(10))
    for _each in range(2):
        festival.sell(made)
    line = festival.line(made)
    with acting(festival.at("kpg_seller"), "loss") as scope:
        loss = report_loss(
            by=scope.actor, line=line, qty=Decimal(1), day=DAY, reason="Hilang",
            borne_by=borne_by,
        )  # fmt: skip
    rest = {line.pk: Decimal(7)}
    with festival.world.acting() as scope:
        decide_loss(by=scope.actor, loss=loss, is_confirmed=True)
    with festival.world.acting() as scope:
        take_back(by=scope.actor, hand_out=made, lines=rest, day=DAY)


def test_a_loss_at_the_stalls_cost_is_charged_at_settlement(festival: Festival) -> None:
    lost(festival, "stall")
    host, owner = festival.host_book, festival.scene.book
    settlement = approve(festival, prepare(festival))

    assert (settlement.gross_rp, settlement.loss_rp, settlement.sold_rp) == (
        280_000,
        80_000,
        200_000,
    )
    with festival.world.everywhere():
        assert balance(host, chart.GOODS_LOST) == 80_000
        assert balance(host, chart.CONSIGNORS) == -280_000
        assert balance(owner, chart.BUYERS) == 280_000
        (line,) = settlement.lines.all()
        assert (line.qty, line.returned_qty, line.lost_qty, line.sold_qty) == (10, 7, 1, 2)
        assert line.amount_rp == 200_000
        assert Sale.objects.filter(stall_loss__isnull=False).get().amount_rp == 80_000
        assert PremiShare.objects.filter(sale__stall_loss__isnull=False).exists()
        assert broken_checks().keys() <= NO_NOTA
        # The host took 200.000 in; the piece it pays from its own money.
        fund(festival, 80_000)
    pay(festival, settlement)
    assert balances(festival)["owner cash"] == 280_000
    assert balances(festival)["owed"] == 0
    with festival.world.everywhere():
        assert broken_checks().keys() <= NO_NOTA


def fund(festival: Festival, amount: int) -> None:
    """Money of the host's own in its cash."""
    post_entry(
        by=festival.world.actor("kpg_cooperative"), book=festival.host_book, kind="stall_sale",
        booked_on=DAY, reference="own", subject="test",
        legs=[debit(chart.CASH, amount), credit(chart.HISTORY, amount)],
    )  # fmt: skip


def test_a_loss_at_the_owners_cost_is_written_off_without_a_charge(festival: Festival) -> None:
    lost(festival, "owner")

    settlement = approve(festival, prepare(festival))

    assert (settlement.gross_rp, settlement.loss_rp) == (200_000, 0)
    with festival.world.everywhere():
        assert balance(festival.host_book, chart.GOODS_LOST) == 0
        assert not Sale.objects.filter(stall_loss__isnull=False).exists()
        assert broken_checks().keys() <= NO_NOTA


def test_the_record_of_the_reckoning_says_what_was_replaced(festival: Festival) -> None:
    lost(festival, "stall")
    settlement = approve(festival, prepare(festival))
    client = festival.world.client("kpg_cooperative")

    page = client.get(reverse("till:settlement", args=[settlement.pk])).content.decode()
    pdf = client.post(reverse("till:settlement_print", args=[settlement.pk]), {"paper": "a4"})

    assert "Rp80.000" in page
    assert pdf["Content-Type"] == "application/pdf"


def test_rounding_follows_the_rule_of_the_day(fair: Fair) -> None:
    world, tomorrow = fair.world, clock.today() + timedelta(days=1)
    session = fair.open()
    first = fair.sell(session, 0, 1)

    with world.acting("cooperative") as scope:
        with pytest.raises(Refused, match="rounding_past"):
            set_cash_rounding(
                by=scope.actor, facility=world.atb, step_rp=100, valid_from=clock.today(),
                legal_basis="SK-2",
            )  # fmt: skip
        set_cash_rounding(
            by=scope.actor, facility=world.atb, step_rp=100, valid_from=tomorrow, legal_basis="SK-2"
        )
    assert first.received_rp == 37_000
    with world.everywhere():
        days = (clock.today(), tomorrow)
        assert [rounding_step(world.atb.pk, day) for day in days] == [500, 100]
        assert [one.step_rp for one in CashRounding.objects.order_by("valid_from")] == [500, 100]
        assert rounding_step(world.kpg.pk, clock.today()) == 0
        assert broken_checks() == {}


def test_the_rule_is_told_at_the_stall_and_set_by_hand(fair: Fair) -> None:
    session = fair.open()
    nota = fair.sell(session, 0, 1)
    seller, treasurer = fair.world.client("seller"), fair.world.client("cooperative")
    facts = {
        "step_rp": "0", "valid_from": (clock.today() + timedelta(days=9)).isoformat(),
        "legal_basis": "SK-3",
    }  # fmt: skip

    screen = seller.get(reverse("till:selling", args=[session.pk])).content.decode()
    shown = seller.get(reverse("till:nota", args=[nota.pk])).content.decode()
    done = treasurer.post(reverse("till:new_rounding"), facts)
    listed = treasurer.get(reverse("till:roundings")).content.decode()

    assert "Tunai dibulatkan ke Rp500 terdekat." in screen
    assert "ke Rp500 terdekat" in shown
    assert done.status_code == 302
    assert "SK-3" in listed
