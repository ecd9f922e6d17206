"""The page that seals: it takes values, shows none, and leaves none behind."""

import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from berdaya.people import sealed
from berdaya.people.models import SealedIdentity
from berdaya.people.tasks import destroy_again
from tests.counting import at_most
from tests.people.test_backups import erase
from tests.people.test_identity import PLANTED, record
from tests.world import World

TYPED = {
    "name": PLANTED["name"],
    "register_no": PLANTED["register_no"],
    "nik": PLANTED["nik"],
    "born_on": "1990-01-01",
    "bank": "Bank Contoh",
    "number": "0091827364",
    "holder": PLANTED["name"],
    "heirs": PLANTED["heirs"],
}


def page(world: World) -> str:
    return f"/desk/wbp/{world.people['cendana'].code}/data-diri/"


def opened(world: World) -> sealed.Identity:
    with world.everywhere():
        rows = SealedIdentity.objects.all()
        return sealed.open_all(rows, sealed.FIELDS)[world.people["cendana"].pk]


def test_officer_seals_what_was_typed_and_no_page_shows_it_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client = world.client()
    with caplog.at_level(logging.DEBUG):
        answer = client.post(page(world), TYPED)

        shown = client.get(answer["Location"])

    assert {field: getattr(opened(world), field) for field in PLANTED} == PLANTED
    assert shown["Cache-Control"].count("no-store") == 1
    told = [shown.content.decode(), caplog.text, str(answer.headers), str(client.cookies)]
    told += [str(one.get_decoded()) for one in Session.objects.all()]
    for value in ("Kedondong", "91827", PLANTED["nik"], "Kelengkeng"):
        assert [text for text in told if value in text] == []


def test_empty_field_leaves_what_is_sealed_and_ticked_one_clears(world: World) -> None:
    record(world)

    world.client().post(page(world), {"name": "Contoh Sawo", "cleared": ["heirs", "nik"]})

    found = opened(world)
    assert (found.name, found.heirs, found.nik) == ("Contoh Sawo", "", "")
    assert found.register_no == PLANTED["register_no"]
    with world.everywhere():
        assert sealed.find("nik", PLANTED["nik"]) == []


@pytest.mark.parametrize(
    "typed", [{"nik": "123"}, {"bank": "Bank Contoh"}, {"born_on": "1850-01-01"}]
)
def test_untrue_value_is_told_at_its_field_and_nothing_is_sealed(
    world: World, typed: dict[str, str]
) -> None:
    answer = world.client().post(page(world), {"name": "Contoh Sawo", **typed})

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode() or "aria-invalid" in answer.content.decode()
    with world.everywhere():
        assert not SealedIdentity.objects.exists()


def test_page_costs_few_queries(world: World) -> None:
    record(world)
    client = world.client()

    with at_most(12):
        client.get(page(world))


def test_job_destroys_a_key_that_outlived_the_erasing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program died between the commit and the destroying: on_commit does not run in a test."""
    row: Any = record(world)
    erase(world)
    from berdaya.core.keystore import keystore
    from berdaya.people.models import Erasure

    assert keystore().keys([row.key_owner])
    with world.everywhere():
        destroy_again(world.atb.pk, Erasure.objects.get().pk)

    assert keystore().keys([row.key_owner]) == {}
