"""What the database itself asks and refuses in this room."""

# Asked once a statement. Staff are let in by their own appointments, whatever the program set.
OPEN = """
CREATE FUNCTION market_open() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  asking text := current_setting('berdaya.actor', true);
BEGIN
  PERFORM core_scope_is_set();
  IF asking IN ('system:market', 'system:check', 'system:demo', 'system:tests') THEN
    RETURN true;
  END IF;
  IF asking LIKE 'staff:%' AND EXISTS (
    SELECT FROM institutions_appointment a
    WHERE a.staff_id = substr(asking, 7)::bigint AND a.role = 'umkm_officer'
      AND a.valid_from <= current_date
      AND (a.valid_until IS NULL OR a.valid_until > current_date)) THEN
    RETURN true;
  END IF;
  RAISE EXCEPTION 'closed_to_public' USING ERRCODE = 'BD009',
    HINT = 'Own businesses are open to their owners, their buyers and the UMKM side alone.';
END $$
"""
# A reversal undoes one row of the same shop, whole; what reverses is not reversed again.
REVERSALS = """
CREATE FUNCTION market_reversal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was market_bookrow;
BEGIN
  SELECT * INTO was FROM market_bookrow WHERE id = NEW.reverses_id;
  IF was.shop_id IS DISTINCT FROM NEW.shop_id OR was.amount_rp <> -NEW.amount_rp
     OR was.kind = 'reversal' THEN
    RAISE EXCEPTION 'market_reversal' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reversal BEFORE INSERT ON market_bookrow
  FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION market_reversal();
"""
# A line of an order is of the shop that the order is of.
LINES = """
CREATE FUNCTION market_same_shop() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT shop_id FROM market_order WHERE id = NEW.order_id)
     IS DISTINCT FROM (SELECT shop_id FROM market_product WHERE id = NEW.product_id) THEN
    RAISE EXCEPTION 'market_same_shop' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_shop BEFORE INSERT ON market_orderline
  FOR EACH ROW EXECUTE FUNCTION market_same_shop();
"""
ALL = (OPEN, REVERSALS, LINES)
