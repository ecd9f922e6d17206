"""The Django app of what goods can show to whoever buys abroad."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class EvidenceConfig(AppConfig):
    """Its pages and papers are put in their places here."""

    name = "berdaya.evidence"
    label = "evidence"

    def ready(self) -> None:
        from berdaya.evidence import gate, prints
        from berdaya.legality.plots import declare_plots
        from berdaya.look.nav import nav_entry

        prints.register()
        declare_plots(gate.plots_of)
        nav_entry(
            "legal",
            _lazy("Bukti asal"),
            "evidence:lots",
            ability="evidence.view",
            order=60,
            icon="globe",
        )
