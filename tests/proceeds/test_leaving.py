"""Who receives a leaver's money: a relation and a letter, and names on paper only when opened."""

from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from berdaya.core.verdicts import Refused
from berdaya.papers.models import Document
from berdaya.people.actions.identity import erase_identity
from berdaya.people.holdings import sections_of
from berdaya.people.models import Reveal, RevealedPerson
from berdaya.people.scans import Scan
from berdaya.proceeds import rules
from berdaya.proceeds.actions.exits import settle_exit
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.forms import ExitForm
from berdaya.proceeds.models import AuditSampleLine, ExitSettlement
from tests.people.consents import give
from tests.people.names import NAMES, plant, told
from tests.people.test_consent_pages import words
from tests.proceeds.scene import Scene, build
from tests.proceeds.test_names import MARCH, draw
from tests.proceeds.test_paying import PAID
from tests.world import World

KIN = "Contoh Markisa Raya, saudara"
THUMB = b"%PDF-1.4 CAP-JEMPOL-CONTOH"


@pytest.fixture
def scene(world: World) -> Scene:
    """Cendana and Lontar have earned."""
    plant(world, "cendana", "lontar", heirs=KIN)
    with world.everywhere():
        made = build(world)
        made.sell(3)
    return made


def leave(scene: Scene, **more: str) -> ExitSettlement:
    facts = {"exit_kind": "release", "method": "cash_at_gate", "reference": "BA-1", **more}
    with scene.world.acting("payments"):
        return settle_exit(
            by=scene.staff("payments"), facility=scene.facility,
            participant=scene.world.people["cendana"], left_on=PAID, **facts,
        )  # fmt: skip


def reveals(world: World) -> list[Reveal]:
    with world.everywhere():
        return list(Reveal.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"exit_kind": "death"}, "receiver_dead"),
        ({"receiver": "heir"}, "receiver_without_letter"),
        ({"receiver": "family", "receiver_letter": "  "}, "receiver_without_letter"),
    ],
)
def test_receiver_who_cannot_be_is_refused_and_nothing_is_settled(
    scene: Scene, more: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        leave(scene, **more)

    assert refused.value.verdict.codes == (code,)
    with scene.world.everywhere():
        assert not ExitSettlement.objects.exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"receiver": "Contoh"}, "proceeds_exit_receiver"),
        ({"receiver": "heir"}, "proceeds_exit_receiver"),
        ({"exit_kind": "death"}, "proceeds_exit_dead"),
    ],
)
def test_the_database_refuses_it_too(scene: Scene, change: dict[str, str], name: str) -> None:
    row = leave(scene)
    row.pk, row.code, row.left_on = None, "LP-ATB-26-K9999", row.left_on.replace(day=1)
    for field, value in change.items():
        setattr(row, field, value)

    with (
        scene.world.everywhere(),
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_nobody_can_choose_what_only_old_rows_say() -> None:
    assert rules.may_receive("release", "self", "").ok
    choices = [code for code, _label in ExitForm.base_fields["receiver"].choices]  # type: ignore[attr-defined]

    assert choices == ["self", "family", "proxy", "heir", "facility"]


def test_record_leaves_a_line_for_the_pen(scene: Scene) -> None:
    row = leave(scene, receiver="family", receiver_letter="SK-7/2026")

    answer = scene.world.client("payments").post(f"/desk/exits/{row.code}/printing/")

    text = words(answer.content)
    assert "Keluarga, dengan surat kuasa" in text
    assert "SK-7/2026" in text
    assert "Nama: …" in text
    assert told(text) == set()
    assert "Markisa" not in text
    assert reveals(scene.world) == []


def test_record_names_who_receives_when_opened_for_it(scene: Scene) -> None:
    row = leave(scene, receiver="heir", receiver_letter="SKW-7", exit_kind="death", method="heirs")

    answer = scene.world.client("payments").post(f"/desk/exits/{row.code}/named/")

    text = words(answer.content)
    assert told(text) == {"cendana"}
    assert KIN in text
    assert "no-store" in answer["Cache-Control"]
    (reveal,) = reveals(scene.world)
    assert (reveal.purpose, reveal.reason, reveal.label) == ("leaving", "kin_record", row.code)
    assert reveal.code in text
    with scene.world.everywhere():
        assert RevealedPerson.objects.get().fields == ["name", "heirs"]
        assert Document.objects.get().printed_count == 1


def test_whoever_receives_in_person_opens_no_family(scene: Scene) -> None:
    row = leave(scene)

    text = words(scene.world.client("officer").post(f"/desk/exits/{row.code}/named/").content)

    assert f"Nama: {NAMES['cendana']}" in text
    assert "Markisa" not in text
    with scene.world.everywhere():
        assert RevealedPerson.objects.get().fields == ["name"]


@pytest.mark.parametrize(
    "who", ["head", "cooperative", "receipts", "regional", "auditor", "outsider"]
)
def test_others_print_no_name(scene: Scene, who: str) -> None:
    row = leave(scene)

    answer = scene.world.client(who).post(f"/desk/exits/{row.code}/named/")

    assert answer.status_code in (403, 404)
    assert told(answer.content) == set()
    assert reveals(scene.world) == []


def test_record_of_the_erased_is_printed_with_the_line(scene: Scene) -> None:
    row = leave(scene)
    world = scene.world
    with world.acting("head") as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )

    text = words(world.client("payments").post(f"/desk/exits/{row.code}/named/").content)

    assert "Nama: …" in text
    assert told(text) == set()


def test_copy_tells_the_person_who_received(scene: Scene) -> None:
    leave(scene, receiver="family", receiver_letter="SK-7/2026")

    with scene.world.everywhere():
        sections = sections_of(scene.world.people["cendana"], "id")
    rows = [row for one in sections if one.title == "Penyelesaian saat keluar" for row in one.rows]

    assert [row[2] for row in rows] == ["Keluarga, dengan surat kuasa"]


def test_words_of_older_rows_become_a_relation_and_are_gone(owner: Any) -> None:
    """The migration's own statement, on a table of the same name that only this session sees."""
    rows = [
        ("", "release", "bank"), ("", "death", "heirs"), ("", "transfer", "new_facility"),
        ("Contoh Markisa, saudara", "release", "bank"), ("Contoh Markisa", "death", "heirs"),
    ]  # fmt: skip
    forward = import_module("berdaya.proceeds.migrations.0009_receiver").FORWARD
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE proceeds_exitsettlement"
            " (receiver varchar(80), exit_kind text, method text)"
        )
        cursor.executemany("INSERT INTO proceeds_exitsettlement VALUES (%s, %s, %s)", rows)

        cursor.execute(forward)
        cursor.execute("SELECT receiver FROM proceeds_exitsettlement")
        found = [receiver for (receiver,) in cursor.fetchall()]

    assert found == ["self", "on_paper", "on_paper", "on_paper", "on_paper"]


# The scan of a consent in an auditor's sample


def sampled(scene: Scene, size: int) -> tuple[str, dict[int, int]]:
    """A sample's code, and the consent of each of two people who have a scan."""
    world = scene.world
    with world.everywhere():
        issue_slips(by=scene.by, facility=world.atb, month=MARCH)
    consents = {
        world.people[who].pk: give(
            world, "data", who=who, scan=Scan(THUMB + who.encode(), "application/pdf")
        ).pk
        for who in ("cendana", "lontar")
    }
    return draw(world, size).code, consents


def test_auditor_opens_scans_of_the_sample_and_no_other(scene: Scene) -> None:
    world = scene.world
    code, consents = sampled(scene, 1)
    with world.everywhere():
        drawn = AuditSampleLine.objects.get().participant_id
    (other,) = consents.keys() - {drawn}
    client = world.client("auditor")
    page = client.get(f"/desk/audit-samples/{code}/").content.decode()

    mine = client.post(f"/desk/audit-samples/{code}/consents/{consents[drawn]}/")
    theirs = client.post(f"/desk/audit-samples/{code}/consents/{consents[other]}/")

    assert f"/consents/{consents[drawn]}/" in page
    assert f"/consents/{consents[other]}/" not in page
    assert mine.content.startswith(THUMB)
    assert mine["Content-Disposition"].startswith("attachment;")
    assert "no-store" in mine["Cache-Control"]
    assert theirs.status_code == 409
    (reveal,) = reveals(world)
    assert (reveal.purpose, reveal.role, reveal.label) == ("sample", "auditor", code)
    with world.everywhere():
        assert RevealedPerson.objects.get().fields == ["consent_proof"]


@pytest.mark.parametrize("who", ["officer", "head", "regional", "outside_head"])
def test_scan_of_a_sample_is_opened_by_nobody_else(scene: Scene, who: str) -> None:
    code, consents = sampled(scene, 2)
    consent = next(iter(consents.values()))

    answer = scene.world.client(who).post(f"/desk/audit-samples/{code}/consents/{consent}/")

    assert answer.status_code in (403, 404)
    assert reveals(scene.world) == []
