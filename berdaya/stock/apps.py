"""The Django app of the stock."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class StockConfig(AppConfig):
    """Puts stock and gate passes on the desk's navigation."""

    name = "berdaya.stock"
    label = "stock"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.stock import prints, today

        prints.register()
        today.register()
        nav_entry(
            "jual",
            _lazy("Stok"),
            "stock:levels",
            ability="stock.view",
            order=10,
            icon="package",
        )
        nav_entry(
            "jual",
            _lazy("Izin Keluar Barang"),
            "stock:gate_passes",
            ability="gate.view",
            order=20,
            icon="truck",
        )
