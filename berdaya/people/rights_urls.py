"""Addresses of rights, the breach register and the periods of keeping."""

from django.urls import path

from berdaya.people.views import breaches, retention, rights

RIGHTS = "desk/rights/<str:code>/"
BREACH = "desk/breaches/<str:code>/"
PROPOSAL = "desk/retention/proposals/<int:pk>/"

urlpatterns = [
    path("desk/wbp/<str:code>/rights/", rights.new_case, name="new_rights_case"),
    path("desk/rights/", rights.cases, name="rights_cases"),
    path("desk/rights-form.pdf", rights.request_form, name="rights_form"),
    path(RIGHTS, rights.case, name="rights_case"),
    path(f"{RIGHTS}answer/", rights.answer, name="rights_answer"),
    path(f"{RIGHTS}receipt/", rights.receipt, name="rights_receipt"),
    path(f"{RIGHTS}copy/", rights.copy, name="rights_copy"),
    path("desk/restrictions/<int:pk>/ending/", rights.end_restriction, name="end_restriction"),
    path("desk/breaches/", breaches.breaches, name="breaches"),
    path("desk/new-breach/", breaches.new_breach, name="new_breach"),
    path(BREACH, breaches.breach, name="breach"),
    path(f"{BREACH}notices/", breaches.notices, name="breach_notices"),
    path(f"{BREACH}people/", breaches.affected, name="breach_people"),
    path(f"{BREACH}closing/", breaches.closing, name="breach_closing"),
    path(f"{BREACH}letter/", breaches.letter, name="breach_letter"),
    path("desk/retention/", retention.retention, name="retention"),
    path("desk/retention/rules/new/", retention.new_rule, name="new_retention_rule"),
    path(f"{PROPOSAL}erasure/", retention.erasure, name="retention_erasure"),
    path(f"{PROPOSAL}keeping/", retention.keeping, name="retention_keeping"),
]
