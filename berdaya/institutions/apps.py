"""The Django app of the institutions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy

ENTRIES = (
    ("uang", _lazy("Rekening"), "institutions:bank_accounts", "books.view", 80, "landmark"),
    ("uang", "QRIS", "institutions:qris_accounts", "books.view", 81, "qr-code"),
    ("legal", _lazy("Pihak"), "institutions:parties", "books.view", 60, "handshake"),
    ("orang", _lazy("Petugas"), "institutions:staff", "staff.view", 60, "id-card"),
    ("orang", _lazy("Surat Tugas"), "institutions:letters", "staff.view", 65, "scroll-text"),
    ("orang", _lazy("Siapa Boleh Apa"), "institutions:permissions", None, 70, "key-round"),
    ("orang", _lazy("Komputer unit"), "institutions:pcs", "pc.register", 61, "monitor"),
)


class InstitutionsConfig(AppConfig):
    """Puts Hari Ini on the desk and lets the navigation ask about abilities."""

    name = "berdaya.institutions"
    label = "institutions"

    def ready(self) -> None:
        from berdaya.institutions import rules, today_accounts, today_cards, today_letters
        from berdaya.institutions.today import waits
        from berdaya.look.nav import check_abilities_with, nav_entry

        nav_entry("", _lazy("Hari Ini"), "institutions:today", order=10, icon="sun")
        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        waits("institutions.accounts", today_accounts.waiting)
        waits("institutions.cards", today_cards.waiting)
        waits("institutions.letters", today_letters.waiting)
        check_abilities_with(rules.may_anywhere)
