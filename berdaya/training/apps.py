"""The Django app of what people learn."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.training"
    label = "training"
