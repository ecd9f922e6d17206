"""The Django app of machines, tools and their shared calendar."""

from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.equipment"
    label = "equipment"
