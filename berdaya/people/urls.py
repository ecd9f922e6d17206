"""Addresses of the participants."""

from django.urls import path

from berdaya.people import rights_urls, work_urls
from berdaya.people.views import caseload, identity, opening, reveals
from berdaya.people.views import participants as views

app_name = "people"
urlpatterns = [
    path("desk/wbp/", views.participants, name="participants"),
    path("desk/wbp/baru/", views.new_participant, name="new_participant"),
    path("desk/wbp/<str:code>/", views.participant, name="participant"),
    path("desk/wbp/<str:code>/penempatan/", views.placement, name="placement"),
    path("desk/wbp/<str:code>/status/", views.status, name="status"),
    path("desk/wbp/<str:code>/keluar/", views.leaving, name="leaving"),
    path("desk/wbp/<str:code>/data-diri/", identity.identity, name="identity"),
    path("desk/caseloads/", caseload.caseloads, name="caseloads"),
    path("desk/caseloads/assignment/", caseload.assignment, name="assignment"),
    path("desk/caseloads/stand-ins/", caseload.new_cover, name="new_cover"),
    path("desk/caseloads/stand-ins/<int:pk>/ending/", caseload.cover_ending, name="cover_ending"),
    path("desk/wbp/<str:code>/pembukaan/", opening.opening, name="opening"),
    path("desk/caseloads/names/", opening.caseload_names, name="caseload_names"),
    path("desk/identity-searches/", opening.searches, name="searches"),
    path("desk/reveals/", reveals.reveals, name="reveals"),
    path("desk/reveals/<str:code>/", reveals.reveal, name="reveal"),
    path("desk/reveals/<str:code>/review/", reveals.review, name="review"),
    *work_urls.urlpatterns,
    *rights_urls.urlpatterns,
]
