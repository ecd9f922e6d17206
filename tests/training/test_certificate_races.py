"""Two at once: one certificate, one decision, one issuer; the read-then-write twin makes two."""

import threading

import pytest
from django.core.management import call_command

from berdaya.core.verdicts import Refused
from berdaya.training.actions.withdrawals import decide_withdrawal, propose_withdrawal
from berdaya.training.models import (
    Certificate,
    CertificateDecision,
    CertificateIssuer,
    Credential,
    IssuerKey,
    WithdrawalDecision,
)
from tests import databases
from tests.stock.test_races import together
from tests.training.certificate_scene import decide, issued, make_class, propose
from tests.world import World, make_world

pytestmark = pytest.mark.race


@pytest.fixture
def committed(real_db: str) -> World:
    return make_world()


def refusals(ends: list[object]) -> list[str]:
    """The codes of what was refused; anything else that went wrong is shown as it is."""
    return [str(one) if isinstance(one, Refused) else repr(one) for one in ends if one is not None]


def test_read_then_write_twin_decides_twice(real_db: str) -> None:
    with databases.owner_connection(real_db) as owner:
        owner.execute("CREATE TABLE twin (certificate int)")
    seen = threading.Barrier(2)

    def twin(place: int) -> None:
        with databases.owner_connection(real_db) as mine:
            free = mine.execute("SELECT count(*) FROM twin").fetchone()[0] == 0
            seen.wait(10)
            if free:
                mine.execute("INSERT INTO twin VALUES (1)")

    assert together(twin, 2) == [None, None]

    with databases.owner_connection(real_db) as owner:
        assert owner.execute("SELECT count(*) FROM twin").fetchone()[0] == 2


def test_two_decide_at_once_and_one_counts(committed: World) -> None:
    rows = propose(committed, make_class(committed))

    ends = together(lambda place: decide(committed, rows, by=("head", "regional")[place]), 2)

    assert refusals(ends) == ["certificate_decided, certificate_decided"] or refusals(ends) == [
        "certificate_decided"
    ]
    with committed.everywhere():
        assert (CertificateDecision.objects.count(), Credential.objects.count()) == (2, 2)


def test_two_propose_at_once_and_one_counts(committed: World) -> None:
    lesson = make_class(committed)

    ends = together(lambda _place: propose(committed, lesson) and None, 2)

    assert len(refusals(ends)) == 1
    assert refusals(ends)[0] in {"certificate_exists", "certificate_nobody"}
    with committed.everywhere():
        assert Certificate.objects.count() == 2


def test_first_two_certificates_of_an_issuer_at_once_have_one_issuer(committed: World) -> None:
    rows = propose(committed, make_class(committed))

    ends = together(
        lambda place: decide(committed, [rows[place]], by=("head", "regional")[place]), 2
    )

    assert refusals(ends) == []
    with committed.everywhere():
        assert (CertificateIssuer.objects.count(), IssuerKey.objects.count()) == (1, 1)
        numbers = sorted(one.number[:4] for one in Credential.objects.all())
    assert numbers == ["0001", "0002"]


def test_two_end_it_at_once_and_one_successor_comes(committed: World) -> None:
    (row,) = issued(committed, "cendana")
    with committed.acting() as scope:
        asked = propose_withdrawal(
            by=scope.actor, certificate=row, kind="replaced", reason="Judul keliru"
        )

    def end(place: int) -> None:
        with committed.acting(("head", "regional")[place]) as scope:
            decide_withdrawal(by=scope.actor, withdrawal=asked, outcome="approved")

    ends = together(end, 2)

    assert refusals(ends) == ["certificate_decided"]
    with committed.everywhere():
        assert WithdrawalDecision.objects.count() == 1
        assert Credential.objects.count() == 2


def test_keys_are_changed_from_the_command_line(committed: World) -> None:
    issued(committed, "cendana")

    call_command("rotate_issuer_keys")

    with committed.everywhere():
        keys = list(IssuerKey.objects.order_by("pk"))
    assert [one.key_id for one in keys] == ["kunci-1", "kunci-2"]
    assert [one.retired_at is None for one in keys] == [False, True]
