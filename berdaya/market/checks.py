"""Promises that check_books proves about own businesses."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of

# Exactly one row of income for what was paid, of the same amount; none for anything else.
UNWRITTEN = """
    SELECT o.code, o.state, o.total_rp, b.amount_rp FROM market_order o
    LEFT JOIN market_bookrow b ON b.order_id = o.id
    WHERE (o.state IN ('paid', 'packed', 'handed_over', 'refunded'))
          <> (b.id IS NOT NULL)
       OR b.amount_rp <> o.total_rp OR b.shop_id <> o.shop_id
    ORDER BY o.code
"""
# Money that went back is reversed, and nothing else of an order is.
UNREVERSED = """
    SELECT o.code, o.state FROM market_order o
    JOIN market_bookrow b ON b.order_id = o.id
    LEFT JOIN market_bookrow r ON r.reverses_id = b.id
    WHERE (o.state = 'refunded') <> (r.id IS NOT NULL) OR r.amount_rp <> -b.amount_rp
    ORDER BY o.code
"""
# What a product holds is what its running orders hold.
HELD = """
    SELECT p.code, p.held, coalesce(sum(l.qty) FILTER (
      WHERE o.state IN ('placed', 'claimed', 'paid', 'packed')), 0) AS promised
    FROM market_product p
    LEFT JOIN market_orderline l ON l.product_id = p.id
    LEFT JOIN market_order o ON o.id = l.order_id
    GROUP BY p.id
    HAVING p.held <> coalesce(sum(l.qty) FILTER (
      WHERE o.state IN ('placed', 'claimed', 'paid', 'packed')), 0)
    ORDER BY p.code
"""
LINES = """
    SELECT o.code, o.goods_rp, sum(l.price_rp * l.qty) FROM market_order o
    LEFT JOIN market_orderline l ON l.order_id = o.id
    GROUP BY o.id HAVING o.goods_rp <> coalesce(sum(l.price_rp * l.qty), 0) ORDER BY o.code
"""

CHECKS = [
    declare_check(
        "market_income",
        _lazy("Setiap pesanan lunas di usaha sendiri tercatat tepat sekali di bukunya"),
        rows_of(UNWRITTEN),
    ),
    declare_check(
        "market_refunds",
        _lazy("Uang yang dikembalikan usaha sendiri dibetulkan di bukunya"),
        rows_of(UNREVERSED),
    ),
    declare_check(
        "market_held",
        _lazy("Barang yang ditahan usaha sendiri sama dengan pesanan yang berjalan"),
        rows_of(HELD),
    ),
    declare_check(
        "market_lines",
        _lazy("Jumlah pesanan usaha sendiri sama dengan barisnya"),
        rows_of(LINES),
    ),
]
