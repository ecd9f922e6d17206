"""The Django app of orders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

ENTRIES = (
    ("jual", pgettext_lazy("daftar", "Pesanan"), "orders:orders", "order.view", 2, "shopping-bag"),
    ("jual", _lazy("Pencocokan"), "orders:matching", "order.match", 3, "scan-search"),
    ("jual", pgettext_lazy("daftar", "Retur"), "orders:returns", "order.view", 4, "undo-2"),
    ("jual", _lazy("Tarif Ongkir"), "orders:rates", "order.view", 40, "truck"),
    ("uang", _lazy("Ketentuan Bayar"), "orders:new_term", "staff.edit", 80, "timer"),
)


class OrdersConfig(AppConfig):
    """From a cart to goods handed over; on the desk's navigation and on Hari Ini."""

    name = "berdaya.orders"
    label = "orders"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.orders import prints, retention, today

        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        prints.register()
        retention.register()
        today.register()
