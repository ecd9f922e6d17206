"""Addresses of the participants."""

from django.urls import path

from berdaya.people import work_urls
from berdaya.people.views import identity
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
    *work_urls.urlpatterns,
]
