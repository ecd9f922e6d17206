"""What the database itself refuses of rules, claims and exceptions."""

HEAD = "LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp"

# A row of the rules comes and ends by a decision of two people alone, and is never edited.
DECIDED = (
    f"""
CREATE FUNCTION legality_is_decided(change bigint, rules text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM legality_rulechange c JOIN legality_ruledecision d ON d.change_id = c.id
    WHERE c.id = change AND c.table = rules AND d.outcome = 'approved')
$$;
CREATE FUNCTION legality_rule_decided() RETURNS trigger {HEAD} AS $$
DECLARE
  kept jsonb;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT legality_is_decided(NEW.change_id, TG_ARGV[0]) THEN
      RAISE EXCEPTION 'a rule is written by a decision of two people'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'legality_rule_decided';
    END IF;
    RETURN NEW;
  END IF;
  kept := to_jsonb(OLD) - '{{valid_until,ended_by_id}}'::text[];
  IF kept IS DISTINCT FROM to_jsonb(NEW) - '{{valid_until,ended_by_id}}'::text[]
     OR OLD.ended_by_id IS NOT NULL
     OR NOT legality_is_decided(NEW.ended_by_id, TG_ARGV[0]) THEN
    RAISE EXCEPTION 'a rule only ends, once, by a decision of two people'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'legality_rule_decided';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided BEFORE INSERT OR UPDATE ON legality_requirement
  FOR EACH ROW EXECUTE FUNCTION legality_rule_decided('requirement');
CREATE TRIGGER decided BEFORE INSERT OR UPDATE ON legality_marketentry
  FOR EACH ROW EXECUTE FUNCTION legality_rule_decided('market_entry');
""",
    "DROP TRIGGER decided ON legality_requirement; DROP TRIGGER decided ON legality_marketentry;"
    " DROP FUNCTION legality_rule_decided(); DROP FUNCTION legality_is_decided(bigint, text)",
)
# The second person differs from the first as the first row says it, not as the second copies it.
FOUR_EYES = (
    f"""
CREATE FUNCTION legality_rule_four_eyes() RETURNS trigger {HEAD} AS $$
BEGIN
  SELECT proposed_by_id INTO NEW.proposed_by_id FROM legality_rulechange WHERE id = NEW.change_id;
  RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON legality_ruledecision
  FOR EACH ROW EXECUTE FUNCTION legality_rule_four_eyes();
CREATE FUNCTION legality_override_four_eyes() RETURNS trigger {HEAD} AS $$
BEGIN
  SELECT requested_by_id, facility_id INTO NEW.requested_by_id, NEW.facility_id
    FROM legality_override WHERE id = NEW.override_id;
  RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON legality_overridedecision
  FOR EACH ROW EXECUTE FUNCTION legality_override_four_eyes();
""",
    "DROP TRIGGER four_eyes ON legality_ruledecision;"
    " DROP TRIGGER four_eyes ON legality_overridedecision;"
    " DROP FUNCTION legality_rule_four_eyes(); DROP FUNCTION legality_override_four_eyes()",
)


def _of(table: str, column: str, parent: str) -> tuple[str, str]:
    """The copy of a facility is its parent's, whoever writes it."""
    name = f"{table}_{column}_facility"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, facility_id)"
        f" REFERENCES {parent} (id, facility_id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


COPIES = [
    _of("legality_judgement", "variant_id", "goods_variant"),
    _of("legality_productorigin", "product_id", "goods_product"),
    _of("legality_halalstanding", "product_id", "goods_product"),
    _of("legality_override", "product_id", "goods_product"),
    _of("legality_override", "lot_id", "stock_lot"),
]
