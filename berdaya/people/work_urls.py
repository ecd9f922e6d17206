"""Addresses of the papers for work, below a participant's own."""

from django.urls import path

from berdaya.people.views import limits, work

WORK = "desk/wbp/<str:code>/kerja/"

urlpatterns = [
    path("desk/work-limits/", limits.limits, name="limits"),
    path("desk/work-limits/new/", limits.new_limits, name="new_limits"),
    path("desk/sehat/", work.fitness_list, name="fitness_list"),
    path(WORK, work.papers, name="work"),
    path(f"{WORK}consents/", work.consents, name="consents"),
    path(f"{WORK}requests/", work.requests, name="requests"),
    path(f"{WORK}fitness/", work.fitness, name="fitness"),
    path(f"{WORK}placements/", work.placements, name="work_placements"),
    *(
        path(f"{WORK}{kind}/<int:pk>/ending/", work.ending, {"kind": kind}, name=f"end_{kind}")
        for kind in work.ENDINGS
    ),
]
