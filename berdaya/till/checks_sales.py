"""What must be true of notas, their parts, the cash of a stall and its paper blocks."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.ledger.parts import explain

# Rows of (book, account, rupiah on the debit side). The owners' sales and the own part's payment
# are explained in proceeds; the fee of goods sold for others is owed until a payment carries it.
NOTAS = """
    SELECT n.book_id, m.code, m.rp FROM till_stallsale n
    CROSS JOIN LATERAL (VALUES
      (CASE n.method WHEN 'cash' THEN '1105' ELSE '1120' END,
       n.amount_rp + n.rounding_rp - CASE n.method WHEN 'cash' THEN 0 ELSE n.own_rp END),
      ('1100', CASE n.method WHEN 'cash' THEN -n.own_rp ELSE 0 END), ('5920', -n.rounding_rp),
      ('2600', n.own_rp - n.amount_rp)) m (code, rp)
    WHERE NOT EXISTS (SELECT FROM till_stallvoid v WHERE v.stall_sale_id = n.id)
    UNION ALL
    SELECT book_id, m.code, m.rp FROM till_stallsession
    CROSS JOIN LATERAL (VALUES ('1105', float_rp), ('1100', -float_rp)) m (code, rp)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM till_stallclosing c
    JOIN till_stallsession s ON s.id = c.session_id
    CROSS JOIN LATERAL (VALUES ('1105', c.difference_rp), ('5930', -c.difference_rp)) m (code, rp)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM till_cashhandover h
    JOIN till_stallclosing c ON c.id = h.closing_id JOIN till_stallsession s ON s.id = c.session_id
    CROSS JOIN LATERAL (VALUES ('1100', h.amount_rp), ('1105', -h.amount_rp)) m (code, rp)
    WHERE h.received_at IS NOT NULL
    UNION ALL
    SELECT n.book_id, m.code, m.rp FROM till_qriswriteoff w
    JOIN till_stallsale n ON n.id = w.stall_sale_id
    CROSS JOIN LATERAL (VALUES ('5940', n.amount_rp), ('1120', -n.amount_rp)) m (code, rp)
    WHERE w.is_granted
    UNION ALL
    SELECT p.book_id, m.code, m.rp FROM till_stallsalepart p
    JOIN proceeds_allocation a ON a.sale_id = p.sale_id
    CROSS JOIN LATERAL (VALUES ('2200', -a.fee_rp), ('5900', a.fee_rp)) m (code, rp)
    WHERE NOT EXISTS (SELECT FROM proceeds_payment y WHERE y.sale_id = p.sale_id)"""
explain(NOTAS)

declare_check(
    "stall_numbers_have_no_gaps",
    _lazy("Nomor nota setiap stan berurutan tanpa celah dalam setahun"),
    rows_of("""
        SELECT stall_id, year, count(*), min(number), max(number) FROM till_stallsale
        GROUP BY stall_id, year HAVING min(number) <> 1 OR max(number) <> count(*)"""),
)
declare_check(
    "stall_notas_are_their_parts",
    _lazy("Setiap nota sama dengan bagian pemilik dan barisnya, dan dengan penjualan di bukunya"),
    rows_of("""
        SELECT n.code, n.amount_rp, p.rp, l.rp, n.own_rp, p.own FROM till_stallsale n
        LEFT JOIN (SELECT stall_sale_id, sum(amount_rp) AS rp,
                          sum(CASE WHEN is_own THEN amount_rp ELSE 0 END) AS own
                   FROM till_stallsalepart GROUP BY 1) p ON p.stall_sale_id = n.id
        LEFT JOIN (SELECT stall_sale_id, sum(amount_rp) AS rp FROM till_stallsaleline GROUP BY 1) l
          ON l.stall_sale_id = n.id
        WHERE n.amount_rp <> coalesce(p.rp, 0) OR n.amount_rp <> coalesce(l.rp, 0)
           OR n.own_rp <> coalesce(p.own, 0)
        UNION ALL
        SELECT p.sale_code, p.amount_rp, s.amount_rp, sum(l.amount_rp), s.refunded_rp, 0
        FROM till_stallsalepart p JOIN proceeds_sale s ON s.id = p.sale_id
        JOIN till_stallsaleline l ON l.part_id = p.id
        LEFT JOIN till_stallvoid v ON v.stall_sale_id = p.stall_sale_id
        GROUP BY p.id, s.id, v.id
        HAVING p.amount_rp <> s.amount_rp OR p.amount_rp <> sum(l.amount_rp)
            OR p.book_id <> s.book_id OR s.kind <> 'stall'
            OR v.id IS NOT NULL AND s.refunded_rp <> s.amount_rp"""),
)
declare_check(
    "stall_qris_given_up",
    _lazy("QRIS nota tidak masuk hanya bila penghapusannya disetujui, sekali"),
    rows_of("""
        SELECT n.code, n.proof, count(w.id) FROM till_stallsale n
        LEFT JOIN till_qriswriteoff w ON w.stall_sale_id = n.id AND w.is_granted
        GROUP BY n.id HAVING (n.proof = 'missing') <> (count(w.id) = 1)"""),
)
declare_check(
    "stall_sold_is_its_notas",
    _lazy("Yang terjual dari serah titip sama dengan baris notanya"),
    rows_of("""
        SELECT h.id, h.sold_qty, sum(l.qty) FROM till_handoutline h
        LEFT JOIN till_stallsaleline l ON l.hand_out_line_id = h.id AND NOT EXISTS (
          SELECT FROM till_stallvoid v WHERE v.stall_sale_id = l.stall_sale_id)
        GROUP BY h.id HAVING h.sold_qty <> coalesce(sum(l.qty), 0)"""),
)
declare_check(
    "stall_cash_is_its_session",
    _lazy("Uang yang seharusnya ada saat kas ditutup sama dengan kembalian awal dan nota tunainya"),
    rows_of("""
        SELECT s.id::text, c.expected_rp, s.float_rp, n.rp FROM till_stallclosing c
        JOIN till_stallsession s ON s.id = c.session_id
        LEFT JOIN (SELECT session_id, sum(amount_rp + rounding_rp) AS rp FROM till_stallsale q
          WHERE method = 'cash'
            AND NOT EXISTS (SELECT FROM till_stallvoid v WHERE v.stall_sale_id = q.id)
          GROUP BY 1) n ON n.session_id = s.id
        LEFT JOIN till_cashhandover h ON h.closing_id = c.id
        WHERE c.expected_rp <> s.float_rp + coalesce(n.rp, 0)
           OR c.counted_rp <> coalesce(h.amount_rp, 0) OR s.closed_at IS NULL"""),
)
declare_check(
    "stall_papers_are_in_their_blocks",
    _lazy("Nomor nota kertas ada di bloknya"),
    rows_of("""
        SELECT b.series, p.number FROM till_papernota p JOIN till_paperblock b ON b.id = p.block_id
        WHERE p.number NOT BETWEEN b.first_no AND b.last_no"""),
)
