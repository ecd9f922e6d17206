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
        from berdaya.people import today_caseload, today_reveals, today_work

        waits("people.fitness", today_work.waiting)
        waits("people.caseload", today_caseload.waiting)
        waits("people.reveals", today_reveals.waiting)
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
        nav_entry(
            "orang",
            _lazy("Cari Nomor"),
            "people:searches",
            ability="identity.search",
            order=60,
            icon="search",
        )
        nav_entry(
            "orang",
            _lazy("Pembukaan Data Diri"),
            "people:reveals",
            ability="reveal.view",
            order=70,
            icon="eye",
        )
        self._assigning()

    def _assigning(self) -> None:
        from berdaya.people import assigning
        from berdaya.people.assigned import assigns

        assigns("person", assigning.one_person)
        assigns("caseload", assigning.own_clients)
