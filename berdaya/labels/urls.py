"""Addresses of labels."""

from django.urls import path

from berdaya.labels.views import lots, texts

app_name = "labels"
urlpatterns = [
    path("desk/labels/", lots.lots, name="lots"),
    path("desk/labels/variants/<int:pk>/", texts.variant, name="variant"),
    path("desk/labels/variants/<int:pk>/gtin/", texts.gtin, name="gtin"),
    path("desk/labels/variants/<int:pk>/own-number/", texts.own_number, name="own_number"),
    path("desk/labels/<str:code>/", lots.lot, name="lot"),
    path("desk/labels/<str:code>/preview.png", lots.preview, name="preview"),
    path("desk/labels/<str:code>/printing/", lots.printing, name="printing"),
]
