"""Who is shown a case, and what the database refuses whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from berdaya.core import clock
from berdaya.core.reach import by_table, protected
from berdaya.core.scope import acting
from berdaya.core.walls import every_wall
from berdaya.facilitation.actions.asking import ask_for_help
from berdaya.facilitation.models import Case, CaseMessage, CaseProduct, CaseStep
from berdaya.goods.models import Product
from berdaya.institutions.actions.staff import appoint
from berdaya.institutions.models import Office, Staff
from berdaya.institutions.queries import actor_of
from tests.facilitation.scene import asked, assigned, permit, running, snack, walk
from tests.mentoring.test_walls import SHOWN_TO_ALL, count_of
from tests.world import SINCE, World


def other_mentor(world: World, office: Office, role: str = "mentor") -> Staff:
    with world.everywhere() as scope:
        staff = world.staff["nobody"]
        appoint(
            by=scope.actor, staff=staff, role=role, place=office, decree_no="SK-1",
            decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip
    return staff


def elsewhere(world: World) -> Office:
    """The UMKM office of another region."""
    with world.everywhere():
        return Office.objects.create(
            code="DINAS-X", kind="agency", name="Dinas contoh", path="DINAS-X"
        )


def test_a_mentor_sees_what_is_assigned_to_them_and_no_person(world: World) -> None:
    case = running(world, snack(world))
    behind = [one for one in every_wall() if (one.facility or one.guard) and "S" in one.rights]
    rooms = ("facilitation_", "mentoring_", "legality_")
    others = [one.table for one in behind if not one.table.startswith(rooms)]

    with acting(world.actor("mentor"), "test"):
        assert Case.objects.get() == case
        assert CaseStep.objects.count() == 5
        assert CaseProduct.objects.count() == 1
        found = {table for table in others if count_of(table)}

    assert found <= SHOWN_TO_ALL | {"core_auditrow"}
    assert not found & (protected().keys() - {"core_auditrow"})


def test_no_table_of_this_room_reaches_a_person() -> None:
    own = {table for table in by_table() if table.startswith("facilitation_")}

    assert own
    assert not own & protected().keys()


@pytest.mark.parametrize("role", ["mentor", "umkm_officer"])
def test_another_region_sees_nothing_of_it(world: World, role: str) -> None:
    running(world, snack(world))
    staff = other_mentor(world, elsewhere(world), role)

    with acting(actor_of(staff), "test"):
        for model in (Case, CaseProduct, CaseStep, CaseMessage):
            assert not model.objects.exists()


def test_another_unit_sees_nothing_of_it(world: World) -> None:
    running(world, snack(world))

    for who in ("outsider", "outside_head"):
        with acting(world.actor(who), "test"):
            for model in (Case, CaseProduct, CaseStep, CaseMessage):
                assert not model.objects.exists()


def test_a_colleague_reads_but_writes_neither_steps_nor_messages(world: World) -> None:
    case = running(world, snack(world))
    staff = other_mentor(world, world.offices["UMKM"])

    with acting(actor_of(staff), "test"):
        assert Case.objects.get() == case
        assert CaseStep.objects.update(paper_no="x") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            CaseMessage.objects.create(
                case=case, facility=world.atb, side="mentor", text="x", written_at=clock.now()
            )


def test_what_was_written_is_never_changed(world: World) -> None:
    case = running(world, snack(world))
    with world.acting() as scope:
        CaseMessage.objects.create(
            case=case, facility=world.atb, side="unit", text="x", written_at=clock.now(),
            written_by_id=scope.actor.user_id,
        )  # fmt: skip

    for who in ("officer", "mentor"):
        with (
            acting(world.actor(who), "test"),
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            CaseMessage.objects.update(text="y")


def test_sixteen_digits_reach_no_message(world: World) -> None:
    case = running(world, snack(world))

    with world.acting(), pytest.raises(DatabaseError), transaction.atomic():
        CaseMessage.objects.create(
            case=case, facility=world.atb, side="unit", text="NIK 5304011203900001",
            written_at=clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize("change", ["kind", "office", "wish"])
def test_what_was_asked_stays(world: World, change: str) -> None:
    case = asked(world, snack(world))
    values = {"kind": "nib", "office": world.offices["IMIPAS"], "wish": "lain"}

    with (
        world.acting(),
        pytest.raises(DatabaseError, match="facilitation_fixed"),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=case.pk).update(**{change: values[change]})


def test_the_database_wants_a_permit_that_names_the_products(world: World) -> None:
    chips, cake = snack(world), snack(world, "KUE", "Kue contoh")
    case = running(world, chips, cake)
    walk(world, case)
    given = permit(world, "spp_irt", chips)

    done = {"state": "done", "closed_on": clock.today(world.atb.timezone)}
    for more, wall in (({}, "facilitation_case_permit"), ({"permit": given}, "facilitation_perm")):
        with world.acting(), pytest.raises(DatabaseError, match=wall), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**done, **more)


def test_a_step_that_is_over_stays(world: World) -> None:
    case = running(world, snack(world))
    walk(world, case)

    with (
        world.acting("mentor"),
        pytest.raises(DatabaseError, match="facilitation_fixed"),
        transaction.atomic(),
    ):
        CaseStep.objects.update(paper_no="lain")


def test_a_product_of_another_unit_is_not_of_this_case(world: World) -> None:
    case = asked(world, snack(world))
    with world.everywhere():
        foreign = Product.objects.create(
            facility=world.kpg, code="KPG-X", name="Lain", line_of_work="x",
            category=snack(world, "LAIN").category,
        )  # fmt: skip

    with world.everywhere(), pytest.raises(DatabaseError), transaction.atomic():
        CaseProduct.objects.create(case=case, facility=world.atb, product=foreign, kind="pirt")
        connection.check_constraints()


def test_nothing_of_children_is_kept(world: World) -> None:
    case = asked(world, snack(world))

    with (
        world.everywhere(),
        pytest.raises(DatabaseError, match="facility_lpka"),
        transaction.atomic(),
    ):
        case.pk, case.code, case.facility = None, "X", world.facilities["LPKA-KPG"]
        case.save(force_insert=True)


def test_medians_are_told_to_whoever_sees_no_case(world: World) -> None:
    assigned(world, asked(world, snack(world)))
    running(world, snack(world, "KUE", "Kue contoh"))

    with acting(world.actor("outsider"), "test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT step, regency, running FROM facilitation_step_days('53', now()::date)"
        )
        rows = cursor.fetchall()

    assert ("nib", "53.04", 1) in rows
    assert ("nib", None, 1) in rows


def test_a_unit_may_not_ask_for_another(world: World) -> None:
    chips = snack(world)

    with world.acting("outsider") as scope, pytest.raises(Exception, match="facility_out_of_scope"):
        ask_for_help(
            by=scope.actor, facility=world.atb, office=world.offices["UMKM"], kind="pirt",
            products=[chips], wish="x",
        )  # fmt: skip
