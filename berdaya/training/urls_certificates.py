"""Addresses of certificates at the desk."""

from django.urls import path

from berdaya.training.views import certificates
from berdaya.training.views import papers_of_certificates as papers

PATTERNS = [
    path("desk/certificates/", certificates.certificates, name="certificates"),
    path("desk/certificates/<str:code>/", certificates.certificate, name="certificate"),
    path(
        "desk/certificates/<str:code>/decision/", certificates.decision, name="certificate_decision"
    ),
    path(
        "desk/certificates/<str:code>/paper/",
        papers.paper,
        name="certificate_paper",
    ),
    path(
        "desk/certificates/<str:code>/withdrawal/",
        certificates.withdrawal,
        name="certificate_withdrawal",
    ),
    path(
        "desk/certificate-withdrawals/<int:pk>/decision/",
        certificates.withdrawal_decision,
        name="certificate_withdrawal_decision",
    ),
    path(
        "desk/session-certificates/<str:code>/",
        certificates.of_session,
        name="session_certificates",
    ),
    path(
        "desk/session-certificates/<str:code>/proposal/",
        certificates.proposal,
        name="certificate_proposal",
    ),
    path(
        "desk/session-certificates/<str:code>/decision/",
        certificates.session_decision,
        name="session_decision",
    ),
    path(
        "desk/session-certificates/<str:code>/papers/",
        papers.papers,
        name="session_papers",
    ),
]
