"""What the database itself asks and refuses in this room."""

# Asked once a statement. The actor's own appointments say it, whatever the program set as facilities.
OFFICES = """
CREATE FUNCTION mentoring_offices(to_write boolean) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asking text := current_setting('berdaya.actor', true);
BEGIN
  IF coalesce(asking, '') NOT LIKE 'staff:%' THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(
    SELECT o.id FROM institutions_appointment a
    JOIN institutions_office home ON home.id = a.office_id
    JOIN institutions_office o ON o.id = home.id
      OR (a.role = 'umkm_officer' AND o.path LIKE home.path || '/%')
    WHERE a.staff_id = substr(asking, 7)::bigint
      AND (a.role = 'mentor' OR (a.role = 'umkm_officer' AND NOT to_write))
      AND a.valid_from <= current_date
      AND (a.valid_until IS NULL OR a.valid_until > current_date));
END $$
"""
SEEN = """
CREATE FUNCTION mentoring_seen() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM mentoring_adoption
               WHERE office_id = ANY (mentoring_offices(false)));
END $$
"""
LED = """
CREATE FUNCTION mentoring_led() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN ARRAY(SELECT id FROM mentoring_adoption
               WHERE office_id = ANY (mentoring_offices(true)) AND state = 'running'
                 AND 'staff:' || mentor_id = current_setting('berdaya.actor', true));
END $$
"""
# Whose figures may be told now: running, and in the asker's scope or at the asker's office. An
# auditor's letter names a period, which a sum over a year would overstep: nothing is told then.
TOLD = """
CREATE FUNCTION mentoring_variants(adoption bigint) RETURNS SETOF goods_variant
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  one mentoring_adoption;
BEGIN
  SELECT * INTO one FROM mentoring_adoption WHERE id = adoption AND state = 'running'
    AND (facility_id = ANY (core_scope_facilities()) OR office_id = ANY (mentoring_offices(false)))
    AND core_scope_is_free('days');
  IF FOUND THEN
    RETURN QUERY SELECT v.* FROM goods_variant v JOIN goods_product p ON p.id = v.product_id
      WHERE p.facility_id = one.facility_id AND v.is_active
        AND (p.id = one.product_id
             OR (one.workshop_id IS NOT NULL AND p.line_of_work = one.line_of_work));
  END IF;
END $$
"""
FIGURES = """
CREATE FUNCTION mentoring_figures(adoption bigint, since date)
RETURNS TABLE (variant_id bigint, seller_id bigint, price_rp bigint, made_qty numeric,
               material_rp bigint, packing_rp bigint, donated_rp bigint, minutes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT v.id,
      coalesce(l.seller_id, (
        SELECT b.party_id FROM ledger_book b JOIN institutions_party p ON p.id = b.party_id
        WHERE b.facility_id = v.facility_id
        ORDER BY array_position(ARRAY['cooperative', 'partner_business', 'satker_upt'],
                                p.kind::text) NULLS LAST, b.id LIMIT 1)),
      coalesce(nullif(l.price_rp, 0), v.list_price_rp),
      coalesce(made.qty, 0), coalesce(made.material, 0)::bigint, coalesce(made.packing, 0)::bigint,
      coalesce(made.donated, 0)::bigint, coalesce(made.worked, 0)::bigint
    FROM mentoring_variants(adoption) v
    LEFT JOIN catalog_listing l ON l.variant_id = v.id
    LEFT JOIN LATERAL (
      SELECT sum(lot.made_qty) AS qty, sum(lot.material_total_rp) AS material,
             sum(lot.packing_total_rp) AS packing, sum(lot.donated_total_rp) AS donated,
             sum(w.minutes) AS worked
      FROM stock_lot lot
      LEFT JOIN workshop_batchclosing c ON c.lot_id = lot.id
      LEFT JOIN LATERAL (SELECT sum(g.minutes) AS minutes FROM workshop_worklog g
                         WHERE g.batch_id = c.batch_id) w ON true
      WHERE lot.variant_id = v.id AND lot.made_on >= since
    ) made ON true
    ORDER BY v.sku;
END $$
"""
# What came back counts neither as quantity nor as rupiah.
SALES = """
CREATE FUNCTION mentoring_sales(adoption bigint, since date)
RETURNS TABLE (variant_id bigint, month date, qty numeric, sold_rp bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT s.variant_id, date_trunc('month', s.day)::date, sum(a.qty - a.returned_qty),
           round(sum(a.amount_rp * (a.qty - a.returned_qty) / a.qty))::bigint
    FROM mentoring_variants(adoption) v
    JOIN proceeds_saleline s ON s.variant_id = v.id AND s.day >= since
    JOIN proceeds_allocation a ON a.line_id = s.id
    GROUP BY 1, 2 HAVING sum(a.qty - a.returned_qty) > 0 ORDER BY 1, 2;
END $$
"""
# What a mentor proposed is accepted only where the unit's own rows are open: never from the office.
ANSWER = """
CREATE FUNCTION mentoring_check_adoption() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.facility_id, NEW.office_id, NEW.side, NEW.proposed_by_id)
     IS DISTINCT FROM (OLD.facility_id, OLD.office_id, OLD.side, OLD.proposed_by_id) THEN
    RAISE EXCEPTION 'mentoring_fixed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'Unit, office and who proposed stay as they were.';
  END IF;
  IF OLD.state = 'proposed' AND NEW.state <> 'proposed' AND NEW.side = 'mentor'
     AND NEW.facility_id <> ALL (core_scope_facilities()) THEN
    RAISE EXCEPTION 'mentoring_other_side' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'The unit answers what a mentor proposed.';
  END IF;
  IF OLD.state <> 'proposed' AND (NEW.product_id, NEW.workshop_id, NEW.mentor_id, NEW.line_of_work)
     IS DISTINCT FROM (OLD.product_id, OLD.workshop_id, OLD.mentor_id, OLD.line_of_work) THEN
    RAISE EXCEPTION 'mentoring_fixed' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'What was accepted stays; end it and propose anew.';
  END IF;
  RETURN NEW;
END $$
"""
# Whoever made the exercise does not take its price over; what is taken belongs to what was made.
TAKING = """
CREATE FUNCTION mentoring_check_taking() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM mentoring_priceexercise
             WHERE id = NEW.exercise_id AND made_by_id = NEW.taken_by_id) THEN
    RAISE EXCEPTION 'four_eyes' USING ERRCODE = 'check_violation', CONSTRAINT = 'four_eyes',
      TABLE = TG_TABLE_NAME, HINT = 'Another person takes the price over.';
  END IF;
  RETURN NEW;
END $$
"""
FUNCTIONS = [
    (OFFICES, "DROP FUNCTION mentoring_offices(boolean)"),
    (SEEN, "DROP FUNCTION mentoring_seen()"),
    (LED, "DROP FUNCTION mentoring_led()"),
    (TOLD, "DROP FUNCTION mentoring_variants(bigint)"),
    (FIGURES, "DROP FUNCTION mentoring_figures(bigint, date)"),
    (SALES, "DROP FUNCTION mentoring_sales(bigint, date)"),
    (ANSWER, "DROP FUNCTION mentoring_check_adoption()"),
    (TAKING, "DROP FUNCTION mentoring_check_taking()"),
]
TRIGGERS = [
    (
        "CREATE TRIGGER never_lpka BEFORE INSERT ON mentoring_adoption"
        " FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka()",
        "DROP TRIGGER never_lpka ON mentoring_adoption",
    ),
    (
        "CREATE TRIGGER answer BEFORE UPDATE ON mentoring_adoption"
        " FOR EACH ROW EXECUTE FUNCTION mentoring_check_adoption()",
        "DROP TRIGGER answer ON mentoring_adoption",
    ),
    (
        "CREATE TRIGGER four_eyes BEFORE INSERT ON mentoring_pricetaking"
        " FOR EACH ROW EXECUTE FUNCTION mentoring_check_taking()",
        "DROP TRIGGER four_eyes ON mentoring_pricetaking",
    ),
]


def _of(table: str, column: str, other: str) -> tuple[str, str]:
    """A row of one facility points to a row of the same facility."""
    name = f"mentoring_{table}_{column}_unit"
    return (
        f"ALTER TABLE mentoring_{table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY ({column}_id, facility_id) REFERENCES {other} (id, facility_id)",
        f"ALTER TABLE mentoring_{table} DROP CONSTRAINT {name}",
    )


KEYS = [
    _of("adoption", "product", "goods_product"),
    *(
        _of(table, "adoption", "mentoring_adoption")
        for table in ("meeting", "nextstep", "priceexercise", "pricetaking", "finding")
    ),
    _of("priceexercise", "variant", "goods_variant"),
    (
        "ALTER TABLE mentoring_nextstep ADD CONSTRAINT mentoring_nextstep_meeting"
        " FOREIGN KEY (meeting_id, adoption_id) REFERENCES mentoring_meeting (id, adoption_id)",
        "ALTER TABLE mentoring_nextstep DROP CONSTRAINT mentoring_nextstep_meeting",
    ),
]
