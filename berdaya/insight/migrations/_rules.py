"""What the database itself refuses in this room."""

# Nothing is told of a facility where nothing may be made, and people only in multiples of five.
NEVER = (
    "CREATE TRIGGER never_lpka BEFORE INSERT ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION workshop_check_facility()",
    "DROP TRIGGER never_lpka ON {table}",
)
ROUNDED = (
    "ALTER TABLE insight_toldfigure ADD CONSTRAINT insight_told_rounded CHECK ("
    "indicator NOT IN ('makers', 'trained', 'certified')"
    " OR (numerator >= 0 AND mod(numerator, 5) = 0 AND denominator IS NULL))",
    "ALTER TABLE insight_toldfigure DROP CONSTRAINT insight_told_rounded",
)
# A report that was accepted is locked: no state follows, no version either.
LOCKED = (
    """
CREATE FUNCTION insight_locked() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'insight_report' THEN
    IF OLD.state = 'accepted' OR NEW.month <> OLD.month OR NEW.facility_id <> OLD.facility_id
       OR NEW.due_on <> OLD.due_on OR NEW.first_sent_on <> OLD.first_sent_on THEN
      RAISE EXCEPTION 'the report is locked'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'insight_report_locked';
    END IF;
  ELSIF NOT EXISTS (SELECT FROM insight_report r WHERE r.id = NEW.report_id
                    AND r.facility_id = NEW.facility_id AND r.state = 'sent') THEN
    RAISE EXCEPTION 'the report is locked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'insight_report_locked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked BEFORE UPDATE ON insight_report
  FOR EACH ROW EXECUTE FUNCTION insight_locked();
CREATE TRIGGER locked BEFORE INSERT ON insight_reportversion
  FOR EACH ROW EXECUTE FUNCTION insight_locked();
""",
    "DROP TRIGGER locked ON insight_reportversion; DROP TRIGGER locked ON insight_report;"
    " DROP FUNCTION insight_locked()",
)
# Who sent is copied for two people: the copy cannot lie.
SENDER = (
    """
CREATE FUNCTION insight_sender() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM insight_reportversion v WHERE v.id = NEW.version_id
                 AND v.facility_id = NEW.facility_id
                 AND v.sent_by_id IS NOT DISTINCT FROM NEW.sent_by_id) THEN
    RAISE EXCEPTION 'the answer names another sender'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'insight_answer_sender';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sender BEFORE INSERT ON insight_reportanswer
  FOR EACH ROW EXECUTE FUNCTION insight_sender();
""",
    "DROP TRIGGER sender ON insight_reportanswer; DROP FUNCTION insight_sender()",
)
RULES = [
    *(
        (NEVER[0].format(table=table), NEVER[1].format(table=table))
        for table in ("insight_figure", "insight_toldfigure", "insight_report")
    ),
    ROUNDED,
    LOCKED,
    SENDER,
]
