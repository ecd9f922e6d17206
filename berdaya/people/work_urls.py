"""Addresses of the papers for work, below a participant's own."""

from django.urls import path

from berdaya.people.views import consents, limits, safety, work

WORK = "desk/wbp/<str:code>/kerja/"

urlpatterns = [
    path("desk/work-limits/", limits.limits, name="limits"),
    path("desk/work-limits/new/", limits.new_limits, name="new_limits"),
    path("desk/sehat/", work.fitness_list, name="fitness_list"),
    path("desk/consents/", consents.consent_list, name="consent_list"),
    path("desk/consents/missing/", consents.consent_missing, name="consent_missing"),
    path("desk/consent-texts/", consents.texts, name="texts"),
    path("desk/consent-texts/new/", consents.new_text, name="new_text"),
    path("desk/consent-texts/<int:pk>/", consents.text, name="text"),
    path("desk/insurances/", safety.insurances, name="insurances"),
    path("desk/insurances/new/", safety.new_insurance, name="new_insurance"),
    path("desk/insurances/<int:pk>/ending/", safety.end_insurance, name="end_insurance"),
    path(WORK, work.papers, name="work"),
    path(f"{WORK}consents/", consents.consents, name="consents"),
    path("desk/publicity/", consents.publicity_people, name="publicity_people"),
    path(f"{WORK}publicity/", consents.publicity, name="publicity"),
    path(f"{WORK}publicity/form/", consents.publicity_print, name="publicity_print"),
    path(f"{WORK}consents/form/", consents.consent_print, name="consent_print"),
    path(f"{WORK}consents/<int:pk>/scan/", consents.consent_scan, name="consent_scan"),
    path(
        f"{WORK}consents/<int:pk>/withdrawal/", consents.withdrawal_print, name="withdrawal_print"
    ),
    path(f"{WORK}holds/", safety.new_hold, name="new_hold"),
    path(f"{WORK}holds/<int:pk>/lifting/", safety.end_hold, name="end_hold"),
    path(f"{WORK}requests/", work.requests, name="requests"),
    path(f"{WORK}fitness/", work.fitness, name="fitness"),
    path(f"{WORK}placements/", work.placements, name="work_placements"),
    *(
        path(f"{WORK}{kind}/<int:pk>/ending/", work.ending, {"kind": kind}, name=f"end_{kind}")
        for kind in work.ENDINGS
    ),
]
