"""What must be true of orders, their goods and their money; `manage check_books` asks."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.ledger.parts import explain
from berdaya.orders.account_parts import PARTS

explain(PARTS)
declare_check(
    "orders_reserved_is_held",
    _lazy("Stok yang dipesan sama dengan yang ditahan untuk pesanan"),
    rows_of("""
        WITH held AS (SELECT lot_id, place_id, sum(qty) AS qty FROM orders_hold
                      WHERE outcome = 'open' GROUP BY 1, 2)
        SELECT lot.code, coalesce(level.reserved, 0), coalesce(held.qty, 0)
        FROM stock_stocklevel AS level FULL JOIN held USING (lot_id, place_id)
        JOIN stock_lot AS lot ON lot.id = lot_id
        WHERE coalesce(level.reserved, 0) <> coalesce(held.qty, 0)"""),
)
declare_check(
    "orders_holds_are_lines",
    _lazy("Yang ditahan tidak melebihi yang dipesan, dan hanya selama pesanannya hidup"),
    rows_of("""
        SELECT o.code, l.qty, sum(h.qty) FROM orders_hold h
        JOIN orders_orderline l ON l.id = h.line_id JOIN orders_order o ON o.id = l.order_id
        WHERE h.outcome = 'open' GROUP BY o.id, l.id
        HAVING sum(h.qty) > l.qty OR o.state NOT IN ('placed', 'claimed', 'paid', 'packed')"""),
)
declare_check(
    "orders_room_is_held",
    _lazy("Yang menunggu dibuat sama dengan baris pesanan yang belum punya lot"),
    rows_of("""
        SELECT v.sku, m.open_qty, coalesce(sum(h.qty), 0) FROM catalog_madetoorder m
        JOIN catalog_listing l ON l.id = m.listing_id JOIN goods_variant v ON v.id = l.variant_id
        LEFT JOIN orders_makinghold h ON h.to_order_id = m.id AND h.outcome = 'open'
        GROUP BY m.id, v.sku HAVING m.open_qty <> coalesce(sum(h.qty), 0)
        UNION ALL
        SELECT o.code, h.qty, l.qty FROM orders_makinghold h
        JOIN orders_orderline l ON l.id = h.line_id JOIN orders_order o ON o.id = l.order_id
        JOIN workshop_workorder w ON w.id = h.work_id
        WHERE (h.outcome = 'open' AND (h.qty <> l.qty OR o.state NOT IN (
                 'placed', 'claimed', 'paid') OR w.outcome <> 'open'))
           OR (h.outcome <> 'open' AND w.outcome = 'open')"""),
)
declare_check(
    "orders_paid_is_their_money",
    _lazy("Yang dibayar sebuah pesanan sama dengan uang masuk dikurangi yang dikembalikan"),
    rows_of("""
        SELECT o.code, o.paid_rp, i.rp, b.rp FROM orders_order o
        LEFT JOIN (SELECT order_id, sum(amount_rp) AS rp FROM orders_moneyin GROUP BY 1) i
          ON i.order_id = o.id
        LEFT JOIN (SELECT order_id, sum(amount_rp) AS rp FROM orders_moneyback GROUP BY 1) b
          ON b.order_id = o.id
        WHERE o.paid_rp <> coalesce(i.rp, 0) - coalesce(b.rp, 0)
        UNION ALL
        SELECT i.reference, i.amount_rp, sum(b.amount_rp), 0 FROM orders_moneyin i
        JOIN orders_moneyback b ON b.money_in_id = i.id
        GROUP BY i.id HAVING sum(b.amount_rp) > i.amount_rp OR i.order_id IS NOT NULL"""),
)
declare_check(
    "orders_states_are_steps",
    _lazy("Keadaan pesanan sama dengan langkah terakhirnya"),
    rows_of("""
        SELECT o.code, o.state, s.kind FROM orders_order o
        LEFT JOIN LATERAL (
          SELECT kind FROM orders_orderstep WHERE order_id = o.id AND kind IN (
            'placed', 'claimed', 'paid', 'packed', 'handed_over', 'completed', 'expired',
            'cancelled')
          ORDER BY at DESC, id DESC LIMIT 1) s ON true
        WHERE o.state IS DISTINCT FROM s.kind"""),
)
declare_check(
    "orders_paid_before_packed",
    _lazy("Tidak ada pesanan yang maju tanpa uang yang cukup"),
    rows_of("""
        SELECT code, state, paid_rp, payable_rp FROM orders_order
        WHERE state IN ('paid', 'packed', 'handed_over', 'completed')
          AND paid_rp + shipping_back_rp < payable_rp"""),
)
declare_check(
    "orders_handed_over_are_sales",
    _lazy("Setiap pesanan yang diserahkan punya satu penjualan dengan barang yang sama"),
    rows_of("""
        WITH asked AS (SELECT order_id, variant_id, sum(qty) AS qty, sum(amount_rp) AS rp
                       FROM orders_orderline GROUP BY 1, 2),
             sold AS (SELECT sale_id, variant_id, sum(qty) AS qty, sum(amount_rp) AS rp
                      FROM proceeds_saleline GROUP BY 1, 2)
        SELECT o.code, o.state FROM orders_order o
        LEFT JOIN orders_shipment s ON s.order_id = o.id
        WHERE (o.state IN ('handed_over', 'completed')) <> (s.id IS NOT NULL)
           OR (o.state = 'completed') <> (s.delivered_on IS NOT NULL)
        UNION ALL
        SELECT o.code, t.code FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
        JOIN proceeds_sale t ON t.id = s.sale_id
        WHERE t.book_id <> o.book_id OR t.amount_rp <> o.goods_rp
           OR EXISTS (
             SELECT FROM (SELECT * FROM asked WHERE order_id = o.id) a
             FULL JOIN (SELECT * FROM sold WHERE sale_id = s.sale_id) d USING (variant_id)
             WHERE a.qty IS DISTINCT FROM d.qty OR a.rp IS DISTINCT FROM d.rp)"""),
)
declare_check(
    "orders_claims_are_decided",
    _lazy("Klaim bayar terbuka hanya pada pesanan yang menunggu pencocokan"),
    rows_of("""
        SELECT o.code, o.state, c.outcome FROM orders_order o
        LEFT JOIN orders_paymentclaim c ON c.order_id = o.id AND c.outcome = 'open'
        WHERE (o.state = 'claimed') <> (c.id IS NOT NULL)"""),
)
declare_check(
    "orders_buyers_are_explained",
    _lazy("Uang muka pembeli sama dengan uang pesanan yang belum menjadi penjualan"),
    rows_of("""
        WITH waiting AS (
          SELECT book_id, sum(rp) AS rp FROM (
            SELECT book_id, CASE WHEN s.id IS NULL THEN o.paid_rp
              ELSE o.paid_rp - o.payable_rp + o.shipping_back_rp END AS rp
            FROM orders_order o LEFT JOIN orders_shipment s ON s.order_id = o.id
            UNION ALL
            SELECT i.book_id, i.amount_rp - coalesce(sum(b.amount_rp), 0) FROM orders_moneyin i
            LEFT JOIN orders_moneyback b ON b.money_in_id = i.id
            WHERE i.order_id IS NULL GROUP BY i.id
            UNION ALL
            SELECT book_id, paid_rp - amount_rp + refunded_rp FROM proceeds_sale
          ) w GROUP BY 1
        ), legs AS (
          SELECT a.book_id, sum(l.credit_rp - l.debit_rp) AS rp
          FROM ledger_leg l JOIN ledger_account a ON a.id = l.account_id
          WHERE a.code = '2100' GROUP BY 1
        )
        SELECT coalesce(w.book_id, l.book_id), w.rp, l.rp
        FROM waiting w FULL JOIN legs l USING (book_id)
        WHERE coalesce(w.rp, 0) <> coalesce(l.rp, 0)"""),
)
declare_check(
    "orders_buyers_are_forgotten",
    _lazy("Data pembeli disamarkan 30 hari sesudah barang sampai"),
    rows_of("""
        SELECT o.code, s.delivered_on FROM orders_ordercontact c
        JOIN orders_order o ON o.id = c.order_id JOIN orders_shipment s ON s.order_id = o.id
        WHERE c.masked_at IS NULL AND s.delivered_on < current_date - 31 AND NOT EXISTS (
          SELECT FROM orders_goodsreturn r WHERE r.order_id = o.id
            AND (r.outcome = '' OR r.decided_at > now() - interval '2 days'))
        UNION ALL
        SELECT o.code, NULL FROM orders_ordercontact c JOIN orders_order o ON o.id = c.order_id
        WHERE c.masked_at IS NOT NULL AND (c.name || c.phone || c.email || c.address || c.postcode
              || c.gift_note <> '' OR c.region_id IS NOT NULL)"""),
)
