"""What the database refuses in this room, and the reference rows it starts with."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
USUAL = "{number:03d}/{code}/{unit}/{roman_month}/{year}"
# code, name, name_en, roles that sign, ability
PAPERS = [
    ("DHP", "Daftar Hadir Pelatihan", "Training attendance sheet", ["officer", "head"], "training.view"),
    ("SKKP", "Surat Keterangan Kehadiran Pelatihan", "Statement of training attendance", ["head"], "training.prove"),
]
# Row security holds inside these functions: the rows asked about are in the writer's scope.
ENROLMENT = """
CREATE FUNCTION training_check_enrolment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT NEW.is_own_request AND EXISTS (
    SELECT FROM people_statusperiod s
    WHERE s.participant_id = NEW.participant_id AND s.status = 'detainee'
      AND s.valid_from <= NEW.day AND (s.valid_until IS NULL OR NEW.day < s.valid_until)
  ) THEN
    RAISE EXCEPTION 'training_without_request' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'An untried person takes part only at their own request.';
  END IF;
  IF NOT EXISTS (
    SELECT FROM training_session s
    WHERE s.id = NEW.session_id AND s.facility_id = NEW.facility_id AND s.starts_on = NEW.day
  ) THEN
    RAISE EXCEPTION 'session_differs' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'An enrolment has the first day and the facility of its session.';
  END IF;
  RETURN NEW;
END $$
"""
# A sheet says something only of people with a place, on a day of the session.
ATTENDANCE = """
CREATE FUNCTION training_check_attendance() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM fresh f
    LEFT JOIN training_enrolment e ON e.id = f.enrolment_id AND e.session_id = f.session_id
      AND e.participant_id = f.participant_id AND e.facility_id = f.facility_id AND e.has_place
    LEFT JOIN training_sessionday d ON d.session_id = f.session_id AND d.day = f.day
    WHERE e.id IS NULL OR d.id IS NULL
  ) THEN
    RAISE EXCEPTION 'attendance_differs' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'A mark belongs to somebody with a place, on a day of the session.';
  END IF;
  RETURN NULL;
END $$
"""
# The funder's list and a count outside never come from an LPKA.
CHILDREN = """
CREATE FUNCTION training_check_children() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM institutions_facility WHERE id = NEW.facility_id AND kind = 'lpka') THEN
    RAISE EXCEPTION 'facility_lpka' USING ERRCODE = 'BD003', DETAIL = TG_TABLE_NAME,
      HINT = 'Nothing of an LPKA goes out.';
  END IF;
  RETURN NEW;
END $$
"""
REVIEW = """
CREATE FUNCTION training_review_copies() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT uploaded_by_id, facility_id INTO STRICT NEW.uploaded_by_id, NEW.facility_id
  FROM training_piecephoto WHERE id = NEW.photo_id;
  RETURN NEW;
END $$
"""
FUNCTIONS = [
    (ENROLMENT, "DROP FUNCTION training_check_enrolment()"),
    (ATTENDANCE, "DROP FUNCTION training_check_attendance()"),
    (CHILDREN, "DROP FUNCTION training_check_children()"),
    (REVIEW, "DROP FUNCTION training_review_copies()"),
]


def _trigger(name, table, when, call, each="ROW"):
    return (
        f"CREATE TRIGGER {name} {when} ON training_{table} FOR EACH {each} EXECUTE FUNCTION {call}",
        f"DROP TRIGGER {name} ON training_{table}",
    )


TRIGGERS = [
    *(
        _trigger(
            "placed", table, "BEFORE INSERT", f"people_check_placement('participant_id', '{day}')"
        )
        for table, day in (
            ("enrolment", "day"),
            ("attendance", "day"),
            ("assessment", "assessed_on"),
            ("heldskill", "valid_from"),
        )
    ),
    _trigger("never", "enrolment", "BEFORE INSERT", "training_check_enrolment()"),
    *(
        _trigger(
            f"never_{event}", "attendance", f"AFTER {event}", "training_check_attendance()",
            "STATEMENT",
        )
        for event in ("insert", "update")
    ),
    *(
        _trigger("never", table, "BEFORE INSERT", "training_check_children()")
        for table in ("sessioncount", "attendanceproof", "piecephoto")
    ),
    _trigger("copied", "piecereview", "BEFORE INSERT", "training_review_copies()"),
]
TRIGGERS = [
    (forward.replace(" FOR EACH STATEMENT", " REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"), back)
    for forward, back in TRIGGERS
]


def lines(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load(apps, schema_editor):
    alias = schema_editor.connection.alias

    def rows(app, model):
        return apps.get_model(app, model).objects.using(alias)

    for code, name, name_en, roles, ability in PAPERS:
        rows("papers", "DocumentType").create(
            code=code, name=name, name_en=name_en, number_pattern=USUAL, paper="a4",
            signer_roles=roles, ability=ability,
        )
    rows("people", "RetentionRule").create(
        purpose="training", valid_from="2024-10-17", months=120,
        legal_basis="UU 27/2022 Pasal 16 ayat (2) huruf g; bukti kompetensi",
    )
    skills = {line["code"]: rows("training", "Skill").create(**line) for line in lines("skills.csv")}
    units = {
        line["code"]: rows("training", "CompetenceUnit").create(
            code=line["code"], skill=skills[line["skill"]], name=line["name"],
            name_en=line["name_en"], is_confirmed=line["is_confirmed"] == "yes",
        )
        for line in lines("units.csv")
    }
    for line in lines("criteria.csv"):
        rows("training", "Criterion").create(**{**line, "unit": units[line["unit"]]})
