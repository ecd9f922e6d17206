"""The UMKM side's desk: what waits, what lacks, what runs; no person, and few statements."""

import csv
import io
from datetime import timedelta

import pytest

from berdaya.core import clock
from berdaya.core.scope import acting
from berdaya.equipment.actions.register import open_share, register_equipment
from berdaya.goods.models import Category, Measure, Product, Variant
from berdaya.insight.models import ToldFigure
from berdaya.insight.periods import finished_month
from berdaya.institutions.models import Facility
from berdaya.legality.actions.permits import record_permit, revoke_permit
from berdaya.legality.models import Permit, PermitKind
from berdaya.legality.queries.facts import listing_facts
from berdaya.legality.rules.listing import judge
from berdaya.mentoring.actions.adoptions import ask_for_mentor
from berdaya.people.models import Participant
from berdaya.web.umkm import Desk, UnitLine, desk_of
from tests.counting import at_most
from tests.equipment.scene import booked, hours, house
from tests.mentoring.scene import guided
from tests.proceeds.scene import Scene, build
from tests.web.desk import log_work
from tests.world import SINCE, World

ADDRESS = "/desk/umkm/"


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        return build(world, costs=(4_000_000, 0, 0), work=lambda batch: log_work(world, batch))


def read(world: World, who: str = "umkm_officer", province: str = "") -> Desk:
    with world.acting(who) as scope:
        return desk_of(scope.actor, province, clock.today())


def line_of(desk: Desk, facility: Facility) -> UnitLine:
    return next(line for line in desk.lines if line.facility.pk == facility.pk)


def asked(world: World, wish: str = "Kemasan yang tahan lama") -> str:
    with world.acting("officer") as scope:
        row = ask_for_mentor(
            by=scope.actor, facility=world.atb, office=world.offices["UMKM"], wish=wish,
            product=Product.objects.filter(facility=world.atb).first(),
        )  # fmt: skip
        return row.code


def test_a_unit_that_asks_stands_first_and_stays_until_it_is_answered(
    world: World, scene: Scene
) -> None:
    code = asked(world)

    desk = read(world)

    assert [one.code for one in desk.requests] == [code]
    assert (line_of(desk, world.atb).asked, line_of(desk, world.kpg).asked) == (1, 0)


def test_mentoring_that_runs_and_steps_of_ones_own_side_that_are_late(
    world: World, scene: Scene
) -> None:
    told = guided(world, scene.variant)
    with world.everywhere():
        told.step.side, told.step.due_on = "mentor", clock.today() - timedelta(days=1)
        told.step.save()

    line = line_of(read(world), world.atb)

    assert (line.running, line.late_steps, line.newest_meeting) == (1, 1, told.meeting.day)
    with world.everywhere():
        told.step.done_on = clock.today()
        told.step.save()
    assert line_of(read(world), world.atb).late_steps == 0


def permit_for(world: World, product: Product) -> Permit:
    ends = clock.today() + timedelta(days=400)
    number = f"2075304010012-{(ends - timedelta(days=1)).year % 100}"
    with world.acting() as scope:
        return record_permit(
            by=scope.actor, kind=PermitKind.objects.get(code="spp_irt"), number=number,
            holder=world.parties["coop_atb"], place=world.atb, issued_on=SINCE, valid_from=SINCE,
            valid_until=ends, products=[product],
        )  # fmt: skip


def test_a_product_is_ready_when_every_permit_of_the_shop_holds_today(
    world: World, scene: Scene
) -> None:
    with world.everywhere():
        product = Product.objects.create(
            facility=world.atb, code="LP-ATB-P9", name="VCO", line_of_work="sabun",
            category=Category.objects.get(code="oil"),
        )  # fmt: skip
        variant = Variant.objects.create(
            facility=world.atb, product=product, sku="P9", name="VCO 250 ml",
            measure=Measure.objects.get(code="botol"), list_price_rp=35_000,
        )  # fmt: skip
    before = line_of(read(world), world.atb)
    permit = permit_for(world, product)
    after = line_of(read(world), world.atb)

    assert (before.products, after.products) == (2, 2)
    assert {kind for kind, _n in before.lacking} - {kind for kind, _n in after.lacking} == {
        "SPP-IRT (P-IRT) / BPOM MD"
    }
    with world.everywhere():
        facts = listing_facts([variant.pk], "retail", clock.today())[variant.pk]
    assert {kind for kind, _n in after.lacking} == {one.label for one in judge(facts) if one.reason}
    with world.acting() as scope:
        revoke_permit(by=scope.actor, permit=permit, revoked_on=clock.today(), reason="contoh")
    assert line_of(read(world), world.atb).lacking == before.lacking


def test_what_the_shop_showed_is_told_not_counted_anew(world: World, scene: Scene) -> None:
    month = finished_month(clock.today())
    with world.everywhere():
        ToldFigure.objects.create(
            facility=world.atb, month=month, indicator="listings", version=1, numerator=7,
            told_at=clock.now(),
        )  # fmt: skip

    assert line_of(read(world), world.atb).shown == 7


def test_shared_machines_of_ones_own_house_with_requests_that_wait(world: World) -> None:
    place = house(world)
    officer = world.actor("umkm_officer")
    with acting(officer, "test"):
        loom = register_equipment(
            by=officer, facility=place, registered_on=SINCE, reason="baru", name="ATBM bersama",
            kind="loom", place="Lantai 1",
        )  # fmt: skip
        open_share(by=officer, equipment=loom, to=world.atb, valid_from=SINCE)
    booked(world, loom, hours(9, 11))

    desk = read(world)

    assert [(one.pk, one.waiting) for one in desk.machines] == [(loom.pk, 1)]
    assert desk.machines[0].hours == 0


def test_no_child_and_no_person_stands_there(world: World, scene: Scene) -> None:
    asked(world)
    guided(world, scene.variant)
    with world.everywhere():
        people = list(Participant.objects.values_list("pseudonym", "code"))

    page = world.client("umkm_officer").get(ADDRESS).content.decode()

    assert world.atb.name in page
    assert not [one for pair in people for one in pair if one in page]
    assert not [line for line in read(world).lines if line.facility.kind in ("lpka", "bapas")]


def test_page_and_file_say_the_same_for_few_statements(world: World, scene: Scene) -> None:
    guided(world, scene.variant)
    client = world.client("mentor")
    with at_most(12):
        page = client.get(ADDRESS)
    written = client.get(f"{ADDRESS}?ekspor=csv")

    rows = list(csv.reader(io.StringIO(b"".join(written).decode("utf-8-sig")), delimiter=";"))
    mine = next(row for row in rows if row[0] == world.atb.name)
    line = line_of(read(world, "mentor"), world.atb)
    assert mine[2:5] == [str(line.asked), str(line.running), str(line.late_steps)]
    assert "pihak-umkm" in written["Content-Disposition"]
    assert page.status_code == 200


def test_an_unknown_province_is_answered_with_the_fullest(world: World) -> None:
    assert read(world, province="99").province == read(world).province
