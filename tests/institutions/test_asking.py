"""Approving and paying ask again, whatever way the form is posted."""

from datetime import timedelta

import pytest
from django.test import Client

from berdaya.core import clock
from berdaya.institutions.actions.accounts import register_bank_account
from berdaya.institutions.models import BankAccount, CardCode, StaffSession
from berdaya.institutions.roles import ABILITIES, ASKED_AGAIN
from tests.world import SINCE, World, codes_of


@pytest.fixture
def waiting(world: World) -> BankAccount:
    owner = world.parties["coop_atb"]
    with world.acting("cooperative") as scope:
        return register_bank_account(
            by=scope.actor, owner=owner, bank="Bank Contoh", number="0001",
            holder_name=owner.name, valid_from=SINCE,
        )  # fmt: skip


def stale(world: World, name: str = "head") -> Client:
    """Somebody who proved who they are six minutes ago."""
    world.give_card(name)
    client = world.client(name)
    StaffSession.objects.filter(staff=world.staff[name]).update(
        proved_at=clock.now() - timedelta(minutes=6)
    )
    return client


def confirm_url(account: BankAccount) -> str:
    return f"/desk/bank-accounts/{account.pk}/confirmation/"


def is_confirmed(account: BankAccount) -> bool:
    account.refresh_from_db()
    return account.state == "confirmed"


def test_words_asked_again_are_abilities() -> None:
    assert ASKED_AGAIN.issubset(ABILITIES)
    assert {name for name in ABILITIES if name.endswith(".approve")} <= ASKED_AGAIN


def test_fresh_proof_is_not_asked_for_again(world: World, waiting: BankAccount) -> None:
    answer = world.client("head").post(confirm_url(waiting))

    assert (answer.status_code, is_confirmed(waiting)) == (302, True)


def test_direct_post_with_an_old_proof_does_nothing(world: World, waiting: BankAccount) -> None:
    client = stale(world)

    answer = client.post(confirm_url(waiting))

    assert answer.status_code == 403
    assert "Sekali lagi" in answer.text
    assert not is_confirmed(waiting)


def test_wrong_proof_does_nothing(world: World, waiting: BankAccount) -> None:
    client = stale(world)
    tries = [
        {"proof_kind": "card", "proof_typed": "00000000"},
        {"proof_kind": "password", "proof_typed": "lontar-di-sabana-7"},
        {"proof_kind": "pin", "proof_typed": "482915"},
        {"proof_kind": "", "proof_typed": ""},
        {"proof_kind": "setuju", "proof_typed": "ya"},
    ]

    answers = [client.post(confirm_url(waiting), one).status_code for one in tries]

    assert answers == [422] * 5
    assert not is_confirmed(waiting)


def test_page_keeps_what_was_posted_and_does_it_once(world: World, waiting: BankAccount) -> None:
    client = stale(world)
    refusal = confirm_url(waiting).replace("confirmation", "refusal")

    asked = client.post(refusal, {"reason": 'Nama "lain"\r\ndua baris'})
    kept = dict(asked.context["kept"])
    proof = {"proof_kind": "card", "proof_typed": codes_of("head")[0]}
    answer = client.post(refusal, kept | proof)
    again = client.post(refusal, kept | proof)

    assert kept == {"reason": 'Nama "lain"\r\ndua baris'}
    assert (answer.status_code, again.status_code) == (302, 409)
    waiting.refresh_from_db()
    assert waiting.decline_reason.startswith('Nama "lain"')
    assert CardCode.objects.exclude(used_at=None).count() == 1


def test_proof_holds_for_five_minutes(world: World, waiting: BankAccount) -> None:
    client = stale(world)
    proof = {"proof_kind": "card", "proof_typed": codes_of("head")[0]}
    client.post("/desk/pcs/new/", {"facility": "", "label": ""} | proof)

    answer = client.post(confirm_url(waiting))

    assert (answer.status_code, is_confirmed(waiting)) == (302, True)


def test_guessing_while_asked_is_stopped(world: World, waiting: BankAccount) -> None:
    client = stale(world)
    wrong = {"proof_kind": "card", "proof_typed": "00000000"}

    told = [client.post(confirm_url(waiting), wrong).status_code for _ in range(7)]

    assert told == [422] * 6 + [429]
    assert not is_confirmed(waiting)


def test_who_may_not_is_told_so_before_being_asked(world: World, waiting: BankAccount) -> None:
    client = stale(world, "officer")

    answer = client.post(confirm_url(waiting))

    assert answer.status_code == 403
    assert "ability_missing" in answer.text


def test_reading_is_never_asked_for(world: World) -> None:
    client = stale(world, "payments")

    assert client.get("/desk/payouts/new/").status_code == 200
