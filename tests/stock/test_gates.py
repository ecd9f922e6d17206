"""Gate passes: two people, one number, goods that really are there."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.verdicts import Refused
from berdaya.papers.models import Document
from berdaya.stock.actions.gates import (
    approve_gate_pass,
    decline_gate_pass,
    issue_delivery_note,
    request_gate_pass,
)
from berdaya.stock.actions.movements import take_from_lot
from berdaya.stock.models import GatePass, Lot
from tests.stock.shelves import Shelf, make_shelf, on_hand, stocked
from tests.world import TODAY, World


@pytest.fixture
def shelf(world: World) -> Shelf:
    with world.acting():
        return make_shelf(world.atb)


@pytest.fixture
def lot(world: World, shelf: Shelf) -> Lot:
    with world.acting():
        return stocked(world, shelf)


def ask(world: World, shelf: Shelf, lot: Lot, qty: int = 4, name: str = "officer") -> GatePass:
    with world.acting(name):
        return request_gate_pass(
            by=world.actor(name), place=shelf.store, to_place=shelf.gallery,
            lines={lot.pk: Decimal(qty)}, destination="Galeri Dekranasda", day=TODAY,
            carrier="Kasubsi Giatja",
        )  # fmt: skip


def test_asking_moves_nothing_and_draws_no_number(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)

    with world.acting():
        assert gate_pass.code == "LP-ATB-26-G0001"
        assert on_hand(lot, shelf.store) == 10
        assert not Document.objects.exists()


def test_approval_by_the_head_moves_and_numbers(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)

    with world.acting("head"):
        fresh = approve_gate_pass(by=world.actor("head"), gate_pass=gate_pass)

    with world.acting():
        assert fresh.document is not None
        assert fresh.document.number_text == "001/SIKB/LP-ATB/XI/2026"
        assert [one["name"] for one in fresh.document.signers] == ["Officer Contoh", "Head Contoh"]
        assert (on_hand(lot, shelf.store), on_hand(lot, shelf.gallery)) == (6, 4)


def test_approval_is_the_heads(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)

    with world.acting(), pytest.raises(Refused) as refusal:
        approve_gate_pass(by=world.actor("officer"), gate_pass=gate_pass)

    assert refusal.value.verdict.codes == ("ability_missing",)
    with world.acting():
        assert on_hand(lot, shelf.store) == 10


def test_nobody_approves_what_they_asked(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)
    with world.acting():
        GatePass.objects.update(requested_by=world.staff["head"])
        with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            GatePass.objects.update(approved_by=world.staff["head"])

    with world.acting("head"), pytest.raises(Refused) as refusal:
        approve_gate_pass(by=world.actor("head"), gate_pass=gate_pass)

    assert refusal.value.verdict.codes == ("pass_own",)


def test_approval_when_the_goods_are_gone_uses_no_number(
    world: World, shelf: Shelf, lot: Lot
) -> None:
    gate_pass = ask(world, shelf, lot, qty=8)
    with world.acting():
        take_from_lot(
            by=world.actor("officer"), lot=lot, place=shelf.store, qty=Decimal(5), day=TODAY,
            kind="sold", reference="",
        )  # fmt: skip

    with pytest.raises(Refused) as refusal, world.acting("head"):
        approve_gate_pass(by=world.actor("head"), gate_pass=gate_pass)

    assert refusal.value.verdict.codes == ("stock_short",)
    with world.acting():
        assert not Document.objects.exists()
        assert not GatePass.objects.get().is_decided


def test_declined_pass_stays_declined(world: World, shelf: Shelf, lot: Lot) -> None:
    gate_pass = ask(world, shelf, lot)
    with world.acting("head"):
        decline_gate_pass(by=world.actor("head"), gate_pass=gate_pass, reason="Tunggu bon.")

    with world.acting("head"), pytest.raises(Refused) as refusal:
        approve_gate_pass(by=world.actor("head"), gate_pass=gate_pass)

    assert refusal.value.verdict.codes == ("pass_decided",)


def test_delivery_note_only_after_approval_and_always_the_same(
    world: World, shelf: Shelf, lot: Lot
) -> None:
    gate_pass = ask(world, shelf, lot)
    with world.acting(), pytest.raises(Refused) as early:
        issue_delivery_note(by=world.actor("officer"), gate_pass=gate_pass)
    with world.acting("head"):
        gate_pass = approve_gate_pass(by=world.actor("head"), gate_pass=gate_pass)

    with world.acting():
        once = issue_delivery_note(by=world.actor("officer"), gate_pass=gate_pass)
        again = issue_delivery_note(by=world.actor("officer"), gate_pass=gate_pass)

    assert early.value.verdict.codes == ("pass_not_approved",)
    assert once.pk == again.pk
    assert once.number_text == "001/SJ/LP-ATB/XI/2026"


@pytest.mark.parametrize(("lines", "code"), [({}, "pass_empty"), ("zero", "qty_not_positive")])
def test_pass_needs_goods(world: World, shelf: Shelf, lot: Lot, lines: object, code: str) -> None:
    asked = {lot.pk: Decimal(0)} if lines == "zero" else {}

    with world.acting(), pytest.raises(Refused) as refusal:
        request_gate_pass(
            by=world.actor("officer"), place=shelf.store, lines=asked, destination="Pasar",
            day=TODAY, carrier="Sopir",
        )  # fmt: skip

    assert refusal.value.verdict.codes == (code,)
