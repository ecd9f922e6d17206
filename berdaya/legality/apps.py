"""The Django app of permits and requirements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class LegalityConfig(AppConfig):
    """Puts the permits on the desk's navigation."""

    name = "berdaya.legality"
    label = "legality"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.goods.parts import product_part
        from berdaya.legality import parts, today, today_rules
        from berdaya.legality.models import Permit
        from berdaya.legality.queries.permits import scans_in_use
        from berdaya.look.nav import nav_entry

        today.register()
        today_rules.register()
        declare_files(Permit.SCANS, scans_in_use)
        product_part(parts.sold_where)
        nav_entry(
            "legal",
            _lazy("Izin dan Sertifikat"),
            "legality:permits",
            ability="permit.view",
            order=10,
            icon="badge-check",
        )
