"""The workbook goes in through the actions that people use: whole, once, and traceable."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum
from tests.intake.conftest import Unit

from berdaya.core.verdicts import Refused
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import stage_workbook
from berdaya.intake.models import ImportedRow, StagedSheet, WorkbookImport
from berdaya.intake.queries import plan_of
from berdaya.ledger.queries import unbalanced
from berdaya.people.models import Participant, Placement, StatusPeriod
from berdaya.proceeds.models import PremiShare, Refund, Sale
from berdaya.stock.models import Lot, StockLevel
from berdaya.workshop.models import Batch, BatchWeight, WorkLog

pytestmark = pytest.mark.django_db


def bring_in(unit: Unit, sample: bytes) -> WorkbookImport:
    with unit.importing() as scope:
        workbook = stage_workbook(
            by=scope.actor, facility=unit.facility, data=sample, name="buku.xlsx"
        )
        return book_import(by=scope.actor, workbook=workbook)


def test_everything_sound_is_booked(unit: Unit, sample: bytes) -> None:
    workbook = bring_in(unit, sample)

    with unit.importing():
        assert workbook.state == "booked"
        assert Placement.objects.filter(facility=unit.facility).count() == 22
        assert Batch.objects.filter(facility=unit.facility).count() == 9
        assert Sale.objects.filter(facility=unit.facility).count() == 9
        assert not unbalanced()


def test_october_makes_premi_and_september_none(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        shares = PremiShare.objects.filter(facility=unit.facility)
        numbers = {
            row.work_number
            for row in Placement.objects.filter(participant__in=shares.values("participant"))
        }
        days = set(shares.values_list("earned_on", flat=True))
    assert numbers == {"A-004", "A-019"}
    assert days == {date(2026, 10, 20)}


def test_second_import_changes_nothing(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)
    with unit.importing() as scope:
        before = (WorkLog.objects.count(), Sale.objects.count(), ImportedRow.objects.count())
        again = stage_workbook(
            by=scope.actor, facility=unit.facility, data=sample, name="buku.xlsx"
        )
        _shapes, plan = plan_of(again)

        with pytest.raises(Refused) as refused:
            book_import(by=scope.actor, workbook=again)

        assert plan.fresh_count == 0
        assert refused.value.verdict.codes == ("nothing_to_book",)
        assert before == (
            WorkLog.objects.count(),
            Sale.objects.count(),
            ImportedRow.objects.count(),
        )
