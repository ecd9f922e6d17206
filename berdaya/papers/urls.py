"""Addresses of the documents."""

from django.urls import path

from berdaya.papers.views import documents as views
from berdaya.papers.views import numbering

app_name = "papers"
urlpatterns = [
    path("desk/numberings/", numbering.numberings, name="numberings"),
    path("desk/numberings/<str:code>/", numbering.numbering, name="numbering"),
    path("desk/documents/", views.documents, name="documents"),
    path("desk/documents/<int:pk>/", views.document, name="document"),
    path("desk/documents/<int:pk>/printing/", views.printing, name="printing"),
    path("desk/documents/<int:pk>/scans/", views.scans, name="scans"),
    path("desk/documents/<int:pk>/scan/", views.scan, name="scan"),
]
