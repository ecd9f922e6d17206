"""Addresses of the public pages."""

from django.urls import path

from berdaya.web.views import home

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("robots.txt", home.robots, name="robots"),
]
