"""The Django app of the participants."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class PeopleConfig(AppConfig):
    """Puts the participants on the desk's navigation."""

    name = "berdaya.people"
    label = "people"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry

        nav_entry(
            "orang",
            _lazy("Warga Binaan"),
            "people:participants",
            ability="people.view",
            order=10,
            icon="users",
        )
