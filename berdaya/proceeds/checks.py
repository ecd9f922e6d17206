"""What must be true of sales, premi and deposits; `manage check_books` asks."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.ledger.parts import explain
from berdaya.proceeds.account_parts import PARTS

explain(PARTS)
declare_check(
    "sales_are_their_lines",
    _lazy("Jumlah penjualan sama dengan baris dan alokasinya"),
    rows_of("""
        SELECT s.code, s.amount_rp, sum(l.amount_rp) FROM proceeds_sale s
        LEFT JOIN proceeds_saleline l ON l.sale_id = s.id
        GROUP BY s.id HAVING s.amount_rp <> coalesce(sum(l.amount_rp), 0)
        UNION ALL
        SELECT s.code, l.amount_rp, sum(a.amount_rp) FROM proceeds_saleline l
        JOIN proceeds_sale s ON s.id = l.sale_id
        LEFT JOIN proceeds_allocation a ON a.line_id = l.id
        GROUP BY s.code, l.id
        HAVING l.amount_rp <> coalesce(sum(a.amount_rp), 0) OR l.qty <> coalesce(sum(a.qty), 0)"""),
)
declare_check(
    "rupiah_are_explained",
    _lazy("Setiap rupiah penjualan terjelaskan: biaya, bagian, dan rugi"),
    rows_of("""
        SELECT s.code, a.id, a.amount_rp FROM proceeds_allocation a
        JOIN proceeds_sale s ON s.id = a.sale_id
        WHERE a.amount_rp + a.loss_rp <> a.tax_rp + a.fee_rp + a.material_rp + a.packing_rp
              + a.makers_rp + a.capital_rp + a.state_rp + a.cooperative_rp + a.undivided_rp
           OR a.base_rp <> a.makers_rp + a.capital_rp + a.state_rp + a.cooperative_rp
              + a.undivided_rp"""),
)
declare_check(
    "pots_are_their_shares",
    _lazy("Bagian pembuat sama dengan jumlah bagian setiap orang"),
    rows_of("""
        SELECT s.code, a.id, a.makers_rp, sum(p.amount_rp) FROM proceeds_allocation a
        JOIN proceeds_sale s ON s.id = a.sale_id
        JOIN proceeds_premishare p ON p.allocation_id = a.id
        GROUP BY s.code, a.id HAVING a.makers_rp <> sum(p.amount_rp)"""),
)
declare_check(
    "frozen_is_booked",
    _lazy("Hitungan yang dibekukan sama dengan yang dibukukan"),
    rows_of("""
        SELECT s.code FROM proceeds_sale s
        JOIN LATERAL (
          SELECT sum((p ->> 'makers_rp')::bigint) AS makers,
                 sum((p ->> 'state_rp')::bigint) AS state
          FROM jsonb_path_query(s.calculation, '$.lines[*].parts[*]') p) f ON true
        JOIN LATERAL (SELECT sum(makers_rp) AS makers, sum(state_rp) AS state
          FROM proceeds_allocation WHERE sale_id = s.id) a ON true
        WHERE f.makers IS DISTINCT FROM a.makers OR f.state IS DISTINCT FROM a.state
           OR s.state_rp IS DISTINCT FROM a.state"""),
)
declare_check(
    "refunds_stay_within",
    _lazy("Pengembalian tidak melebihi yang ada"),
    rows_of("""
        SELECT s.code, r.id::text, r.amount_rp FROM proceeds_refund r
        JOIN proceeds_sale s ON s.id = r.sale_id
        LEFT JOIN proceeds_refundpart p ON p.refund_id = r.id
        GROUP BY s.code, r.id HAVING r.amount_rp <> coalesce(sum(p.amount_rp), 0)
        UNION ALL
        SELECT s.code, a.id::text, a.amount_rp FROM proceeds_allocation a
        JOIN proceeds_sale s ON s.id = a.sale_id
        JOIN proceeds_refundpart p ON p.allocation_id = a.id
        GROUP BY s.code, a.id
        HAVING sum(p.amount_rp) > a.amount_rp OR sum(p.makers_rp) > a.makers_rp
            OR sum(p.state_rp) > a.state_rp
        UNION ALL
        SELECT s.code, '', s.refunded_rp FROM proceeds_sale s
        WHERE s.refunded_rp <> (SELECT coalesce(sum(amount_rp), 0) FROM proceeds_refund
                                WHERE sale_id = s.id)"""),
)
declare_check(
    "reversals_are_cached",
    _lazy("Yang diambil kembali dari bagian orang sama dengan catatannya"),
    rows_of("""
        SELECT p.id, p.participant_id FROM proceeds_premishare p
        LEFT JOIN proceeds_premireversal r ON r.share_id = p.id
        GROUP BY p.id
        HAVING p.back_saved_rp <> coalesce(sum(r.saved_rp), 0)
            OR p.back_spendable_rp <> coalesce(sum(r.spendable_rp), 0)
            OR p.back_family_rp <> coalesce(sum(r.family_rp), 0)"""),
)

LEFT = """sum(p.amount_rp - p.back_saved_rp - p.back_spendable_rp - p.back_family_rp)"""
declare_check(
    "premi_accounts_are_their_shares",
    _lazy("Akun premi sama dengan bagian yang belum dibayar, orang demi orang"),
    rows_of(f"""
        WITH shares AS (
          SELECT p.book_id, p.participant_id, p.released_on IS NULL AS is_pending, {LEFT} AS rp
          FROM proceeds_premishare p LEFT JOIN proceeds_payoutline l ON l.id = p.payout_line_id
          WHERE p.exit_settlement_id IS NULL AND l.paid_on IS NULL
          GROUP BY 1, 2, 3
        ), legs AS (
          SELECT a.book_id, l.participant_id, a.code = '2300' AS is_pending,
                 sum(l.credit_rp - l.debit_rp) AS rp
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id
          WHERE a.code IN ('2300', '2310', '2311', '2312') GROUP BY 1, 2, 3
        )
        SELECT coalesce(s.book_id, l.book_id), coalesce(s.participant_id, l.participant_id),
               s.rp, l.rp
        FROM shares s FULL JOIN legs l USING (book_id, participant_id, is_pending)
        WHERE coalesce(s.rp, 0) <> coalesce(l.rp, 0)"""),  # noqa: S608
)
declare_check(
    "waiting_accounts_are_their_lines",
    _lazy("Akun yang menunggu sama dengan baris yang menunggu"),
    rows_of("""
        WITH lines AS (
          SELECT r.book_id, l.participant_id, sum(l.amount_rp) AS rp FROM proceeds_payoutline l
          JOIN proceeds_payoutrun r ON r.id = l.run_id
          LEFT JOIN proceeds_payoutcompletion c ON c.line_id = l.id
          WHERE l.paid_on IS NOT NULL AND c.id IS NULL
            AND l.channel IN ('awaiting_account', 'at_release') GROUP BY 1, 2
        ), legs AS (
          SELECT a.book_id, l.participant_id, sum(l.credit_rp - l.debit_rp) AS rp
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id
          WHERE a.code IN ('2320', '2321') GROUP BY 1, 2
        )
        SELECT coalesce(s.book_id, l.book_id), coalesce(s.participant_id, l.participant_id),
               s.rp, l.rp
        FROM lines s FULL JOIN legs l USING (book_id, participant_id)
        WHERE coalesce(s.rp, 0) <> coalesce(l.rp, 0)"""),
)
declare_check(
    "payout_lines_are_their_shares",
    _lazy("Baris pembayaran sama dengan bagian yang dibayarnya"),
    rows_of("""
        SELECT r.code, l.id, l.amount_rp FROM proceeds_payoutline l
        JOIN proceeds_payoutrun r ON r.id = l.run_id
        WHERE l.paid_on IS NOT NULL AND l.amount_rp <> (
          SELECT coalesce(sum(p.amount_rp - p.back_saved_rp - p.back_spendable_rp
                              - p.back_family_rp), 0)
          FROM proceeds_premishare p WHERE p.payout_line_id = l.id)"""),
)
declare_check(
    "state_accounts_are_their_sales",
    _lazy("PNBP terutang dan klaim sama dengan penjualannya"),
    rows_of("""
        WITH sales AS (
          SELECT book_id, sum(state_rp - state_back_rp - state_deposited_rp) AS owed,
                 sum(state_claim_rp) AS claim FROM proceeds_sale GROUP BY 1
        ), legs AS (
          SELECT a.book_id,
                 sum(CASE WHEN a.code = '2400' THEN l.credit_rp - l.debit_rp END) AS owed,
                 sum(CASE WHEN a.code = '1300' THEN l.debit_rp - l.credit_rp END) AS claim
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id
          WHERE a.code IN ('2400', '1300') GROUP BY 1
        )
        SELECT coalesce(s.book_id, l.book_id), s.owed, l.owed, s.claim, l.claim
        FROM sales s FULL JOIN legs l USING (book_id)
        WHERE coalesce(s.owed, 0) <> coalesce(l.owed, 0)
           OR coalesce(s.claim, 0) <> coalesce(l.claim, 0)"""),
)
declare_check(
    "deposits_are_their_lines",
    _lazy("Setoran sama dengan penjualan yang ditutupnya"),
    rows_of("""
        SELECT d.code, d.amount_rp FROM proceeds_pnbpdeposit d
        LEFT JOIN proceeds_pnbpdepositline l ON l.deposit_id = d.id
        GROUP BY d.id HAVING d.amount_rp <> coalesce(sum(l.amount_rp), 0)
        UNION ALL
        SELECT s.code, s.state_deposited_rp FROM proceeds_sale s
        WHERE s.state_deposited_rp <> (SELECT coalesce(sum(amount_rp), 0)
                                       FROM proceeds_pnbpdepositline WHERE sale_id = s.id)"""),
)
declare_check(
    "buyers_account_is_its_sales",
    _lazy("Akun pembeli sama dengan pembayaran dan penjualannya"),
    rows_of("""
        WITH sales AS (
          SELECT book_id, sum(paid_rp - amount_rp + refunded_rp - coalesce(d.rp, 0)) AS rp
          FROM proceeds_sale s LEFT JOIN (
            SELECT sale_id, sum(amount_rp) AS rp FROM proceeds_payment WHERE is_deposit GROUP BY 1
          ) d ON d.sale_id = s.id GROUP BY 1
        ), legs AS (
          SELECT a.book_id, sum(l.credit_rp - l.debit_rp) AS rp
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id
          JOIN ledger_entry e ON e.id = l.entry_id
          -- Deposits are posted by whoever took them, beside the sale.
          WHERE a.code = '2100' AND e.subject LIKE 'sale:%' GROUP BY 1
        )
        SELECT coalesce(s.book_id, l.book_id), s.rp, l.rp
        FROM sales s FULL JOIN legs l USING (book_id)
        WHERE coalesce(s.rp, 0) <> coalesce(l.rp, 0)"""),
)
declare_check(
    "sold_goods_left_stock",
    _lazy("Yang terjual sama dengan yang keluar dari stok"),
    rows_of("""
        WITH sold AS (SELECT lot_id, sum(qty - returned_qty) AS qty
                      FROM proceeds_allocation GROUP BY 1),
             moved AS (SELECT lot_id, -sum(qty) AS qty FROM stock_stockmovement
                       WHERE kind IN ('sold', 'returned') GROUP BY 1)
        SELECT lot.code, s.qty, m.qty FROM sold s FULL JOIN moved m USING (lot_id)
        JOIN stock_lot lot ON lot.id = coalesce(s.lot_id, m.lot_id)
        WHERE coalesce(s.qty, 0) <> coalesce(m.qty, 0)"""),
)
declare_check(
    "nothing_of_children_is_sold",
    _lazy("Tidak ada penjualan atau premi LPKA, anak, atau pidana kerja sosial"),
    rows_of("""
        SELECT s.code FROM proceeds_sale s JOIN institutions_facility f ON f.id = s.facility_id
        WHERE f.kind = 'lpka'
        UNION ALL
        SELECT s.code FROM proceeds_premishare p JOIN proceeds_sale s ON s.id = p.sale_id
        JOIN proceeds_allocation a ON a.id = p.allocation_id JOIN stock_lot l ON l.id = a.lot_id
        JOIN people_statusperiod t ON t.participant_id = p.participant_id
        WHERE t.status IN ('anak', 'community_service')
          AND (daterange(t.valid_from, t.valid_until) @> l.made_on
            OR t.status = 'anak' AND daterange(t.valid_from, t.valid_until) @> p.earned_on)"""),
)
declare_check(
    "payments_are_cached",
    _lazy("Yang dibayar pembeli sama dengan pembayarannya"),
    rows_of("""
        SELECT s.code, s.paid_rp, sum(p.amount_rp) FROM proceeds_sale s
        LEFT JOIN proceeds_payment p ON p.sale_id = s.id
        GROUP BY s.id HAVING s.paid_rp <> coalesce(sum(p.amount_rp), 0)"""),
)
declare_check(
    "refunds_are_borne",
    _lazy("Cadangan dan klaim pengembalian sama dengan bagian yang ditanggungnya"),
    rows_of("""
        WITH borne AS (SELECT sale_id, sum(reserve_rp) AS reserve, sum(claim_rp) AS claim
                       FROM proceeds_refund GROUP BY 1),
             back AS (SELECT r.sale_id, sum(p.state_rp) AS state FROM proceeds_refundpart p
                      JOIN proceeds_refund r ON r.id = p.refund_id GROUP BY 1),
             spared AS (SELECT sale_id, sum(reserve_rp) AS reserve FROM proceeds_premishare
                        WHERE reserve_rp > 0 GROUP BY 1)
        SELECT s.code, s.state_claim_rp, b.claim, b.reserve, p.reserve FROM proceeds_sale s
        LEFT JOIN borne b ON b.sale_id = s.id LEFT JOIN back k ON k.sale_id = s.id
        LEFT JOIN spared p ON p.sale_id = s.id
        WHERE s.state_claim_rp <> coalesce(b.claim, 0)
           OR s.state_back_rp + s.state_claim_rp <> coalesce(k.state, 0)
           OR coalesce(b.reserve, 0) <> coalesce(p.reserve, 0)"""),
)
declare_check(
    "lists_are_their_lines",
    _lazy("Jumlah daftar pembayaran sama dengan barisnya"),
    rows_of("""
        SELECT r.code, r.total_rp, sum(l.amount_rp) FROM proceeds_payoutrun r
        LEFT JOIN proceeds_payoutline l ON l.run_id = r.id
        GROUP BY r.id
        HAVING r.total_rp <> coalesce(sum(l.amount_rp), 0) OR r.line_count <> count(l.id)"""),
)
declare_check(
    "exits_are_their_lines",
    _lazy("Serah terima sama dengan baris, bagian, dan yang menunggu"),
    rows_of("""
        WITH lines AS (
          SELECT settlement_id, sum(saved_rp + spendable_rp + family_rp) AS pockets,
                 sum(waiting_rp) AS waiting
          FROM proceeds_exitsettlementline GROUP BY 1
        ), shares AS (
          SELECT exit_settlement_id, sum(amount_rp - back_saved_rp - back_spendable_rp
                                         - back_family_rp) AS rp
          FROM proceeds_premishare WHERE exit_settlement_id IS NOT NULL GROUP BY 1
        ), waited AS (
          SELECT c.exit_settlement_id, sum(l.amount_rp) AS rp FROM proceeds_payoutcompletion c
          JOIN proceeds_payoutline l ON l.id = c.line_id
          WHERE c.exit_settlement_id IS NOT NULL GROUP BY 1
        )
        SELECT e.code, e.amount_rp, l.pockets, s.rp, l.waiting, w.rp
        FROM proceeds_exitsettlement e LEFT JOIN lines l ON l.settlement_id = e.id
        LEFT JOIN shares s ON s.exit_settlement_id = e.id
        LEFT JOIN waited w ON w.exit_settlement_id = e.id
        WHERE e.amount_rp <> coalesce(l.pockets, 0) + coalesce(l.waiting, 0)
           OR coalesce(l.pockets, 0) <> coalesce(s.rp, 0)
           OR coalesce(l.waiting, 0) <> coalesce(w.rp, 0)"""),
)
declare_check(
    "corrections_are_answers",
    _lazy("Setiap perbaikan premi berdiri di belakang satu keputusan untuk orang itu"),
    rows_of("""
        SELECT p.id, p.reason, p.amount_rp FROM proceeds_premishare p
        LEFT JOIN proceeds_objectionanswer w ON w.correction_id = p.id
        LEFT JOIN proceeds_objection o ON o.id = w.objection_id
        LEFT JOIN proceeds_premicorrectiondecision d ON d.share_id = p.id
        LEFT JOIN proceeds_premicorrection c ON c.id = d.correction_id
        WHERE p.kind = 'correction' AND (
          coalesce(o.participant_id, c.participant_id) IS DISTINCT FROM p.participant_id
          OR num_nonnulls(o.id, c.id) <> 1
          OR c.amount_rp <> p.amount_rp OR c.book_id <> p.book_id)"""),
)
declare_check(
    "settlements_are_their_lines",
    # QRIS money, fees and shipping of orders stand on no sale, or on none yet.
    _lazy("Penyelesaian kewajiban sama dengan penjualan yang ditutupnya"),
    rows_of("""
        SELECT o.code, o.amount_rp, sum(l.amount_rp) FROM proceeds_obligationsettlement o
        LEFT JOIN proceeds_obligationline l ON l.settlement_id = o.id
        GROUP BY o.id HAVING coalesce(sum(l.amount_rp), 0) > o.amount_rp
          OR o.obligation IN ('cooperative', 'tax') AND coalesce(sum(l.amount_rp), 0) <> o.amount_rp
        """),
)
declare_check(
    "days_are_in_order",
    _lazy("Tidak ada uang yang berpindah sebelum yang mendasarinya"),
    rows_of("""
        SELECT r.code, a.approved_on, r.prepared_on FROM proceeds_payoutapproval a
        JOIN proceeds_payoutrun r ON r.id = a.run_id WHERE a.approved_on < r.prepared_on
        UNION ALL
        SELECT r.code, p.paid_on, a.approved_on FROM proceeds_payoutpayment p
        JOIN proceeds_payoutrun r ON r.id = p.run_id
        JOIN proceeds_payoutapproval a ON a.run_id = p.run_id WHERE p.paid_on < a.approved_on
        UNION ALL
        SELECT r.code, c.paid_on, l.paid_on FROM proceeds_payoutcompletion c
        JOIN proceeds_payoutline l ON l.id = c.line_id
        JOIN proceeds_payoutrun r ON r.id = l.run_id WHERE c.paid_on < l.paid_on
        UNION ALL
        SELECT s.code, r.refunded_on, s.sold_on FROM proceeds_refund r
        JOIN proceeds_sale s ON s.id = r.sale_id WHERE r.refunded_on < s.sold_on
        UNION ALL
        SELECT d.code, d.deposited_on, s.sold_on FROM proceeds_pnbpdepositline l
        JOIN proceeds_pnbpdeposit d ON d.id = l.deposit_id
        JOIN proceeds_sale s ON s.id = l.sale_id WHERE d.deposited_on < s.sold_on
        UNION ALL
        SELECT e.code, coalesce(e.settled_on, e.left_on), p.released_on FROM proceeds_premishare p
        JOIN proceeds_exitsettlement e ON e.id = p.exit_settlement_id
        WHERE coalesce(e.settled_on, e.left_on) < p.released_on
        UNION ALL
        SELECT o.code, w.answered_on, o.raised_on FROM proceeds_objectionanswer w
        JOIN proceeds_objection o ON o.id = w.objection_id WHERE w.answered_on < o.raised_on
        UNION ALL
        SELECT c.code, d.decided_on, c.proposed_on FROM proceeds_premicorrectiondecision d
        JOIN proceeds_premicorrection c ON c.id = d.correction_id
        WHERE d.decided_on < c.proposed_on"""),
)
declare_check(
    "nothing_barred_went_abroad",
    _lazy("Barang buatan tahanan tidak dijual ke negara yang melarangnya"),
    rows_of("""
        SELECT s.code, s.destination, l.code FROM proceeds_sale s
        JOIN proceeds_allocation a ON a.sale_id = s.id
        JOIN stock_lot l ON l.id = a.lot_id AND l.is_prison_made
        JOIN legality_marketentry e ON e.destination = s.destination AND e.answer = 'barred'
          AND e.reach IN ('custody', 'prison') AND e.valid_from <= s.sold_on
          AND (e.valid_until IS NULL OR e.valid_until > s.sold_on)
        LEFT JOIN legality_override o ON o.market = 'export:' || s.destination
          AND (o.lot_id = l.id OR o.lot_id IS NULL) AND o.facility_id = l.facility_id
          AND o.valid_from <= s.sold_on AND o.valid_until > s.sold_on
        LEFT JOIN legality_overridedecision d ON d.override_id = o.id AND d.outcome = 'approved'
        WHERE s.destination <> 'ID' AND d.id IS NULL"""),
)
