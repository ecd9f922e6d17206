"""The Django app of permits and requirements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class LegalityConfig(AppConfig):
    """Puts the permits on the desk's navigation."""

    name = "berdaya.legality"
    label = "legality"

    def ready(self) -> None:
        from berdaya.goods.parts import product_part
        from berdaya.legality import parts, today
        from berdaya.look.nav import nav_entry

        today.register()
        product_part(parts.sold_where)
        nav_entry(
            "legal",
            _lazy("Izin dan Sertifikat"),
            "legality:permits",
            ability="permit.view",
            order=10,
            icon="badge-check",
        )
