"""The Django app of labels."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class LabelsConfig(AppConfig):
    """Puts the labels on the desk's navigation."""

    name = "berdaya.labels"
    label = "labels"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry

        nav_entry(
            "legal",
            _lazy("Label"),
            "labels:lots",
            ability="label.print",
            order=30,
            icon="tags",
        )
