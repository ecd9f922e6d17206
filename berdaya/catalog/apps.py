"""The Django app of the catalogue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class CatalogConfig(AppConfig):
    """What is offered to the public; puts the listings on the desk's navigation."""

    name = "berdaya.catalog"
    label = "catalog"

    def ready(self) -> None:
        from berdaya.catalog import retention, today
        from berdaya.catalog.actions.windows import follow
        from berdaya.catalog.models import Photo
        from berdaya.catalog.queries import photos_in_use
        from berdaya.catalog.queries_mention import offered_items
        from berdaya.catalog.queries_offers import offers
        from berdaya.core.uploads import declare_files
        from berdaya.legality.events import follow_judgements, tell_offers
        from berdaya.look.nav import nav_entry
        from berdaya.people.items import declare_items

        declare_files(Photo.FOLDER, photos_in_use)
        retention.register()
        follow_judgements(follow)
        tell_offers(offers)

        today.register()
        declare_items(offered_items)
        nav_entry(
            "jual",
            _lazy("Sebutan Pembuat"),
            "catalog:mention_list",
            ability="publicity.view",
            order=8,
            icon="hand-heart",
        )
        nav_entry(
            "jual",
            _lazy("Tayang"),
            "catalog:listings",
            ability="stock.view",
            order=5,
            icon="store",
        )
