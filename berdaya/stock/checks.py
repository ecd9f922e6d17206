"""Promises about stock that check_books proves."""

from django.db import connection
from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check

FIRST = 20

LEVELS_DIFFER = """
    SELECT lot.code || ' @ ' || place.name || ': level ' || coalesce(level.on_hand, 0)
           || ', movements ' || coalesce(moved.qty, 0)
    FROM (SELECT lot_id, place_id, sum(qty) AS qty FROM stock_stockmovement
          GROUP BY lot_id, place_id) AS moved
    FULL JOIN stock_stocklevel AS level USING (lot_id, place_id)
    JOIN stock_lot AS lot ON lot.id = lot_id
    JOIN stock_place AS place ON place.id = place_id
    WHERE coalesce(level.on_hand, 0) <> coalesce(moved.qty, 0)
    ORDER BY lot.code, place.name LIMIT %s
"""
OVERSOLD = """
    SELECT lot.code || ': made ' || lot.made_qty || ', sold ' || -sum(moved.qty)
    FROM stock_stockmovement AS moved JOIN stock_lot AS lot ON lot.id = moved.lot_id
    WHERE moved.kind IN ('sold', 'returned')
    GROUP BY lot.id HAVING -sum(moved.qty) > lot.made_qty OR sum(moved.qty) > 0
    ORDER BY lot.code LIMIT %s
"""
OVERFILLED = """
    SELECT lot.code || ': made ' || lot.made_qty || ', came ' || sum(moved.qty)
    FROM stock_stockmovement AS moved JOIN stock_lot AS lot ON lot.id = moved.lot_id
    WHERE moved.kind IN ('received', 'opening')
    GROUP BY lot.id HAVING sum(moved.qty) > lot.made_qty
    ORDER BY lot.code LIMIT %s
"""
HALF_TRANSFERS = """
    SELECT pair::text || ': ' || sum(qty) FROM stock_stockmovement WHERE pair IS NOT NULL
    GROUP BY pair HAVING sum(qty) <> 0 OR count(*) <> 2 OR count(DISTINCT lot_id) <> 1
    ORDER BY pair LIMIT %s
"""
OF_LPKA = """
    SELECT lot.code FROM stock_lot AS lot
    JOIN institutions_facility AS facility ON facility.id = lot.facility_id
    WHERE facility.kind = 'lpka' ORDER BY lot.code LIMIT %s
"""
COUNTS_UNBOOKED = """
    SELECT place.name || ' ' || counted.day || ': ' || line.counted_qty - line.book_qty
           || ' <> ' || coalesce(sum(moved.qty), 0)
    FROM stock_stockcountline AS line
    JOIN stock_stockcount AS counted ON counted.id = line.count_id
    JOIN stock_place AS place ON place.id = counted.place_id
    LEFT JOIN stock_stockmovement AS moved ON moved.kind = 'count' AND moved.lot_id = line.lot_id
         AND moved.place_id = counted.place_id AND moved.reference = 'count:' || counted.id
    GROUP BY line.id, counted.id, place.id
    HAVING coalesce(sum(moved.qty), 0) <> line.counted_qty - line.book_qty
    ORDER BY counted.day LIMIT %s
"""
GATE_WITHOUT_PAPER = """
    SELECT pass.code FROM stock_gatepass AS pass
    WHERE pass.approved_at IS NOT NULL AND pass.to_place_id IS NOT NULL AND (
      SELECT coalesce(sum(qty), 0) FROM stock_stockmovement AS moved
      WHERE moved.reference = 'gate:' || pass.code AND moved.place_id = pass.to_place_id
    ) <> (SELECT coalesce(sum(qty), 0) FROM stock_gatepassline WHERE gate_pass_id = pass.id)
    ORDER BY pass.code LIMIT %s
"""


def _first(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [FIRST])
        return [row[0] for row in cursor.fetchall()]


CHECKS = [
    declare_check(
        "stock_levels", _lazy("Stok sama dengan jumlah mutasinya"), lambda: _first(LEVELS_DIFFER)
    ),
    declare_check(
        "stock_sold", _lazy("Tidak ada lot terjual melebihi jadinya"), lambda: _first(OVERSOLD)
    ),
    declare_check(
        "stock_made",
        _lazy("Yang masuk dari sebuah lot tidak melebihi jadinya"),
        lambda: _first(OVERFILLED),
    ),
    declare_check(
        "stock_pairs",
        _lazy("Setiap perpindahan keluar sama dengan masuknya"),
        lambda: _first(HALF_TRANSFERS),
    ),
    declare_check("stock_lpka", _lazy("Tidak ada lot dari LPKA"), lambda: _first(OF_LPKA)),
    declare_check(
        "stock_counts", _lazy("Setiap selisih opname dibukukan"), lambda: _first(COUNTS_UNBOOKED)
    ),
    declare_check(
        "stock_gates",
        _lazy("Barang yang diizinkan keluar benar-benar berpindah"),
        lambda: _first(GATE_WITHOUT_PAPER),
    ),
]
