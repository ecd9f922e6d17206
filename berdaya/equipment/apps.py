"""The Django app of machines, tools and their shared calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class EquipmentConfig(AppConfig):
    """Puts equipment and the counts of tools on the desk's navigation and on Hari Ini."""

    name = "berdaya.equipment"
    label = "equipment"

    def ready(self) -> None:
        from berdaya.equipment import today
        from berdaya.look.nav import nav_entry

        today.register()
        nav_entry(
            "bengkel",
            _lazy("Sarana"),
            "equipment:equipment",
            ability="equipment.view",
            order=60,
            icon="factory",
        )
        nav_entry(
            "bengkel",
            _lazy("Hitungan Alat"),
            "equipment:tool_sets",
            ability="tools.view",
            order=70,
            icon="wrench",
        )
