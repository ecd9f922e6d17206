"""Accounts by invitation only, and the passwords that are taken."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.attempts import LIMITS, TooMany, give_back_try, spend_try
from berdaya.institutions.actions.invitations import invitation_for, invite
from berdaya.institutions.models import Attempts, Invitation, Staff
from berdaya.institutions.views import entrance
from tests.world import PASSWORD, World


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def chosen(**facts: str) -> dict[str, str]:
    new = "kelapa-tinta-sungai-4"
    return {"username": "officer", "password": new, "again": new, **facts}


def test_invitation_sets_the_password_once(world: World) -> None:
    page = world.client("regional").post(f"/desk/staff/{world.staff['officer'].pk}/invitation/")
    code = page.context["code"]
    old = world.client()

    first = Client().post("/masuk/undangan/", chosen(code=code.lower()))
    again = Client().post("/masuk/undangan/", chosen(code=code))

    assert (first.status_code, again.status_code) == (302, 422)
    assert "invitation_wrong" in again.text
    assert Staff.objects.get(username="officer").check_password("kelapa-tinta-sungai-4")
    assert not is_in(old)
    with world.everywhere():
        row = AuditRow.objects.filter(table="institutions_invitation").first()
    assert row.after["code_hash"] == "•"


def test_invitation_is_void_after_a_week_and_after_a_newer_one(world: World) -> None:
    officer = world.staff["officer"]
    with world.everywhere() as scope:
        _row, first = invite(by=scope.actor, staff=officer)
        _row, second = invite(by=scope.actor, staff=officer)

    assert invitation_for(username="officer", code=first) is None
    assert invitation_for(username="officer", code=second) is not None
    with world.everywhere():
        past = clock.now() - timedelta(seconds=1)
        Invitation.objects.filter(voided_at=None).update(expires_at=past)
    assert invitation_for(username="officer", code=second) is None


def test_nobody_invites_themselves(world: World) -> None:
    answer = world.client("regional").post(f"/desk/staff/{world.staff['regional'].pk}/invitation/")

    assert (answer.status_code, Invitation.objects.count()) == (409, 0)
    assert "invite_self" in answer.text


def test_guessing_invitations_is_stopped(world: World) -> None:
    with world.everywhere() as scope:
        _row, code = invite(by=scope.actor, staff=world.staff["officer"])

    told = [Client().post("/masuk/undangan/", chosen(code="X")).status_code for _ in range(6)]
    right = Client().post("/masuk/undangan/", chosen(code=code))

    assert (told, right.status_code) == ([422] * 6, 429)
    assert Staff.objects.get(username="officer").check_password(PASSWORD)


@pytest.mark.parametrize(
    "weak", ["pendek-1", "berdaya123456", "password1234", "atambua-lapas1", "officer-2026-x"]
)
def test_weak_passwords_are_refused(world: World, weak: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(weak, world.staff["officer"])


def test_good_password_is_taken(world: World) -> None:
    validate_password("kelapa-tinta-sungai-4", world.staff["officer"])


def test_address_that_guesses_is_stopped_for_every_name(world: World) -> None:
    limit = LIMITS["address"].tries
    for number in range(limit):
        with pytest.raises(Refused):
            attempt(f"siapa-{number}")

    with pytest.raises(TooMany):
        attempt("siapa-lagi")


def attempt(name: str) -> None:
    """A wrong invitation, judged as the page does."""
    request = RequestFactory().post("/masuk/undangan/", REMOTE_ADDR="203.0.113.7")
    entrance._accept(request, {"username": name, "code": "X", "password": "tidak-pernah-1"})


def test_address_that_is_right_is_not_used_up(world: World) -> None:
    for _ in range(3):
        spend_try(kind="address", subject="203.0.113.8")
        give_back_try(kind="address", subject="203.0.113.8")

    assert [one.tries for one in Attempts.objects.all()] == [0]


def test_first_administrator_comes_in_by_command(world: World) -> None:
    told = StringIO()
    facts = {"name": "Pertama Contoh", "office": "IMIPAS", "decree": "SK-1"}

    with pytest.raises(CommandError):
        call_command("invite", "pertama", stdout=told)
    call_command("invite", "pertama", **facts, stdout=told)

    code = told.getvalue().split("Code: ")[1].split()[0]
    new = "kelapa-tinta-sungai-4"
    answer = Client().post(
        "/masuk/undangan/", {"username": "pertama", "code": code, "password": new, "again": new}
    )
    assert answer.status_code == 302
    staff = Staff.objects.get(username="pertama")
    assert staff.check_password(new)
    assert [row.role for row in staff.appointments.all()] == ["administrator"]
