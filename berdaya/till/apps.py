"""The Django app of events, stalls and the sales made there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy

ENTRIES = (
    ("jual", _lazy("Acara"), "till:events", "event.view", 22, "calendar"),
    ("jual", _lazy("Barang di Stan"), "till:hand_outs", "event.view", 23, "package-open"),
    ("uang", _lazy("Perhitungan Stan"), "till:settlements", "event.view", 27, "handshake"),
)


class TillConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.till"
    label = "till"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.till import documents, today

        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        documents.register()
        today.register()
