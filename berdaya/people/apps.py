"""The Django app of the participants."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class PeopleConfig(AppConfig):
    """Puts the participants on the desk's navigation."""

    name = "berdaya.people"
    label = "people"

    def ready(self) -> None:
        from berdaya.institutions.today import waits
        from berdaya.look.nav import nav_entry
        from berdaya.people import today_caseload, today_work

        waits("people.fitness", today_work.waiting)
        waits("people.caseload", today_caseload.waiting)
        nav_entry(
            "orang",
            _lazy("Pembagian Klien"),
            "people:caseloads",
            ability="caseload.assign",
            order=15,
            icon="users",
        )
        nav_entry(
            "orang",
            _lazy("Warga Binaan"),
            "people:participants",
            ability="person.view",
            order=10,
            icon="users",
        )
        nav_entry(
            "orang",
            _lazy("Surat Sehat"),
            "people:fitness_list",
            ability="person.view",
            order=20,
            icon="heart-pulse",
        )
        nav_entry(
            "orang",
            _lazy("Batas Waktu Kerja"),
            "people:limits",
            ability="person.view",
            order=50,
            icon="timer",
        )
