"""What explains the accounts of stalls: what the cash-taker paid and owes the owners."""

# Rows of (book, account code, rupiah on the debit side). The owner's half is payments of its sales
# and a settled obligation, explained where those are.
PAID = """
    SELECT t.book_id, m.code, m.rp FROM till_settlement s JOIN till_stall t ON t.id = s.stall_id
    CROSS JOIN LATERAL (VALUES ('2600', s.gross_rp), ('2200', -s.fee_rp),
      (CASE s.method WHEN 'cash' THEN '1100' ELSE '1110' END, -s.payable_rp)) m (code, rp)
    WHERE s.paid_at IS NOT NULL
    UNION ALL
    SELECT t.book_id, m.code, m.rp FROM till_settlement s JOIN till_stall t ON t.id = s.stall_id
    CROSS JOIN LATERAL (VALUES ('5950', s.loss_rp), ('2600', -s.loss_rp)) m (code, rp)
    WHERE s.approved_at IS NOT NULL"""
