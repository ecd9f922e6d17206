"""Names for payers, for whoever hands out slips, and in an auditor's sample that is drawn once."""

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from python_calamine import CalamineWorkbook

from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.letters import end_letter
from berdaya.institutions.models import AssignmentLetter
from berdaya.people.actions.identity import erase_identity
from berdaya.people.models import Reveal
from berdaya.proceeds import rules_opening as rules
from berdaya.proceeds.actions import payouts
from berdaya.proceeds.actions.samples import draw_sample
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import AuditSample, AuditSampleLine, PayoutRun, Slip
from berdaya.proceeds.rules_opening import SampleFacts
from tests.counting import at_most
from tests.people.names import NAMES, plant, told
from tests.proceeds.scene import Scene, build
from tests.world import TODAY, World

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def scene(world: World) -> Scene:
    """Cendana and Lontar have earned, have slips of March and wait to be paid."""
    plant(world)
    with world.everywhere():
        made = build(world)
        made.sell(3)
        issue_slips(by=made.by, facility=world.atb, month=MARCH)
    return made


def prepared(scene: Scene) -> PayoutRun:
    with scene.world.acting("payments") as scope:
        return payouts.prepare_payout(by=scope.actor, book=scene.book, until=date(2026, 3, 31))


def approved(scene: Scene) -> PayoutRun:
    run = prepared(scene)
    with scene.world.acting("head") as scope:
        payouts.approve_payout(by=scope.actor, run=run)
    return run


def reveals(world: World) -> list[Reveal]:
    with world.everywhere():
        return list(Reveal.objects.order_by("pk"))


def cells(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("who", ["payments", "cooperative"])
def test_who_pays_gets_names_accounts_and_amounts(scene: Scene, who: str) -> None:
    run = approved(scene)

    answer = scene.world.client(who).post(f"/desk/payouts/{run.code}/file/")

    rows = cells(answer.content)
    assert {row[2] for row in rows[1:]} == {NAMES["cendana"], NAMES["lontar"]}
    assert {row[4] for row in rows[1:]} == {"009182730", "009182731"}
    assert sum(row[6] for row in rows[1:]) == run.total_rp
    assert "no-store" in answer["Cache-Control"]
    assert [(one.purpose, one.label, one.count) for one in reveals(scene.world)] == [
        ("payout", run.code, 2)
    ]


def test_payment_file_as_text(scene: Scene) -> None:
    run = approved(scene)

    answer = scene.world.client("payments").post(
        f"/desk/payouts/{run.code}/file/", {"format": "csv"}
    )

    assert told(answer.content.decode("utf-8-sig")) == {"cendana", "lontar"}


def test_payment_file_of_an_unapproved_list_is_refused(scene: Scene) -> None:
    run = prepared(scene)

    answer = scene.world.client("payments").post(f"/desk/payouts/{run.code}/file/")

    assert answer.status_code == 409
    assert "payout_not_ready" in answer.content.decode()
    assert reveals(scene.world) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("head", 403), ("receipts", 403), ("seller", 403), ("regional", 403),
     ("auditor", 403), ("outside_head", 403)],
)  # fmt: skip
def test_others_get_no_payment_file(scene: Scene, who: str, status: int) -> None:
    run = approved(scene)

    answer = scene.world.client(who).post(f"/desk/payouts/{run.code}/file/")

    assert answer.status_code == status
    assert told(answer.content) == set()
    assert reveals(scene.world) == []


def test_erased_person_is_paid_under_the_code(scene: Scene) -> None:
    world, run = scene.world, approved(scene)
    with world.acting("head") as scope:
        erase_identity(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, why="request"
        )

    answer = world.client("payments").post(f"/desk/payouts/{run.code}/file/")

    notes = {row[8] for row in cells(answer.content)[1:]}
    assert f"data diri dihapus, {world.people['cendana'].code}" in notes
    assert NAMES["cendana"].encode() not in answer.content


@pytest.mark.parametrize("who", ["officer", "payments"])
def test_hand_out_list_names_the_months_people(scene: Scene, who: str) -> None:
    answer = scene.world.client(who).post("/desk/slips/month/2026-03/handout/")

    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert [(one.purpose, one.label, one.count) for one in reveals(scene.world)] == [
        ("slips", "03/2026", 2)
    ]


@pytest.mark.parametrize(
    ("who", "month", "status"),
    [("head", "2026-03", 403), ("cooperative", "2026-03", 403), ("outsider", "2026-03", 409),
     ("officer", "2026-02", 409), ("officer", "maret", 404)],
)  # fmt: skip
def test_hand_out_list_is_refused(scene: Scene, who: str, month: str, status: int) -> None:
    answer = scene.world.client(who).post(f"/desk/slips/month/{month}/handout/")

    assert answer.status_code == status
    assert reveals(scene.world) == []


def test_looking_shows_no_name(scene: Scene) -> None:
    run = approved(scene)
    client = scene.world.client("payments")

    pages = [client.get(path) for path in (
        "/desk/payouts/", f"/desk/payouts/{run.code}/", "/desk/slips/", "/desk/",
    )]  # fmt: skip

    assert {page.status_code for page in pages} == {200}
    assert [page for page in pages if told(page.content)] == []
    for path in (f"/desk/payouts/{run.code}/file/", "/desk/slips/month/2026-03/handout/"):
        assert client.get(path).status_code == 405


# An auditor's sample


def draw(world: World, size: int = 1, first: date = MARCH, last: date = MARCH) -> AuditSample:
    with world.acting("auditor") as scope:
        return draw_sample(
            by=scope.actor, facility=world.atb, size=size, first_month=first, last_month=last
        )


def test_sample_is_drawn_by_the_system_and_can_be_ranked_again(scene: Scene) -> None:
    sample = draw(scene.world)

    with scene.world.acting("auditor"):
        lines = list(AuditSampleLine.objects.select_related("slip"))
        codes = [slip.code for slip in Slip.objects.filter(facility=scene.facility)]
    assert (sample.size, sample.population) == (1, 2)
    assert [line.slip.code for line in lines] == rules.drawn(codes, sample.seed, 1)


@pytest.mark.parametrize(("first", "last"), [(MARCH, MARCH), (date(2026, 1, 5), APRIL)])
def test_sample_is_not_drawn_again(scene: Scene, first: date, last: date) -> None:
    sample = draw(scene.world)

    with pytest.raises(Refused) as refused:
        draw(scene.world, first=first, last=last)

    assert refused.value.verdict.codes == ("sample_drawn",)
    with scene.world.everywhere():
        assert list(AuditSample.objects.all()) == [sample]


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (SampleFacts(30, MARCH, APRIL, 2), ()),
        (SampleFacts(31, MARCH, APRIL, 2), ("sample_size_out",)),
        (SampleFacts(0, MARCH, APRIL, 2), ("sample_size_out",)),
        (SampleFacts(1, APRIL, MARCH, 2), ("sample_period_wrong",)),
        (SampleFacts(1, MARCH, APRIL, 0), ("sample_empty",)),
        (SampleFacts(1, MARCH, APRIL, 2, (date(2026, 3, 10), None)), ()),
        (SampleFacts(1, MARCH, APRIL, 2, (APRIL, None)), ("sample_period_out",)),
        (SampleFacts(1, MARCH, APRIL, 2, (None, APRIL)), ()),
        (SampleFacts(1, MARCH, APRIL, 2, (None, MARCH)), ("sample_period_out",)),
    ],
)
def test_what_may_be_drawn(facts: SampleFacts, codes: tuple[str, ...]) -> None:
    assert rules.may_draw(facts).codes == codes


def test_draw_takes_no_more_than_there_is_and_every_code_once() -> None:
    codes = [f"SLIP-{n}" for n in range(100)]

    found = rules.drawn(codes, "bibit", 30)

    assert len(set(found)) == 30
    assert found == rules.drawn(reversed(codes), "bibit", 30)
    assert found != rules.drawn(codes, "lain", 30)
    assert sorted(rules.drawn(codes[:3], "bibit", 30)) == codes[:3]


def test_sample_opens_names_and_register_numbers_of_the_drawn(scene: Scene) -> None:
    sample = draw(scene.world)
    client = scene.world.client("auditor")

    page = client.get(f"/desk/audit-samples/{sample.code}/")
    answer = client.post(f"/desk/audit-samples/{sample.code}/names/")

    with scene.world.acting("auditor"):
        person = AuditSampleLine.objects.get().participant
    who = next(name for name, one in scene.world.people.items() if one.pk == person.pk)
    assert told(page.content) == set()
    assert told(answer.content) == {who}
    assert "B.I 9180/2025" in answer.content.decode() or "B.I 9181/2025" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert [(one.purpose, one.role, one.count) for one in reveals(scene.world)] == [
        ("sample", "auditor", 1)
    ]


@pytest.mark.parametrize("who", ["officer", "head", "regional", "outside_head"])
def test_sample_is_opened_by_nobody_else(scene: Scene, who: str) -> None:
    sample = draw(scene.world)

    answer = scene.world.client(who).post(f"/desk/audit-samples/{sample.code}/names/")

    assert answer.status_code == 403
    assert reveals(scene.world) == []


def test_auditor_whose_letter_is_over_draws_nothing(scene: Scene) -> None:
    with scene.world.acting("regional") as scope:
        end_letter(by=scope.actor, letter=AssignmentLetter.objects.get(), on=TODAY)

    with pytest.raises(Refused):
        draw(scene.world)

    with scene.world.everywhere():
        assert not AuditSample.objects.exists()


def test_sample_that_overlaps_is_refused_by_the_database(scene: Scene) -> None:
    sample = draw(scene.world)

    with (
        pytest.raises(IntegrityError, match="proceeds_auditsample_once"),
        scene.world.acting("auditor"),
        transaction.atomic(),
    ):
        sample.pk, sample.code = None, "LP-ATB-26-SMP9999"
        sample.save(force_insert=True)


@pytest.mark.parametrize("rounds", [1, 3])
def test_payment_file_costs_the_same_for_many(scene: Scene, rounds: int) -> None:
    with scene.world.everywhere():
        for _round in range(rounds):
            scene.sell(1)
    run = approved(scene)
    client = scene.world.client("payments")

    with at_most(16):
        answer = client.post(f"/desk/payouts/{run.code}/file/")

    assert answer.status_code == 200
