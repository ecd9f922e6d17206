"""Addresses of the workbook import."""

from django.urls import path

from berdaya.intake.views import imports as views
from berdaya.intake.views import templates

app_name = "intake"
urlpatterns = [
    path("desk/workbooks/", views.imports, name="imports"),
    path("desk/workbooks/new/", views.upload, name="upload"),
    path("desk/workbooks/template.xlsx", templates.workbook_template, name="template"),
    path("desk/workbooks/template/<str:kind>.csv", templates.sheet_template, name="sheet_template"),
    path("desk/workbooks/<int:workbook_id>/", views.workbook, name="import"),
    path("desk/workbooks/<int:workbook_id>/choices/", views.choices, name="choices"),
    path("desk/workbooks/<int:workbook_id>/columns/", views.columns, name="columns"),
    path("desk/workbooks/<int:workbook_id>/booking/", views.booking, name="booking"),
    path("desk/workbooks/<int:workbook_id>/discarding/", views.discarding, name="discarding"),
]
