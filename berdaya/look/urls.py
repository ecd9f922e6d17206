"""Addresses of the look: stylesheets and drawings."""

from django.urls import path

from berdaya.look.views import assets

app_name = "look"
urlpatterns = [
    path("tampilan/<str:page>.<str:digest>.css", assets.stylesheet, name="stylesheet"),
    path("motif/<str:seed>.svg", assets.motif_strip, name="motif"),
    path("gambar/<str:kind>/<str:seed>.svg", assets.drawn_good, name="good"),
]
