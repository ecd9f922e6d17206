"""The Django app of the public pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from berdaya.look.nav import nav_entry, site_entry

HEAD = (
    (pgettext_lazy("web", "Tenun"), "kategori=tenun"),
    (_lazy("Kopi"), "kategori=coffee"),
    (pgettext_lazy("web", "Anyaman"), "kategori=anyaman"),
    (_lazy("Kerajinan"), "kategori=handicraft"),
    (_lazy("Jajanan"), "kategori=snack"),
    (_lazy("Mebel"), "kategori=furniture"),
)


class WebConfig(AppConfig):
    """Draws on every room below it; keeps no rows."""

    name = "berdaya.web"
    label = "web"

    def ready(self) -> None:
        """The lines of the public head, so that no page asks for them; the UMKM side's desk."""
        for label, query in HEAD:
            site_entry(label, "web:products", query)
        site_entry(_lazy("Asal"), "web:check")
        nav_entry(
            "", _lazy("Meja UMKM"), "web:umkm", ability="umkm.view", order=20, icon="handshake"
        )
