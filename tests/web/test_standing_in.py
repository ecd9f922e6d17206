"""The regional office in a unit's stead: only where nobody there could, never one person twice."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse

from berdaya.catalog.models import ListingVersion
from berdaya.core import clock
from berdaya.core.models import AuditRow
from berdaya.core.verdicts import Refused
from berdaya.institutions.actions.staff import appoint, end_appointment
from berdaya.institutions.models import Appointment, Facility, Office
from berdaya.institutions.standing_in import IN_STEAD
from berdaya.orders.models import GoodsReturn
from berdaya.stock.actions.gates import approve_gate_pass, request_gate_pass
from berdaya.stock.models import GatePass, StockLevel
from tests.counting import at_most
from tests.web.desk import Desk, written
from tests.world import SINCE, TODAY, World

WORK = {"line_of_work": "ukir", "decree_no": "TPP-9", "valid_from": "2026-11-20",
        "decided_by_kind": "TPP"}  # fmt: skip


def without(world: World, *names: str) -> None:
    """These people of the unit hold no role from today on."""
    with world.everywhere() as scope:
        for row in Appointment.objects.filter(staff__in=[world.staff[one] for one in names]):
            end_appointment(by=scope.actor, appointment=row, on=TODAY)


def give(world: World, who: str, role: str, kind: str = "definitive") -> None:
    with world.everywhere() as scope:
        appoint(
            by=scope.actor, staff=world.staff[who], role=role, place=world.atb, kind=kind,
            decree_no=f"SPRIN-{role}", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip


def the_pass(world: World) -> GatePass:
    with world.everywhere():
        return GatePass.objects.get(approved_at=None, declined_at=None)


def ask_pass(world: World, who: str) -> GatePass:
    """One more pass, of which no paper was issued yet."""
    with world.acting(who) as scope:
        level = StockLevel.objects.filter(on_hand__gt=0).select_related("place__facility")[0]
        return request_gate_pass(
            by=scope.actor, place=level.place, lines={level.lot_id: Decimal(1)},
            destination="Galeri", day=TODAY, carrier="Sopir",
        )  # fmt: skip


Ask = Callable[[Desk], tuple[str, dict[str, str]]]


def a_listing(desk: Desk) -> tuple[str, dict[str, str]]:
    with desk.world.everywhere():
        slug, number = ListingVersion.objects.filter(decision=None).values_list(
            "listing__slug", "number"
        )[0]
    return reverse("catalog:decline", args=[slug, number]), {"reason": "Foto kabur"}


def a_return(desk: Desk) -> tuple[str, dict[str, str]]:
    return desk.urls["orders:return_refusal"], {"reason": "Sudah dipakai"}


def a_refund(desk: Desk) -> tuple[str, dict[str, str]]:
    day = str(clock.today())
    return desk.urls["proceeds:new_refund"], {
        "refunded_on": day, "reason": "Sobek", "method": "cash", "amount_0": "1.000", "qty_0": "0",
    }  # fmt: skip


def a_pass(desk: Desk) -> tuple[str, dict[str, str]]:
    return desk.urls["stock:approval"], {}


def a_placement(desk: Desk) -> tuple[str, dict[str, str]]:
    code = desk.world.people["lontar"].code
    return reverse("people:work_placements", args=[code]), WORK


STEPS = [a_pass, a_listing, a_return, a_refund, a_placement]


@pytest.mark.parametrize("ask", STEPS)
def test_region_is_sent_to_the_head_where_there_is_one(desk: Desk, ask: Ask) -> None:
    url, data = ask(desk)
    before = written(desk.world)

    answer = desk.world.client("regional").post(url, data)

    assert answer.status_code == 403
    assert "unit_can_decide" in answer.text
    assert "tunjuk Plh." in answer.text
    assert written(desk.world) == before


@pytest.mark.parametrize("ask", STEPS)
def test_region_stands_in_where_nobody_of_the_unit_could(desk: Desk, ask: Ask) -> None:
    world = desk.world
    without(world, "head", "receipts")
    url, data = ask(desk)

    answer = world.client("regional").post(url, data)

    assert answer.status_code == 302, answer.text[:3000]
    with world.everywhere():
        told = AuditRow.objects.order_by("-pk").first()
    assert told is not None
    assert told.reason.endswith(f", {IN_STEAD}")
    assert told.actor == f"staff:{world.staff['regional'].pk}"


def test_acting_head_goes_before_the_region(desk: Desk) -> None:
    without(desk.world, "head")
    give(desk.world, "payments", "head", "plh")

    answer = desk.world.client("regional").post(desk.urls["stock:approval"])

    assert answer.status_code == 403
    assert the_pass(desk.world).approved_by is None


def test_region_stands_in_for_the_only_head_who_asked(desk: Desk) -> None:
    world = desk.world
    without(world, "head")
    give(world, "officer", "head", "plh")

    own = world.client("officer").post(desk.urls["stock:approval"])
    answer = world.client("regional").post(desk.urls["stock:approval"])

    assert own.status_code == 409
    assert "pass_own" in own.text
    assert answer.status_code == 302


def test_treasurer_of_the_unit_refunds_before_the_region(desk: Desk) -> None:
    without(desk.world, "head")

    answer = desk.world.client("regional").post(*a_return(desk))

    assert answer.status_code == 403
    with desk.world.everywhere():
        assert GoodsReturn.objects.get().outcome == ""


def test_same_person_never_asks_and_stands_in(desk: Desk) -> None:
    world = desk.world
    without(world, "head")
    give(world, "regional", "officer")
    asked = ask_pass(world, "regional")

    with pytest.raises(Refused) as refused, world.acting("regional") as scope:
        approve_gate_pass(by=scope.actor, gate_pass=asked)

    assert refused.value.verdict.codes == ("pass_own",)


def another_region(world: World) -> None:
    """A regional office next door with a unit of its own, and `nobody` as its officer."""
    with world.everywhere() as scope:
        above, like = world.offices["IMIPAS-PAS"], world.atb
        office = Office.objects.create(
            code="BALI-KWL", kind="regional_office", name="Bali", parent=above,
            path=f"{above.path}/BALI-KWL",
        )  # fmt: skip
        Facility.objects.create(
            code="LP-BLI", kind="lapas", name="Lapas Contoh Bali", town="Bangli", office=office,
            region=like.region, lat=like.lat, lon=like.lon,
        )  # fmt: skip
        appoint(
            by=scope.actor, staff=world.staff["nobody"], role="regional", place=office,
            decree_no="SK-X", decree_on=SINCE, valid_from=SINCE,
        )  # fmt: skip


@pytest.mark.parametrize("ask", STEPS)
def test_region_elsewhere_finds_nothing(desk: Desk, ask: Ask) -> None:
    world = desk.world
    without(world, "head", "receipts")
    another_region(world)
    url, data = ask(desk)
    before = written(world)

    answer = world.client("nobody").post(url, data)

    assert answer.status_code == 404
    assert written(world) == before


def test_paper_says_on_whose_behalf(desk: Desk) -> None:
    world = desk.world
    without(world, "head")
    asked = ask_pass(world, "officer")

    with world.acting("regional") as scope:
        document = approve_gate_pass(by=scope.actor, gate_pass=asked).document

    assert document is not None
    signer = next(one for one in document.signers if one["role"] == "head")
    assert (signer["name"], signer["acting"]) == ("Regional Contoh", "a.n.")


def test_today_of_the_region_names_only_what_it_may_decide(desk: Desk) -> None:
    world = desk.world
    with_head = world.client("regional").get("/desk/").text
    without(world, "head", "receipts")

    client = world.client("regional")
    with at_most(12):
        alone = client.get("/desk/").text
    give(world, "payments", "head", "plh")
    acting = world.client("regional").get("/desk/").text

    code = the_pass(world).code
    assert code not in with_head
    assert code in alone
    assert "Anda menggantikan" in alone
    assert code not in acting


def test_page_of_a_pass_shows_the_region_its_buttons_only_then(desk: Desk) -> None:
    world, url = desk.world, desk.urls["stock:gate_pass"]
    closed = world.client("regional").get(url).text
    without(world, "head")

    client = world.client("regional")
    with at_most(12):
        opened = client.get(url).text

    assert desk.urls["stock:approval"] not in closed
    assert desk.urls["stock:approval"] in opened


def test_explanation_says_when_the_region_stands_in(desk: Desk) -> None:
    world, asked = desk.world, {"ability": "gate.approve", "unit": str(desk.world.atb.pk)}
    head = world.client("head").get("/desk/permissions/", asked).text
    closed = world.client("regional").get("/desk/permissions/", asked).text
    without(world, "head")
    opened = world.client("regional").get("/desk/permissions/", asked).text

    assert "hanya bila di UPT itu hari ini tidak ada yang dapat" in head
    assert "unit_can_decide" in closed
    assert "Anda dapat mengizinkan barang keluar" in opened
    assert "SK-regional" in opened
