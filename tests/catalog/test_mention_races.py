"""Approving and withdrawing at once: whichever comes first, nothing withdrawn stays shown."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from berdaya.catalog.actions.mentions import approve_mention
from berdaya.catalog.models import MakerMention, ShownMention
from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.models import Consent
from tests.catalog.mentions import propose
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give_publicity
from tests.world import make_world

pytestmark = pytest.mark.race


@pytest.fixture
def committed(real_db: str) -> tuple[Shop, MakerMention]:
    world = make_world()
    with world.everywhere():
        shop = open_shop(world)
    return shop, propose(shop, give_publicity(world, shop.listing.slug))


def one_after_the_other(
    shop: Shop, first: Callable[[object], object], second: Callable[[object], object]
) -> list[str]:
    """`second` begins while `first` has acted and not yet committed; returns their answers."""
    acted, commit, answers = threading.Event(), threading.Event(), {}

    def run(name: str, by: str, act: Callable[[object], object]) -> None:
        actor = shop.scene.staff(by)
        try:
            with acting(actor, "race"):
                act(actor)
                if name == "first":
                    acted.set()
                    commit.wait(timeout=20)
            answers[name] = "done"
        except Refused as refused:
            answers[name] = str(refused)
        finally:
            acted.set()
            connection.close()

    whose = {approve: "head", withdraw: "officer"}
    threads = [
        threading.Thread(target=run, args=(name, whose[act.__wrapped__], act))
        for name, act in (("first", first), ("second", second))
    ]  # fmt: skip
    threads[0].start()
    assert acted.wait(timeout=20)
    threads[1].start()
    threads[1].join(timeout=1)
    assert threads[1].is_alive(), "the second did not wait for the first"
    commit.set()
    for thread in threads:
        thread.join(timeout=30)
    return [answers["first"], answers["second"]]


def approve(by: object, mention: MakerMention) -> None:
    approve_mention(by=by, mention=mention)


def withdraw(by: object, mention: MakerMention) -> None:
    consent = Consent.objects.select_related("facility").get(pk=mention.consent_id)
    withdraw_consent(by=by, consent=consent, withdrawn_on=clock.today())


def about(act: Callable[..., None], mention: MakerMention) -> Callable[[object], object]:
    """`act` on this mention, still known by its name."""

    def do(by: object) -> None:
        rows = MakerMention.objects.select_related("listing__facility", "consent")
        act(by, rows.get(pk=mention.pk))

    do.__wrapped__ = act
    return do


def shown(shop: Shop) -> int:
    with shop.scene.world.everywhere():
        return ShownMention.objects.shown(clock.now()).count()


def test_withdrawal_waits_for_an_approval_and_ends_what_it_showed(
    committed: tuple[Shop, MakerMention],
) -> None:
    shop, mention = committed

    answers = one_after_the_other(shop, about(approve, mention), about(withdraw, mention))

    assert answers == ["done", "done"]
    assert shown(shop) == 0


def test_approval_waits_for_a_withdrawal_and_is_refused(
    committed: tuple[Shop, MakerMention],
) -> None:
    shop, mention = committed

    answers = one_after_the_other(shop, about(withdraw, mention), about(approve, mention))

    assert answers == ["done", "mention_consent_missing"]
    assert shown(shop) == 0
