"""The Django app of the institutions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class InstitutionsConfig(AppConfig):
    """Puts Hari Ini on the desk and lets the navigation ask about abilities."""

    name = "berdaya.institutions"
    label = "institutions"

    def ready(self) -> None:
        from berdaya.institutions import rules
        from berdaya.look.nav import check_abilities_with, nav_entry

        nav_entry("", _lazy("Hari Ini"), "institutions:today", order=10, icon="sun")
        check_abilities_with(rules.may_anywhere)
