"""Rights under UU PDP: recorded, answered in time by the right person, and really done."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.institutions.today import waiting
from berdaya.people.actions import papers
from berdaya.people.actions.participants import end_placement
from berdaya.people.actions.rights import answer_case, end_restriction, record_case
from berdaya.people.models import (
    Consent,
    Erasure,
    Restriction,
    RightsAnswer,
    RightsCase,
    RightsStep,
    SealedIdentity,
)
from berdaya.people.rights import restricted_ids
from tests.counting import at_most
from tests.people.rights_scene import PLANTED, ask, breach, seal
from tests.world import SINCE, World


def answer(world: World, case: RightsCase, by: str = "head", **more: str) -> RightsAnswer:
    facts = {"outcome": "granted", "handed_over": "private", **more}
    with world.acting(by) as scope:
        return answer_case(by=scope.actor, case=RightsCase.objects.get(pk=case.pk), **facts)


def leave(world: World, who: str = "cendana") -> None:
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people[who], facility=world.atb,
            on=clock.today(), status="released",
        )  # fmt: skip


def test_case_is_numbered_and_due_in_72_hours(world: World) -> None:
    case = ask(world, "copy")

    assert re.fullmatch(r"LP-ATB-26-HS\d{4}", case.code)
    assert case.due_at - case.received_at == timedelta(hours=72)


@pytest.mark.parametrize(
    ("by", "late", "subject", "code"),
    [
        ("officer", 1, "Salinan", "received_later"),
        ("officer", 0, "NIK 5304014101900001", "number_in_words"),
        ("payments", 0, "Salinan", "ability_missing"),
        ("outsider", 0, "Salinan", "facility_out_of_scope"),
        ("auditor", 0, "Salinan", "ability_missing"),
    ],
)
def test_case_is_refused(world: World, by: str, late: int, subject: str, code: str) -> None:
    when = clock.now() + timedelta(hours=late)

    with pytest.raises(Refused) as refused, world.acting(by) as scope:
        record_case(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, kind="copy",
            how="desk", received_at=when, subject=subject,
        )  # fmt: skip

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not RightsCase.objects.exists()


def test_clock_cannot_be_stretched_in_the_database(world: World) -> None:
    case = ask(world, "copy")

    with world.acting(), pytest.raises(DatabaseError), transaction.atomic():
        RightsCase.objects.filter(pk=case.pk).update(due_at=case.due_at + timedelta(hours=1))
    with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
        case.pk, case.code = None, "LP-ATB-26-HS9999"
        case.due_at += timedelta(seconds=1)
        case.save(force_insert=True)


def test_recorder_answers_a_grant_but_neither_refuses_nor_erases(world: World) -> None:
    seal(world)
    objection, erasure = ask(world, "objection"), ask(world, "erasure")
    leave(world)

    for case, facts in (
        (objection, {"outcome": "refused", "ground": "state_task"}),
        (objection, {"outcome": "part", "ground": "others"}),
        (erasure, {}),
    ):
        with pytest.raises(Refused) as refused:
            answer(world, case, "officer", **facts)
        assert "rights_same_person" in refused.value.verdict.codes
    done = answer(world, objection, "officer")

    assert done.outcome == "granted"
    with world.everywhere():
        assert RightsAnswer.objects.count() == 1
        assert not Erasure.objects.exists()


def test_two_people_are_a_promise_of_the_database(world: World) -> None:
    case = ask(world, "objection")
    staff = world.staff["officer"].pk

    for recorded_by in (staff, world.staff["head"].pk):
        with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
            RightsAnswer.objects.create(
                case=case, participant_id=case.participant_id, facility=world.atb,
                kind="objection", recorded_by_id=recorded_by, outcome="refused",
                ground="state_task", handed_over="private", answered_by_id=staff,
                answered_at=clock.now(),
            )  # fmt: skip
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with world.everywhere():
        assert not RightsAnswer.objects.exists()


def test_refusal_needs_a_ground_and_a_grant_has_none(world: World) -> None:
    case = ask(world, "objection")

    for facts in ({"outcome": "refused"}, {"outcome": "granted", "ground": "safety"}):
        with pytest.raises(Refused) as refused:
            answer(world, case, **facts)
        assert refused.value.verdict.codes == ("rights_ground_missing",)
    answer(world, case, outcome="refused", ground="state_task")

    with pytest.raises(Refused) as refused:
        answer(world, case)
    assert refused.value.verdict.codes == ("rights_answered",)


def test_copy_is_printed_noted_and_kept_nowhere(world: World) -> None:
    seal(world)
    case = ask(world, "copy")
    with pytest.raises(Refused) as refused:
        answer(world, case)

    for lang in ("id", "en"):
        paper = world.client().post(f"/desk/rights/{case.code}/copy/", {"lang": lang})
        assert paper.content.startswith(b"%PDF")
        assert paper["Cache-Control"] == "no-store, private"
    answer(world, case)

    assert refused.value.verdict.codes == ("rights_copy_not_printed",)
    with world.everywhere():
        kinds = list(RightsStep.objects.order_by("pk").values_list("kind", flat=True))
        told = " ".join(f"{row.before} {row.after}" for row in AuditRow.objects.all())
    assert kinds == ["opened", "copy", "opened", "copy"]
    assert not any(value in told for value in PLANTED.values())


def test_copy_is_printed_for_its_own_case_only(world: World) -> None:
    seal(world)
    case, other = ask(world, "objection"), ask(world, "copy")

    wrong = world.client().post(f"/desk/rights/{case.code}/copy/")
    next_door = world.client("outsider").post(f"/desk/rights/{other.code}/copy/")
    looking = world.client("auditor").post(f"/desk/rights/{other.code}/copy/")

    assert [one.status_code for one in (wrong, next_door, looking)] == [409, 404, 403]
    with world.everywhere():
        assert not RightsStep.objects.exists()


def test_restriction_holds_until_it_is_ended(world: World) -> None:
    case, again = ask(world, "restriction"), ask(world, "restriction")
    person, today = world.people["cendana"].pk, clock.today()
    answer(world, case, "officer")

    with pytest.raises(Refused) as refused:
        answer(world, again)
    with world.acting() as scope:
        row = Restriction.objects.get()
        ids = {one.pk for one in world.people.values()}
        now, before = restricted_ids(ids, today), restricted_ids(ids, today - timedelta(days=1))
        with pytest.raises(Refused) as early:
            end_restriction(by=scope.actor, restriction=row, last_day=today - timedelta(days=1))
        end_restriction(by=scope.actor, restriction=row, last_day=today)
        after = restricted_ids(ids, today + timedelta(days=1))

    assert refused.value.verdict.codes == ("restriction_holds",)
    assert early.value.verdict.codes == ("restriction_over",)
    assert (now, before, after) == ({person}, set(), set())


def test_restriction_follows_the_person_to_the_next_facility(world: World) -> None:
    from berdaya.people.actions.participants import place_participant

    answer(world, ask(world, "restriction"), "officer")
    with world.acting("regional") as scope:
        place_participant(
            by=scope.actor, participant=world.people["cendana"], facility=world.kpg,
            work_number="B-009", valid_from=clock.today() + timedelta(days=1),
        )  # fmt: skip

    with world.acting("outsider"):
        found = restricted_ids([world.people["cendana"].pk], clock.today())

    assert found == {world.people["cendana"].pk}


def test_withdrawal_closes_when_consents_are_withdrawn(world: World) -> None:
    with world.acting() as scope:
        consent = papers.record_consent(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb,
            given_on=SINCE, text_version="1", language="id", witness_role="family",
        )  # fmt: skip
    case = ask(world, "withdrawal")
    with pytest.raises(Refused) as refused:
        answer(world, case)

    with world.acting() as scope:
        row = Consent.objects.get(pk=consent.pk)
        papers.withdraw_consent(by=scope.actor, consent=row, withdrawn_on=clock.today())
    answer(world, case)

    assert refused.value.verdict.codes == ("rights_consents_open",)
    assert refused.value.verdict.reasons[0].next_url.endswith("/kerja/")


def test_erasure_says_all_that_stands_against_it(world: World) -> None:
    seal(world)
    case, other = ask(world, "erasure"), ask(world, "objection")
    answer(world, ask(world, "restriction"), "officer", restriction_ground="legal_claim")

    with pytest.raises(Refused) as refused:
        answer(world, case)

    codes = ("erasure_placed", "erasure_case_open", "erasure_legal_claim")
    assert refused.value.verdict.codes == codes
    assert all(reason.next_text for reason in refused.value.verdict.reasons)
    with world.everywhere():
        assert not RightsAnswer.objects.filter(case=case).exists()
        assert not Erasure.objects.exists()
        assert other.pk


def test_erasure_is_done_by_another_than_the_recorder(
    world: World, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    seal(world)
    leave(world)
    case = ask(world, "erasure")

    with django_capture_on_commit_callbacks(execute=True):
        answer(world, case)

    with world.everywhere():
        done = Erasure.objects.get()
        row = SealedIdentity.objects.get(pk=case.participant_id)
    assert (done.why, done.erased_by_id) == (f"case:{case.code}", world.staff["head"].pk)
    assert row.name is None


def test_today_shows_the_clock_to_those_near_and_delay_to_the_region(world: World) -> None:
    fresh = ask(world, "copy")
    late = ask(world, "objection", received_at=clock.now() - timedelta(hours=80))

    def lines(who: str) -> list[str]:
        actor = world.actor(who)
        with acting(actor, "look", read_only=True):
            found = waiting(actor, actor.facility_ids)
            return [f"{item.text} {item.detail}" for item in found]

    near, head, far = lines("officer"), lines("head"), lines("regional")

    for told in (near, head):
        assert any(fresh.code in one and "sisa 2 hari 23 jam" in one for one in told)
        assert any(late.code in one and "lewat 8 jam" in one for one in told)
    assert not any(fresh.code in one for one in far)
    assert any(late.code in one for one in far)
    for who in ("outsider", "payments", "auditor"):
        assert not any(late.code in one for one in lines(who))


@pytest.mark.parametrize("how_many", [1, 4])
def test_pages_stay_within_their_budget(world: World, how_many: int) -> None:
    seal(world)
    people = ["cendana", "lontar", "kelor", "cendana"]
    cases = [
        ask(world, kind, who)
        for kind, who in zip(["erasure", "copy", "withdrawal", "restriction"], people, strict=True)
    ][:how_many]
    client = world.client("head")

    for path in ("", "?cari=hs", "?keadaan=late", "?keadaan=done", "?hak=copy", "?urut=-sisa"):
        with at_most(12):
            assert client.get(f"/desk/rights/{path}").status_code == 200
    for case in cases:
        with at_most(12):
            assert case.subject in client.get(f"/desk/rights/{case.code}/").text


def test_officer_takes_a_request_through_its_pages(world: World) -> None:
    seal(world)
    officer, head = world.client(), world.client("head")
    person = world.people["cendana"].code
    asked = {
        "kind": "erasure", "how": "family", "day": clock.today().isoformat(), "at": "00:00",
        "subject": "Hapus nama saya",
    }  # fmt: skip
    assert f"/desk/wbp/{person}/rights/" in officer.get(f"/desk/wbp/{person}/").text

    wrong = officer.post(f"/desk/wbp/{person}/rights/", {**asked, "at": "siang"})
    right = officer.post(f"/desk/wbp/{person}/rights/", asked)
    page = officer.get(right["Location"])
    slip = officer.post(f"{right['Location']}receipt/", {"paper": "f4"})
    mine = officer.post(
        f"{right['Location']}answer/", {"outcome": "granted", "handed_over": "private"}
    )
    theirs = head.post(
        f"{right['Location']}answer/",
        {"outcome": "refused", "ground": "state_task", "handed_over": "private"},
    )

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "erasure_placed" in page.text
    assert slip.content.startswith(b"%PDF")
    assert (mine.status_code, theirs.status_code) == (409, 302)
    assert "Ditolak" in officer.get(right["Location"]).text
    assert officer.get("/desk/rights-form.pdf").content.startswith(b"%PDF")


def test_open_breach_stands_against_erasing(world: World) -> None:
    from berdaya.people.actions.breaches import list_person

    seal(world)
    leave(world)
    row = breach(world)
    with world.acting() as scope:
        list_person(by=scope.actor, breach=row, participant=world.people["cendana"])

    with pytest.raises(Refused) as refused:
        answer(world, ask(world, "erasure"))

    assert refused.value.verdict.codes == ("erasure_breach_open",)
