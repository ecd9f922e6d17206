"""The Django app of the workbook import."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class IntakeConfig(AppConfig):
    """Puts the workbook on the desk's navigation."""

    name = "berdaya.intake"
    label = "intake"

    def ready(self) -> None:
        from berdaya.intake import retention
        from berdaya.look.nav import nav_entry

        retention.register()

        nav_entry(
            "bengkel",
            _lazy("Buku Kerja UPT"),
            "intake:imports",
            ability="import.run",
            order=90,
            icon="file-spreadsheet",
        )
