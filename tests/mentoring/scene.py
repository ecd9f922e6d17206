"""A mentor beside Atambua's shawl: the numbers are those of tests/proceeds/scene.py."""

from dataclasses import dataclass
from datetime import timedelta

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.goods.models import Variant
from berdaya.mentoring.actions.adoptions import accept_proposal, propose_mentoring
from berdaya.mentoring.actions.findings import record_finding
from berdaya.mentoring.actions.meetings import Step, note_meeting, plan_meeting
from berdaya.mentoring.actions.prices import save_exercise
from berdaya.mentoring.models import Adoption, Finding, Meeting, NextStep, PriceExercise
from tests.world import World

PLAN = {
    "title": "Pendampingan selendang", "topic": "Harga", "goal": "Harga yang menutup kerja",
    "location": "Lapas Atambua", "provider": "Kementerian UMKM", "sector_kbli": "13122",
}  # fmt: skip


@dataclass
class Guided:
    """What a mentor and a unit have written."""

    adoption: Adoption
    meeting: Meeting
    step: NextStep
    exercise: PriceExercise
    finding: Finding


def proposed(world: World, who: str = "mentor") -> Adoption:
    with world.acting(who) as scope:
        return propose_mentoring(
            by=scope.actor, facility=world.atb, office=world.offices["UMKM"], wish="Harga selendang"
        )


def adopted(world: World, variant: Variant) -> Adoption:
    """Proposed by the mentor, accepted by the head."""
    row = proposed(world)
    with world.acting("head") as scope:
        return accept_proposal(by=scope.actor, adoption=row, product=variant.product)


def guided(world: World, variant: Variant) -> Guided:
    """A session with a step, an exercise, a finding: all written by the mentor."""
    adoption = adopted(world, variant)
    with acting(world.actor("mentor"), "test") as scope:
        by = scope.actor
        day = clock.today(world.atb.timezone)
        meeting = plan_meeting(by=by, adoption=adoption, day=day, **PLAN)
        note_meeting(
            by=by, meeting=meeting, done="Biaya dihitung bersama", people=7,
            steps=[Step("unit", "Timbang benang per helai", day + timedelta(days=3))],
        )  # fmt: skip
        exercise = save_exercise(
            by=by, adoption=adoption, variant_id=variant.pk, price_rp=150_000,
            wanted_hourly_rp=5_000,
        )  # fmt: skip
        finding = record_finding(by=by, adoption=adoption, before="Jahitan tepi", remedy="Dilipat")
        return Guided(adoption, meeting, NextStep.objects.get(meeting=meeting), exercise, finding)
