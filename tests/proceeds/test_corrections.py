"""Forgotten work is paid from working capital, by two people, and takes from nobody."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from berdaya.core import clock
from berdaya.core.links import find_node, walk
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.ledger import chart
from berdaya.ledger.actions.books import close_month
from berdaya.ledger.queries import balance
from berdaya.proceeds.actions import corrections, objections, payouts, slips
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.models import PremiCorrection, PremiCorrectionDecision, PremiShare, Slip
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.prints import slip_words
from berdaya.workshop.models import Batch, BatchCorrection
from tests.counting import at_most
from tests.proceeds.scene import MADE, SOLD, Scene, broken_checks, build
from tests.world import World

FOUND, DECIDED = date(2026, 4, 2), date(2026, 4, 3)


def correct(scene: Scene, name: str, minutes: int, pieces: int = 0) -> None:
    """What the sheet of the scene's closed batch should have said of somebody."""
    BatchCorrection.objects.create(
        batch=Batch.objects.get(), participant=scene.world.people[name], facility=scene.facility,
        day=MADE, booked_on=FOUND, minutes_delta=minutes, pieces_delta=Decimal(pieces),
        reason="Kertas terselip", recorded_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def scene(world: World) -> Scene:
    """300 and 100 minutes; a sale of 300,000 leaves a pot of 150,000."""
    with world.everywhere():
        scene = build(world, weights=(300, 100))
        scene.sell(3)
    return scene


def propose(scene: Scene, name: str = "lontar", on: date = FOUND) -> PremiCorrection:
    with scene.world.acting("officer"):
        (made,) = corrections.propose_correction(
            by=scene.staff("officer"), batch=Batch.objects.select_related("facility").get(),
            participant=scene.world.people[name], proposed_on=on,
        )  # fmt: skip
    return made


def decide(
    scene: Scene, row: PremiCorrection, who: str = "head", outcome: str = Decision.APPROVED,
    on: date = DECIDED, reason: str = "",
) -> PremiCorrectionDecision:  # fmt: skip
    with scene.world.acting(who):
        return corrections.decide_correction(
            by=scene.staff(who), correction=row, outcome=outcome, decided_on=on, reason=reason
        )


def test_forgotten_hours_are_paid_from_working_capital(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
        capital = balance(scene.book, chart.CAPITAL)
        before = list(PremiShare.objects.order_by("pk").values_list("amount_rp", flat=True))

    row = propose(scene)
    decision = decide(scene, row)

    # 150,000 x 200 / 500 = 60,000; 37,500 were paid.
    assert (row.amount_rp, row.weight_delta) == (22_500, 100)
    assert decision.share is not None
    assert decision.share.released_on == DECIDED
    with world.everywhere():
        old = PremiShare.objects.filter(kind="share").order_by("pk")
        assert list(old.values_list("amount_rp", flat=True)) == before
        assert balance(scene.book, chart.CAPITAL) == capital - 22_500
        assert broken_checks() == {}


def test_a_person_who_was_wholly_forgotten_gets_a_share(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "kelor", 100)

    row = propose(scene, "kelor")
    decide(scene, row)

    assert row.amount_rp == 30_000
    with world.everywhere():
        assert broken_checks() == {}


@pytest.mark.parametrize(
    "minutes, paid, code",
    [(-60, 1, "correction_takes_back"), (0, 1, "correction_takes_back")],
)
def test_nothing_is_ever_taken_back(
    world: World, scene: Scene, minutes: int, paid: int, code: str
) -> None:
    with world.everywhere():
        if minutes:
            correct(scene, "lontar", minutes)
        legs = balance(scene.book, chart.PREMI_SAVED)

    with pytest.raises(Refused) as refused:
        propose(scene)

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not PremiCorrection.objects.exists()
        assert balance(scene.book, chart.PREMI_SAVED) == legs


def test_one_proposal_at_a_time_and_nothing_twice(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    row = propose(scene)

    with pytest.raises(Refused) as waits:
        propose(scene)
    decide(scene, row)
    with pytest.raises(Refused) as decided:
        decide(scene, row, "regional")
    with pytest.raises(Refused) as again:
        propose(scene)
    with world.everywhere():
        scene.sell(1)
    more = propose(scene)

    assert waits.value.verdict.codes == ("correction_waits",)
    assert decided.value.verdict.codes == ("correction_decided",)
    assert again.value.verdict.codes == ("correction_nothing_due",)
    assert more.amount_rp == 7_500
    with world.everywhere():
        assert PremiCorrectionDecision.objects.count() == 1


def test_who_proposes_never_decides(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    row = propose(scene)
    both = scene.by.__class__("officer", world.staff["officer"].pk, scene.by.facility_ids,
                              world.actor("head").roles)  # fmt: skip

    with acting(both, "decide"), pytest.raises(Refused) as refused:
        corrections.decide_correction(
            by=both, correction=row, outcome=Decision.APPROVED, decided_on=DECIDED
        )
    with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
        PremiCorrectionDecision.objects.create(
            correction=row, facility=scene.facility, proposed_by_id=world.staff["head"].pk,
            outcome=Decision.REFUSED, reason="x", decided_on=DECIDED, recorded_at=clock.now(),
            recorded_by_id=world.staff["officer"].pk,
        )  # fmt: skip

    assert refused.value.verdict.codes == ("proposal_same_person",)
    with world.everywhere():
        assert not PremiCorrectionDecision.objects.exists()


@pytest.mark.parametrize(
    "outcome, on, reason, code",
    [
        (Decision.APPROVED, FOUND - timedelta(days=1), "", "day_too_early"),
        (Decision.APPROVED, date(2099, 1, 1), "", "day_in_future"),
        (Decision.REFUSED, DECIDED, " ", "refund_reason_missing"),
    ],
)
def test_a_decision_has_its_day_and_reason(
    world: World, scene: Scene, outcome: str, on: date, reason: str, code: str
) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    row = propose(scene)

    with pytest.raises(Refused) as refused:
        decide(scene, row, outcome=outcome, on=on, reason=reason)

    assert refused.value.verdict.codes == (code,)
    with world.everywhere():
        assert not PremiShare.objects.filter(kind="correction").exists()


def test_what_changed_meanwhile_is_proposed_anew(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    row = propose(scene)
    with world.everywhere():
        correct(scene, "lontar", -50)

    with pytest.raises(Refused) as refused:
        decide(scene, row)
    decide(scene, row, outcome=Decision.REFUSED, reason="salah hitung")

    assert refused.value.verdict.codes == ("correction_changed",)
    assert propose(scene).amount_rp < row.amount_rp


def test_forgotten_and_then_not_after_all(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "kelor", 100)
    row = propose(scene, "kelor")
    with world.everywhere():
        correct(scene, "kelor", -100)

    with pytest.raises(Refused) as refused:
        decide(scene, row)

    assert refused.value.verdict.codes == ("correction_changed",)


def test_pending_pot_that_went_back_owes_nothing(world: World) -> None:
    with world.everywhere():
        scene = build(world, weights=(300, 100))
        sale = scene.sell(1, kind="courier")
        refund_sale(by=scene.by, sale=sale, refunded_on=SOLD, reason="rusak")
        correct(scene, "lontar", 100)

    with pytest.raises(Refused) as refused:
        propose(scene)

    assert refused.value.verdict.codes == ("correction_nothing_due",)


def test_a_closed_month_takes_no_correction(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    row = propose(scene)
    with world.acting("receipts"):
        close_month(by=scene.staff("receipts"), book=scene.book, month=DECIDED)

    with pytest.raises(Refused) as refused:
        decide(scene, row)
    decide(scene, row, on=date(2026, 5, 4))

    assert refused.value.verdict.codes == ("month_closed",)


def test_correction_stands_on_the_next_slip_in_words_and_on_the_thread(
    world: World, scene: Scene
) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
    with world.acting("officer"):
        slips.issue_slips(by=scene.staff("officer"), facility=scene.facility, month=SOLD)
    row = propose(scene)
    decide(scene, row)

    with world.acting("officer"):
        (april,) = slips.issue_slips(
            by=scene.staff("officer"), facility=scene.facility, month=DECIDED
        )
    with world.acting("payments"):
        run = payouts.prepare_payout(by=scene.staff("payments"), book=scene.book, until=DECIDED)

    (note,) = slip_words(april)["notes"]
    assert note == (
        f"Perbaikan 3 April 2026: Rp22.500, 100 menit kerja yang terlupa, batch {row.batch.code},"
        " dari modal kerja."
    )
    assert april.earned_rp == 22_500
    with world.everywhere():
        line = run.lines.get(participant=world.people["lontar"])
        assert line.amount_rp == 37_500 + 22_500
        told = {step.node.kind: step.node.code for step in walk(find_node(row.code))}
        assert told["slip"] == Slip.objects.get(month=date(2026, 4, 1)).code
        assert told["batch"] == row.batch.code
        assert told["payout"] == run.code
        assert world.staff["officer"].pk in objections.involved_in(april)


def test_desk_walks_a_correction_past_two_people(world: World, scene: Scene) -> None:
    with world.everywhere():
        correct(scene, "lontar", 100)
        batch = Batch.objects.get()
    officer, head = world.client("officer"), world.client("head")
    facts = {"forgotten": f"{batch.pk}:{world.people['lontar'].pk}", "proposed_on": "2026-04-02"}

    form = officer.get(reverse("proceeds:new_correction"))
    officer.post(reverse("proceeds:new_correction"), facts)
    with world.everywhere():
        code = PremiCorrection.objects.get().code
    own = officer.post(reverse("proceeds:correction_approval", args=[code]))
    waits = head.get(reverse("institutions:today")).content.decode()
    with at_most(12):
        page = head.get(reverse("proceeds:correction", args=[code])).content.decode()
    with at_most(12):
        listed = head.get(reverse("proceeds:corrections")).content.decode()
    done = head.post(reverse("proceeds:correction_approval", args=[code]))

    assert "A-002" in form.content.decode()
    assert own.status_code == 403
    assert code in waits
    assert "Rp22.500" in page
    assert "Rp" not in listed
    assert done.status_code == 302
    with world.everywhere():
        assert PremiCorrection.objects.get().state == "approved"
