"""Cards that run out are told in time: to whoever holds them, and to who prints the next one."""

import pytest
from django.urls import reverse

from berdaya.core import clock
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import CardCode, FactorCard
from tests.counting import at_most
from tests.world import SINCE, World


def use(world: World, who: str, left: int) -> None:
    """So many codes of that card are still good."""
    codes = CardCode.objects.filter(card__staff=world.staff[who], card__voided_at=None)
    gone = codes.order_by("number")[: codes.count() - left].values_list("pk", flat=True)
    with world.everywhere():
        CardCode.objects.filter(pk__in=list(gone)).update(used_at=clock.now())


def give_administrator(world: World) -> None:
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff["nobody"], role="unit_administrator",
            place=world.atb, decree_no="SK-A", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "told"), [(6, ""), (5, "tinggal 5 kode"), (1, "tinggal 1 kode"), (0, "kodenya habis")]
)
def test_holder_is_told_from_five_codes_on(world: World, left: int, told: str) -> None:
    world.give_card()
    use(world, "officer", left)

    client = world.client()
    with at_most(12):
        page = client.get("/desk/").text

    assert ("Kartu sekali pakai Anda" in page) == bool(told)
    assert told in page
    assert not told or reverse("institutions:account") in page


def test_administrator_and_head_are_led_to_the_person(world: World) -> None:
    give_administrator(world)
    world.give_card()
    use(world, "officer", 2)
    url = reverse("institutions:person", args=[world.staff["officer"].pk])

    for who in ("nobody", "head"):
        client = world.client(who)
        with at_most(12):
            page = client.get("/desk/").text
        assert "Kartu sekali pakai Officer Contoh: tinggal 2 kode" in page
        assert url in page
        assert "Cetak kartu" in client.get(url).text


@pytest.mark.parametrize("who", ["seller", "outside_head", "regional", "administrator", "national"])
def test_nobody_else_reads_of_it(world: World, who: str) -> None:
    world.give_card()
    use(world, "officer", 2)

    assert "Kartu sekali pakai Officer" not in world.client(who).get("/desk/").text


def test_new_card_ends_the_warning(world: World) -> None:
    world.give_card()
    use(world, "officer", 0)

    world.client("head").post(f"/desk/staff/{world.staff['officer'].pk}/card/")

    assert FactorCard.objects.filter(staff=world.staff["officer"], voided_at=None).count() == 1
    assert "Kartu sekali pakai" not in world.client().get("/desk/").text
    assert "Kartu sekali pakai" not in world.client("head").get("/desk/").text
