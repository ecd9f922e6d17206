"""The workbook goes in through the actions that people use: whole, once, and traceable."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import Sum

from berdaya.core.links import Node, find_node, links_of
from berdaya.core.proofs import declared_checks
from berdaya.core.verdicts import Refused
from berdaya.intake.actions import book_sales
from berdaya.intake.actions.booking import book_import
from berdaya.intake.actions.imports import stage_workbook
from berdaya.intake.models import ImportedRow, StagedSheet, WorkbookImport
from berdaya.intake.queries import plan_of
from berdaya.intake.tasks import book_workbook
from berdaya.ledger.queries import unbalanced
from berdaya.people.models import Participant, Placement, StatusPeriod
from berdaya.proceeds.models import PremiShare, Refund, Sale
from berdaya.stock.models import Lot, StockLevel
from berdaya.workshop.models import Batch, BatchWeight, WorkLog
from tests.intake.books import add_row
from tests.intake.conftest import SAMPLE, Unit

pytestmark = pytest.mark.usefixtures("db")


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


def test_the_file_and_its_cells_are_gone_afterwards(unit: Unit, sample: bytes) -> None:
    workbook = bring_in(unit, sample)

    with unit.importing():
        assert not StagedSheet.objects.exists()
        assert "Warga Contoh" not in str(workbook.report)


def test_books_add_up(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        sales = Sale.objects.filter(facility=unit.facility).aggregate(sum=Sum("amount_rp"))
        assert sales["sum"] == 8_604_000
        assert Refund.objects.get().amount_rp == 850_000
        assert Sale.objects.get(own_receipt_no="216").due_rp == 0
        assert Sale.objects.get(own_receipt_no="220").due_rp == 180_000
        kursi = Lot.objects.get(variant__name="Kursi tamu rotan sintetis")
        left = StockLevel.objects.filter(lot=kursi).aggregate(sum=Sum("on_hand"))["sum"]
        assert (kursi.made_qty, kursi.material_total_rp, left) == (5, 1_953_125, 4)


def test_weights_are_the_pieces_of_october(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        batch = Batch.objects.get(note__endswith="KRS-04")
        weights = BatchWeight.objects.filter(batch=batch).values_list("weight", flat=True)
        assert sorted(weights) == [2000, 8000]


def test_who_left_is_gone_from_their_day_on(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        ends = dict(
            Placement.objects.filter(valid_until__isnull=False).values_list(
                "work_number", "valid_until"
            )
        )
        assert ends == {"A-020": date(2026, 10, 12), "A-021": date(2026, 10, 1)}
        assert StatusPeriod.objects.get(status="released").valid_from == date(2026, 10, 12)
        assert not Participant.objects.filter(pseudonym__contains="Warga").exists()


def test_a_later_month_adds_only_what_is_new(unit: Unit, sample: bytes) -> None:
    whole = bring_in(unit, sample)
    more = add_row(sample, "PENJUALAN", ["221", "5/11/26", "umum", "Kursi tamu rotan sintetis"])
    with unit.importing() as scope:
        again = stage_workbook(by=scope.actor, facility=unit.facility, data=more, name="buku.xlsx")
        book_import(by=scope.actor, workbook=again)

        assert again.report["rows"] == 1
        assert whole.report["rows"] > 700
        assert Sale.objects.get(own_receipt_no="221").amount_rp == 850_000


def test_a_changed_row_is_told_and_left_alone(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)
    changed = add_row(sample, "PENJUALAN", None, change=("220", 5, 16_000))
    with unit.importing() as scope:
        again = stage_workbook(
            by=scope.actor, facility=unit.facility, data=changed, name="buku.xlsx"
        )
        _shapes, plan = plan_of(again)

        assert plan.fresh_count == 0
        assert [f.code for f in plan.findings if f.level == "doubt"].count("row_changed") == 1


def test_a_refusal_books_nothing_and_says_why(
    unit: Unit, sample: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit.importing() as scope:
        workbook = stage_workbook(
            by=scope.actor, facility=unit.facility, data=sample, name="buku.xlsx"
        )
        workbook.state = "queued"
        workbook.save()
    monkeypatch.setattr(book_sales, "selling_books", lambda facility_id: [])

    book_workbook(facility_id=unit.facility.pk, workbook_id=workbook.pk)

    with unit.importing():
        workbook.refresh_from_db()
        assert workbook.state == "failed"
        assert workbook.report["reasons"][0]["code"] == "seller_missing"
        assert not Batch.objects.filter(facility=unit.facility).exists()
        assert workbook.sheets.exists()


def test_a_job_taken_up_again_books_once(unit: Unit, sample: bytes) -> None:
    workbook = bring_in(unit, sample)

    book_workbook(facility_id=unit.facility.pk, workbook_id=workbook.pk)

    with unit.importing():
        assert Sale.objects.filter(facility=unit.facility).count() == 9


def test_trace_walks_from_a_sale_and_a_batch_to_their_cells(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        sale = Sale.objects.get(own_receipt_no="219")
        batch = Batch.objects.get(note__endswith="KRS-04")
        of_sale = [node.code for _relation, node in links_of(Node("sale", sale.code, ""))]
        of_batch = links_of(Node("batch", batch.code, ""))
        sheets = [node for _relation, node in of_batch if node.kind == "sheet"]
        of_days = [node.code for sheet in sheets for _relation, node in links_of(sheet)]
        cell = next(code for code in of_sale if code.endswith("PENJUALAN!A14"))
        back = links_of(find_node(cell)[0])
    assert any(code.endswith("HADIR OKT!S10") for code in of_days)
    assert ("sale", sale.code) in {(node.kind, node.code) for _relation, node in back}


def test_checks_are_clean(unit: Unit, sample: bytes) -> None:
    bring_in(unit, sample)

    with unit.importing():
        found = {check.code: check.rows() for check in declared_checks()}
    assert {code: rows for code, rows in found.items() if rows} == {}


def test_the_command_tells_first_and_then_books(
    unit: Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_unit", str(SAMPLE), "--facility", "LP-SOE", "--dry-run")
    told = capsys.readouterr().out
    with unit.importing():
        assert not WorkbookImport.objects.exists()

    call_command("import_unit", str(SAMPLE), "--facility", "LP-SOE")

    assert "Nota 218 tertulis dua kali" in told
    with unit.importing():
        assert Sale.objects.filter(facility=unit.facility).count() == 9
