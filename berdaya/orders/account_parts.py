"""What explains the legs that orders post: money in and back, hand-overs, shipping given back."""

# Rows of (book, account code, rupiah on the debit side), as the other rooms write theirs. The goods
# themselves are a sale and explained there; its deposit turns from the buyers' into the sale's.
PARTS = """
    SELECT i.book_id, m.code, m.rp FROM orders_moneyin i
    CROSS JOIN LATERAL (VALUES
      (CASE i.method WHEN 'qris' THEN '1120' ELSE '1110' END, i.amount_rp),
      ('2100', -i.amount_rp), ('5900', i.fee_rp), ('2200', -i.fee_rp)) m (code, rp)
    UNION ALL
    SELECT b.book_id, m.code, m.rp FROM orders_moneyback b
    CROSS JOIN LATERAL (VALUES
      (CASE b.method WHEN 'qris' THEN '1120' WHEN 'cash' THEN '1100' ELSE '1110' END,
       -b.amount_rp), ('2100', b.amount_rp)) m (code, rp)
    UNION ALL
    SELECT o.book_id, m.code, m.rp FROM orders_order o
    CROSS JOIN LATERAL (VALUES ('3100', o.shipping_back_rp), ('2100', -o.shipping_back_rp)
    ) m (code, rp)
    UNION ALL
    SELECT o.book_id, m.code, m.rp FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
    CROSS JOIN LATERAL (VALUES ('2100', o.shipping_rp - o.lowered_rp), ('2220', -o.shipping_rp),
      ('5910', o.lowered_rp)) m (code, rp)
    UNION ALL
    SELECT o.book_id, m.code, m.rp FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
    JOIN proceeds_payment p ON p.sale_id = s.sale_id AND p.is_deposit
    CROSS JOIN LATERAL (VALUES ('2200', p.fee_rp), ('5900', -p.fee_rp)) m (code, rp)"""
