"""The Django app of the official documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class PapersConfig(AppConfig):
    """Puts the document register on the desk's navigation."""

    name = "berdaya.papers"
    label = "papers"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.papers.models.documents import SCANS
        from berdaya.papers.queries import scans_in_use

        declare_files(SCANS, scans_in_use)
        nav_entry(
            "legal",
            _lazy("Dokumen"),
            "papers:documents",
            ability="stock.view",
            order=50,
            icon="file-text",
        )
        nav_entry(
            "legal",
            _lazy("Pola Nomor"),
            "papers:numberings",
            ability="stock.view",
            order=55,
            icon="hash",
        )
