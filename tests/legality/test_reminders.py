"""The end of a permit on Hari Ini: four steps, each to the right desk, until it is renewed."""

from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.institutions.today import waiting
from berdaya.legality.actions.permits import Answerable, renew_permit
from tests.legality.papers import keep, pirt
from tests.world import World, world  # noqa: F401

pytestmark = pytest.mark.usefixtures("db")


def lines(world: World, who: str) -> dict[str, str]:  # noqa: F811
    """What Hari Ini says to somebody of permits, and the address behind it."""
    actor = world.actor(who)
    with world.acting(who):
        found = waiting(actor, actor.facility_ids)
    return {str(one.text): one.url for one in found if "/desk/permits/" in one.url}


@pytest.mark.parametrize(
    ("left", "desks"),
    [
        (181, set()),
        (180, {"officer"}),
        (31, {"officer"}),
        (30, {"officer", "head"}),
        (7, {"officer", "head"}),
        (0, {"officer", "regional"}),
    ],
)
def test_the_end_is_told_to_the_right_desk(
    world: World,  # noqa: F811
    left: int,
    desks: set[str],
) -> None:
    keep(world, clock.today() + timedelta(days=left))

    told = {who for who in ("officer", "head", "regional", "cooperative") if lines(world, who)}

    assert told == desks


def test_a_renewal_ends_the_reminding(world: World) -> None:  # noqa: F811
    ends = clock.today() + timedelta(days=20)
    old = keep(world, ends)
    before = lines(world, "officer")
    with world.acting() as scope:
        until = ends + timedelta(days=1825)
        renew_permit(
            by=scope.actor, permit=old, number=pirt(until, 13), issued_on=clock.today(),
            valid_from=ends, valid_until=until,
        )  # fmt: skip

    assert list(before.values()) == [f"/desk/permits/{old.pk}/renewal/"]
    assert lines(world, "officer") == lines(world, "head") == {}


def test_a_certificate_of_the_responsible_person_is_told_of(world: World) -> None:  # noqa: F811
    over = Answerable("partner", "", "pkp", "PKP-1", clock.today())
    permit = keep(world, clock.today() + timedelta(days=900), responsible=over)

    assert lines(world, "officer") == {
        f"Sertifikat penanggung jawab SPP-IRT (P-IRT) {permit.number} sudah habis":
        f"/desk/permits/{permit.pk}/responsible/"
    }  # fmt: skip
    assert "sudah habis" in world.client().get(f"/desk/permits/{permit.pk}/").content.decode()
