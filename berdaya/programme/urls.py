"""Addresses of the agreement: how it goes, its pages, its joint reports."""

from django.urls import path

from berdaya.programme.views import agreements, commitments, proposals, records, reports

app_name = "programme"
HOME = "desk/programme/"
ONE = f"{HOME}<slug:code>/"
PROMISE = f"{ONE}commitments/<slug:no>/"
PROPOSAL = f"{HOME}changes/<int:pk>/"
QUARTER = f"{ONE}reports/<str:quarter>/"

urlpatterns = [
    path(HOME, agreements.overview, name="overview"),
    path(f"{HOME}agreements/new/", agreements.new_agreement, name="new_agreement"),
    path(PROPOSAL, proposals.proposal, name="proposal"),
    path(f"{PROPOSAL}answer/", proposals.answer, name="answer"),
    path(f"{PROPOSAL}withdrawal/", proposals.withdrawal, name="withdrawal"),
    path(f"{HOME}milestones/<int:pk>/acceptance/", commitments.acceptance, name="acceptance"),
    path(f"{HOME}milestones/<int:pk>/document/", commitments.document, name="document"),
    path(f"{HOME}tellings/<int:pk>/", commitments.seeing, name="seeing"),
    path(f"{HOME}risks/<int:pk>/", records.weighing, name="weighing"),
    path(f"{HOME}meetings/<int:pk>/", records.meeting, name="meeting"),
    path(f"{HOME}actions/<int:pk>/", records.finishing, name="finishing"),
    path(ONE, agreements.agreement, name="agreement"),
    path(f"{ONE}versions/new/", agreements.new_version, name="new_version"),
    path(f"{ONE}versions/<int:number>/scan/", agreements.scan, name="scan"),
    path(f"{ONE}commitments/new/", commitments.new_commitment, name="new_commitment"),
    path(PROMISE, commitments.commitment, name="commitment"),
    path(f"{PROMISE}terms/", commitments.new_terms, name="new_terms"),
    path(f"{PROMISE}measures/new/", commitments.new_measure, name="new_measure"),
    path(f"{PROMISE}milestones/new/", commitments.new_milestone, name="new_milestone"),
    path(f"{ONE}risks/", records.risks, name="risks"),
    path(f"{ONE}risks/new/", records.new_risk, name="new_risk"),
    path(f"{ONE}meetings/", records.meetings, name="meetings"),
    path(f"{ONE}meetings/new/", records.new_meeting, name="new_meeting"),
    path(f"{ONE}reports/", reports.reports, name="reports"),
    path(f"{ONE}reports/new/", reports.drawing, name="drawing"),
    path(QUARTER, reports.report, name="report"),
    path(f"{QUARTER}answer/", reports.signing, name="signing"),
    path(f"{QUARTER}paper/", reports.paper, name="paper"),
]
