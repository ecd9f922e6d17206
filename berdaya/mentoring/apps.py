"""The Django app of what mentors and units work on together."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.mentoring"
    label = "mentoring"
