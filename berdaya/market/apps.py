"""The Django app of own businesses under the neutral address."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class MarketConfig(AppConfig):
    """Its desk pages and its files are put in their places here."""

    name = "berdaya.market"
    label = "market"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.market import pictures, today

        today.register()
        declare_files(pictures.FOLDER, pictures.in_use)
        nav_entry(
            "jual",
            _lazy("Usaha sendiri"),
            "market:applications",
            ability="market.view",
            order=60,
            icon="store",
        )
