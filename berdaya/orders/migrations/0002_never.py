"""What an order never is, said by the database: of an LPKA, or holding another unit's goods."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER orders_order_never_lpka BEFORE INSERT ON orders_order
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_lpka();
CREATE TRIGGER orders_step_frozen BEFORE UPDATE OR DELETE ON orders_orderstep
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();
CREATE TRIGGER orders_line_frozen BEFORE UPDATE OR DELETE ON orders_orderline
  FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();

ALTER TABLE orders_order ADD CONSTRAINT orders_order_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE orders_orderline ADD CONSTRAINT orders_line_order_facility
  FOREIGN KEY (order_id, facility_id) REFERENCES orders_order (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT orders_line_variant_facility
  FOREIGN KEY (variant_id, facility_id) REFERENCES goods_variant (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE orders_hold ADD CONSTRAINT orders_hold_lot_facility
  FOREIGN KEY (lot_id, facility_id) REFERENCES stock_lot (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT orders_hold_place_facility
  FOREIGN KEY (place_id, facility_id) REFERENCES stock_place (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE orders_ordercontact ADD CONSTRAINT orders_contact_order_facility
  FOREIGN KEY (order_id, facility_id) REFERENCES orders_order (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE orders_ordercontact DROP CONSTRAINT orders_contact_order_facility;
ALTER TABLE orders_hold DROP CONSTRAINT orders_hold_place_facility,
  DROP CONSTRAINT orders_hold_lot_facility;
ALTER TABLE orders_orderline DROP CONSTRAINT orders_line_variant_facility,
  DROP CONSTRAINT orders_line_order_facility;
ALTER TABLE orders_order DROP CONSTRAINT orders_order_book_facility;
DROP TRIGGER orders_line_frozen ON orders_orderline;
DROP TRIGGER orders_step_frozen ON orders_orderstep;
DROP TRIGGER orders_order_never_lpka ON orders_order;
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("stock", "0002_never"), ("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
