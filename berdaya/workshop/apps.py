"""The Django app of the workshops."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class WorkshopConfig(AppConfig):
    """Puts sheets, batches and materials on the desk's navigation."""

    name = "berdaya.workshop"
    label = "workshop"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.workshop import holdings

        holdings.register()

        entries = (
            (_lazy("Daftar Hadir"), "workshop:sheets", "sheet.write", 10, "clipboard-list"),
            (_lazy("Batch Produksi"), "workshop:batches", "batch.start", 20, "boxes"),
            (_lazy("Bahan"), "workshop:materials", "material.edit", 30, "warehouse"),
            (_lazy("Bengkel"), "workshop:workshops", "batch.start", 40, "hammer"),
            (_lazy("Orang yang bekerja"), "workshop:people_counts", "people.view", 50, "users"),
            (_lazy("Keselamatan"), "workshop:incidents", "safety.view", 50, "hard-hat"),
        )
        for label, url_name, ability, order, icon in entries:
            nav_entry("bengkel", label, url_name, ability=ability, order=order, icon=icon)
        self._assigning()
        self._printing()
        self._waiting()
        self._holding()

    def _assigning(self) -> None:
        from berdaya.people.assigned import assigns
        from berdaya.workshop.assigning import roll

        assigns("roll", roll)

    def _printing(self) -> None:
        from berdaya.papers.prints import declare_print
        from berdaya.workshop import documents

        declare_print(documents.BATCH_RECORD, documents.print_batch, documents.page_of_batch)
        declare_print(documents.SHEET, documents.print_sheet, documents.page_of_sheet)
        declare_print(documents.CARD, documents.print_card, documents.page_of_card)

    def _holding(self) -> None:
        from berdaya.equipment.held import holds
        from berdaya.workshop.actions.equipment import sheets_held

        holds(sheets_held)

    def _waiting(self) -> None:
        from berdaya.institutions.today import waits
        from berdaya.workshop import today

        waits("workshop.sheets", today.missing_sheets)
        waits("workshop.batches", today.batches_to_close)
        waits("workshop.stops", today.workshops_stopped)
        waits("workshop.points", today.points_open)
