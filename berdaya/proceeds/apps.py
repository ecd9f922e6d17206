"""The Django app of sales, premi, payouts and deposits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy

ENTRIES = (
    ("jual", _lazy("Penjualan"), "proceeds:sales", "stock.view", 5, "receipt"),
    ("jual", _lazy("Titip Jual"), "proceeds:consignments", "sale.record", 15, "store"),
    ("uang", _lazy("Pembayaran Premi"), "proceeds:payouts", "books.view", 10, "wallet"),
    ("uang", _lazy("Setoran PNBP"), "proceeds:deposits", "books.view", 20, "landmark"),
    ("uang", _lazy("Kewajiban"), "proceeds:settlements", "books.view", 25, "scale"),
    ("uang", _lazy("Slip Premi"), "proceeds:slips", "slip.print", 30, "file-text"),
    ("uang", _lazy("Keberatan Premi"), "proceeds:objections", "people.view", 40, "message-square"),
    ("uang", _lazy("Perbaikan Premi"), "proceeds:corrections", "people.view", 45, "pencil-line"),
    ("uang", _lazy("Serah Terima Keluar"), "proceeds:exits", "leaving.settle", 50, "handshake"),
    ("uang", _lazy("Kebijakan Bagi Hasil"), "proceeds:policies", "books.view", 60, "percent"),
    ("uang", _lazy("Sampel Pemeriksaan"), "proceeds:samples", "identity.sample", 65, "dices"),
    ("uang", _lazy("Telusur"), "proceeds:traces", "books.view", 70, "route"),
)


class ProceedsConfig(AppConfig):
    """Puts sales and money on the desk's navigation and on Hari Ini."""

    name = "berdaya.proceeds"
    label = "proceeds"

    def ready(self) -> None:
        from berdaya.catalog.estimates import declare_estimator
        from berdaya.look.nav import nav_entry
        from berdaya.proceeds import assigning, documents, holdings, prints, prints_exits, today
        from berdaya.proceeds.estimates import estimate_split

        declare_estimator(estimate_split)

        for group, label, url_name, ability, order, icon in ENTRIES:
            nav_entry(group, label, url_name, ability=ability, order=order, icon=icon)
        holdings.register()
        assigning.register()
        prints.register()
        documents.register()
        prints_exits.register()
        today.register()
