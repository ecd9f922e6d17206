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
        from berdaya.people import kept_for, today_caseload, today_reveals, today_rights, today_work
        from berdaya.people.holdings import declare_holding, own_sections
        from berdaya.people.rights import own_standing
        from berdaya.people.scans import KIND
        from berdaya.people.sealed import also_sealed
        from berdaya.people.ties import declare_standing

        declare_holding("people", own_sections)
        declare_standing("people", own_standing)
        kept_for.register()
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
        today_rights.register()
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
            ability="person.view",
            order=10,
            icon="users",
        )
        nav_entry(
            "jual",
            _lazy("Kesediaan Disebut"),
            "people:publicity_people",
            ability="publicity.record",
            order=9,
            icon="message-circle-heart",
        )
        nav_entry(
            "orang",
            _lazy("Surat Sehat"),
            "people:fitness_list",
            ability="person.view",
            order=20,
            icon="heart-pulse",
        )
        for label, name, ability, order, icon in (
            (_lazy("Hak atas Data"), "people:rights_cases", "rights.view", 30, "scale"),
            (_lazy("Kegagalan Data"), "people:breaches", "breach.view", 35, "shield-alert"),
            (_lazy("Masa Simpan"), "people:retention", "retention.view", 40, "archive"),
        ):
            nav_entry("orang", label, name, ability=ability, order=order, icon=icon)
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
        assigns("consent", assigning.one_consent)

    def _printing(self) -> None:
        from berdaya.papers.prints import declare_print
        from berdaya.people import documents

        for kind in (documents.STATEMENT, documents.PUBLICITY):
            declare_print(kind, documents.print_form, documents.page_of_form)
        declare_print(
            documents.WITHDRAWAL, documents.print_withdrawal, documents.page_of_withdrawal
        )
