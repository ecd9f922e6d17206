"""The Django app of what the program amounts to: indicators, targets, monthly reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class InsightConfig(AppConfig):
    """Its pages and papers are put in their places here."""

    name = "berdaya.insight"
    label = "insight"

    def ready(self) -> None:
        from berdaya.insight import prints, today
        from berdaya.look.nav import nav_entry

        today.register()
        prints.register()
        nav_entry(
            "", _lazy("Perkembangan"), "insight:boards", ability="programme.view", order=59,
            icon="layout-dashboard",
        )  # fmt: skip
        nav_entry(
            "", _lazy("Indikator"), "insight:indicators", ability="programme.view", order=60,
            icon="chart-line",
        )  # fmt: skip
        nav_entry(
            "", _lazy("Laporan bulanan"), "insight:reports", ability="report.view", order=61,
            icon="file-check",
        )  # fmt: skip
