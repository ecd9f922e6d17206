"""The thread: from a line of a slip to the sheet and back, on the desk and as a command."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from berdaya.core import clock
from berdaya.core.links import Step, find_node, walk
from berdaya.people.models import Participant
from berdaya.proceeds.actions.deposits import record_deposit
from berdaya.proceeds.actions.payouts import approve_payout, pay_payout, prepare_payout
from berdaya.proceeds.actions.refunds import refund_sale
from berdaya.proceeds.actions.slips import issue_slips
from berdaya.proceeds.models import PayoutRun, PnbpDeposit, PremiShare, Sale, Slip
from berdaya.workshop.models import Batch, WorkLog, WorkSheet
from tests.counting import at_most
from tests.proceeds.scene import MADE, SOLD, Scene, build, make_lot
from tests.world import World

PAID = date(2026, 3, 31)


def log_work(batch: Batch) -> None:
    """A sheet on which one person stands with this batch."""
    facility = batch.facility
    sheet, _new = WorkSheet.objects.get_or_create(
        workshop=batch.workshop, facility=facility, day=MADE,
        defaults={"recorded_at": clock.now()},
    )  # fmt: skip
    WorkLog.objects.create(
        sheet=sheet, participant=Participant.objects.get(pseudonym="Cendana"), facility=facility,
        day=MADE, mark="present", minutes=420, batch=batch, labour_status="in_custody",
    )  # fmt: skip


def pay(scene: Scene) -> None:
    """Slips, a paid list and a deposit over all that was sold."""
    with scene.world.acting("officer"):
        issue_slips(by=scene.staff("officer"), facility=scene.facility, month=SOLD)
    with scene.world.acting("payments"):
        run = prepare_payout(
            by=scene.staff("payments"), book=scene.book, until=PAID, prepared_on=PAID
        )
    with scene.world.acting("head"):
        approve_payout(by=scene.staff("head"), run=run, approved_on=PAID)
    with scene.world.acting("cooperative"):
        pay_payout(by=scene.staff("cooperative"), run=run, paid_on=PAID)
    with scene.world.everywhere():
        owed = sum(sale.state_owed_rp for sale in Sale.objects.all())
        record_deposit(
            by=scene.by, book=scene.book, amount_rp=owed, deposited_on=PAID,
            billing_code="820260331000001", account_code="425151", ntpn="A1B2C3D4E5F6G7H8",
        )  # fmt: skip


@pytest.fixture
def scene(world: World) -> Scene:
    """Two sales of one lot and one of another lot, paid, with slips and a deposit."""
    with world.everywhere():
        scene = build(world, work=log_work)
        scene.sell(3)
        scene.sell(2)
    pay(scene)
    return scene


def reached(steps: list[Step], kind: str) -> set[str]:
    return {step.node.code for step in steps if step.node.kind == kind}


def trace(code: str) -> list[Step]:
    return walk(find_node(code))


def test_slip_line_leads_to_its_batch_and_back_to_the_same_sale(world: World, scene: Scene) -> None:
    with world.everywhere():
        slip = Slip.objects.first()
        share = PremiShare.objects.filter(slip_line__slip=slip).first()
        up = trace(slip.code)
        (batch,) = reached(up, "batch")
        (sheet,) = reached(up, "sheet")
        down, from_sheet = trace(batch), trace(sheet)

        assert share.sale.code in reached(up, "sale")
        assert reached(up, "sale") == set(Sale.objects.values_list("code", flat=True))
        assert reached(up, "lot") == {scene.lot.code}
        assert reached(up, "payout") == {PayoutRun.objects.get().code}
        for steps in (down, from_sheet):
            assert share.sale.code in reached(steps, "sale")
            assert slip.code in reached(steps, "slip")
            assert reached(steps, "payout") == {PayoutRun.objects.get().code}
            assert reached(steps, "deposit") == {PnbpDeposit.objects.get().code}


@pytest.mark.parametrize("kind", ["sale", "lot", "batch", "slip", "payout", "deposit"])
def test_every_start_reaches_work_and_money(world: World, scene: Scene, kind: str) -> None:
    with world.everywhere():
        code = {
            "sale": Sale.objects.first,
            "lot": lambda: scene.lot,
            "batch": Batch.objects.get,
            "slip": Slip.objects.first,
            "payout": PayoutRun.objects.get,
            "deposit": PnbpDeposit.objects.get,
        }[kind]().code
        steps = trace(code)

    kinds = {step.node.kind for step in steps}
    assert {"maker", "sheet", "batch", "lot", "sale", "slip", "payout", "deposit"} <= kinds
    assert len(steps) == len({step.node for step in steps})


def test_other_sales_of_the_lot_are_not_on_the_way(world: World, scene: Scene) -> None:
    with world.everywhere():
        other = make_lot(scene, {world.people["lontar"]: 1})
        first, _second = Sale.objects.order_by("pk")
        steps = trace(first.code)

    assert reached(steps, "sale") == {first.code}
    assert other.code not in reached(steps, "lot")


def test_amounts_stand_on_the_way(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale = Sale.objects.order_by("pk").first()
        steps = trace(sale.code)
        paid = {
            share.slip_line.slip.code: share.amount_rp
            for share in PremiShare.objects.filter(sale=sale).select_related("slip_line__slip")
        }

    told = {step.node.code: step.amount_rp for step in steps if step.node.kind == "slip"}
    assert told == paid
    assert next(step.amount_rp for step in steps if step.node.kind == "lot") == sale.amount_rp


def test_a_refund_hangs_on_its_sale(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale = Sale.objects.order_by("pk").first()
        refund_sale(by=scene.by, sale=sale, refunded_on=PAID, reason="rusak")
        (refund,) = reached(trace(sale.code), "refund")

        assert reached(trace(refund), "sale") == {sale.code}


def test_typed_codes_find_the_same(world: World, scene: Scene) -> None:
    with world.everywhere():
        sale, slip = Sale.objects.first(), Slip.objects.first()

        assert find_node(sale.code.lower().replace("-", " ", 1)) == find_node(sale.code)
        assert find_node(sale.receipt_no) == find_node(sale.code)
        assert find_node(slip.cover_code) == find_node(slip.code)
        assert find_node("a1b2c3d4e5f6g7h8")[0].kind == "deposit"
        assert find_node("LP-ATB-26-J9999") == find_node("") == find_node("x@y/z") == []


def test_every_told_code_can_be_asked_for(world: World, scene: Scene) -> None:
    with world.everywhere():
        steps = trace(Slip.objects.first().code)

        assert [step.node.code for step in steps if not find_node(step.node.code)] == []


def test_command_tells_people_and_programs(world: World, scene: Scene) -> None:
    with world.everywhere():
        code = Sale.objects.first().code
    told, read = StringIO(), StringIO()

    call_command("trace", code, stdout=told)
    call_command("trace", code, "--json", stdout=read)

    lines, steps = told.getvalue().splitlines(), json.loads(read.getvalue())
    assert next(line for line in lines if line.startswith("*")).split()[1:3] == ["sale", code]
    assert len(lines) == len(steps)
    assert steps[0]["code"] == code
    assert steps[0]["from"] is None
    assert all(step["from"] for step in steps[1:])


def test_command_tells_an_unknown_code(world: World) -> None:
    told = StringIO()

    with pytest.raises(SystemExit) as left:
        call_command("trace", "LP-ATB-26-J9999", stderr=told)

    assert left.value.code == 1
    assert "LP-ATB-26-J9999" in told.getvalue()


@pytest.mark.parametrize("sales", [0, 20])
def test_page_keeps_its_budget(world: World, scene: Scene, sales: int) -> None:
    with world.everywhere():
        for _again in range(sales):
            scene.sell(1)
        codes = [Slip.objects.first().code, scene.lot.code, PayoutRun.objects.get().code]
        codes += [PnbpDeposit.objects.get().code, Batch.objects.get().code]
    client = world.client("head")

    for code in codes:
        with at_most(12):
            answer = client.get(f"/desk/traces/{code}/")
        assert answer.status_code == 200
    assert client.get(f"/en/desk/traces/{codes[0]}/").status_code == 200


def test_search_leads_to_the_page_or_says_no(world: World, scene: Scene) -> None:
    client = world.client("head")
    with world.everywhere():
        sale = Sale.objects.first()

    found = client.get("/desk/traces/", {"code": sale.receipt_no})
    missed = client.get("/desk/traces/", {"code": "LP-ATB-26-J9999"})

    assert found.status_code == 302
    assert client.get(found.url).status_code == 200
    assert client.get("/desk/traces/").status_code == 200
    assert missed.status_code == 404
    assert "LP-ATB-26-J9999" in missed.content.decode()


def test_another_units_code_is_unknown(world: World, scene: Scene) -> None:
    with world.everywhere():
        code = Sale.objects.first().code
    outsider = world.client("outside_head")

    assert outsider.get(f"/desk/traces/{code}/").status_code == 404
    assert outsider.get("/desk/traces/", {"code": code}).status_code == 404
