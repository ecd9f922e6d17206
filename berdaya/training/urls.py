"""Addresses of training."""

from django.urls import path

from berdaya.training.urls_certificates import PATTERNS
from berdaya.training.views import assessments, attendance, courses, sessions

COURSE = "desk/courses/<str:code>/"
SESSION = "desk/sessions/<str:code>/"

app_name = "training"
urlpatterns = [
    path("desk/courses/", courses.courses, name="courses"),
    path("desk/courses/new/", courses.new_course, name="new_course"),
    path(COURSE, courses.course, name="course"),
    path(f"{COURSE}edit/", courses.edit_course, name="edit_course"),
    path(f"{COURSE}sessions/", courses.new_session, name="new_session"),
    path("desk/sessions/", sessions.sessions, name="sessions"),
    path(SESSION, sessions.session, name="session"),
    path(f"{SESSION}edit/", sessions.edit_session, name="edit_session"),
    path(f"{SESSION}enrolments/", sessions.enrolments, name="enrolments"),
    path(f"{SESSION}proofs/", sessions.new_proof, name="new_proof"),
    path(f"{SESSION}attendance/", attendance.attendance, name="attendance"),
    path(
        f"{SESSION}attendance/blank/",
        attendance.attendance_print,
        {"kind": "kosong"},
        name="attendance_blank",
    ),
    path(
        f"{SESSION}attendance/filled/",
        attendance.attendance_print,
        {"kind": "isi"},
        name="attendance_filled",
    ),
    path("desk/enrolments/<int:pk>/withdrawal/", sessions.withdrawal, name="withdrawal"),
    path("desk/enrolments/<int:pk>/assessment/", assessments.new_assessment, name="new_assessment"),
    path("desk/assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("desk/assessments/<int:pk>/photos/", assessments.new_piece, name="new_piece"),
    path("desk/pieces/", assessments.pieces, name="pieces"),
    path("desk/pieces/<int:pk>/", assessments.piece, name="piece"),
    path("desk/pieces/<int:pk>/image/", assessments.piece_image, name="piece_image"),
    path("desk/wbp/<str:code>/skills/", assessments.person_skills, name="person_skills"),
    *PATTERNS,
]
