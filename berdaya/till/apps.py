"""The Django app of events, stalls and the sales made there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy

ENTRIES = (
    ("jual", _lazy("Kasir Stan"), "till:sessions", "stock.view", 24, "store"),
    ("jual", _lazy("Nota Stan"), "till:notas", "stock.view", 25, "receipt-text"),
    ("uang", _lazy("Setoran Kas Stan"), "till:cash_ins", "cash.receive", 50, "banknote"),
)


class TillConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.till"
    label = "till"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.till import prints_sales, today_sales
        from berdaya.till.models import PHOTOS
        from berdaya.till.queries_sales import photos_in_use

        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        prints_sales.register()
        today_sales.register()
        declare_files(PHOTOS, photos_in_use)
