"""What must be true of stalls: goods add up by owner and product, money to the rupiah."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.ledger.parts import explain
from berdaya.till.account_parts import PAID

explain(PAID)
declare_check(
    "stall_lines_are_their_papers",
    _lazy("Yang kembali dan hilang di stan sama dengan berita acara dan kehilangannya"),
    rows_of("""
        SELECT h.code, l.lot_id, l.returned_qty, b.qty, l.lost_qty, o.qty FROM till_handoutline l
        JOIN till_handout h ON h.id = l.hand_out_id
        LEFT JOIN (SELECT line_id, sum(qty) AS qty FROM till_handbackline GROUP BY 1) b
          ON b.line_id = l.id
        LEFT JOIN (SELECT line_id, sum(qty) AS qty FROM till_handoutloss
                   WHERE is_confirmed IS NOT FALSE GROUP BY 1) o ON o.line_id = l.id
        WHERE l.returned_qty <> coalesce(b.qty, 0) OR l.lost_qty <> coalesce(o.qty, 0)"""),
)
declare_check(
    "stall_stock_is_left",
    _lazy("Stok di stan sama dengan yang diserahkan dikurangi terjual, kembali, dan hilang"),
    rows_of("""
        WITH lines AS (
          SELECT h.place_id, l.lot_id, sum(l.qty - l.returned_qty - l.sold_qty
            - coalesce(o.qty, 0)) AS qty
          FROM till_handoutline l JOIN till_handout h ON h.id = l.hand_out_id
          JOIN stock_gatepass g ON g.id = h.gate_pass_id AND g.approved_at IS NOT NULL
          LEFT JOIN (SELECT line_id, sum(qty) AS qty FROM till_handoutloss WHERE is_confirmed
                     GROUP BY 1) o ON o.line_id = l.id
          GROUP BY 1, 2)
        SELECT lines.place_id, lines.lot_id, lines.qty, s.on_hand FROM lines
        LEFT JOIN stock_stocklevel s USING (place_id, lot_id)
        WHERE lines.qty <> coalesce(s.on_hand, 0)"""),
)
declare_check(
    "stall_settlements_add_up",
    _lazy(
        "Setiap perhitungan stan menutup semua barang pemiliknya: diserahkan dikurangi kembali"
        " dan hilang sama dengan terjual"
    ),
    rows_of("""
        WITH lines AS (
          SELECT h.stall_id, h.book_id, l.variant_id, bool_and(l.is_closed) AS is_closed,
            sum(l.qty) AS qty, sum(l.returned_qty) AS back, sum(l.lost_qty) AS lost,
            sum(l.sold_qty) AS sold
          FROM till_handoutline l JOIN till_handout h ON h.id = l.hand_out_id
          WHERE h.received_at IS NOT NULL GROUP BY 1, 2, 3)
        SELECT s.code, lines.variant_id, lines.qty, lines.back, lines.lost, lines.sold
        FROM till_settlement s
        JOIN lines USING (stall_id, book_id)
        LEFT JOIN till_settlementline k ON k.settlement_id = s.id
          AND k.variant_id = lines.variant_id
        WHERE s.declined_at IS NULL AND (NOT lines.is_closed OR lines.qty - lines.back
          - lines.lost <> lines.sold OR (k.qty, k.returned_qty, k.lost_qty, k.sold_qty)
          IS DISTINCT FROM (lines.qty, lines.back, lines.lost, lines.sold))"""),
)
declare_check(
    "stall_settlements_are_their_sales",
    _lazy(
        "Jumlah perhitungan stan sama dengan penjualannya, dan yang dibayar lunas di buku pemilik"
    ),
    rows_of("""
        SELECT s.code, s.gross_rp, sum(k.amount_rp), s.fee_rp, sum(k.fee_rp), sum(p.amount_rp),
          s.loss_rp, sum(k.amount_rp) FILTER (WHERE o.id IS NOT NULL)
        FROM till_settlement s LEFT JOIN till_settlementsale k ON k.settlement_id = s.id
        LEFT JOIN till_handoutloss o ON o.sale_id = k.sale_id
        LEFT JOIN proceeds_payment p ON p.id = k.payment_id
        GROUP BY s.id
        HAVING s.gross_rp <> coalesce(sum(k.amount_rp), 0)
          OR s.fee_rp <> coalesce(sum(k.fee_rp), 0)
          OR s.loss_rp <> coalesce(sum(k.amount_rp) FILTER (WHERE o.id IS NOT NULL), 0)
          OR coalesce(sum(p.amount_rp), 0) <> CASE WHEN s.paid_at IS NULL THEN 0
                                               ELSE s.gross_rp END"""),
)
declare_check(
    "stall_settlements_are_pairs",
    _lazy("Yang dibayar pemegang kas sama dengan yang diterima pemilik, dengan rujukan yang sama"),
    rows_of("""
        SELECT s.code, s.gross_rp, given.rp, taken.rp FROM till_settlement s
        JOIN till_stall t ON t.id = s.stall_id
        LEFT JOIN LATERAL (
          SELECT sum(l.debit_rp) AS rp FROM ledger_entry e JOIN ledger_leg l ON l.entry_id = e.id
          JOIN ledger_account a ON a.id = l.account_id AND a.code = '2600'
          WHERE e.book_id = t.book_id AND e.reference = s.code) given ON true
        LEFT JOIN LATERAL (
          SELECT sum(p.amount_rp) AS rp FROM proceeds_payment p
          JOIN proceeds_sale v ON v.id = p.sale_id
          WHERE v.book_id = s.book_id AND p.reference = s.code) taken ON true
        WHERE s.paid_at IS NOT NULL
          AND (s.gross_rp <> coalesce(given.rp, 0) OR s.gross_rp <> coalesce(taken.rp, 0))"""),
)
