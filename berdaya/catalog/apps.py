"""The Django app of the catalogue."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """What is offered to the public."""

    name = "berdaya.catalog"
    label = "catalog"
