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
        from berdaya.people import today_work
        from berdaya.people.scans import KIND
        from berdaya.people.sealed import also_sealed

        waits("people.fitness", today_work.waiting)
        waits("people.consent", today_work.consents_missing)
        waits("people.publicity", today_work.publicity_ending)
        waits("people.texts", today_work.to_ask_again)
        waits("people.holds", today_work.people_held)
        waits("people.insurance", today_work.not_insured)
        also_sealed("people.ConsentProof", "sealed", kind=KIND)
        self._printing()
        nav_entry(
            "orang",
            _lazy("Warga Binaan"),
            "people:participants",
            ability="people.view",
            order=10,
            icon="users",
        )
        nav_entry(
            "orang",
            _lazy("Surat Sehat"),
            "people:fitness_list",
            ability="people.view",
            order=20,
            icon="heart-pulse",
        )
        entries = (
            (_lazy("Surat Kesediaan"), "people:consent_list", 15, "signature"),
            (_lazy("Naskah Kesediaan"), "people:texts", 45, "scroll-text"),
            (_lazy("Jaminan Kecelakaan"), "people:insurances", 40, "umbrella"),
        )
        for label, url_name, order, icon in entries:
            nav_entry("orang", label, url_name, ability="people.view", order=order, icon=icon)
        nav_entry(
            "orang",
            _lazy("Batas Waktu Kerja"),
            "people:limits",
            ability="people.view",
            order=50,
            icon="timer",
        )

    def _printing(self) -> None:
        from berdaya.papers.prints import declare_print
        from berdaya.people import documents

        for kind in (documents.STATEMENT, documents.PUBLICITY):
            declare_print(kind, documents.print_form, documents.page_of_form)
        declare_print(
            documents.WITHDRAWAL, documents.print_withdrawal, documents.page_of_withdrawal
        )
