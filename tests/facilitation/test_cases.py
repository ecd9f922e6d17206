"""From asking to the end: who may, what is refused, what is kept."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import BytesIO

import pytest
from PIL import Image

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.facilitation.actions import asking, helping, working
from berdaya.facilitation.models import Case, CaseMessage, CaseProduct, CaseStep
from berdaya.facilitation.rules import SelfDeclare, may_self_declare
from tests.facilitation.scene import (
    ANSWERS,
    asked,
    assigned,
    permit,
    running,
    snack,
    steps_of,
    today,
    walk,
)
from tests.world import World


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as error:
        do()
    assert code in error.value.verdict.codes


def write(world: World, who: str, case: Case, text: str) -> CaseMessage:
    with world.acting(who) as scope:
        return working.write_message(by=scope.actor, case=case, text=text)


def test_a_case_copies_the_way_and_marks_what_is_there(world: World) -> None:
    chips = snack(world)
    permit(world, "nib", chips)

    case = asked(world, chips)
    steps = steps_of(world, case)

    assert [one.code for one in steps] == ["nib", "pkp", "visit", "label", "issue"]
    assert [one.office_name for one in steps][1:3] == ["Dinas Kesehatan", "Dinas Kesehatan"]
    assert steps[0].needless_reason == "NIB 1234567890123"
    assert not any(one.is_over for one in steps[1:])
    assert (case.state, case.permit_kind.code) == ("asked", "spp_irt")


def test_what_is_asked_stays_asked_once(world: World) -> None:
    chips = snack(world)
    asked(world, chips)

    refused("case_open_already", lambda: asked(world, chips))

    with world.everywhere():
        assert Case.objects.count() == 1


def test_what_is_there_need_not_be_asked(world: World) -> None:
    chips = snack(world)
    permit(world, "spp_irt", chips)

    refused("case_not_needed", lambda: asked(world, chips))

    with world.everywhere():
        assert not Case.objects.exists()


def test_what_ends_within_ninety_days_may_be_asked_again(world: World) -> None:
    chips = snack(world)
    permit(world, "nib", chips, until=today() + timedelta(days=60))

    assert asked(world, chips, kind="nib").state == "asked"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scale": "medium"}, "self_declare_size"),
        ({"no_risk_materials": False}, "self_declare_materials"),
        ({"simple_process": False}, "self_declare_process"),
        ({"sites": 2}, "self_declare_sites"),
        ({"outlets": 2}, "self_declare_outlets"),
    ],
)
def test_self_declaration_is_refused_beyond_its_limits(
    world: World, change: dict[str, object], code: str
) -> None:
    chips = snack(world)
    permit(world, "nib", chips)
    told = ANSWERS | change

    refused(code, lambda: asked(world, chips, kind="halal_self", told=told))

    with world.everywhere():
        assert not Case.objects.exists()
    assert asked(world, chips, kind="halal_self", told=ANSWERS).told == ANSWERS


def test_self_declaration_gives_every_reason_at_once() -> None:
    facts = SelfDeclare(("Keripik",), "large", False, False, 3, 4)

    assert may_self_declare(facts).codes == (
        "self_declare_nib", "self_declare_size", "self_declare_materials", "self_declare_process",
        "self_declare_sites", "self_declare_outlets",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wish",
    [
        "Hubungi 0812 3456 7890", "NIK 5304011203900001", "Register B.I/1234/2024",
        "Buatan {code}, mohon dibantu",
    ],
)  # fmt: skip
def test_nobody_is_named_in_what_is_written(world: World, wish: str) -> None:
    chips = snack(world)
    text = wish.format(code=world.people["cendana"].code)

    refused("text_names_person", lambda: asked(world, chips, wish=text))
    case = running(world, chips)
    for who in ("officer",) if "{code}" in wish else ("officer", "mentor"):
        refused("text_names_person", partial(write, world, who, case, text))

    with world.everywhere():
        assert not CaseMessage.objects.exists()


def test_numbers_of_papers_may_be_written(world: World) -> None:
    case = running(world, snack(world))

    with world.acting() as scope:
        for text in ("NIB 1234567890123", "P-IRT 2065304010012-31", "ID53110000662051022"):
            working.write_message(by=scope.actor, case=case, text=text)

        assert CaseMessage.objects.count() == 3


def test_the_officer_of_the_office_gives_it_to_one_of_its_mentors(world: World) -> None:
    case = asked(world, snack(world))

    with world.acting("umkm_officer") as scope:
        by = scope.actor
        refused(
            "mentor_elsewhere",
            lambda: helping.assign_case(by=by, case=case, mentor=world.staff["officer"]),
        )
    with world.acting("mentor") as scope:
        by = scope.actor
        refused(
            "ability_missing",
            lambda: helping.assign_case(by=by, case=case, mentor=world.staff["mentor"]),
        )
    row = assigned(world, case)

    assert (row.state, row.mentor) == ("assigned", world.staff["mentor"])
    assert row.assigned_by == world.staff["umkm_officer"]


def test_the_mentor_takes_it_with_a_promise_and_the_first_turn_begins(world: World) -> None:
    chips = snack(world)
    permit(world, "nib", chips)
    case = assigned(world, asked(world, chips))
    past = today() - timedelta(days=1)

    with world.acting("mentor") as scope:
        by = scope.actor
        refused("promise_in_past", lambda: helping.take_case(by=by, case=case, promised_on=past))
        assert helping.usual_promise(case) == today() + timedelta(days=30 + 21 + 7 + 14)
        row = helping.take_case(by=by, case=case, promised_on=today() + timedelta(days=40))

    steps = steps_of(world, row)
    assert (row.state, row.began_on) == ("running", today())
    assert (steps[1].began_on, steps[1].promised_on) == (today(), today() + timedelta(days=30))
    assert [one.began_on for one in steps[2:]] == [None, None, None]


def test_a_mentor_who_cannot_hands_it_back_with_the_reason(world: World) -> None:
    case = assigned(world, asked(world, snack(world)))

    with world.acting("mentor") as scope:
        row = helping.hand_back(by=scope.actor, case=case, reason="Di luar bidang saya")

    assert (row.state, row.mentor) == ("asked", None)
    with world.everywhere():
        assert CaseMessage.objects.get().text == "Di luar bidang saya"


def test_a_step_is_done_once_with_its_paper_and_the_next_begins(world: World) -> None:
    case = running(world, snack(world))
    first, second = steps_of(world, case)[:2]
    picture = BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    picture.seek(0)

    with world.acting("mentor") as scope:
        by = scope.actor
        tomorrow = today() + timedelta(days=1)
        refused("step_in_future", lambda: working.record_step(by=by, step=first, done_on=tomorrow))
        refused(
            "step_too_early",
            lambda: working.record_step(by=by, step=first, done_on=today() - timedelta(days=1)),
        )
        done = working.record_step(
            by=by, step=first, done_on=today(), paper_no="1234567890123", document=picture
        )
        refused("step_over", lambda: working.record_step(by=by, step=first, done_on=today()))

    assert done.document.startswith("facilitation/")
    assert len(done.document_sha256) == 64
    next_one = steps_of(world, case)[1]
    assert (next_one.pk, next_one.began_on) == (second.pk, today())


def test_an_answer_is_awaited_until_it_is_written(world: World) -> None:
    case = running(world, snack(world))

    with world.acting("mentor") as scope:
        working.write_message(by=scope.actor, case=case, text="Kirim contoh label", asks=True)
        case.refresh_from_db()
        assert (case.awaits, case.awaits_since) == ("unit", today())
    with world.acting() as scope:
        working.write_message(by=scope.actor, case=case, text="Sudah dikirim")
        case.refresh_from_db()
        assert (case.awaits, case.awaits_since) == ("", None)

    with world.everywhere():
        told = CaseMessage.objects.order_by("pk").values_list("side", "text")
        assert list(told) == [("mentor", "Kirim contoh label"), ("unit", "Sudah dikirim")]


def test_another_day_is_promised_with_the_reason_in_the_conversation(world: World) -> None:
    case = running(world, snack(world))
    later = today() + timedelta(days=90)

    with world.acting("mentor") as scope:
        by = scope.actor
        refused(
            "step_reason_missing",
            lambda: helping.promise(by=by, case=case, promised_on=later, step_on=None, reason=" "),
        )
        row = helping.promise(
            by=by, case=case, promised_on=later, step_on=later, reason="Dinas libur"
        )

    assert row.promised_on == later
    assert steps_of(world, case)[0].promised_on == later
    with world.everywhere():
        assert CaseMessage.objects.get().text == "Dinas libur"


def test_it_is_done_with_a_permit_that_names_every_product_or_not_at_all(world: World) -> None:
    chips, cake = snack(world), snack(world, "KUE", "Kue contoh")
    case = running(world, chips, cake)

    with world.acting() as scope:
        by = scope.actor
        refused("steps_open", lambda: working.finish_case(by=by, case=case))
    walk(world, case)
    permit(world, "spp_irt", chips)
    with world.acting() as scope:
        by = scope.actor
        refused("case_permit_missing", lambda: working.finish_case(by=by, case=case))
        assert Case.objects.get().state == "running"


def test_the_permit_recorded_since_finishes_it(world: World) -> None:
    chips = snack(world)
    case = running(world, chips)
    walk(world, case)
    given = permit(world, "spp_irt", chips)

    with world.acting("mentor") as scope:
        row = working.finish_case(by=scope.actor, case=case, cost_rp=0)

    assert (row.state, row.permit, row.cost_rp, row.closed_on) == ("done", given, 0, today())
    with world.everywhere():
        assert not CaseProduct.objects.get().is_open
        assert CaseStep.objects.filter(done_on=today()).count() == 5


def test_what_needs_no_permit_is_done_when_its_steps_are(world: World) -> None:
    case = running(world, snack(world), kind="packaging")
    walk(world, case, "officer")

    with world.acting() as scope:
        assert working.finish_case(by=scope.actor, case=case).state == "done"


def test_it_is_given_up_with_a_reason_and_may_be_asked_anew(world: World) -> None:
    chips = snack(world)
    case = running(world, chips)

    with world.acting() as scope:
        by = scope.actor
        refused("step_reason_missing", lambda: working.give_up_case(by=by, case=case, reason=""))
        row = working.give_up_case(by=by, case=case, reason="Tidak dibuat lagi")
        refused("case_closed", lambda: working.write_message(by=by, case=row, text="Halo"))

    assert (row.state, row.close_reason) == ("given_up", "Tidak dibuat lagi")
    assert asked(world, chips).state == "asked"


def test_a_running_case_goes_to_another_mentor_with_its_steps(world: World) -> None:
    case = running(world, snack(world))
    begun = case.began_on
    assigned(world, case)

    with world.acting("mentor") as scope:
        by = scope.actor
        refused("case_not_assigned", lambda: helping.hand_back(by=by, case=case, reason="x"))
        row = helping.take_case(by=by, case=case, promised_on=clock.today())

    assert (row.state, row.began_on) == ("running", begun)


def test_children_are_never_helped_to_sell(world: World) -> None:
    with world.acting("lpka_officer") as scope:
        by = scope.actor
        refused(
            "case_of_children",
            lambda: asking.ask_for_help(
                by=by, facility=world.facilities["LPKA-KPG"], office=world.offices["UMKM"],
                kind="nib", products=[], wish="x",
            ),
        )  # fmt: skip
