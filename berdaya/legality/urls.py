"""Addresses of permits and requirements."""

from django.urls import path

from berdaya.legality.views import permits as views

app_name = "legality"
urlpatterns = [
    path("desk/permits/", views.permits, name="permits"),
    path("desk/permits/new/", views.new_permit, name="new_permit"),
    path("desk/permits/requirements/", views.requirements, name="requirements"),
    path("desk/permits/<int:permit_id>/", views.permit, name="permit"),
    path("desk/permits/<int:permit_id>/revocation/", views.revocation, name="revocation"),
]
