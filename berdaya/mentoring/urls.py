"""Addresses of mentoring."""

from django.urls import path

from berdaya.mentoring.views import adoptions, findings, meetings, prices

ONE = "desk/mentoring/<str:code>/"

app_name = "mentoring"
urlpatterns = [
    path("desk/mentoring/", adoptions.adoptions, name="adoptions"),
    path("desk/mentoring-report/", meetings.report, name="report"),
    path("desk/mentoring-proposals/", adoptions.new_proposal, name="new_proposal"),
    path("desk/mentoring-requests/", adoptions.new_request, name="new_request"),
    path(ONE, adoptions.adoption, name="adoption"),
    path(f"{ONE}acceptance/", adoptions.acceptance, name="acceptance"),
    path(f"{ONE}taking/", adoptions.taking, name="taking"),
    path(f"{ONE}refusal/", adoptions.refusal, name="refusal"),
    path(f"{ONE}ending/", adoptions.ending, name="ending"),
    path(f"{ONE}sessions/", meetings.new_meeting, name="new_meeting"),
    path(f"{ONE}prices/", prices.prices, name="prices"),
    path(f"{ONE}exercises/", prices.new_exercise, name="new_exercise"),
    path(f"{ONE}findings/", findings.new_finding, name="new_finding"),
    path("desk/mentoring-sessions/<int:pk>/", meetings.meeting, name="meeting"),
    path("desk/mentoring-sessions/<int:pk>/notes/", meetings.notes, name="notes"),
    path("desk/mentoring-steps/<int:pk>/completion/", meetings.step, name="step"),
    path("desk/mentoring-prices/<int:pk>/", prices.exercise, name="exercise"),
    path("desk/mentoring-prices/<int:pk>/taking/", prices.price_taking, name="price_taking"),
    path("desk/mentoring-findings/<int:pk>/remedy/", findings.remedy, name="remedy"),
]
