"""The Django app of events, stalls and the sales made there."""

from django.apps import AppConfig


class TillConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.till"
    label = "till"
