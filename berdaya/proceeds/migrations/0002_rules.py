"""Rules in force and what the database refuses: frozen money, LPKA, anak, three people."""

from datetime import date

from django.db import migrations

FORWARD = """
CREATE FUNCTION proceeds_refuse_lpka() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility WHERE id = NEW.facility_id AND kind = 'lpka') THEN
    RAISE EXCEPTION 'facility_lpka' USING ERRCODE = 'BD003',
      HINT = 'Children learn; nothing they make is sold.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proceeds_sale_never_lpka BEFORE INSERT ON proceeds_sale
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_lpka();
CREATE TRIGGER proceeds_share_never_lpka BEFORE INSERT ON proceeds_premishare
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_lpka();

-- Neither a child nor somebody in community service, on the day of making or of selling.
CREATE FUNCTION proceeds_refuse_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  made date := (SELECT l.made_on FROM proceeds_allocation a JOIN stock_lot l ON l.id = a.lot_id
                WHERE a.id = NEW.allocation_id);
BEGIN
  IF EXISTS (
    SELECT FROM people_statusperiod
    WHERE participant_id = NEW.participant_id
      AND ((status = 'anak' AND daterange(valid_from, valid_until) @> NEW.earned_on)
        OR (status IN ('anak', 'community_service')
            AND daterange(valid_from, valid_until) @> made))
  ) THEN
    RAISE EXCEPTION 'status_makes_no_premi' USING ERRCODE = 'BD005',
      HINT = 'Nothing made by a child or in community service is sold.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proceeds_share_status BEFORE INSERT ON proceeds_premishare
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_status();

-- Arguments: the columns that may change; everything else is frozen.
CREATE FUNCTION proceeds_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
    RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'BD004',
      HINT = 'Correct it with a refund or a correction.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proceeds_sale_frozen BEFORE UPDATE ON proceeds_sale FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('released_on', 'refunded_rp', 'paid_rp', 'state_back_rp',
    'state_deposited_rp', 'state_claim_rp');
CREATE TRIGGER proceeds_allocation_frozen BEFORE UPDATE ON proceeds_allocation FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('returned_qty');
CREATE TRIGGER proceeds_share_frozen BEFORE UPDATE ON proceeds_premishare FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('back_saved_rp', 'back_spendable_rp', 'back_family_rp',
    'reserve_rp', 'released_on', 'payout_line_id', 'exit_settlement_id');
CREATE TRIGGER proceeds_payoutline_frozen BEFORE UPDATE ON proceeds_payoutline FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('channel', 'reference', 'paid_on', 'is_withdrawn');

-- Keys over two columns: rows lie in the facility of their book and lot, copies stay true.
ALTER TABLE proceeds_sale ADD CONSTRAINT proceeds_sale_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_sale ADD CONSTRAINT proceeds_sale_place_facility
  FOREIGN KEY (place_id, facility_id) REFERENCES stock_place (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_allocation ADD CONSTRAINT proceeds_allocation_lot_facility
  FOREIGN KEY (lot_id, facility_id) REFERENCES stock_lot (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_premishare ADD CONSTRAINT proceeds_share_book_facility
  FOREIGN KEY (book_id, facility_id) REFERENCES ledger_book (id, facility_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE proceeds_payoutapproval ADD CONSTRAINT proceeds_approval_preparer
  FOREIGN KEY (run_id, prepared_by_id) REFERENCES proceeds_payoutrun (id, prepared_by_id);
ALTER TABLE proceeds_payoutpayment ADD CONSTRAINT proceeds_payment_preparer
  FOREIGN KEY (run_id, prepared_by_id) REFERENCES proceeds_payoutrun (id, prepared_by_id);
ALTER TABLE proceeds_payoutpayment ADD CONSTRAINT proceeds_payment_approver
  FOREIGN KEY (run_id, approved_by_id) REFERENCES proceeds_payoutapproval (run_id, approved_by_id);
"""

KEPMENKEH = "Kepmenkeh M.01-PP.02.01/1990: 50/35/15 dari keuntungan"
FLOOR_FROM = date(2025, 8, 1)
POLICY = {
    "base": "profit",
    "makers_bp": 5000,
    "capital_bp": 3500,
    "state_bp": 1500,
    "cooperative_bp": 0,
    "saved_bp": 7500,
    "spendable_bp": 2500,
    "family_bp": 0,
    "final_after_days": 7,
    "is_confirmed": False,
}
# QRIS for micro traders (UMI): nothing up to Rp500,000 since 1 December 2024, 0.3 % above.
FEES = [
    (date(2023, 7, 1), date(2024, 12, 1), 0, 0, "MDR QRIS UMI sampai Rp100.000 (2023)"),
    (date(2023, 7, 1), date(2024, 12, 1), 100_000, 30, "MDR QRIS UMI di atas Rp100.000 (2023)"),
    (date(2024, 12, 1), None, 0, 0, "MDR QRIS UMI sampai Rp500.000 sejak 1 Desember 2024"),
    (date(2024, 12, 1), None, 500_000, 30, "MDR QRIS UMI di atas Rp500.000"),
]


def load(apps, schema_editor):
    alias = schema_editor.connection.alias
    policies = apps.get_model("proceeds", "SplitPolicy").objects.using(alias)
    policies.create(
        **POLICY, valid_from=date(1990, 1, 1), valid_until=FLOOR_FROM, floor_rp=0,
        legal_basis=KEPMENKEH,
    )
    policies.create(
        **POLICY, valid_from=FLOOR_FROM, floor_rp=700_000,
        legal_basis=f"{KEPMENKEH}; batas bawah Rp700.000 sebulan sejak Agustus 2025",
    )
    fees = apps.get_model("proceeds", "FeeRate").objects.using(alias)
    for start, until, above, rate, basis in FEES:
        fees.create(
            method="qris", valid_from=start, valid_until=until, above_rp=above, rate_bp=rate,
            legal_basis=basis,
        )
    apps.get_model("proceeds", "DepositRule").objects.using(alias).create(
        valid_from=date(2013, 1, 1), kind="same_day", legal_basis="PMK 3/PMK.02/2013",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("proceeds", "0001_initial"),
        ("people", "0002_check_placement"),
        ("stock", "0001_initial"),
        ("ledger", "0002_triggers"),
    ]
    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
