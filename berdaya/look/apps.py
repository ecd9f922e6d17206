"""The Django app of the look."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Draws; keeps no rows."""

    name = "berdaya.look"
    label = "look"
