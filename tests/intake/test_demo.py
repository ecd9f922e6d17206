"""The demo's unit is with the program as long as its year."""

from berdaya.core import clock
from berdaya.core.demo import DemoContext
from berdaya.core.scope import acting
from berdaya.institutions.models import Facility
from berdaya.intake import demo
from berdaya.workshop.actions.sheets import SheetRow, record_sheet
from berdaya.workshop.models import WorkSheet
from tests.workshop import scene as scenes
from tests.workshop.scene import MONDAY


def test_demo_unit_goes_live_with_its_first_sheet(db: None) -> None:
    scene = scenes.build()
    row = SheetRow(scene.people[0].pk, minutes=420)
    with acting(scene.officer, "sheet"):
        record_sheet(by=scene.officer, workshop=scene.workshop, day=MONDAY, rows=[row])

    for _ in range(2):
        demo.load(DemoContext(today=clock.today()))

    assert Facility.objects.get(code=demo.UNIT).go_live_on == MONDAY
    with acting(scene.officer, "look"):
        assert not WorkSheet.objects.filter(is_history=True).exists()


def test_demo_unit_without_sheets_has_no_first_day(db: None) -> None:
    scenes.build()

    demo.load(DemoContext(today=clock.today()))

    assert Facility.objects.get(code=demo.UNIT).go_live_on is None
