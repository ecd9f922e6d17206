"""Promises that check_books proves about training."""

from django.utils.translation import gettext_lazy as _lazy

from berdaya.core.proofs import declare_check, rows_of
from berdaya.training.checks_certificates import CHECKS as OF_CERTIFICATES

SEATS_DIFFER = """
    SELECT s.code FROM training_session s JOIN training_seats t ON t.session_id = s.id
    WHERE t.places <> s.places OR t.taken <> (
      SELECT count(*) FROM training_enrolment e WHERE e.session_id = s.id AND e.has_place)
    ORDER BY s.code
"""
NOT_EARNED = """
    SELECT s.code FROM training_assessment a
    JOIN training_enrolment e ON e.id = a.enrolment_id
    JOIN training_session s ON s.id = e.session_id
    LEFT JOIN training_heldskill h ON h.assessment_id = a.id
    WHERE (a.result = 'competent') <> (h.id IS NOT NULL)
    ORDER BY s.code
"""


CHECKS = [
    *OF_CERTIFICATES,
    declare_check(
        "training_seats",
        _lazy("Tempat terisi sama dengan banyaknya peserta, dan tidak melebihi tempat"),
        rows_of(SEATS_DIFFER),
    ),
    declare_check(
        "training_skills",
        _lazy("Setiap keterampilan berasal dari satu penilaian yang lulus"),
        rows_of(NOT_EARNED),
    ),
]
