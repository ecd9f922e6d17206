"""Promises that check_books proves about mentoring."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of

UNEXPLAINED = """
    SELECT a.code FROM mentoring_priceexercise e
    JOIN mentoring_adoption a ON a.id = e.adoption_id
    CROSS JOIN LATERAL (VALUES (e.frozen->'now'), (e.frozen->'proposed')) AS one(told)
    WHERE (told->>'price_rp')::bigint + (told->>'loss_rp')::bigint
      <> (told->>'tax_rp')::bigint + (told->>'fee_rp')::bigint + (told->>'material_rp')::bigint
       + (told->>'packing_rp')::bigint + (told->>'makers_rp')::bigint
       + (told->>'capital_rp')::bigint + (told->>'state_rp')::bigint
       + (told->>'cooperative_rp')::bigint
       OR (e.frozen->'proposed'->>'price_rp')::bigint <> e.price_rp
    ORDER BY a.code
"""
OTHER_PRICE = """
    SELECT a.code FROM mentoring_pricetaking t
    JOIN mentoring_adoption a ON a.id = t.adoption_id
    JOIN mentoring_priceexercise e ON e.id = t.exercise_id
    JOIN catalog_listingversion v ON v.id = t.version_id
    JOIN catalog_listing l ON l.id = v.listing_id
    WHERE v.price_rp <> e.price_rp OR l.variant_id <> e.variant_id OR e.adoption_id <> a.id
    ORDER BY a.code
"""


CHECKS = [
    declare_check(
        "mentoring_exercises",
        _lazy("Setiap latihan harga terbagi habis sampai rupiah terakhir"),
        rows_of(UNEXPLAINED),
    ),
    declare_check(
        "mentoring_prices",
        _lazy("Harga yang diambil sama dengan harga usulan tayangnya"),
        rows_of(OTHER_PRICE),
    ),
]
