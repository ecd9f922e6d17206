"""bin/bench rules: a million products judged anew after a change of rules.

Works on a scratch database: rows planted by the owner, then the first judgement of all, a change
proposed with its preview, decided and carried through in the background, beside a peer that writes
the same listings by hand; five hundred windows are judged one by one as a proof.
"""

from __future__ import annotations

import argparse

from launch import commands, steps
from launch.database import opened
from launch.keys import SCRATCH, run, scratch
from launch.postgres import Server

PLACES = 1700
# Equal places over the country, products, variants and listings of every kind of goods; food with a
# home food permit that ends on any day of five years, some lapsed, most with a halal certificate.
PLANT = [
    "SET session_replication_role = replica",
    """INSERT INTO institutions_facility
       SELECT (jsonb_populate_record(NULL::institutions_facility, to_jsonb(f) ||
         jsonb_build_object(
         'id', 100000 + n, 'code', 'BN-' || n, 'name', 'Bangku uji ' || n, 'kind', 'lapas'))).*
       FROM (SELECT * FROM institutions_facility WHERE kind = 'lapas' ORDER BY id LIMIT 1) f,
            generate_series(1, {places}) n""",
    """INSERT INTO institutions_party (id, code, name, town, contact, kind, facility_id, is_demo)
       SELECT 100000 + n, 'BN-K' || n, 'Koperasi uji ' || n, '', '', 'cooperative', 100000 + n, true
       FROM generate_series(1, {places}) n""",
    """INSERT INTO goods_product (id, name, name_en, facility_id, code, category_id, line_of_work,
                                  is_active, is_demo)
       SELECT 1000000 + n, 'Barang ' || n, '', 100000 + n % {places} + 1, 'BN-P' || n,
              (SELECT array_agg(id ORDER BY id) FROM goods_category WHERE NOT is_service)[
                n / 71 % (SELECT count(*) FROM goods_category WHERE NOT is_service) + 1],
              'uji', true, true
       FROM generate_series(1, {count}) n""",
    """INSERT INTO goods_variant (id, name, name_en, product_id, facility_id, sku, measure_id,
                                  list_price_rp, pay_basis, is_active)
       SELECT p.id, 'satu', '', p.id, p.facility_id, 'S' || p.id,
              (SELECT id FROM goods_measure WHERE code = 'pcs'), 25000, 'hours', true
       FROM goods_product p WHERE p.id > 1000000""",
    """INSERT INTO legality_permit (id, kind_id, number, holder_id, place_id, issued_on, valid_from,
         valid_until, responsible_role, revoked_reason, note, is_demo, recorded_at, scope, scan,
         scan_sha256, certificate_no, competence, responsible_post, coverage_change)
       SELECT p.id, k.id, 'P-IRT ' || p.id, p.facility_id, p.facility_id, d.ends - 1825,
              d.ends - 1825, d.ends, '', '', '', true, now(), 'goods', '', '', '', '', '', ''
       FROM goods_product p JOIN goods_category c ON c.id = p.category_id AND c.is_food
       CROSS JOIN LATERAL (SELECT current_date - 90 + (p.id % 1825)::int AS ends) d
       JOIN legality_permitkind k ON k.code = 'spp_irt' WHERE p.id > 1000000 AND p.id % 10 < 9""",
    """INSERT INTO legality_permit (id, kind_id, number, holder_id, place_id, issued_on, valid_from,
         valid_until, responsible_role, revoked_reason, note, is_demo, recorded_at, scope, scan,
         scan_sha256, certificate_no, competence, responsible_post, coverage_change)
       SELECT 10000000 + p.id, k.id, 'ID' || p.id, p.facility_id, p.facility_id,
              current_date - 400, current_date - 400, NULL, '', '', '', true, now(), 'goods',
              '', '', '', '', '', ''
       FROM goods_product p JOIN goods_category c ON c.id = p.category_id AND c.is_food
       JOIN legality_permitkind k ON k.code = 'halal' WHERE p.id > 1000000 AND p.id % 7 < 5""",
    """INSERT INTO legality_permitproduct (permit_id, facility_id, product_id)
       SELECT m.id, m.place_id, m.id % 10000000 FROM legality_permit m WHERE m.id > 1000000""",
    """INSERT INTO stock_lot (id, code, public_code, facility_id, variant_id, made_on, made_qty,
         material_total_rp, donated_total_rp, packing_total_rp, is_prison_made, is_made_in_prison,
         makes_premi, recorded_at)
       SELECT p.id, 'BN-L' || p.id, 'U' || p.id, p.facility_id, p.id, current_date - 30, 5, 0, 0, 0,
              true, true, true, now()
       FROM goods_product p WHERE p.id > 1000000 AND p.id % 20 > 0""",
    """INSERT INTO catalog_listing (id, facility_id, variant_id, seller_id, slug, price_rp,
                                    search_words, created_at)
       SELECT p.id, p.facility_id, p.id, p.facility_id, 'uji-' || p.id, 25000, '', now()
       FROM goods_product p WHERE p.id > 1000000""",
    """INSERT INTO catalog_listingversion (id, listing_id, facility_id, number, name, name_en,
         story, story_en, care, care_en, price_rp, weight_g, is_no_share_confirmed, proposed_at)
       SELECT id, id, facility_id, 1, 'Barang ' || id, '', '', '', '', '', 25000, 100, false, now()
       FROM catalog_listing WHERE id > 1000000""",
    "UPDATE catalog_listing SET current_id = id WHERE id > 1000000",
    "SET session_replication_role = origin",
]
TABLES = (
    "goods_product", "goods_variant", "legality_permit", "legality_permitproduct", "stock_lot",
    "catalog_listing", "catalog_listingversion", "institutions_facility", "institutions_party",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """0 when it ran; a clock fails nothing."""
    parser = argparse.ArgumentParser(prog="bin/bench rules", description=__doc__)
    parser.add_argument("--products", type=int, default=1_000_000, metavar="N")
    chosen = parser.parse_args(arguments)
    steps.messages()
    with opened() as database, scratch(database) as copy:
        assert database.server is not None
        plant(database.server, chosen.products)
        print(run(commands.environment(copy), "bench_rules"), end="")
    return 0


def plant(server: Server, count: int) -> None:
    """Rows by the server's hand; their triggers sleep, the walls stand."""
    places = min(PLACES, count)
    told = [one.format(count=count, places=places) if "{" in one else one for one in PLANT]
    told += [f"VACUUM ANALYZE {table}" for table in TABLES]
    server.execute(";\n".join(told) + ";", SCRATCH)
