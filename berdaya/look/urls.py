"""Addresses of the look: stylesheets, drawings and the page of components."""

from django.urls import path

from berdaya.look.views import assets, components

app_name = "look"
urlpatterns = [
    path("tampilan/<str:page>.<str:digest>.css", assets.stylesheet, name="stylesheet"),
    path("motif/<str:seed>.svg", assets.motif_strip, name="motif"),
    path("gambar/<str:kind>/<str:seed>.svg", assets.drawn_good, name="good"),
    path("desk/komponen/", components.gallery, name="components"),
    path("desk/komponen/<slug:key>/", components.sample_chart, name="sample_chart"),
    path("desk/komponen/surat.pdf", components.sample_letter, name="sample_letter"),
]
