"""The database too knows who took part before: completions, answers to objections, refunds.

Like the constraints of the other steps they compare accounts, never roles; a program's own actor
(no account) takes no part. Row security holds in here: what the writer cannot see, they did not do.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION proceeds_refuse_same_person() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  taken boolean;
BEGIN
  IF NEW.recorded_by_id IS NULL THEN
    RETURN NEW;
  END IF;
  -- One query each: prepared or approved the list; recorded the sale; stands behind the slip.
  EXECUTE TG_ARGV[0] INTO taken USING NEW;
  IF taken THEN
    RAISE EXCEPTION 'four_eyes' USING ERRCODE = 'check_violation', CONSTRAINT = 'four_eyes',
      TABLE = TG_TABLE_NAME, HINT = 'Another person has to do this step.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON proceeds_payoutcompletion
  FOR EACH ROW WHEN (NEW.exit_settlement_id IS NULL)
  EXECUTE FUNCTION proceeds_refuse_same_person('
    SELECT EXISTS (
      SELECT FROM proceeds_payoutline l
      JOIN proceeds_payoutrun r ON r.id = l.run_id
      LEFT JOIN proceeds_payoutapproval a ON a.run_id = r.id
      WHERE l.id = ($1).line_id AND ($1).recorded_by_id IN (r.prepared_by_id, a.approved_by_id))');

CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON proceeds_refund
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_same_person('
    SELECT EXISTS (
      SELECT FROM proceeds_sale s
      WHERE s.id = ($1).sale_id AND s.recorded_by_id = ($1).recorded_by_id)');

CREATE TRIGGER four_eyes BEFORE INSERT OR UPDATE ON proceeds_objectionanswer
  FOR EACH ROW EXECUTE FUNCTION proceeds_refuse_same_person('
    WITH slip AS (
      SELECT p.id, p.participant_id, p.recorded_by_id FROM proceeds_objection o
      JOIN proceeds_slip p ON p.id = o.slip_id WHERE o.id = ($1).objection_id
    ), shares AS (
      SELECT h.id, h.sale_id, a.lot_id FROM slip
      JOIN proceeds_slipline i ON i.slip_id = slip.id
      JOIN proceeds_premishare h ON h.id = i.share_id
      LEFT JOIN proceeds_allocation a ON a.id = h.allocation_id
    )
    SELECT ($1).recorded_by_id IN (
      SELECT recorded_by_id FROM slip
      UNION ALL SELECT w.recorded_by_id FROM slip
        JOIN workshop_worklog g ON g.participant_id = slip.participant_id
        JOIN workshop_worksheet w ON w.id = g.sheet_id
        JOIN workshop_batchclosing c ON c.batch_id = g.batch_id
        JOIN shares ON shares.lot_id = c.lot_id
      UNION ALL SELECT s.recorded_by_id FROM shares JOIN proceeds_sale s ON s.id = shares.sale_id
      UNION ALL SELECT y.paid_by_id FROM slip
        JOIN proceeds_payoutline l ON l.participant_id = slip.participant_id
        JOIN proceeds_payoutpayment y ON y.run_id = l.run_id
      UNION ALL SELECT d.recorded_by_id FROM slip
        JOIN proceeds_payoutcompletion d ON d.participant_id = slip.participant_id
      UNION ALL SELECT e.recorded_by_id FROM slip
        JOIN proceeds_exitsettlement e ON e.participant_id = slip.participant_id
      UNION ALL SELECT k.recorded_by_id FROM shares
        JOIN proceeds_premicorrectiondecision n ON n.share_id = shares.id
        JOIN proceeds_premicorrection k ON k.id = n.correction_id)');
"""
BACKWARD = """
DROP TRIGGER four_eyes ON proceeds_objectionanswer;
DROP TRIGGER four_eyes ON proceeds_refund;
DROP TRIGGER four_eyes ON proceeds_payoutcompletion;
DROP FUNCTION proceeds_refuse_same_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("proceeds", "0006_shipping_settled"),
        ("workshop", "0003_minutes_before"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
