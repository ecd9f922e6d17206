"""The Django app of the goods."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class GoodsConfig(AppConfig):
    """Puts the products on the desk's navigation."""

    name = "berdaya.goods"
    label = "goods"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry

        nav_entry(
            "bengkel",
            _lazy("Daftar produk"),
            "goods:products",
            ability="stock.view",
            order=10,
            icon="shopping-basket",
        )
