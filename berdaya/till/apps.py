"""The Django app of events, stalls and the sales made there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy

ENTRIES = (
    ("jual", _lazy("Acara"), "till:events", "event.view", 22, "calendar"),
    ("jual", _lazy("Barang di Stan"), "till:hand_outs", "event.view", 23, "package-open"),
    ("jual", _lazy("Kasir Stan"), "till:sessions", "event.view", 24, "store"),
    ("jual", _lazy("Nota Stan"), "till:notas", "event.view", 25, "receipt-text"),
    ("uang", _lazy("Setoran Kas Stan"), "till:cash_ins", "cash.receive", 26, "banknote"),
    ("uang", _lazy("Perhitungan Stan"), "till:settlements", "event.view", 27, "handshake"),
)


class TillConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.till"
    label = "till"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.till import documents, prints_sales, today, today_sales
        from berdaya.till.models import PHOTOS
        from berdaya.till.queries_sales import photos_in_use

        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        documents.register()
        today.register()
        prints_sales.register()
        today_sales.register()
        declare_files(PHOTOS, photos_in_use)
