"""The Django app of the agreement between the two ministries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class ProgrammeConfig(AppConfig):
    """Its pages, files and lines are put in their places here."""

    name = "berdaya.programme"
    label = "programme"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.programme import files, today
        from berdaya.programme.models.agreements import SCANS

        today.register()
        declare_files(SCANS, files.in_use)
        nav_entry(
            "", _lazy("Kesepakatan"), "programme:overview", ability="programme.view", order=58,
            icon="handshake",
        )  # fmt: skip
