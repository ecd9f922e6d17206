"""What must be true of workbooks that came in."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of

declare_check(
    "intake_cells_deleted",
    _lazy("Isi buku kerja yang sudah dibukukan atau dibatalkan sudah dihapus"),
    rows_of(
        "SELECT w.id, s.name FROM intake_workbookimport w"
        " JOIN intake_stagedsheet s ON s.workbook_id = w.id"
        " WHERE w.state IN ('booked', 'discarded') ORDER BY w.id"
    ),
)
declare_check(
    "intake_sales_there",
    _lazy("Setiap baris penjualan dari buku kerja punya penjualannya"),
    rows_of(
        "SELECT r.source, r.target FROM intake_importedrow r WHERE r.kind = 'sales'"
        " AND NOT EXISTS (SELECT FROM proceeds_sale s"
        " WHERE 'proceeds.sale:' || s.id::text = r.target) ORDER BY r.id"
    ),
)
declare_check(
    "intake_history_makes_no_premi",
    _lazy("Yang masuk sebagai riwayat tidak membawa premi"),
    rows_of(
        "SELECT s.code FROM proceeds_sale s JOIN proceeds_premishare p ON p.sale_id = s.id"
        " WHERE s.is_history GROUP BY s.code ORDER BY s.code"
    ),
)
