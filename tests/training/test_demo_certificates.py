"""The demo's certificates: every state once, by two of the unit's own people, and only once."""

import pytest

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.proofs import declared_checks
from berdaya.institutions.models import Party
from berdaya.training.demo_certificates import load_certificates
from berdaya.training.models import Certificate
from berdaya.training.tables_certificates import state_of
from tests.training.certificate_scene import make_class
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")
CHECKS = {"certificates_are_agreed", "certificates_end_once", "credentials_are_signed"}


def states(world: World) -> list[str]:
    with world.everywhere():
        rows = Certificate.objects.select_related("credential").order_by("pk")
        return [state_of(row) for row in rows]


def test_demo_shows_what_can_become_of_a_certificate(world: World) -> None:
    with world.everywhere():
        party = Party.objects.create(
            code="BLK-KPG", kind="agency", name="BLK Contoh", town="Kupang"
        )
    make_class(world, "cendana", "lontar", provider=party)
    make_class(world, "cendana", provider=party)
    context = DemoContext(today=clock.today())

    load_certificates(context)
    first = states(world)
    load_certificates(context)

    assert sorted(first) == ["replaced", "revoked", "valid", "waiting"]
    assert states(world) == first


def test_promises_hold_and_notice_what_breaks_them(world: World) -> None:
    test_demo_shows_what_can_become_of_a_certificate(world)
    checks = [one for one in declared_checks() if one.code in CHECKS]

    with world.everywhere():
        assert {one.code for one in checks if not one.rows()} == CHECKS
        Certificate.objects.filter(is_live=True, credential__isnull=False).update(is_live=False)
        broken = {one.code for one in checks if one.rows()}

    assert broken == {"certificates_end_once"}
