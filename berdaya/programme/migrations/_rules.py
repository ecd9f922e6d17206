"""What the database itself refuses in this room."""

# Whether somebody speaks for a side of an agreement on a day: an appointment of that side's role
# at the party's office or at one above it.
MAY_SIGN = (
    """
CREATE FUNCTION programme_may_sign(
  agreement bigint, side text, office bigint, staff bigint, day date
) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM programme_agreement a
    JOIN institutions_office party ON party.id = CASE $2
      WHEN 'corrections' THEN a.corrections_office_id WHEN 'umkm' THEN a.umkm_office_id END
    JOIN institutions_office mine ON mine.id = $3
    JOIN institutions_appointment p ON p.office_id = $3 AND p.staff_id = $4
      AND p.valid_from <= $5 AND (p.valid_until IS NULL OR p.valid_until > $5)
      AND p.role = ANY (CASE $2 WHEN 'corrections' THEN ARRAY['regional', 'national']
                        ELSE ARRAY['umkm_officer'] END)
    WHERE a.id = $1
      AND (party.path = mine.path OR starts_with(party.path, mine.path || '/')))
$$;
CREATE FUNCTION programme_must_sign(
  agreement bigint, side text, office bigint, staff bigint, day date
) RETURNS void LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT programme_may_sign(agreement, side, office, staff, day) THEN
    RAISE EXCEPTION 'nobody of that side signs here'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_signed_for_side';
  END IF;
END $$;
""",
    "DROP FUNCTION programme_must_sign(bigint, text, bigint, bigint, date);"
    " DROP FUNCTION programme_may_sign(bigint, text, bigint, bigint, date)",
)
# A proposal is signed when it is made, answered once by whom the constraints name, never edited.
PROPOSAL = (
    """
CREATE FUNCTION programme_proposal_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.outcome <> '' THEN
      RAISE EXCEPTION 'a proposal begins open'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_proposal_once';
    END IF;
    PERFORM programme_must_sign(
      NEW.agreement_id, NEW.side, NEW.office_id, NEW.proposed_by_id, NEW.proposed_on);
    RETURN NEW;
  END IF;
  IF OLD.outcome <> '' OR ROW(NEW.agreement_id, NEW.kind, NEW.subject, NEW.facts, NEW.side,
      NEW.office_id, NEW.proposed_by_id, NEW.proposed_on) IS DISTINCT FROM
      ROW(OLD.agreement_id, OLD.kind, OLD.subject, OLD.facts, OLD.side,
      OLD.office_id, OLD.proposed_by_id, OLD.proposed_on) THEN
    RAISE EXCEPTION 'a proposal is answered once and never edited'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_proposal_once';
  END IF;
  PERFORM programme_must_sign(
    NEW.agreement_id, NEW.answer_side, NEW.answer_office_id, NEW.answered_by_id, NEW.answered_on);
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT OR UPDATE ON programme_proposal
  FOR EACH ROW EXECUTE FUNCTION programme_proposal_signed();
""",
    "DROP TRIGGER signed ON programme_proposal; DROP FUNCTION programme_proposal_signed()",
)
# What binds both sides comes into being, and changes, by a proposal that both agreed; one each.
AGREED = (
    """
CREATE FUNCTION programme_agreed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  of_agreement bigint;
BEGIN
  IF TG_TABLE_NAME IN ('programme_agreementversion', 'programme_commitment') THEN
    of_agreement := NEW.agreement_id;
  ELSE
    SELECT c.agreement_id INTO of_agreement FROM programme_commitment c
      WHERE c.id = NEW.commitment_id;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    -- A version ends where the next begins; nothing else of it ever changes.
    IF TG_TABLE_NAME = 'programme_agreementversion' THEN
      IF to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until'
         AND NEW.valid_until < OLD.valid_until THEN
        RETURN NEW;
      END IF;
    END IF;
    IF TG_TABLE_NAME = 'programme_agreementversion' OR NEW.proposal_id = OLD.proposal_id THEN
      RAISE EXCEPTION 'both sides agree to a change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_both_agreed';
    END IF;
  END IF;
  IF NOT EXISTS (SELECT FROM programme_proposal p WHERE p.id = NEW.proposal_id
      AND p.agreement_id = of_agreement AND p.outcome = 'agreed'
      AND p.kind = CASE TG_TABLE_NAME WHEN 'programme_agreementversion' THEN 'version'
        ELSE replace(TG_TABLE_NAME, 'programme_', '') END) THEN
    RAISE EXCEPTION 'both sides agree to a change'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_both_agreed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON programme_agreementversion
  FOR EACH ROW EXECUTE FUNCTION programme_agreed();
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON programme_commitment
  FOR EACH ROW EXECUTE FUNCTION programme_agreed();
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON programme_measure
  FOR EACH ROW EXECUTE FUNCTION programme_agreed();
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON programme_milestone
  FOR EACH ROW EXECUTE FUNCTION programme_agreed();
""",
    "DROP TRIGGER agreed ON programme_milestone; DROP TRIGGER agreed ON programme_measure;"
    " DROP TRIGGER agreed ON programme_commitment;"
    " DROP TRIGGER agreed ON programme_agreementversion; DROP FUNCTION programme_agreed()",
)
# Each side accepts a milestone by an office of its own.
ACCEPTED = (
    """
CREATE FUNCTION programme_accepted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM programme_must_sign(c.agreement_id, NEW.side, NEW.office_id, NEW.accepted_by_id,
                              NEW.accepted_on)
    FROM programme_milestone m JOIN programme_commitment c ON c.id = m.commitment_id
    WHERE m.id = NEW.milestone_id;
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON programme_acceptance
  FOR EACH ROW EXECUTE FUNCTION programme_accepted();
""",
    "DROP TRIGGER signed ON programme_acceptance; DROP FUNCTION programme_accepted()",
)
# A quarter is agreed when both sides said yes to its last version; then nothing follows.
QUARTER = (
    """
CREATE FUNCTION programme_quarter_locked() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  yes int;
BEGIN
  IF OLD.state = 'agreed' OR NEW.agreement_id <> OLD.agreement_id OR NEW.quarter <> OLD.quarter
     OR NEW.drawn_on <> OLD.drawn_on THEN
    RAISE EXCEPTION 'the joint report is locked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_report_locked';
  END IF;
  SELECT count(*) INTO yes FROM programme_quarteranswer a
    WHERE a.outcome = 'agreed' AND a.version_id = (
      SELECT v.id FROM programme_quarterversion v WHERE v.report_id = NEW.id
      ORDER BY v.number DESC LIMIT 1);
  IF (NEW.state = 'agreed' AND yes <> 2) OR (NEW.state = 'half' AND yes <> 1) THEN
    RAISE EXCEPTION 'both sides agree to a joint report'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_report_both_agreed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked BEFORE UPDATE ON programme_quarterreport
  FOR EACH ROW EXECUTE FUNCTION programme_quarter_locked();
CREATE FUNCTION programme_quarter_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.state <> 'draft' THEN
    RAISE EXCEPTION 'a joint report begins as a draft'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_report_both_agreed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON programme_quarterreport
  FOR EACH ROW EXECUTE FUNCTION programme_quarter_begins();
CREATE FUNCTION programme_quarter_drawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM programme_quarterreport r
                 WHERE r.id = NEW.report_id AND r.state = 'draft') THEN
    RAISE EXCEPTION 'the joint report is locked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_report_locked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked BEFORE INSERT ON programme_quarterversion
  FOR EACH ROW EXECUTE FUNCTION programme_quarter_drawn();
CREATE FUNCTION programme_quarter_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told record;
BEGIN
  SELECT r.agreement_id, r.state, v.number, (
      SELECT max(o.number) FROM programme_quarterversion o WHERE o.report_id = r.id) AS latest
    INTO told FROM programme_quarterversion v
    JOIN programme_quarterreport r ON r.id = v.report_id WHERE v.id = NEW.version_id;
  IF told.state NOT IN ('draft', 'half') OR told.number <> told.latest THEN
    RAISE EXCEPTION 'the joint report is locked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_report_locked';
  END IF;
  PERFORM programme_must_sign(
    told.agreement_id, NEW.side, NEW.office_id, NEW.answered_by_id, NEW.answered_on);
  RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON programme_quarteranswer
  FOR EACH ROW EXECUTE FUNCTION programme_quarter_signed();
""",
    "DROP TRIGGER signed ON programme_quarteranswer; DROP FUNCTION programme_quarter_signed();"
    " DROP TRIGGER locked ON programme_quarterversion; DROP FUNCTION programme_quarter_drawn();"
    " DROP TRIGGER begins ON programme_quarterreport; DROP FUNCTION programme_quarter_begins();"
    " DROP TRIGGER locked ON programme_quarterreport; DROP FUNCTION programme_quarter_locked()",
)
RULES = [MAY_SIGN, PROPOSAL, AGREED, ACCEPTED, QUARTER]
