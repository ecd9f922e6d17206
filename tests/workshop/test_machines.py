"""Makers who have not learned a machine are told with the next course; nothing is blocked."""

from datetime import date, timedelta

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Verdict
from berdaya.equipment.actions.bookings import book
from berdaya.equipment.actions.register import register_equipment
from berdaya.equipment.calc import Slot
from berdaya.equipment.models import Equipment
from berdaya.training.models import Skill
from berdaya.workshop.actions.batches import start_batch
from berdaya.workshop.actions.skills import exempt
from berdaya.workshop.machines import booked_for, lacking_skills
from berdaya.workshop.models import Batch, BatchBooking
from tests.counting import at_most
from tests.training.scene import course_of, graduate
from tests.workshop.scene import MONDAY, Scene
from tests.workshop.test_pages import browser, scene
from tests.workshop.test_skills import coming, file

__all__ = ["scene"]


def loom(scene: Scene, skill: str = "tenun-dasar") -> Equipment:
    with acting(scene.officer, "test"):
        return register_equipment(
            by=scene.officer, facility=scene.facility, registered_on=date(2025, 1, 6),
            reason="Dilihat", name="ATBM 1", kind="loom", place="Ruang tenun",
            skill=Skill.objects.filter(code=skill).first(),
        )  # fmt: skip


def batch_on(scene: Scene, one: Equipment) -> Batch:
    """A batch that has booked the machine for an hour of tomorrow."""
    start = clock.now() + timedelta(days=1)
    with acting(scene.officer, "test"):
        batch = start_batch(
            by=scene.officer, workshop=scene.workshop, variant=scene.variant, started_on=MONDAY
        )
        made = book(
            by=scene.officer, facility=scene.facility, equipment=one, purpose="x",
            slot=Slot(start, start + timedelta(hours=1)),
        )  # fmt: skip
        BatchBooking.objects.create(batch=batch, facility=scene.facility, booking=made)
        return batch


def asked(scene: Scene, batch: Batch, *makers: int) -> Verdict:
    with acting(scene.officer, "test"):
        names = {scene.people[n].pk: scene.people[n].pseudonym for n in makers}
        return lacking_skills(batch, booked_for(batch, names), names)


def test_maker_without_the_skill_is_named_with_the_next_course(scene: Scene) -> None:
    with acting(scene.officer, "test"):
        course = course_of(scene)
    graduate(scene, scene.people[0], course)
    session = coming(scene, course)
    batch = batch_on(scene, loom(scene))

    (reason,) = asked(scene, batch, 0, 1).reasons

    assert reason.code == "machine_skill_missing"
    assert "ATBM 1" in reason.text
    assert reason.text.endswith("Belum memilikinya: Kenari 2.")
    assert session.code in reason.next_text
    assert asked(scene, batch, 0).ok


def test_before_work_begins_one_who_can_is_enough(scene: Scene) -> None:
    batch = batch_on(scene, loom(scene))

    before = asked(scene, batch)
    graduate(scene, scene.people[0])

    assert before.codes == ("machine_skill_unheld",)
    assert "buka sesinya" in before.reasons[0].next_text
    assert asked(scene, batch).ok


def test_who_learns_on_the_job_and_a_machine_for_anybody_are_not_told(scene: Scene) -> None:
    learned = batch_on(scene, loom(scene))
    plain = batch_on(scene, loom(scene, skill=""))
    with acting(scene.head, "test"):
        exempt(
            by=scene.head, participant=scene.people[0], facility=scene.facility,
            skill=Skill.objects.get(code="tenun-dasar"), valid_from=clock.today(),
            last_day=clock.today() + timedelta(days=30), supervisor="Petugas",
        )  # fmt: skip

    assert asked(scene, learned, 0).ok
    assert asked(scene, plain, 1).ok


def test_page_of_the_batch_tells_and_the_machine_says_what_it_needs(scene: Scene) -> None:
    one = loom(scene)
    batch = batch_on(scene, one)
    client = browser()
    file(scene, scene.people[1:2], batch=batch.pk)

    with at_most(12):
        page = client.get(f"/desk/batches/{batch.code}/").content.decode()
    machine = client.get(f"/desk/equipment/{one.code}/").content.decode()
    form = client.get(f"/desk/equipment/{one.code}/details/").content.decode()

    assert "machine_skill_missing" in page
    assert "Kenari 2" in page
    assert "Tenun ikat dasar" in machine
    assert "Keterampilan yang diperlukan" in form
