"""What a product says of halal: recorded with basis and day, ended, and never against a paper."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.goods.models import Variant
from berdaya.legality.actions.permits import revoke_permit
from berdaya.legality.actions.standings import end_standing, record_standing
from berdaya.legality.models import HalalStanding, HalalStatus
from berdaya.legality.queries.facts import halal_of
from berdaya.legality.queries.standings import with_standing
from tests.counting import at_most
from tests.legality.papers import codes, halal, keep, oil_of
from tests.world import World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def oil(world: World) -> Variant:  # noqa: F811
    return oil_of(world)[0]


def say(world: World, oil: Variant, status: str, days_ago: int = 0, who: str = "officer") -> None:  # noqa: F811
    with world.acting(who) as scope:
        record_standing(
            by=scope.actor, product=oil.product, status=status, basis="daging babi",
            valid_from=clock.today() - timedelta(days=days_ago),
        )  # fmt: skip


def test_each_state_is_told_and_judged_honestly(world: World, oil: Variant) -> None:  # noqa: F811
    keep(world, clock.today() + timedelta(days=400), products=[oil.product])
    today, found = clock.today(), []
    for place, status in enumerate([None, *HalalStatus.values]):
        if status:
            say(world, oil, status, 9 - place)
        with world.everywhere():
            told = halal_of([oil.product_id], today)[oil.product_id].state
            listed = with_standing([world.atb.pk], today).get(pk=oil.product_id).halal
        found.append((told, listed, codes(world, oil, today)))

    assert found == [
        ("unknown", "unknown", ("permit_missing",)),
        ("in_process", "in_process", ("permit_missing",)),
        ("exempt", "exempt", ()),
        ("not_halal", "not_halal", ()),
    ]
    with world.everywhere():
        kept = HalalStanding.objects.order_by("valid_from")
        assert [one.valid_until is None for one in kept] == [False, False, True]


def test_a_certificate_says_more_than_a_statement(world: World, oil: Variant) -> None:  # noqa: F811
    paper = halal(world, products=[oil.product])
    with pytest.raises(Refused, match="standing_certified"):
        say(world, oil, "not_halal")
    with world.acting() as scope:
        revoke_permit(by=scope.actor, permit=paper, revoked_on=clock.today(), reason="keliru")
    say(world, oil, "not_halal")

    with world.everywhere():
        assert HalalStanding.objects.get().status == "not_halal"


def test_a_statement_ends(world: World, oil: Variant) -> None:  # noqa: F811
    say(world, oil, "exempt", 5)
    with pytest.raises(Refused, match="standing_backwards"):
        say(world, oil, "not_halal", 5)
    with world.acting() as scope:
        end_standing(by=scope.actor, product=oil.product, day=clock.today())
    with pytest.raises(Refused, match="standing_none"), world.acting() as scope:
        end_standing(by=scope.actor, product=oil.product, day=clock.today())

    with world.everywhere():
        assert halal_of([oil.product_id], clock.today())[oil.product_id].state == "unknown"


def test_an_outsider_says_nothing_of_it(world: World, oil: Variant) -> None:  # noqa: F811
    with pytest.raises(Refused, match="facility_out_of_scope"):
        say(world, oil, "exempt", who="outsider")
    outsider = world.client("outsider")

    assert outsider.get(f"/desk/permits/halal/{oil.product_id}/").status_code == 404
    with world.everywhere():
        assert not HalalStanding.objects.exists()


def test_pages_of_halal(world: World, oil: Variant) -> None:  # noqa: F811
    oil_of(world, ("1 l",), 2)
    client, page = world.client(), f"/desk/permits/halal/{oil.product_id}/"
    for address in ("/desk/permits/halal/", "/desk/permits/halal/?keadaan=unknown", page):
        with at_most(12):
            assert client.get(address).status_code == 200
    facts = {"status": "not_halal", "basis": "", "valid_from": clock.today().isoformat()}

    empty = client.post(f"{page}statements/", facts)
    said = client.post(f"{page}statements/", facts | {"basis": "daging babi"})

    assert (empty.status_code, said.status_code) == (409, 302)
    assert "Tidak halal" in client.get(page).content.decode()
    assert "daging babi" in client.get("/desk/permits/halal/?keadaan=not_halal").content.decode()
