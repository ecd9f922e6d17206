"""The Django app of the public pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Draws on every room below it; keeps no rows."""

    name = "berdaya.web"
    label = "web"
