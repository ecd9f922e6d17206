"""The Django app of orders."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """From a cart to goods handed over."""

    name = "berdaya.orders"
    label = "orders"
