"""Certificates take two people; refused steps change nothing; nothing tells the place."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from berdaya.core.verdicts import Refused
from berdaya.training.actions.certificates import decide_certificates, propose_certificates
from berdaya.training.actions.withdrawals import decide_withdrawal, propose_withdrawal
from berdaya.training.models import (
    Certificate,
    CertificateDecision,
    Credential,
    Withdrawal,
)
from berdaya.training.rules_certificates import telling
from tests.training.certificate_scene import (
    SIGNER,
    again,
    decide,
    end,
    issued,
    make_class,
    propose,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("db")


def counts(world: World) -> tuple[int, int, int, int]:
    with world.everywhere():
        return (
            Certificate.objects.count(),
            CertificateDecision.objects.count(),
            Credential.objects.count(),
            Withdrawal.objects.count(),
        )


def codes(refusal: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return refusal.value.verdict.codes


def test_agreed_certificate_is_signed_and_numbered(world: World) -> None:
    first, second = issued(world)

    assert first.credential is not None
    assert second.credential is not None
    assert first.credential.number.startswith("0001/SERT/")
    assert second.credential.number.startswith("0002/SERT/")
    assert first.credential.public_code != second.credential.public_code
    assert first.credential.issuer_name == "Balai Latihan Contoh"
    assert first.credential.valid_until is not None
    assert counts(world) == (2, 2, 2, 0)


def test_proposer_decides_nothing(world: World) -> None:
    rows = propose(world, make_class(world), by="officer")
    before = counts(world)

    with pytest.raises(Refused) as refusal, world.acting("officer") as scope:
        decide_certificates(by=scope.actor, certificates=rows, outcome="approved")

    assert codes(refusal) == ("ability_missing",)
    assert counts(world) == before


def test_same_person_in_two_roles_is_refused(world: World) -> None:
    lesson = make_class(world)
    rows = propose(world, lesson)
    with world.everywhere():
        Certificate.objects.update(proposed_by=world.staff["head"])
    before = counts(world)

    with pytest.raises(Refused) as refusal:
        decide(world, rows, by="head")

    assert codes(refusal) == ("certificate_same_person",)
    assert counts(world) == before


def test_database_holds_the_two_people_too(world: World) -> None:
    (row, *_others) = propose(world, make_class(world))

    with world.everywhere():
        decision = CertificateDecision(
            certificate=row, facility=row.facility, proposed_by_id=row.proposed_by_id,
            decided_by_id=row.proposed_by_id, outcome="approved", decided_at=row.proposed_at,
        )  # fmt: skip
        with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            decision.save()
        decision.proposed_by = world.staff["humas"]
        with pytest.raises(IntegrityError, match="proposer"), transaction.atomic():
            decision.save()


def test_second_decision_is_refused(world: World) -> None:
    rows = propose(world, make_class(world))
    decide(world, rows)
    before = counts(world)

    with pytest.raises(Refused) as refusal:
        decide(world, rows)

    assert codes(refusal) == ("certificate_decided",)
    assert counts(world) == before


def test_refused_certificate_may_be_asked_for_again(world: World) -> None:
    lesson = make_class(world, "cendana")
    decide(world, propose(world, lesson), outcome="refused")

    decide(world, propose(world, lesson))

    assert [one.credential is not None for one in again(world, lesson)] == [False, True]


def test_refusal_needs_a_reason(world: World) -> None:
    rows = propose(world, make_class(world))

    with pytest.raises(Refused) as refusal, world.acting("head") as scope:
        decide_certificates(by=scope.actor, certificates=rows, outcome="refused", reason=" ")

    assert codes(refusal) == ("certificate_reason_missing",)


def test_who_did_not_pass_gets_none(world: World) -> None:
    lesson = make_class(world, "cendana", result="not_yet")
    before = counts(world)

    with pytest.raises(Refused) as refusal, world.acting() as scope:
        propose_certificates(
            by=scope.actor, facility=world.atb, assessments=lesson.passed.values(), **SIGNER
        )

    assert codes(refusal) == ("certificate_not_passed",)
    assert counts(world) == before


def test_database_refuses_one_for_who_did_not_pass(world: World) -> None:
    lesson = make_class(world, "cendana", result="not_yet")
    (row,) = propose(world, make_class(world, "lontar"))

    row.pk, row.code, row.holder_code = None, "X", "Y"
    row.assessment = lesson.passed["cendana"]

    with (
        world.everywhere(),
        pytest.raises(DatabaseError, match="not_passed"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_second_certificate_of_an_assessment_is_refused(world: World) -> None:
    lesson = make_class(world)
    propose(world, lesson)
    before = counts(world)

    with pytest.raises(Refused) as refusal, world.acting() as scope:
        propose_certificates(
            by=scope.actor, facility=world.atb, assessments=lesson.passed.values(), **SIGNER
        )

    assert codes(refusal) == ("certificate_exists",)
    assert counts(world) == before


def test_unit_is_no_issuer(world: World) -> None:
    lesson = make_class(world, provider=world.parties["satker_atb"])

    with pytest.raises(Refused) as refusal:
        propose(world, lesson)

    assert set(codes(refusal)) == {"certificate_issuer_is_unit", "certificate_tells_place"}
    assert counts(world)[0] == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Menenun bagi warga binaan"},
        {"title": "Kelas tenun Lapas Kelas IIB Atambua"},
        {"provider": "Koperasi Rutan Contoh"},
    ],
)
def test_words_that_tell_the_place_are_refused(world: World, facts: dict[str, str]) -> None:
    lesson = make_class(world, **facts)

    with pytest.raises(Refused) as refusal:
        propose(world, lesson)

    assert codes(refusal) == ("certificate_tells_place",)
    assert counts(world)[0] == 0


def test_innocent_words_are_not_refused() -> None:
    texts = ("Ketahanan Pangan Keluarga", "Anyaman Lontar", "Napitupulu, S.Pd.", "Kelapa dan Kopi")

    assert telling(texts, ("Lapas Kelas IIB Atambua",)) == ""


def test_signer_must_be_known(world: World) -> None:
    lesson = make_class(world)

    with pytest.raises(Refused) as refusal, world.acting() as scope:
        propose_certificates(
            by=scope.actor, facility=world.atb, assessments=lesson.passed.values(),
            signer_name=" ", signer_post="Kepala",
        )  # fmt: skip

    assert codes(refusal) == ("certificate_signer_missing",)


def test_outsider_finds_nothing_and_may_nothing(world: World) -> None:
    lesson = make_class(world)
    rows = propose(world, lesson)
    before = counts(world)

    with world.acting("outside_head") as scope:
        assert not Certificate.objects.exists()
        with pytest.raises(Refused) as refusal:
            decide_certificates(by=scope.actor, certificates=rows, outcome="approved")

    assert codes(refusal) == ("facility_out_of_scope",)
    assert counts(world) == before


def test_revoking_takes_two_and_ends_it(world: World) -> None:
    (row,) = issued(world, "cendana")

    ended = end(world, row)

    assert ended.credential is not None
    assert ended.credential.ended_as == "revoked"
    assert not ended.is_live


def test_refused_withdrawal_leaves_it_in_force(world: World) -> None:
    (row,) = issued(world, "cendana")
    with world.acting() as scope:
        asked = propose_withdrawal(by=scope.actor, certificate=row, kind="revoked", reason="Keliru")

    with world.acting("head") as scope:
        decide_withdrawal(by=scope.actor, withdrawal=asked, outcome="refused", reason="Benar")

    with world.everywhere():
        fresh = Certificate.objects.select_related("credential").get(pk=row.pk)
    assert fresh.is_live
    assert fresh.credential is not None
    assert fresh.credential.ended_as == ""


def test_asker_does_not_decide_the_withdrawal(world: World) -> None:
    (row,) = issued(world, "cendana")
    with world.acting("head") as scope:
        asked = propose_withdrawal(by=scope.actor, certificate=row, kind="revoked", reason="Keliru")
        with pytest.raises(Refused) as refusal:
            decide_withdrawal(by=scope.actor, withdrawal=asked, outcome="approved")

    assert codes(refusal) == ("certificate_same_person",)
    with world.everywhere():
        assert Credential.objects.get().ended_as == ""
        assert Withdrawal.objects.get().is_open


def test_second_request_waits_for_the_first(world: World) -> None:
    (row,) = issued(world, "cendana")

    with world.acting() as scope:
        propose_withdrawal(by=scope.actor, certificate=row, kind="revoked", reason="Keliru")
        with pytest.raises(Refused) as refusal:
            propose_withdrawal(by=scope.actor, certificate=row, kind="replaced", reason="Keliru")

    assert codes(refusal) == ("certificate_asked_already",)


def test_waiting_certificate_cannot_be_revoked(world: World) -> None:
    (row, *_others) = propose(world, make_class(world))

    with pytest.raises(Refused) as refusal, world.acting() as scope:
        propose_withdrawal(by=scope.actor, certificate=row, kind="revoked", reason="Keliru")

    assert codes(refusal) == ("certificate_not_issued",)


def test_replaced_one_leads_to_a_new_one_with_todays_words(world: World) -> None:
    (row,) = issued(world, "cendana")
    with world.everywhere():
        course = row.session.course
        course.title = "Menenun Ikat Lanjutan"
        course.save()

    ended = end(world, row, "replaced")

    assert ended.credential is not None
    fresh = ended.credential.replaced_by
    assert fresh is not None
    assert (fresh.title, fresh.ended_as) == ("Menenun Ikat Lanjutan", "")
    assert ended.credential.title == "Menenun Ikat Dasar"
    with world.everywhere():
        successor = Certificate.objects.get(credential=fresh)
        assert successor.decision.decided_by == world.staff["head"]
        assert successor.proposed_by == world.staff["officer"]


def change(world: World, **facts: object) -> None:
    with (
        world.everywhere(),
        pytest.raises(DatabaseError, match="credential_stays"),
        transaction.atomic(),
    ):
        Credential.objects.update(**facts)


def test_signed_credential_cannot_be_changed(world: World) -> None:
    (row,) = issued(world, "cendana")

    change(world, title="Lain")
    end(world, row)
    change(world, ended_as="", ended_at=None)


def test_no_row_of_the_published_tables_reaches_a_person() -> None:
    from berdaya.core.reach import protected

    reached = protected()

    assert "training_certificate" in reached
    assert not {"training_credential", "training_issuerkey", "training_certificateissuer"} & set(
        reached
    )
