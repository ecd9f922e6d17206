"""Certificates at the desk through the browser's door: asked for, decided, listed, on Hari Ini."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from berdaya.training.models import Certificate, Withdrawal
from tests.counting import at_most, is_own
from tests.training.certificate_scene import SIGNER, again, issued, make_class, propose
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


def test_officer_proposes_and_head_approves(world: World) -> None:
    lesson = make_class(world)
    path = f"/desk/session-certificates/{lesson.session.code}/"

    asked = world.client("officer").post(f"{path}proposal/", SIGNER)
    agreed = world.client("head").post(f"{path}decision/", {"outcome": "approved"})

    assert (asked.status_code, agreed.status_code) == (302, 302)
    assert all(row.credential is not None for row in again(world, lesson))


def test_waiting_certificates_stand_on_the_heads_list_alone(world: World) -> None:
    lesson = make_class(world)
    propose(world, lesson)
    words = "Sertifikat untuk 2 peserta menunggu persetujuan"

    assert words in world.client("head").get("/desk/").content.decode()
    assert words not in world.client("officer").get("/desk/").content.decode()


def test_withdrawal_is_asked_and_decided(world: World) -> None:
    (row,) = issued(world, "cendana")
    path = f"/desk/certificates/{row.code}/withdrawal/"

    world.client("officer").post(path, {"kind": "revoked", "reason": "Nilai tertukar"})
    with world.everywhere():
        asked = Withdrawal.objects.get()
    shown = world.client("head").get("/desk/").content.decode()
    world.client("head").post(
        f"/desk/certificate-withdrawals/{asked.pk}/decision/", {"outcome": "approved"}
    )

    assert f"Cabut sertifikat {row.code}?" in shown
    with world.everywhere():
        assert not Certificate.objects.get(pk=row.pk).is_live


def asked(client: Client, path: str) -> int:
    """Statements that a page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum(is_own(query["sql"]) for query in captured.captured_queries)


def test_lists_ask_no_more_with_more_rows(world: World) -> None:
    issued(world, "cendana")
    client = world.client("officer")
    few = asked(client, "/desk/certificates/")
    rows = issued(world, "cendana", "lontar", "kelor", provider="Balai Lain")

    assert asked(client, "/desk/certificates/") == few
    for path in (
        "/desk/certificates/", f"/desk/certificates/{rows[0].code}/",
        f"/desk/session-certificates/{rows[0].session.code}/",
    ):  # fmt: skip
        with at_most(12):
            client.get(path)


def test_list_is_filtered_by_state(world: World) -> None:
    (waiting,) = propose(world, make_class(world, "lontar"))
    (row,) = issued(world, "cendana", provider="Balai Lain")

    shown = world.client("officer").get("/desk/certificates/", {"keadaan": "valid"})

    assert row.code in shown.content.decode()
    assert waiting.code not in shown.content.decode()


@pytest.mark.parametrize(
    "state", ["waiting", "refused", "not_yet", "expired", "revoked", "replaced"]
)
def test_other_states_leave_a_valid_one_out(world: World, state: str) -> None:
    (row,) = issued(world, "cendana")

    shown = world.client("officer").get("/desk/certificates/", {"keadaan": state})

    assert row.code not in shown.content.decode()


def test_outsider_finds_no_certificate(world: World) -> None:
    (row,) = issued(world, "cendana")

    assert world.client("outsider").get(f"/desk/certificates/{row.code}/").status_code == 404
    assert row.code not in world.client("outsider").get("/desk/certificates/").content.decode()
