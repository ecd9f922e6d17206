"""What the database itself asks and refuses about labels."""

# GS1: from the right, weights 3 and 1; the last digit makes the sum a multiple of ten.
CHECKED = """
CREATE FUNCTION labels_is_checked(number text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT number ~ '^[0-9]{13}$' AND sum(digit::int * CASE WHEN place % 2 = 0 THEN 3 ELSE 1 END) % 10 = 0
  FROM regexp_split_to_table(number, '') WITH ORDINALITY AS one(digit, place)
$$
"""
# A label is printed of its own lot's variant, in whole, and of cloth only with fibres of 100 %.
PRINT = """
CREATE FUNCTION labels_check_print() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  shares jsonb;
BEGIN
  SELECT t.composition INTO shares FROM labels_labeltext t
    JOIN stock_lot l ON l.id = NEW.lot_id AND l.variant_id = t.variant_id
    WHERE t.id = NEW.text_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'label_other_variant' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'The text belongs to the variant of the lot.';
  END IF;
  IF jsonb_array_length(shares) > 0 AND
     (SELECT sum((one->>1)::int) FROM jsonb_array_elements(shares) one) <> 10000 THEN
    RAISE EXCEPTION 'label_not_whole' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'The fibres of a label add up to 100 per cent.';
  END IF;
  RETURN NEW;
END $$
"""
FUNCTIONS = [
    (CHECKED, "DROP FUNCTION labels_is_checked(text)"),
    (PRINT, "DROP FUNCTION labels_check_print()"),
]
CHECKS = [
    (
        f"ALTER TABLE labels_variantnumber ADD CONSTRAINT labels_number_{column}_checked"
        f" CHECK ({column} = '' OR labels_is_checked({column}))",
        f"ALTER TABLE labels_variantnumber DROP CONSTRAINT labels_number_{column}_checked",
    )
    for column in ("gtin", "own")
]
TRIGGERS = [
    (
        f"CREATE TRIGGER {name} BEFORE {when} ON labels_{table} FOR EACH ROW EXECUTE FUNCTION {call}()",
        f"DROP TRIGGER {name} ON labels_{table}",
    )
    for name, when, table, call in (
        ("never_lpka", "INSERT", "labeltext", "stock_refuse_lpka"),
        ("never_lpka", "INSERT", "labelprint", "stock_refuse_lpka"),
        ("frozen", "UPDATE OR DELETE", "labeltext", "stock_refuse_change"),
        ("frozen", "UPDATE OR DELETE", "labelprint", "stock_refuse_change"),
        ("own_text", "INSERT", "labelprint", "labels_check_print"),
    )
]


def _of(table: str, column: str, other: str) -> tuple[str, str]:
    """A row of one facility points to a row of the same facility."""
    name = f"labels_{table}_{column}_unit"
    return (
        f"ALTER TABLE labels_{table} ADD CONSTRAINT {name}"
        f" FOREIGN KEY ({column}_id, facility_id) REFERENCES {other} (id, facility_id)",
        f"ALTER TABLE labels_{table} DROP CONSTRAINT {name}",
    )


KEYS = [
    _of("labeltext", "variant", "goods_variant"),
    _of("variantnumber", "variant", "goods_variant"),
    _of("labelprint", "lot", "stock_lot"),
    _of("labelprint", "text", "labels_labeltext"),
]
EVERYTHING = FUNCTIONS + CHECKS + TRIGGERS + KEYS
