"""Who lacks the skill that a workshop asks for is refused, with the reason and the next course."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.core.verdicts import Refused
from berdaya.people.models import Participant
from berdaya.training.models import Course, Session, Skill
from berdaya.workshop import sheet_page
from berdaya.workshop.actions.batches import start_batch
from berdaya.workshop.actions.sheets import DaySheet, SheetRefused, SheetRow, record_sheets
from berdaya.workshop.actions.skills import end_requirement, exempt, require_skill
from berdaya.workshop.models import SkillExemption, SkillRequirement, WorkLog
from tests.training.scene import FRIDAY, course_of, enrol_all, graduate, session_of
from tests.workshop.scene import MONDAY, Scene, build, variant

# A week after the lessons.
DAY = MONDAY + timedelta(days=7)


@pytest.fixture
def scene(db: None) -> Scene:
    return build(people=3)


@pytest.fixture
def course(scene: Scene) -> Course:
    with acting(scene.officer, "test"):
        return course_of(scene)


def ask(scene: Scene, since: date = DAY, product: object = None) -> SkillRequirement:
    with acting(scene.head, "test"):
        return require_skill(
            by=scene.head, workshop=scene.workshop, skill=Skill.objects.get(code="tenun-dasar"),
            valid_from=since, product=product,
        )  # fmt: skip


def file(
    scene: Scene, people: list[Participant], day: date = DAY, batch: int | None = None
) -> None:
    rows = [SheetRow(one.pk, minutes=60, batch_id=batch) for one in people]
    with acting(scene.officer, "test"):
        record_sheets(by=scene.officer, workshop=scene.workshop, sheets=[DaySheet(day, rows)])


def coming(scene: Scene, course: Course, places: int = 2) -> Session:
    with acting(scene.officer, "test"):
        days = [clock.today() + timedelta(days=20)]
        return session_of(scene, course, places=places, days=days)


def test_refusal_names_the_skill_and_the_next_course_with_a_free_place(
    scene: Scene, course: Course
) -> None:
    graduate(scene, scene.people[0], course)
    full = coming(scene, course, places=1)
    with acting(scene.officer, "test"):
        enrol_all(scene, full, scene.people[2:])
    session = coming(scene, course)
    ask(scene)

    with pytest.raises(SheetRefused) as refused:
        file(scene, scene.people[:2])

    assert list(refused.value.lines) == [(DAY, scene.people[1].pk)]
    (reason,) = refused.value.lines[DAY, scene.people[1].pk].reasons
    assert reason.code == "skill_missing"
    assert "Tenun ikat dasar" in reason.text
    assert session.code in reason.next_text
    assert "Tenun dasar" in reason.next_text
    assert reason.next_url.endswith(f"/desk/sessions/{session.code}/")
    with override("en"):
        assert "Basic ikat weaving" in reason.text
    with acting(scene.officer, "look"):
        assert not WorkLog.objects.exists()


def test_without_a_course_it_says_to_open_one(scene: Scene, course: Course) -> None:
    ask(scene)

    with pytest.raises(SheetRefused) as refused:
        file(scene, scene.people[:1])

    (reason,) = refused.value.lines[DAY, scene.people[0].pk].reasons
    assert "buka sesinya" in reason.next_text
    assert reason.next_url == ""


def test_before_its_day_and_after_its_end_nothing_is_asked(scene: Scene, course: Course) -> None:
    requirement = ask(scene)
    with acting(scene.head, "test"):
        end_requirement(by=scene.head, requirement=requirement, ends_on=DAY + timedelta(days=1))

    file(scene, scene.people[:1], DAY - timedelta(days=3))
    file(scene, scene.people[:1], DAY + timedelta(days=1))

    with pytest.raises(SheetRefused):
        file(scene, scene.people[:1])


def test_a_lapsed_skill_is_no_skill(scene: Scene) -> None:
    with acting(scene.officer, "test"):
        short = course_of(scene, valid_months=1)
    graduate(scene, scene.people[0], short)
    ask(scene)

    file(scene, scene.people[:1], FRIDAY + timedelta(days=28))
    with pytest.raises(SheetRefused) as refused:
        file(scene, scene.people[:1], FRIDAY + timedelta(days=35))

    assert refused.value.verdict.codes == ("skill_missing",)


def test_a_skill_for_one_product_is_asked_on_its_batches_only(scene: Scene, course: Course) -> None:
    with acting(scene.officer, "test"):
        other = variant(scene.facility, sku="SARUNG")
        asked, free = (
            start_batch(by=scene.officer, workshop=scene.workshop, variant=one, started_on=MONDAY)
            for one in (scene.variant, other)
        )
        product = scene.variant.product
    ask(scene, product=product)

    file(scene, scene.people[:1], batch=free.pk)
    with pytest.raises(SheetRefused) as refused:
        file(scene, scene.people[1:2], batch=asked.pk)

    assert refused.value.verdict.codes == ("skill_missing",)


def test_sick_needs_no_skill(scene: Scene, course: Course) -> None:
    ask(scene)
    rows = [SheetRow(scene.people[0].pk, mark="sick")]

    with acting(scene.officer, "test"):
        record_sheets(by=scene.officer, workshop=scene.workshop, sheets=[DaySheet(DAY, rows)])

        assert WorkLog.objects.count() == 1


def test_the_head_lets_somebody_learn_on_the_job_for_three_months_at_most(
    scene: Scene, course: Course
) -> None:
    requirement = ask(scene)
    facts = {
        "participant": scene.people[0], "facility": scene.facility, "skill": requirement.skill,
        "supervisor": "Petugas bengkel", "valid_from": DAY,
    }  # fmt: skip
    for who, last, code in (
        (scene.officer, DAY, "ability_missing"),
        (scene.head, DAY + timedelta(days=93), "exemption_too_long"),
        (scene.head, DAY - timedelta(days=1), "paper_on_wrong_day"),
    ):
        with pytest.raises(Refused) as refused, acting(who, "test"):
            exempt(by=who, last_day=last, **facts)
        assert refused.value.verdict.codes == (code,)
    with acting(scene.head, "test"):
        assert not SkillExemption.objects.exists()
        exempt(by=scene.head, last_day=DAY, **facts)

    file(scene, scene.people[:1])
    with pytest.raises(SheetRefused):
        file(scene, scene.people[:1], DAY + timedelta(days=1))


def test_asked_for_twice_is_refused(scene: Scene, course: Course) -> None:
    ask(scene)

    with pytest.raises(Refused) as refused:
        ask(scene, DAY + timedelta(days=9))

    assert refused.value.verdict.codes == ("paper_overlaps",)


def test_statements_do_not_grow_with_people_or_days(scene: Scene, course: Course) -> None:
    ask(scene, MONDAY + timedelta(days=30))
    counts = []
    for size, day in ((1, DAY), (3, DAY + timedelta(days=1))):
        rows = [SheetRow(one.pk, minutes=60) for one in scene.people[:size]]
        sheets = [DaySheet(day + timedelta(days=7 * n), rows) for n in range(size)]
        with acting(scene.officer, "test"), CaptureQueriesContext(connection) as asked:
            record_sheets(by=scene.officer, workshop=scene.workshop, sheets=sheets)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_page_of_the_sheet_says_it_before_anybody_types(scene: Scene, course: Course) -> None:
    graduate(scene, scene.people[0], course)
    ask(scene)

    with acting(scene.officer, "look"):
        page = sheet_page.load(scene.workshop, DAY)

    told = {line.place.participant_id: line.verdict.codes for line in page.lines}
    assert [told[one.pk] for one in scene.people] == [(), ("skill_missing",), ("skill_missing",)]
