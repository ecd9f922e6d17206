"""Money arrives on registered accounts only, never on a private person's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.accounts import (
    register_bank_account,
    register_qris,
)
from berdaya.institutions.actions.parties import set_revenue_regime
from berdaya.institutions.models import BankAccount, Party, QrisAccount, RegimeKind
from berdaya.institutions.queries import regime_of
from tests.world import SINCE, TODAY, World


def person(kind: str) -> Party:
    return Party.objects.create(code=f"P-{kind[:10]}", kind=kind, name="Contoh")


def register(world: World, owner: Party, **facts: object) -> BankAccount:
    with world.everywhere() as scope:
        return register_bank_account(
            by=scope.actor,
            owner=owner,
            bank="Bank Contoh",
            number="123",
            holder_name=owner.name,
            valid_from=TODAY,
            **facts,
        )


@pytest.mark.parametrize("kind", ["person_staff", "person_other"])
def test_account_of_a_private_person_is_refused(world: World, kind: str) -> None:
    with world.everywhere():
        owner = person(kind)

    with pytest.raises(Refused) as refused:
        register(world, owner)

    assert refused.value.verdict.codes == ("account_private_owner",)
    assert not BankAccount.objects.exists()


def test_account_of_a_released_maker_is_registered(world: World) -> None:
    with world.everywhere():
        owner = person("released_maker")

    assert register(world, owner).owner_kind == "released_maker"


def test_state_account_without_approval_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        register(world, world.parties["satker_atb"])

    assert refused.value.verdict.codes == ("account_not_approved",)
    assert register(world, world.parties["satker_atb"], approval_no="S-1", approved_on=TODAY).pk


@pytest.mark.parametrize("kind", ["person_staff", "cooperative"])
def test_database_refuses_private_owner_under_any_kind(world: World, kind: str) -> None:
    """Neither the true kind nor a borrowed one gets past the constraints."""
    with world.everywhere():
        owner = person("person_staff")

    with pytest.raises(IntegrityError), world.everywhere():
        QrisAccount.objects.create(
            owner=owner, owner_kind=kind, nmid="ID1", merchant_name="X", valid_from=TODAY,
            registered_at=clock.now(),
        )  # fmt: skip


def test_same_account_number_twice_at_a_time_is_refused(world: World) -> None:
    register(world, world.parties["coop_atb"])

    with pytest.raises(Refused) as refused:
        register(world, world.parties["coop_kpg"])

    assert refused.value.verdict.codes == ("account_taken",)
    assert BankAccount.objects.get().owner == world.parties["coop_atb"]


def test_qris_of_a_cooperative_is_registered(world: World) -> None:
    with world.everywhere() as scope:
        row = register_qris(
            by=scope.actor,
            owner=world.parties["coop_atb"],
            nmid="ID1020000000001",
            merchant_name="KOPERASI CONTOH",
            valid_from=TODAY,
        )

    assert str(row) == "KOPERASI CONTOH (ID1020000000001)"


def test_new_regime_ends_the_one_before(world: World) -> None:
    party = world.parties["coop_atb"]
    with world.everywhere() as scope:
        set_revenue_regime(
            by=scope.actor, party=party, kind=RegimeKind.GROSS_PNBP, valid_from=TODAY
        )

    before, now = regime_of(party.pk, TODAY - timedelta(days=1)), regime_of(party.pk, TODAY)

    assert before is not None
    assert (before.kind, before.last_day) == (
        "agreement_share",
        TODAY - timedelta(days=1),
    )
    assert now is not None
    assert now.kind == "gross_pnbp"


def test_share_without_agreement_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused, world.everywhere() as scope:
        set_revenue_regime(
            by=scope.actor,
            party=world.parties["satker_atb"],
            kind=RegimeKind.AGREEMENT_SHARE,
            valid_from=SINCE,
        )

    assert refused.value.verdict.codes == ("agreement_missing",)
    assert regime_of(world.parties["satker_atb"].pk, TODAY) is None
