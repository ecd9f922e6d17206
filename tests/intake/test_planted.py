"""Every trouble planted in the sample workbook, found at its cell and treated as written here."""

from collections import Counter
from datetime import date

import pytest

from berdaya.intake.examine import examine
from berdaya.intake.findings import Notebook
from berdaya.intake.plan import Plan, World
from berdaya.intake.recognition import Memory
from berdaya.intake.staging import open_workbook, understand
from tests.intake.conftest import GO_LIVE, SAMPLE

# (kind of finding, cell, what holds unless somebody decides otherwise; "" = only told)
PLANTED = {
    # who is who stays outside
    ("column_left_out", "DAFTAR WBP BEKERJA!C5", ""),
    ("column_left_out", "HADIR SEP!C5", ""),
    ("column_left_out", "HADIR OKT!C5", ""),
    # spellings
    ("work_number_spelled", "DAFTAR WBP BEKERJA!B14", ""),
    ("day_first_assumed", "DAFTAR WBP BEKERJA!F13", ""),
    ("day_first_assumed", "BAHAN!A9", ""),
    ("day_first_assumed", "PENJUALAN!B10", ""),
    ("day_without_year", "BAHAN!A6", ""),
    ("day_without_year", "HASIL PRODUKSI!A6", ""),
    ("measure_spelled", "HASIL PRODUKSI!E7", ""),
    ("measure_spelled", "HASIL PRODUKSI!E12", ""),
    ("product_spelled", "HASIL PRODUKSI!C8", ""),
    ("product_spelled", "PENJUALAN!D11", ""),
    ("product_spelled", "PENJUALAN!D12", ""),
    ("unsigned", "HASIL PRODUKSI!G5", ""),
    # papers of people
    ("consent_absent", "DAFTAR WBP BEKERJA!G20", ""),
    ("consent_absent", "DAFTAR WBP BEKERJA!G24", ""),
    ("consent_after_start", "DAFTAR WBP BEKERJA!G6", ""),
    ("consent_after_start", "DAFTAR WBP BEKERJA!G14", ""),
    ("consent_after_start", "DAFTAR WBP BEKERJA!G15", ""),
    ("consent_after_start", "DAFTAR WBP BEKERJA!G26", ""),
    ("fitness_over", "DAFTAR WBP BEKERJA!H6", ""),
    ("fitness_over", "DAFTAR WBP BEKERJA!H13", ""),
    ("fitness_over", "DAFTAR WBP BEKERJA!H21", ""),
    ("fitness_over", "DAFTAR WBP BEKERJA!H28", ""),
    ("request_absent", "DAFTAR WBP BEKERJA!D8", "no_request"),
    ("request_absent", "DAFTAR WBP BEKERJA!D11", "no_request"),
    ("request_absent", "DAFTAR WBP BEKERJA!D12", "no_request"),
    ("request_absent", "DAFTAR WBP BEKERJA!D27", "no_request"),
    ("leaves", "DAFTAR WBP BEKERJA!I26", ""),
    ("leaves", "DAFTAR WBP BEKERJA!I27", ""),
    ("placement_from_book", "DAFTAR WBP BEKERJA!B6", ""),
    # days since the unit's first day here: not booked
    ("limit_broken", "HADIR OKT!F7", "skip"),  # A-001, certificate over
    ("limit_broken", "HADIR OKT!G9", "skip"),  # A-003, detainee
    ("limit_broken", "HADIR OKT!G12", "skip"),  # A-006, detainee
    ("limit_broken", "HADIR OKT!E13", "skip"),  # A-007, detainee
    ("limit_broken", "HADIR OKT!E14", "skip"),  # A-008, certificate over
    ("limit_broken", "HADIR OKT!E20", "skip"),  # A-014, no consent
    ("limit_broken", "HADIR OKT!F21", "skip"),  # A-015, certificate over
    ("limit_broken", "HADIR OKT!K24", "skip"),  # A-018, no consent
    ("limit_broken", "HADIR OKT!Q26", "skip"),  # A-020, released
    ("limit_broken", "HADIR OKT!E28", "skip"),  # A-022, certificate over
    ("hours_too_long", "HADIR OKT!R17", "skip"),  # A-011, twice 11 hours
    # the same before that day: history, booked and told
    ("limit_in_history", "HADIR SEP!T7", ""),
    ("limit_in_history", "HADIR SEP!E9", ""),
    ("limit_in_history", "HADIR SEP!P11", ""),  # A-005, no rest day
    ("limit_in_history", "HADIR SEP!E12", ""),
    ("limit_in_history", "HADIR SEP!E13", ""),
    ("limit_in_history", "HADIR SEP!U14", ""),
    ("limit_in_history", "HADIR SEP!R17", ""),
    ("limit_in_history", "HADIR SEP!F20", ""),
    ("limit_in_history", "HADIR SEP!T21", ""),
    ("limit_in_history", "HADIR SEP!F24", ""),
    ("limit_in_history", "HADIR SEP!E27", ""),
    ("limit_in_history", "HADIR SEP!V28", ""),
    ("sunday_worked", "HADIR SEP!J11", ""),
    ("sunday_worked", "HADIR OKT!AC26", ""),
    # which batch the hours belong to
    ("hours_shared", "HADIR SEP!L11", ""),
    ("hours_shared", "HADIR SEP!S7", ""),
    ("hours_without_batch", "HADIR SEP!E13", ""),
    ("hours_without_batch", "HADIR OKT!AB19", ""),
    ("hours_without_batch", "HADIR SEP!E10", ""),
    ("hours_without_batch", "HADIR SEP!R18", ""),
    ("hours_without_batch", "HADIR OKT!W10", ""),
    ("hours_without_batch", "HADIR SEP!E8", ""),
    ("hours_without_batch", "HADIR OKT!E15", ""),
    ("hours_without_batch", "HADIR SEP!E11", ""),
    ("hours_without_batch", "HADIR SEP!AC7", ""),
    ("batch_cut_at_go_live", "HASIL PRODUKSI!B11", ""),
    ("hours_on_piece_line", "HASIL PRODUKSI!B6", "pieces"),
    ("hours_on_piece_line", "HASIL PRODUKSI!B12", "pieces"),
    ("hours_on_piece_line", "HASIL PRODUKSI!B13", "pieces"),
    ("pieces_over_output", "HASIL PRODUKSI!B6", ""),
    ("pieces_over_output", "HASIL PRODUKSI!B12", ""),
    ("pieces_over_output", "HASIL PRODUKSI!B13", ""),
    # what was made
    ("rejected_in_count", "HASIL PRODUKSI!F8", "inside"),
    ("quality_unchecked", "HASIL PRODUKSI!F11", "book"),
    ("rework_in_count", "HASIL PRODUKSI!F12", "inside"),
    ("batch_without_material", "HASIL PRODUKSI!B11", ""),
    ("batch_without_material", "HASIL PRODUKSI!B14", ""),
    # materials
    ("amount_missing", "BAHAN!F7", ""),
    ("amount_missing", "BAHAN!F14", ""),
    ("total_leaves_out", "BAHAN!F15", ""),
    ("purchase_without_receipt", "BAHAN!G9", ""),
    ("purchase_without_receipt", "BAHAN!G12", ""),
    ("donation_without_value", "BAHAN!B8", ""),
    ("garden_without_value", "BAHAN!B11", ""),
    ("garden_priced", "BAHAN!B10", "not_deducted"),
    ("partner_material", "BAHAN!B14", "deducted"),
    # papers of products
    ("paper_missing", "PRODUK!G6", ""),
    ("paper_missing", "PRODUK!G7", ""),
    ("paper_missing", "PRODUK!G8", ""),
    ("paper_missing", "PRODUK!G10", ""),
    ("paper_missing", "PRODUK!G12", ""),
    ("permit_runs_out", "PRODUK!G11", ""),
    ("permit_pending", "PRODUK!G11", ""),
    ("sold_without_halal", "PENJUALAN!D15", ""),
    # sales
    ("staff_buyer", "PENJUALAN!C6", ""),
    ("staff_buyer", "PENJUALAN!C15", ""),
    ("sold_before_made", "PENJUALAN!A7", "opening"),
    ("price_off_list", "PENJUALAN!F8", ""),
    ("price_off_list", "PENJUALAN!F9", ""),
    ("price_off_list", "PENJUALAN!F11", ""),
    ("consigned", "PENJUALAN!I8", ""),
    ("sold_outright", "PENJUALAN!I9", ""),
    ("receipt_gap", "PENJUALAN!A9", ""),  # 214
    ("paid_in_parts", "PENJUALAN!H10", ""),
    ("cooperative_buys", "PENJUALAN!C11", "as_written"),
    ("receipt_twice", "PENJUALAN!A13", "skip"),  # 218
    ("returned", "PENJUALAN!I14", "refund"),
    ("unpaid", "PENJUALAN!H15", "unpaid"),
    ("total_counts_double", "PENJUALAN!G16", ""),
    ("history_sale", "PENJUALAN!A6", ""),
    ("old_stock_sale", "PENJUALAN!A10", ""),
    ("old_stock_sale", "PENJUALAN!A11", ""),
    ("old_stock_sale", "PENJUALAN!A12", ""),
    ("old_stock_sale", "PENJUALAN!A15", ""),
}


def plan_with(sample: bytes, **chosen: str) -> Plan:
    stripped = open_workbook(sample, "buku.xlsx", Memory())
    choices = {key.replace("_AT_", "@").replace("__", "!"): code for key, code in chosen.items()}
    _shapes, book, notebook = understand(stripped.sheets, stripped.left_out, Memory(), choices)
    return examine(book, World("lapas", GO_LIVE), notebook)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_with(SAMPLE.read_bytes())


def test_every_planted_trouble_is_found_and_nothing_else(plan: Plan) -> None:
    notebook = Notebook()

    found = {(f.code, str(f.at), notebook.choice(f)) for f in plan.findings}

    assert found == PLANTED


def test_every_finding_speaks_both_languages(plan: Plan) -> None:
    from django.utils.translation import override

    for finding in plan.findings:
        texts = set()
        for language in ("id", "en"):
            with override(language):
                texts.add(finding.text)
        assert all(texts)


def test_what_is_planned(plan: Plan) -> None:
    counts = [len(rows) for rows in (plan.people, plan.products, plan.materials, plan.batches)]

    assert counts == [22, 7, 9, 9]
    assert len(plan.sales) == 9
    assert Counter(batch.is_history for batch in plan.batches) == {True: 5, False: 4}


def test_batch_that_spans_the_first_day_begins_on_it(plan: Plan) -> None:
    batch = next(batch for batch in plan.batches if batch.code == "SBN-10A")

    assert batch.starts_on == GO_LIVE
    assert all(row.day >= GO_LIVE for row in plan.work if row.batch_code == "SBN-10A")


def test_nobody_released_moved_or_without_papers_works_in_october(plan: Plan) -> None:
    october = {row.work_number for row in plan.work if row.day >= GO_LIVE and row.minutes}

    assert not october & {"A-001", "A-003", "A-006", "A-007", "A-008", "A-014", "A-015"}
    assert not october & {"A-018", "A-021", "A-022"}
    assert max(row.day for row in plan.work if row.work_number == "A-020") < date(2026, 10, 12)


def test_shared_days_keep_every_minute(sample: bytes) -> None:
    stripped = open_workbook(sample, "buku.xlsx", Memory())
    _shapes, book, _notebook = understand(stripped.sheets, stripped.left_out, Memory(), {})
    plan = plan_with(sample)
    september = [row for row in book.marks if row.day < GO_LIVE]

    planned = sum(row.minutes for row in plan.work if row.day < GO_LIVE)

    assert planned == sum(row.minutes for row in september)


def test_capping_books_the_lawful_part(sample: bytes) -> None:
    plan = plan_with(sample, **{"hours_too_long_AT_HADIR OKT__R17": "cap"})

    rows = [r for r in plan.work if r.work_number == "A-011" and r.day == date(2026, 10, 14)]

    assert 0 < sum(row.minutes for row in rows) <= 480


def test_detainee_with_a_request_is_booked(sample: bytes) -> None:
    plan = plan_with(sample, **{"request_absent_AT_DAFTAR WBP BEKERJA__D8": "has_request"})

    assert any(row.work_number == "A-003" and row.day >= GO_LIVE for row in plan.work)


def test_a_unit_without_first_day_has_only_history(sample: bytes) -> None:
    stripped = open_workbook(sample, "buku.xlsx", Memory())
    _shapes, book, notebook = understand(stripped.sheets, stripped.left_out, Memory(), {})

    plan = examine(book, World("lapas", None), notebook)

    assert all(batch.is_history for batch in plan.batches)
    assert not [f for f in plan.findings if f.code == "limit_broken" and "bebas" not in f.text]
