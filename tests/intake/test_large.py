"""A large workbook: planned and booked with a number of questions that fits it, with progress."""

from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import stage_workbook
from berdaya.intake.large import large_workbook, sales_workbook
from berdaya.intake.models import WorkbookImport
from berdaya.intake.queries import plan_of
from berdaya.intake.reading import read_workbook
from berdaya.proceeds.models import Sale
from berdaya.workshop.models import WorkLog
from tests.intake.conftest import Unit


def test_five_thousand_rows_are_read_and_planned(unit: Unit) -> None:
    data = large_workbook(5_000)
    with unit.importing() as scope:
        workbook = stage_workbook(by=scope.actor, facility=unit.facility, data=data, name="b.xlsx")

        assert sum(len(sheet.rows) for sheet in read_workbook(data, "b.xlsx")) > 5_000
        assert workbook.report["fresh"] > 4_900
        assert len(workbook.report["findings"]) < 300


def test_a_book_of_sales_is_planned_from_what_was_made(unit: Unit) -> None:
    with unit.importing() as scope:
        data = sales_workbook(1_000)
        workbook = stage_workbook(by=scope.actor, facility=unit.facility, data=data, name="b.xlsx")
        _shapes, plan = plan_of(workbook)

        assert len(plan.sales) == 1_000
        assert any(sale.from_batches for sale in plan.sales)


def test_a_large_workbook_is_booked_with_progress(unit: Unit) -> None:
    told: list[tuple[int, int]] = []
    data = large_workbook(600)
    with unit.importing() as scope:
        workbook = stage_workbook(by=scope.actor, facility=unit.facility, data=data, name="b.xlsx")
        book_import(
            by=scope.actor, workbook=workbook, report=lambda done, total: told.append((done, total))
        )

        assert WorkbookImport.objects.get().state == "booked"
        assert Sale.objects.count() == 96
        assert WorkLog.objects.count() == 480
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert len(told) > 3
