"""The Django app of help on the way to a permit, and of what products still lack."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy


class FacilitationConfig(AppConfig):
    """Its pages, papers and lines are put in their places here."""

    name = "berdaya.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.facilitation import files, today
        from berdaya.facilitation.models.steps import PAPERS
        from berdaya.look.nav import nav_entry

        today.register()
        declare_files(PAPERS, files.in_use)
        nav_entry(
            "legal", _lazy("Kesiapan Produk"), "facilitation:readiness",
            ability="facilitation.view", order=20, icon="list-checks",
        )  # fmt: skip
        nav_entry(
            "legal", pgettext_lazy("facilitation", "Fasilitasi"), "facilitation:cases",
            ability="facilitation.view", order=30, icon="life-buoy",
        )  # fmt: skip
