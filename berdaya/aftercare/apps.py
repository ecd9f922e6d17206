"""The Django app of what comes after release."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class AftercareConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.aftercare"
    label = "aftercare"

    def ready(self) -> None:
        from berdaya.aftercare import documents, holdings, retention, today
        from berdaya.look.nav import nav_entry
        from berdaya.papers.prints import declare_print
        from berdaya.people.parts import person_link

        today.register()
        holdings.register()
        retention.register()
        declare_print(documents.PLAN, documents.print_plan, documents.page_of_plan)
        declare_print(documents.RECEIPT, documents.print_receipt, documents.page_of_receipt)
        person_link(_lazy("Rencana usaha"), "aftercare:person_plans", ability="plan.view")
        person_link(_lazy("Sesudah bebas"), "aftercare:client", ability="aftercare.view")
        nav_entry(
            "orang", _lazy("Daftar klien"), "aftercare:clients", ability="aftercare.view", order=12,
            icon="sprout",
        )  # fmt: skip
        nav_entry(
            "orang", _lazy("Rencana Usaha"), "aftercare:plans", ability="plan.view", order=65,
            icon="clipboard-list",
        )  # fmt: skip
