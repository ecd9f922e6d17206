"""The Django app of the books."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class LedgerConfig(AppConfig):
    """Puts the books on the desk's navigation."""

    name = "berdaya.ledger"
    label = "ledger"

    def ready(self) -> None:
        from berdaya.ledger import holdings
        from berdaya.look.nav import nav_entry

        holdings.register()

        nav_entry(
            "uang",
            _lazy("Buku"),
            "ledger:books",
            ability="books.view",
            order=90,
            icon="book-open",
        )
