"""Promises about stock that check_books proves."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of

LEVELS_DIFFER = """
    SELECT lot.code || ' @ ' || place.name || ': level ' || coalesce(level.on_hand, 0)
           || ', movements ' || coalesce(moved.qty, 0)
    FROM (SELECT lot_id, place_id, sum(qty) AS qty FROM stock_stockmovement
          GROUP BY lot_id, place_id) AS moved
    FULL JOIN stock_stocklevel AS level USING (lot_id, place_id)
    JOIN stock_lot AS lot ON lot.id = lot_id
    JOIN stock_place AS place ON place.id = place_id
    WHERE coalesce(level.on_hand, 0) <> coalesce(moved.qty, 0)
    ORDER BY lot.code, place.name
"""
OVERSOLD = """
    SELECT lot.code || ': made ' || lot.made_qty || ', sold ' || -sum(moved.qty)
    FROM stock_stockmovement AS moved JOIN stock_lot AS lot ON lot.id = moved.lot_id
    WHERE moved.kind IN ('sold', 'returned')
    GROUP BY lot.id HAVING -sum(moved.qty) > lot.made_qty OR sum(moved.qty) > 0
    ORDER BY lot.code
"""
OVERFILLED = """
    SELECT lot.code || ': made ' || lot.made_qty || ', came ' || sum(moved.qty)
    FROM stock_stockmovement AS moved JOIN stock_lot AS lot ON lot.id = moved.lot_id
    WHERE moved.kind IN ('received', 'opening')
    GROUP BY lot.id HAVING sum(moved.qty) > lot.made_qty
    ORDER BY lot.code
"""
HALF_TRANSFERS = """
    SELECT pair::text || ': ' || sum(qty) FROM stock_stockmovement WHERE pair IS NOT NULL
    GROUP BY pair HAVING sum(qty) <> 0 OR count(*) <> 2 OR count(DISTINCT lot_id) <> 1
    ORDER BY pair
"""
OF_LPKA = """
    SELECT lot.code FROM stock_lot AS lot
    JOIN institutions_facility AS facility ON facility.id = lot.facility_id
    WHERE facility.kind = 'lpka' ORDER BY lot.code
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
    ORDER BY counted.day
"""
GATE_WITHOUT_PAPER = """
    SELECT pass.code FROM stock_gatepass AS pass
    WHERE pass.approved_at IS NOT NULL AND pass.to_place_id IS NOT NULL AND (
      SELECT coalesce(sum(qty), 0) FROM stock_stockmovement AS moved
      WHERE moved.reference = 'gate:' || pass.code AND moved.place_id = pass.to_place_id
    ) <> (SELECT coalesce(sum(qty), 0) FROM stock_gatepassline WHERE gate_pass_id = pass.id)
    ORDER BY pass.code
"""
# Whoever worked there: goods from inside a prison never say that they are not.
HIDES_THE_PRISON = """
    SELECT lot.code FROM stock_lot AS lot
    JOIN institutions_facility AS facility ON facility.id = lot.facility_id
    WHERE NOT lot.is_made_in_prison AND facility.kind NOT IN ('bapas', 'production_house')
    ORDER BY lot.code
"""


CHECKS = [
    declare_check(
        "stock_prison",
        _lazy("Tidak ada lot dari lapas atau rutan yang mengaku dibuat di luar"),
        rows_of(HIDES_THE_PRISON),
    ),
    declare_check(
        "stock_levels", _lazy("Stok sama dengan jumlah mutasinya"), rows_of(LEVELS_DIFFER)
    ),
    declare_check("stock_sold", _lazy("Tidak ada lot terjual melebihi jadinya"), rows_of(OVERSOLD)),
    declare_check(
        "stock_made",
        _lazy("Yang masuk dari sebuah lot tidak melebihi jadinya"),
        rows_of(OVERFILLED),
    ),
    declare_check(
        "stock_pairs",
        _lazy("Setiap perpindahan keluar sama dengan masuknya"),
        rows_of(HALF_TRANSFERS),
    ),
    declare_check("stock_lpka", _lazy("Tidak ada lot dari LPKA"), rows_of(OF_LPKA)),
    declare_check(
        "stock_counts", _lazy("Setiap selisih opname dibukukan"), rows_of(COUNTS_UNBOOKED)
    ),
    declare_check(
        "stock_gates",
        _lazy("Barang yang diizinkan keluar benar-benar berpindah"),
        rows_of(GATE_WITHOUT_PAPER),
    ),
]
