"""The sealed scan of a consent: opened for a reason, by few, with its log, as a file to save."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from berdaya.core.verdicts import Refused
from berdaya.people.actions.participants import place_participant
from berdaya.people.actions.rights import answer_case
from berdaya.people.actions.scans import open_scan
from berdaya.people.models import Consent, ConsentProof, Reveal, RevealedPerson
from berdaya.people.scans import Scan
from tests.catalog import files
from tests.people.consents import give, text_of
from tests.people.names import plant
from tests.people.opening import logged
from tests.people.rights_scene import ask
from tests.people.test_backups import erase
from tests.world import TODAY, World

THUMB = b"%PDF-1.4 CAP-JEMPOL-CONTOH"


def signed(world: World) -> Consent:
    """Cendana's consent to work with its scan."""
    plant(world, "cendana")
    return give(world, scan=Scan(THUMB, "application/pdf"))


def page(world: World, consent: Consent) -> str:
    return f"/desk/wbp/{world.people['cendana'].code}/kerja/consents/{consent.pk}/scan/"


@pytest.mark.parametrize("who", ["officer", "head"])
def test_scan_comes_as_a_file_with_its_log(world: World, who: str) -> None:
    consent = signed(world)
    client = world.client(who)

    asked = client.get(page(world, consent))
    without = client.post(page(world, consent), {})
    before = logged(world)
    answer = client.post(page(world, consent), {"reason": "dispute"})

    assert (asked.status_code, without.status_code, before) == (200, 422, 0)
    assert answer.content == THUMB
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Contoh" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    with world.everywhere():
        reveal = Reveal.objects.get()
        assert (reveal.purpose, reveal.reason, reveal.count) == ("consent", "dispute", 1)
        assert RevealedPerson.objects.get().fields == ["consent_proof"]
    seen = world.client("head").get(f"/desk/reveals/{reveal.code}/").content.decode()
    assert "Pindaian surat kesediaan" in seen


@pytest.mark.parametrize(
    "who", ["payments", "humas", "counsellor", "regional", "auditor", "outsider"]
)
def test_nobody_else_opens_it(world: World, who: str) -> None:
    consent = signed(world)

    answer = world.client(who).post(page(world, consent), {"reason": "dispute"})

    assert answer.status_code in (403, 404)
    assert THUMB not in answer.content
    assert logged(world) == 0


def test_reason_of_another_purpose_is_no_reason(world: World) -> None:
    consent = signed(world)

    answer = world.client().post(page(world, consent), {"reason": "serve"})

    assert answer.status_code == 422
    with world.acting() as scope, pytest.raises(Refused, match="reveal_reason_missing"):
        open_scan(
            by=scope.actor, facility=world.atb, proof=ConsentProof.objects.get(), reason="serve"
        )
    assert logged(world) == 0


def test_consent_without_a_scan_and_one_of_somebody_else_are_unknown(world: World) -> None:
    consent = signed(world)
    bare = give(world, "data")
    other = page(world, consent).replace(world.people["cendana"].code, world.people["lontar"].code)
    client = world.client()

    assert client.get(page(world, bare)).status_code == 404
    assert client.post(other, {"reason": "verify"}).status_code == 404
    assert logged(world) == 0


def test_scan_of_the_erased_is_gone_and_says_so(world: World) -> None:
    consent = signed(world)
    erase(world)

    answer = world.client().post(page(world, consent), {"reason": "verify"})

    assert answer.status_code == 409
    assert "identity_erased" in answer.content.decode()
    assert logged(world) == 0


def test_scan_of_a_restricted_person_stays_closed(world: World) -> None:
    consent = signed(world)
    case = ask(world, "restriction")
    with world.acting("head") as scope:
        answer_case(by=scope.actor, case=case, outcome="granted", handed_over="private")

    answer = world.client().post(page(world, consent), {"reason": "verify"})

    assert answer.status_code == 409
    assert "scan_restricted" in answer.content.decode()
    assert logged(world) == 0


def test_unit_where_the_person_is_now_opens_it_and_the_old_one_no_longer(world: World) -> None:
    consent = signed(world)
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="K-077", valid_from=TODAY - timedelta(days=1),
        )  # fmt: skip

    old = world.client().post(page(world, consent), {"reason": "verify"})
    new = world.client("outsider").post(page(world, consent), {"reason": "verify"})

    assert old.status_code == 409
    assert "reveal_not_here" in old.content.decode()
    assert new.content == THUMB
    with world.everywhere():
        assert Reveal.objects.get().facility_id == world.kpg.pk


def test_scan_uploaded_on_the_page_comes_back_made_anew(world: World) -> None:
    plant(world, "cendana")
    url = f"/desk/wbp/{world.people['cendana'].code}/kerja/consents/"
    with world.everywhere():
        text = text_of("data").pk
    client = world.client()
    sent = client.post(
        url,
        {"text": text, "given_on": "2026-01-05", "language": "id", "witness_role": "family",
         "scan": SimpleUploadedFile("Contoh Jambu.jpg", files.jpeg())},
    )  # fmt: skip
    with world.everywhere():
        consent = Consent.objects.get()

    answer = client.post(page(world, consent), {"reason": "verify"})

    assert sent.status_code == 302
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert files.SECRET not in answer.content
