"""What explains each account of a book: the rows of sales, premi and payments behind its legs."""

# Rows of (book, account code, rupiah on the debit side). Money that came before the goods left was
# posted to the buyers' deposits then, and is explained by the room that took it.
PARTS = """
    SELECT s.book_id, CASE WHEN p.is_deposit THEN '2100' ELSE m.code END, p.amount_rp
    FROM proceeds_payment p JOIN proceeds_sale s ON s.id = p.sale_id
    JOIN (VALUES ('cash', '1100'), ('transfer', '1110'), ('qris', '1120')) m (method, code)
      USING (method)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM proceeds_payment p
    JOIN proceeds_sale s ON s.id = p.sale_id
    CROSS JOIN LATERAL (VALUES ('2200', -p.fee_rp), ('5900', p.fee_rp)) m (code, rp)
    UNION ALL
    SELECT book_id, m.code, m.rp FROM proceeds_sale
    CROSS JOIN LATERAL (VALUES ('2100', amount_rp - refunded_rp - paid_rp),
      ('2400', state_back_rp + state_deposited_rp - state_rp), ('1300', state_claim_rp)
    ) m (code, rp)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM proceeds_allocation a
    JOIN proceeds_sale s ON s.id = a.sale_id
    CROSS JOIN LATERAL (VALUES ('5900', -a.fee_rp), ('2210', -a.tax_rp),
      ('2330', -a.makers_rp), ('2500', -a.cooperative_rp), ('3100', a.loss_rp - a.capital_rp),
      ('3110', -a.material_rp - a.packing_rp), ('3900', -a.undivided_rp)) m (code, rp)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM proceeds_refundpart p
    JOIN proceeds_refund r ON r.id = p.refund_id JOIN proceeds_sale s ON s.id = r.sale_id
    CROSS JOIN LATERAL (VALUES ('2200', p.fee_rp), ('2210', p.tax_rp),
      ('2330', p.makers_rp), ('2500', p.cooperative_rp), ('3100', p.capital_rp - p.loss_rp),
      ('3110', p.material_rp + p.packing_rp), ('3900', p.undivided_rp)) m (code, rp)
    UNION ALL
    SELECT s.book_id, m.code, m.rp FROM proceeds_refund r JOIN proceeds_sale s ON s.id = r.sale_id
    CROSS JOIN LATERAL (VALUES ('3200', r.reserve_rp), ('2330', -r.reserve_rp)) m (code, rp)
    UNION ALL
    SELECT book_id, m.code, m.rp FROM proceeds_premishare p
    CROSS JOIN LATERAL (SELECT p.saved_rp - p.back_saved_rp AS saved,
      p.spendable_rp - p.back_spendable_rp AS spendable,
      p.family_rp - p.back_family_rp AS family) l
    CROSS JOIN LATERAL (VALUES
      (CASE p.kind WHEN 'share' THEN '2330' ELSE '3100' END, l.saved + l.spendable + l.family),
      (CASE WHEN p.released_on IS NULL THEN '2300' ELSE '2310' END, -l.saved),
      (CASE WHEN p.released_on IS NULL THEN '2300' ELSE '2311' END, -l.spendable),
      (CASE WHEN p.released_on IS NULL THEN '2300' ELSE '2312' END, -l.family)) m (code, rp)
    UNION ALL
    SELECT r.book_id, m.code, m.rp FROM proceeds_payoutline l
    JOIN proceeds_payoutrun r ON r.id = l.run_id
    CROSS JOIN LATERAL (VALUES ('2310', l.saved_rp), ('2311', l.spendable_rp),
      ('2312', l.family_rp),
      (CASE l.channel WHEN 'awaiting_account' THEN '2320' WHEN 'at_release' THEN '2321'
       ELSE '1110' END, -l.amount_rp)) m (code, rp)
    WHERE l.paid_on IS NOT NULL
    UNION ALL
    SELECT r.book_id, m.code, m.rp FROM proceeds_payoutcompletion c
    JOIN proceeds_payoutline l ON l.id = c.line_id JOIN proceeds_payoutrun r ON r.id = l.run_id
    CROSS JOIN LATERAL (VALUES
      (CASE l.channel WHEN 'awaiting_account' THEN '2320' ELSE '2321' END, l.amount_rp),
      ('1110', CASE WHEN c.exit_settlement_id IS NULL THEN -l.amount_rp ELSE 0 END)) m (code, rp)
    UNION ALL
    SELECT l.book_id, m.code, m.rp FROM proceeds_exitsettlementline l
    JOIN proceeds_exitsettlement e ON e.id = l.settlement_id
    CROSS JOIN LATERAL (VALUES ('2310', l.saved_rp), ('2311', l.spendable_rp),
      ('2312', l.family_rp),
      (CASE e.method WHEN 'cash_at_gate' THEN '1100' ELSE '1110' END,
       -l.saved_rp - l.spendable_rp - l.family_rp - l.waiting_rp)) m (code, rp)
    UNION ALL
    SELECT book_id, '1110', -amount_rp FROM proceeds_pnbpdeposit
    UNION ALL
    SELECT o.book_id, m.code, m.rp FROM proceeds_obligationsettlement o
    JOIN (VALUES ('cooperative', '2500'), ('fees', '2200'), ('tax', '2210'), ('qris', '1120'),
      ('shipping', '2220')) a (obligation, code) USING (obligation)
    JOIN (VALUES ('bank', '1110'), ('cash', '1100'), ('qris', '1120')) b (source, code)
      USING (source)
    CROSS JOIN LATERAL (VALUES
      (a.code, CASE o.obligation WHEN 'qris' THEN -o.amount_rp ELSE o.amount_rp END),
      (b.code, CASE o.obligation WHEN 'qris' THEN o.amount_rp ELSE -o.amount_rp END)
    ) m (code, rp)"""
