"""Addresses of permits, of what products say of halal, and of requirements."""

from django.urls import path

from berdaya.legality.views import papers, permits, standings

app_name = "legality"
urlpatterns = [
    path("desk/permits/", permits.permits, name="permits"),
    path("desk/permits/new/", permits.new_permit, name="new_permit"),
    path("desk/permits/timeline/", permits.timeline, name="timeline"),
    path("desk/permits/requirements/", permits.requirements, name="requirements"),
    path("desk/permits/halal/", standings.standings, name="standings"),
    path("desk/permits/halal/<int:product_id>/", standings.standing, name="standing"),
    path("desk/permits/halal/<int:product_id>/statements/", standings.statement, name="statement"),
    path("desk/permits/<int:permit_id>/", permits.permit, name="permit"),
    path("desk/permits/<int:permit_id>/renewal/", permits.renewal, name="renewal"),
    path("desk/permits/<int:permit_id>/coverage/", papers.coverage, name="coverage"),
    path("desk/permits/<int:permit_id>/responsible/", papers.responsible, name="responsible"),
    path("desk/permits/<int:permit_id>/scans/", papers.scans, name="scans"),
    path("desk/permits/<int:permit_id>/scan/", permits.scan, name="scan"),
    path("desk/permits/<int:permit_id>/revocation/", permits.revocation, name="revocation"),
]
