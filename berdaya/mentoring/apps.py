"""The Django app of what mentors and units work on together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class MentoringConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.mentoring import today

        today.register()
        nav_entry(
            "bengkel",
            _lazy("Pendampingan"),
            "mentoring:adoptions",
            ability="mentoring.view",
            order=80,
            icon="handshake",
        )
