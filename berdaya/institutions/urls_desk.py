"""Desk addresses of the institutions."""

from django.urls import path

from berdaya.institutions.views import desk

app_name = "institutions"
urlpatterns = [
    path("desk/", desk.today, name="today"),
    path("desk/akun/", desk.account, name="account"),
    path("desk/unit/", desk.facility_choice, name="facility_choice"),
]
