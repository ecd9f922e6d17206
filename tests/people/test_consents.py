"""Consents and their texts: recorded, sealed, taken back anywhere, asked again, never edited."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.sealing import Unreadable
from berdaya.core.verdicts import Refused
from berdaya.people.actions.identity import erase_identity, record_identity
from berdaya.people.actions.papers import record_consent, withdraw_consent
from berdaya.people.actions.participants import place_participant
from berdaya.people.actions.rotation import rotate_keys
from berdaya.people.actions.texts import publish_text
from berdaya.people.models import Consent, ConsentProof, ConsentText
from berdaya.people.queries import work_facts
from berdaya.people.queries_consent import consent_states
from berdaya.people.scans import Scan, open_proof
from tests.catalog import files
from tests.people.consents import UNTIL, give, give_publicity, text_of
from tests.world import SINCE, TODAY, World

THUMB = b"CAP-JEMPOL-CONTOH" * 40


def test_each_purpose_is_a_consent_of_its_own(world: World) -> None:
    give(world)
    give(world, "data")
    give_publicity(world, "kain-a")
    give_publicity(world, "kain-a", "card")
    give_publicity(world, "kain-b")

    with pytest.raises(Refused, match="paper_overlaps"):
        give_publicity(world, "kain-a")
    with world.everywhere():
        assert Consent.objects.count() == 5


def test_consent_for_another_purpose_lets_nobody_work(world: World) -> None:
    give(world, "data")
    give_publicity(world, "kain-a")

    with world.everywhere():
        person = world.people["cendana"].pk
        assert not work_facts(world.atb.pk, [person], TODAY)[person].has_consent


def test_publicity_ends_by_itself_and_can_be_given_again(world: World) -> None:
    first = give_publicity(world, "kain-a", valid_until=SINCE + timedelta(days=30))
    again = give_publicity(world, "kain-a", given_on=SINCE + timedelta(days=30))

    held = [first.holds_on(SINCE + timedelta(days=n)) for n in (0, 1, 29, 30)]
    assert held == [False, True, True, False]
    assert again.holds_on(TODAY)


def test_witness_is_not_the_recorder(world: World) -> None:
    officer, head = world.staff["officer"], world.staff["head"]

    with pytest.raises(Refused, match="witness_is_recorder"):
        give(world, witness_role="officer", witness=officer)
    with pytest.raises(Refused, match="witness_missing"):
        give(world, witness_role="officer")
    with world.everywhere():
        assert not Consent.objects.exists()
    assert give(world, witness_role="officer", witness=head).witness == head


def test_the_database_too_wants_two_people(world: World) -> None:
    officer = world.staff["officer"]
    with (
        pytest.raises(DatabaseError, match="two_people"),
        world.everywhere(),
        transaction.atomic(),
    ):
        Consent.objects.create(
            participant=world.people["cendana"], facility=world.atb, given_on=SINCE,
            text_version="1", witness_role="officer", witness=officer, recorded_by=officer,
        )  # fmt: skip


@pytest.mark.parametrize("by", ["head", "outsider"])
def test_only_who_may_records_publicity(world: World, by: str) -> None:
    with pytest.raises(Refused):
        give_publicity(world, "kain-a", by=by)

    with world.everywhere():
        assert not Consent.objects.exists()


def test_anak_and_community_service_never_consent_to_publicity(world: World) -> None:
    with pytest.raises(Refused, match="facility_lpka"), world.everywhere() as scope:
        _publicity_at(world, scope.actor, "tunas", "LPKA-KPG")
    with pytest.raises(Refused, match="publicity_status"), world.everywhere() as scope:
        _publicity_at(world, scope.actor, "asam", "BP-KPG")


def _publicity_at(world: World, by: object, who: str, where: str) -> None:
    record_consent(
        by=by, participant=world.people[who], facility=world.facilities[where],
        given_on=SINCE, language="id", witness_role="family", text=text_of("publicity"),
        item="kain-a", channel="shop", valid_until=UNTIL,
    )  # fmt: skip


def with_identity(world: World) -> None:
    with world.acting() as scope:
        record_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            values={"name": "Contoh Kedondong Raya"},
        )  # fmt: skip


def test_scan_is_sealed_and_opens_only_under_the_persons_key(world: World) -> None:
    with_identity(world)

    consent = give(world, scan=Scan(THUMB, "image/png"))

    with world.acting():
        proof = ConsentProof.objects.select_related("consent").get(consent=consent)
        assert b"JEMPOL" not in bytes(proof.sealed)
        assert open_proof(proof).content == THUMB
        trail = AuditRow.objects.filter(table="people_consentproof")
        assert trail
        assert not any("JEMPOL" in str(row.after) for row in trail)


def test_rotated_keys_still_open_the_scan(world: World) -> None:
    with_identity(world)
    consent = give(world, scan=Scan(THUMB, "image/png"))
    with world.acting():
        before = bytes(ConsentProof.objects.get(consent=consent).sealed)

    assert list(rotate_keys())

    with world.acting():
        proof = ConsentProof.objects.get(consent=consent)
        assert bytes(proof.sealed) != before
        assert open_proof(proof).content == THUMB


def test_erased_person_leaves_no_scan_that_opens(world: World) -> None:
    with_identity(world)
    consent = give(world, scan=Scan(THUMB, "image/png"))
    with world.acting("head") as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="asked"
        )

    with world.acting(), pytest.raises(Unreadable):
        open_proof(ConsentProof.objects.get(consent=consent))


def test_scan_without_an_identity_is_refused_and_nothing_stays(world: World) -> None:
    with pytest.raises(Refused, match="identity_missing"):
        give(world, scan=Scan(THUMB, "image/png"))

    with world.everywhere():
        assert not Consent.objects.exists()


def move(world: World) -> None:
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="B-001", valid_from=TODAY - timedelta(days=30),
        )  # fmt: skip


def test_who_has_moved_takes_consent_back_at_the_new_place(world: World) -> None:
    given = give(world)
    move(world)

    with world.acting("outsider") as scope:
        seen = Consent.objects.get(pk=given.pk)
        withdraw_consent(by=scope.actor, consent=seen, withdrawn_on=TODAY)

    with world.everywhere():
        given.refresh_from_db()
        assert given.withdrawn_on == TODAY
        trail = AuditRow.objects.filter(table="people_consent", row_pk=str(given.pk))
        assert trail.count() == 2


def test_nobody_else_takes_back_over_the_wall(world: World) -> None:
    given = give(world)

    with world.acting("outsider") as scope:
        with pytest.raises(Refused, match="not_placed"):
            withdraw_consent(by=scope.actor, consent=given, withdrawn_on=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_withdraw_consent(%s, %s)", [given.pk, TODAY])
            assert cursor.fetchone() == (False,)

    with world.everywhere():
        given.refresh_from_db()
        assert given.withdrawn_on is None


def publish(world: World, by: str = "national", **more: object) -> list[ConsentText]:
    facts = {
        "purpose": "work", "version": "2027-1", "in_force_from": clock.today() + timedelta(days=1),
        "bodies": {"id": "# Baru\n\nKata-kata baru.", "en": "New words.", "local": ""},
    } | more  # fmt: skip
    with world.acting(by) as scope:
        return publish_text(by=scope.actor, **facts)


def test_new_text_asks_again_and_takes_nothing_away(world: World) -> None:
    given = give(world)

    texts = publish(world)

    later = clock.today() + timedelta(days=2)
    with world.everywhere():
        states = {row.pk: row.state for row in consent_states(Consent.objects.all(), later)}
        assert states == {given.pk: "old_text"}
        today = {row.state for row in consent_states(Consent.objects.all(), clock.today())}
        assert today == {"holds"}
        person = world.people["cendana"].pk
        assert work_facts(world.atb.pk, [person], later)[person].has_consent
    assert sorted(text.language for text in texts) == ["en", "id"]


def test_text_is_refused_to_others_and_for_days_that_have_begun(world: World) -> None:
    for by, change, code in (
        ("officer", {}, "ability_missing"),
        ("regional", {}, "ability_missing"),
        ("national", {"in_force_from": clock.today()}, "text_in_past"),
        ("national", {"version": "2025-1"}, "text_version_taken"),
    ):
        with pytest.raises(Refused, match=code):
            publish(world, by, **change)

    with world.everywhere():
        assert ConsentText.objects.count() == 10


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_text_is_never_changed(world: World, verb: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        world.everywhere(),
        transaction.atomic(),
    ):
        rows = ConsentText.objects.filter(purpose="work")
        rows.update(body="lain") if verb == "update" else rows.delete()


def test_every_text_says_what_the_law_asks(world: World) -> None:
    for text in ConsentText.objects.all():
        heads = [line for line in text.body.splitlines() if line.startswith("# ")]
        assert len(heads) == 7, str(text)
        assert "remisi" in text.body or "remission" in text.body
        assert "27/2022" in text.body


def test_scan_comes_in_by_the_one_door(world: World) -> None:
    with_identity(world)
    url = f"/desk/wbp/{world.people['cendana'].code}/kerja/consents/"
    data = {
        "text": text_of().pk, "given_on": str(SINCE), "language": "local", "read_in": "Tetun",
        "witness_role": "officer", "witness": world.staff["head"].pk,
    }  # fmt: skip
    bad = SimpleUploadedFile("a.png", b"MZ bukan gambar", "image/png")
    good = SimpleUploadedFile("a.jpg", files.jpeg(width=400, height=300), "image/jpeg")

    refused = world.client().post(url, {**data, "scan": bad})
    kept = world.client().post(url, {**data, "scan": good})

    assert refused.status_code == 422
    assert kept.status_code == 302
    with world.acting():
        proof = ConsentProof.objects.select_related("consent").get()
        assert (proof.consent.read_in, proof.consent.witness) == ("Tetun", world.staff["head"])
        assert files.SECRET not in open_proof(proof).content
